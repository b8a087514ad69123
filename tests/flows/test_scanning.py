"""Malicious code: refused at the door and noted, held while the scanner is silent, never opened once found."""

import io
import itertools
import socket
import threading
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from stand_ins.scanner import TEST, Scans, serve

from motcua.access_log.models import Look
from motcua.accounts.models import Account
from motcua.files.folder import address
from motcua.files.models import File, Upload
from motcua.files.operations.uploads import store
from motcua.files.ports import Scanned
from motcua.files.selectors import open_file
from motcua.interop import clamd
from motcua.interop.clamd import Clamd, finding
from motcua.kernel.errors import Invalid, NotAllowedNow, Unavailable
from motcua.reactions.scanning import scan_held
from tests.support import papers
from tests.support.acts import moment

AT = moment(24, 9)
INFECTED = papers.pdf(mark="co virus").replace(b"%%EOF", b"%" + TEST + b"\n%%EOF")


@contextmanager
def scanning(settings, mode="ok"):
    scans = Scans(mode=mode, hang_seconds=0.5)
    server = serve(scans, port=0)
    settings.SCANNER = f"127.0.0.1:{server.server_address[1]}"
    try:
        yield scans
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


def on_disk(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def opened(pending):
    return b"".join(open_file(bytes.fromhex(pending.digest)).chunks())


@pytest.mark.django_db
def test_what_is_found_is_refused_noted_and_kept_nowhere(folder, settings):
    with scanning(settings) as scans:
        with pytest.raises(Invalid, match=r"mã độc \(Eicar-Test-Signature\)"):
            papers.kept("tiepnhan1", AT, INFECTED)
        assert not on_disk(folder)
        assert not File.objects.exists()
        assert not Upload.objects.exists()
        (look,) = Look.objects.filter(what="malware_refused")
        assert look.who == str(Account.objects.get(login="tiepnhan1").id)
        assert look.subject.endswith(" Eicar-Test-Signature")
        clean = papers.pdf(mark="sach")
        assert opened(papers.kept("tiepnhan1", AT, clean)) == clean
        assert [one["said"] for one in scans.kept] == ["stream: Eicar-Test-Signature FOUND", "stream: OK"]


@pytest.mark.django_db
def test_the_test_string_itself_is_found_before_its_type_is_refused(settings):
    with scanning(settings), pytest.raises(Invalid, match="mã độc"):
        papers.kept("tiepnhan1", AT, TEST)
    assert Look.objects.filter(what="malware_refused").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("trouble", ["away", "hang", "garbage", "error"])
def test_while_the_scanner_is_silent_files_are_taken_and_not_opened_until_it_is_back(
    settings, trouble, monkeypatch
):
    monkeypatch.setattr(clamd, "LONGEST", 0.2)
    monkeypatch.setattr(clamd, "SOON", 0.2)
    clean = papers.pdf(mark="sach")
    with scanning(settings, mode=trouble) as scans:
        working = settings.SCANNER
        if trouble == "away":
            with socket.create_server(("127.0.0.1", 0)) as taken:
                settings.SCANNER = f"127.0.0.1:{taken.getsockname()[1]}"
        bad, good = papers.kept("tiepnhan1", AT, INFECTED), papers.kept("tiepnhan1", AT, clean)
        for one in (bad, good):
            with pytest.raises(Unavailable, match="chưa được quét"):
                opened(one)
        assert scan_held(clock=lambda: AT) == 0, "nothing was said"
        assert File.objects.filter(held_since__isnull=False).count() == 2
        settings.SCANNER, scans.mode = working, "ok"
        assert scan_held(clock=lambda: AT) == 2
        assert scan_held(clock=lambda: AT) == 0
    assert opened(good) == clean
    with pytest.raises(NotAllowedNow, match=r"mã độc \(Eicar-Test-Signature\)"):
        opened(bad)
    (look,) = Look.objects.filter(what="malware_found")
    assert look.subject == f"{bad.digest} Eicar-Test-Signature"


@pytest.mark.django_db
def test_sent_again_what_is_clean_opens_and_what_was_found_stays_closed(settings):
    with scanning(settings, mode="error"):
        held, bad = papers.kept("tiepnhan1", AT), papers.kept("tiepnhan1", AT, INFECTED)
    with scanning(settings) as scans:
        papers.kept("vanthu", AT + timedelta(minutes=1))
        assert opened(held)
        assert scan_held(clock=lambda: AT) == 1
        scans.mode = "error"
        papers.kept("vanthu", AT + timedelta(minutes=2), INFECTED)
    with pytest.raises(NotAllowedNow):
        opened(bad)


@pytest.mark.django_db
def test_without_a_scanner_nothing_is_held_and_what_was_held_opens(settings):
    with scanning(settings, mode="error"):
        held = papers.kept("tiepnhan1", AT)
    settings.SCANNER = ""
    assert opened(held)
    assert scan_held(clock=lambda: AT) == 0
    papers.kept("tiepnhan1", AT, papers.pdf(mark="khac"))
    assert File.objects.filter(held_since=None).count() == 1


@pytest.mark.django_db
def test_one_file_that_nobody_can_scan_does_not_hold_up_the_others(settings, folder):
    with scanning(settings, mode="error") as scans:
        damaged = papers.kept("tiepnhan1", AT)
        good = papers.kept("tiepnhan1", AT + timedelta(minutes=1), papers.pdf(mark="sach"))
        (path,) = (one for one in on_disk(folder) if one.name == damaged.digest)
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.chmod(0o600)
        path.write_bytes(data)
        scans.mode = "ok"
        assert scan_held(clock=ticking()) == 1
    assert opened(good)
    with pytest.raises(Unavailable):
        opened(damaged)


def ticking():
    seconds = itertools.count()
    return lambda: AT + timedelta(hours=1, milliseconds=next(seconds))


@pytest.mark.django_db
def test_what_was_lost_while_it_was_held_is_held_again_when_it_comes_again(settings):
    with scanning(settings, mode="error") as scans:
        bad = papers.kept("tiepnhan1", AT, INFECTED)
        store().delete(address(bytes.fromhex(bad.digest)))
        scans.mode = "ok"
        assert scan_held(clock=ticking()) == 1
        scans.mode = "error"
        with pytest.raises(Unavailable):
            opened(papers.kept("vanthu", AT + timedelta(minutes=2), INFECTED))


@pytest.mark.django_db
def test_what_is_found_now_is_not_opened_where_it_came_before_there_was_a_scanner(settings):
    settings.SCANNER = ""
    old = papers.kept("tiepnhan1", AT, INFECTED)
    assert opened(old) == INFECTED
    with scanning(settings), pytest.raises(Invalid):
        papers.kept("vanthu", AT + timedelta(minutes=2), INFECTED)
    with pytest.raises(NotAllowedNow):
        opened(old)


@pytest.mark.django_db
def test_a_scanner_that_hangs_is_waited_for_once_and_soon(settings, monkeypatch):
    monkeypatch.setattr(clamd, "SOON", 0.2)
    with scanning(settings, mode="hang") as scans:
        papers.kept("tiepnhan1", AT)
        heard = scans.asked
        papers.kept("tiepnhan1", AT, papers.pdf(mark="hai"))
        assert scans.asked == heard == 1, "for a while nobody waits for it"
        assert File.objects.filter(held_since__isnull=False).count() == 2


def test_two_never_wait_for_it_at_once(settings, monkeypatch):
    """One at a time in each process; the others go on and their files are held. Control: the duty asks at once."""
    monkeypatch.setattr(clamd, "SOON", 5.0)
    with scanning(settings, mode="hang") as scans:
        asked = Clamd(settings.SCANNER)
        first = threading.Thread(target=asked.scan_now, args=(io.BufferedReader(io.BytesIO(b"x")),))
        first.start()
        assert scans.heard.wait(30)
        assert asked.scan_now(io.BufferedReader(io.BytesIO(b"y"))) == Scanned(None)
        assert scans.asked == 1
        scans.mode = "ok"
        assert asked.scan(io.BufferedReader(io.BytesIO(b"y"))) == Scanned("")
        first.join()


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("stream: OK", ""),
        ("stream: Win.Test.EICAR_HDB-1 FOUND", "Win.Test.EICAR_HDB-1"),
        ("stream: Can't allocate memory ERROR", None),
        ("INSTREAM size limit exceeded. ERROR", None),
        ("OK", None),
        ("stream: FOUND", None),
        ("", None),
    ],
)
def test_only_what_the_protocol_says_is_believed(answer, expected):
    assert finding(answer) == expected


def test_a_daemon_on_a_local_socket_is_asked_in_pieces(tmp_path):
    path = tmp_path / "clamd.ctl"
    heard = []

    def answer(listener):
        talk, _ = listener.accept()
        with talk, talk.makefile("rb") as said:
            assert said.read(10) == b"zINSTREAM\0"
            while size := int.from_bytes(said.read(4), "big"):
                heard.append(said.read(size))
            talk.sendall(b"stream: A.B FOUND\0")

    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen()
        other = threading.Thread(target=answer, args=(listener,))
        other.start()
        data = b"x" * 200_000
        assert Clamd(f"unix:{path}").scan(io.BufferedReader(io.BytesIO(data))) == Scanned("A.B")
        other.join()
    assert b"".join(heard) == data
    assert Clamd(f"unix:{Path(tmp_path) / 'none'}").scan(io.BufferedReader(io.BytesIO(b"x"))) == Scanned(None)
