"""Files at rest: sealed, whole or not there at all, kept once, taken once, swept when nobody took them."""

import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from tests.support import papers
from tests.support.acts import moment
from tests.support.together import all_at_once
from tests.support.world import actor, logins

from motcua.accounts.models import Account
from motcua.files.examine import Examined
from motcua.files.folder import address
from motcua.files.kinds import PDF
from motcua.files.models import File, Sending, Upload
from motcua.files.operations import UPLOAD_LIFE, discard, erase, keep, sweep, take, uploads as keeping
from motcua.files.references import read_reference
from motcua.files.selectors import open_file, waiting
from motcua.files.words import size_words
from motcua.kernel.errors import Invalid, NotFound
from motcua.kernel.unit_of_work import Request, unit_of_work

AT = moment(24, 9)


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


def taking(login, *pending, at=AT):
    who = actor(login, at=at)
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        return take([one.upload for one in pending], actor=who, at=at)


def bytes_of(pending):
    return b"".join(open_file(bytes.fromhex(pending.digest)).chunks())


def on_disk(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 65_535, 65_536, 65_537, 200_000])
def test_what_was_sent_comes_back_and_lies_sealed(folder, size, monkeypatch):
    monkeypatch.setattr(keeping, "examine", lambda _: Examined(PDF, None))
    data = os.urandom(size)
    pending = papers.kept("tiepnhan1", AT, data)
    assert bytes_of(pending) == data
    (there,) = on_disk(folder)
    assert there == folder / address(bytes.fromhex(pending.digest))
    assert size < 32 or data[:32] not in there.read_bytes()


@pytest.mark.django_db
def test_a_file_is_read_at_any_place():
    data = papers.picture("PNG", (900, 900), compress_level=0)
    stream = open_file(bytes.fromhex(papers.kept("tiepnhan1", AT, data).digest)).stream()
    for at in (0, 65_530, 131_072, len(data) - 3, 5):
        stream.seek(at)
        assert stream.read(9) == data[at : at + 9]
    stream.seek(-4, os.SEEK_END)
    assert stream.read() == data[-4:]
    stream.close()


@pytest.mark.django_db
@pytest.mark.parametrize("harm", ["change", "cut", "swap"])
def test_what_was_changed_on_the_disk_does_not_open(folder, harm):
    pending = papers.kept("tiepnhan1", AT, papers.picture("PNG", (900, 900), compress_level=0))
    (there,) = on_disk(folder)
    body = bytearray(there.read_bytes())
    chunk = 65_536 + 16
    if harm == "change":
        body[100] ^= 1
    elif harm == "cut":
        del body[4 + chunk :]
    else:
        body[4 : 4 + chunk], body[4 + chunk : 4 + 2 * chunk] = (
            body[4 + chunk : 4 + 2 * chunk],
            body[4 : 4 + chunk],
        )
    there.write_bytes(body)
    with pytest.raises(OSError, match="changed, cut"):
        bytes_of(pending)


@pytest.mark.django_db
def test_one_content_is_kept_once():
    first = papers.kept("tiepnhan1", AT, papers.pdf(), name="a.pdf")
    second = papers.kept("tiepnhan2", AT, papers.pdf(), name="b.pdf")
    assert first.digest == second.digest
    assert (File.objects.count(), Upload.objects.count()) == (1, 2)
    assert bytes_of(second) == papers.pdf()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_leave_one_file_that_opens(folder):
    owner = logins()["tiepnhan1"]
    data = papers.pdf(mark="cùng lúc")
    came = [papers.received(data) for _ in range(6)]
    kept = all_at_once(lambda one: keep(one, owner=owner, at=AT), came)
    for one in came:
        one.close()
    assert {one.digest for one in kept} == {came[0].digest.hex()}
    assert (File.objects.count(), Upload.objects.count()) == (1, 6)
    assert bytes_of(kept[0]) == data
    assert len(on_disk(folder)) == 1


@pytest.mark.django_db
def test_what_is_refused_leaves_nothing(folder):
    with pytest.raises(Invalid):
        papers.kept("tiepnhan1", AT, b"MZ")
    assert (File.objects.count(), Upload.objects.count(), on_disk(folder)) == (0, 0, [])


@pytest.mark.django_db
def test_a_file_over_the_limit_is_thrown_away_while_it_comes(folder, settings):
    settings.LARGEST_FILE = 100_000
    came = papers.received(b"%PDF-" + b"x" * 400_000)
    assert came.too_large
    assert came.path.stat().st_size < 110_000
    with pytest.raises(Invalid, match="98 KB"):
        keep(came, owner=logins()["tiepnhan1"], at=AT)
    came.close()
    assert on_disk(folder) == []


@pytest.mark.django_db
def test_a_file_is_taken_once_by_who_sent_it_within_a_day():
    mine, theirs = papers.kept("tiepnhan1", AT), papers.kept("tiepnhan2", AT, papers.pdf(2))
    for login, wanted, at in (
        ("tiepnhan1", (mine, theirs), AT),
        ("tiepnhan2", (mine,), AT),
        ("tiepnhan1", (mine,), AT + UPLOAD_LIFE),
    ):
        with pytest.raises(Invalid) as refusal:
            taking(login, *wanted, at=at)
        assert refusal.value.field == "files"
    assert (Upload.objects.count(), File.objects.filter(kept_at=None).count()) == (2, 2)
    found = taking("tiepnhan1", mine)[mine.upload]
    assert (found.name, found.pages, found.digest.hex()) == ("don.pdf", 1, mine.digest)
    with pytest.raises(Invalid):
        taking("tiepnhan1", mine)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_it_at_once_one_gets_it():
    pending = papers.kept("tiepnhan1", AT)
    answers = all_at_once(lambda _: taking("tiepnhan1", pending), range(4))
    assert sorted(type(answer).__name__ for answer in answers) == ["Invalid", "Invalid", "Invalid", "dict"]


@pytest.mark.django_db
def test_the_sweep_takes_what_nobody_attached(folder):
    taken = papers.kept("tiepnhan1", AT, papers.pdf(1))
    left = papers.kept("tiepnhan1", AT, papers.pdf(2))
    taking("tiepnhan1", taken)
    assert sweep(at=AT + UPLOAD_LIFE - timedelta(seconds=1)) == 0
    assert waiting(left.upload, owner=logins()["tiepnhan1"], at=AT) == left
    assert sweep(at=AT + UPLOAD_LIFE) == 2
    assert [bytes(file.digest).hex() for file in File.objects.all()] == [taken.digest]
    assert bytes_of(taken) == papers.pdf(1)
    assert len(on_disk(folder)) == 1


@pytest.mark.django_db
def test_the_sweep_leaves_what_came_again_since():
    papers.kept("tiepnhan1", AT)
    again = papers.kept("tiepnhan2", AT + timedelta(hours=20))
    assert sweep(at=AT + UPLOAD_LIFE) == 1
    assert bytes_of(again) == papers.pdf()


@pytest.mark.django_db
def test_bytes_of_a_process_that_died_are_swept(folder):
    came = papers.received(papers.pdf())
    came.sealed.close()
    before = (AT - timedelta(hours=30)).timestamp()
    assert sweep(at=datetime.now(tz=AT.tzinfo)) == 0
    os.utime(came.path, (before, before))
    assert sweep(at=AT) == 1
    assert on_disk(folder) == []


@pytest.mark.django_db
def test_a_file_lost_from_the_folder_comes_back_when_it_is_sent_again(folder):
    first = papers.kept("tiepnhan1", AT)
    (there,) = on_disk(folder)
    there.unlink()
    with pytest.raises(NotFound):
        open_file(bytes.fromhex(first.digest))
    papers.kept("tiepnhan1", AT)
    assert bytes_of(first) == papers.pdf()


@pytest.mark.django_db(transaction=True)
def test_an_erased_file_is_gone_and_may_come_anew(folder):
    pending = papers.kept("tiepnhan1", AT)
    digest = bytes.fromhex(pending.digest)
    taking("tiepnhan1", pending)
    who = actor("tiepnhan1", at=AT)
    with unit_of_work(actor=who, at=AT, request=Request.fresh(), origin="simulated"):
        erase(digest, at=AT)
    assert on_disk(folder) == []
    with pytest.raises(NotFound):
        open_file(digest)
    assert bytes_of(papers.kept("tiepnhan1", AT)) == papers.pdf()


@pytest.mark.django_db
def test_what_waits_is_seen_by_nobody_else_and_can_be_dropped():
    pending = papers.kept("tiepnhan1", AT, name="Đơn của bà Tuyết.pdf")
    mine, other = logins()["tiepnhan1"], logins()["tiepnhan2"]
    with pytest.raises(NotFound):
        waiting(pending.upload, owner=other, at=AT)
    assert not discard(pending.upload, owner=other)
    assert discard(pending.upload, owner=mine)
    with pytest.raises(NotFound):
        waiting(pending.upload, owner=mine, at=AT)


@pytest.mark.django_db
def test_the_database_holds_no_name(owner_cursor):
    papers.kept("tiepnhan1", AT, name="Đơn của bà Tuyết.pdf")
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(u)::text, row_to_json(f)::text FROM files_upload u, files_file f")
        assert "Tuy" not in "".join(cursor.fetchone())


@pytest.mark.django_db
def test_nobody_hoards(monkeypatch):
    monkeypatch.setattr(keeping, "MOST_WAITING", 2)
    for n in (1, 2):
        papers.kept("tiepnhan1", AT, papers.pdf(n))
    with pytest.raises(Invalid, match="2 tệp chưa đính kèm"):
        papers.kept("tiepnhan1", AT, papers.pdf(3))
    assert papers.kept("tiepnhan2", AT, papers.pdf(3)).pages == 3


def citizen(login="citizen:test"):
    return Account.objects.create(login=login, is_citizen=True, created_at=AT).id


def sending(owner, mark, at=AT, typist=None):
    came = papers.received(papers.pdf(mark=mark))
    try:
        return keep(came, owner=owner, typist=typist, at=at)
    finally:
        came.close()


@pytest.mark.django_db
def test_a_citizen_sends_so_much_a_day_thrown_away_or_not(folder, monkeypatch):
    owner, size = citizen(), len(papers.pdf(mark="1"))
    monkeypatch.setattr(keeping, "MOST_A_DAY_CITIZEN", 2 * size)
    for mark in ("1", "2"):
        assert discard(sending(owner, mark).upload, owner=owner)
    with pytest.raises(Invalid, match="Mỗi ngày chỉ gửi được"):
        sending(owner, "3")
    assert len(on_disk(folder)) == 2
    for n in (1, 2, 3):
        papers.kept("tiepnhan1", AT, papers.pdf(mark=f"desk {n}"))
    tomorrow = AT + timedelta(days=1)
    assert sending(owner, "3", tomorrow).size == size
    sweep(at=tomorrow + timedelta(days=2))
    assert Sending.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_of_several_at_once_no_more_are_kept_than_a_citizen_may(monkeypatch):
    monkeypatch.setattr(keeping, "MOST_WAITING_CITIZEN", 2)
    owner = citizen()

    def outcome(mark):
        try:
            return sending(owner, mark).pages
        except Invalid as refusal:
            return refusal.vi

    found = all_at_once(outcome, [str(n) for n in range(5)])
    assert found.count(1) == Upload.objects.count() == 2
    assert all("2 tệp chưa nộp" in one for one in found if one != 1)


@pytest.mark.django_db(transaction=True)
def test_who_sends_for_a_business_is_counted_each_for_themselves_and_all_of_them_together(monkeypatch):
    monkeypatch.setattr(keeping, "MOST_WAITING_CITIZEN", 2)
    monkeypatch.setattr(keeping, "MOST_WAITING", 3)
    business, first, second = (citizen(f"citizen:{name}") for name in ("business", "first", "second"))
    for mark in ("1", "2"):
        sending(business, mark, typist=first)
    with pytest.raises(Invalid, match="Ông/bà đang có 2 tệp"):
        sending(business, "3", typist=first)
    sending(first, "own")
    found = all_at_once(lambda mark: _outcome(business, mark, second), ["4", "5"])
    assert sorted(found) == ["Doanh", "kept"]
    assert Upload.objects.filter(account=business).count() == 3
    sending(business, "6")


def _outcome(business, mark, typist):
    try:
        sending(business, mark, typist=typist)
    except Invalid as refusal:
        return refusal.vi.split()[0]
    return "kept"


@pytest.mark.django_db
def test_a_reference_tells_nothing_and_is_not_made_by_others():
    pending = papers.kept("tiepnhan1", AT, name="Đơn của bà Tuyết.pdf")
    word = pending.reference
    assert read_reference(word) == pending
    assert word.isascii()
    assert str(pending.upload) not in word
    for wrong in ("", "x", word[:-4], "A" + word[1:], "ạ", "=" * 40, word * 9):
        assert read_reference(wrong) is None


DIE = """
import os, sys
sys.path.insert(0, {root!r})
import django
django.setup()
from django.conf import settings
settings.MEDIA_ROOT = {folder!r}
from tests.support import papers
from motcua.files.operations import keep, uploads
from motcua.files.folder import Folder
def die(*_, **__): os.kill(os.getpid(), 9)
setattr(*{where})
from datetime import UTC, datetime
from uuid import UUID
keep(papers.received(papers.pdf(7)), owner=UUID({owner!r}), at=datetime.now(UTC))
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("where", "bytes_left"),
    [
        ("(uploads.ReceivedFile, 'flush_to_disk', die)", "incoming"),
        ("(uploads.Upload, 'save', die)", "placed"),
    ],
)
def test_a_process_killed_in_mid_write_leaves_no_row_and_the_file_can_come_again(
    folder, database_logins, where, bytes_left
):
    root = str(Path(__file__).resolve().parents[4])
    script = DIE.format(root=root, folder=str(folder), where=where, owner=str(logins()["tiepnhan1"]))
    environment = os.environ | {
        "MOTCUA_APP_DSN": database_logins.app,
        "DJANGO_SETTINGS_MODULE": "motcua.config.settings",
        "MOTCUA_INSTALLATION_KEY": settings.INSTALLATION_KEY,
    }
    died = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=False)
    assert died.returncode == -9, died.stderr.decode()
    assert (File.objects.count(), Upload.objects.count()) == (0, 0)
    (left,) = on_disk(folder)
    assert (left.parent.name == "incoming") is (bytes_left == "incoming")
    again = papers.kept("tiepnhan1", AT, papers.pdf(7))
    assert bytes_of(again) == papers.pdf(7)


@pytest.mark.parametrize(
    ("size", "words"), [(1, "1 KB"), (340_000, "333 KB"), (1 << 20, "1 MB"), (2_500_000, "2,4 MB")]
)
def test_sizes_in_words(size, words):
    assert size_words(size) == words
