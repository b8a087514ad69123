"""What is taken, and why the rest is refused: by what a file holds, in words that say how to mend it."""

import contextlib
import io
import json
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from PIL import Image
from tests.support import papers

from motcua.files import examine as rules, kinds
from motcua.files.examine import examine
from motcua.files.names import LONGEST_NAME, tidy_name
from motcua.kernel.errors import Invalid

ABUSE = Path(__file__).resolve().parents[5] / "shared" / "data" / "upload_abuse"


def seen(data):
    return examine(io.BufferedReader(io.BytesIO(data)))


@pytest.mark.parametrize(
    ("data", "kind", "pages"),
    [
        (papers.pdf(3), kinds.PDF, 3),
        (papers.picture("JPEG"), kinds.JPEG, 1),
        (papers.picture("PNG"), kinds.PNG, 1),
        (papers.picture("WEBP"), kinds.WEBP, 1),
        (papers.picture("TIFF"), kinds.TIFF, 1),
        (papers.HEIC, kinds.HEIC, None),
        *((papers.archive(members), kind, None) for kind, members in papers.OFFICE.items()),
    ],
)
def test_what_is_taken(data, kind, pages):
    found = seen(data)
    assert (found.kind, found.pages) == (kind, pages)


def test_the_pages_of_a_scan_in_tiff_are_counted():
    out, sheets = io.BytesIO(), [Image.new("1", (50, 70)) for _ in range(4)]
    sheets[0].save(out, "TIFF", save_all=True, append_images=sheets[1:])
    assert seen(out.getvalue()).pages == 4


def zip_with(name, body=b"x"):
    return papers.archive({**papers.OFFICE[kinds.DOCX], name: body})


def huge_png():
    """A header that promises 40,000 x 40,000 pixels."""
    made = bytearray(papers.picture("PNG"))
    made[16:24] = (40_000).to_bytes(4, "big") * 2
    crc = zlib.crc32(bytes(made[12:29]))
    made[29:33] = crc.to_bytes(4, "big")
    return bytes(made)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "rỗng"),
        (b"MZ", "chỉ nhận PDF"),
        (b"<html><script>alert(1)</script>", "chỉ nhận PDF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "chỉ nhận PDF"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "đời cũ"),
        (b"%PDF-1.4\n%%EOF", "không mở được"),
        (papers.pdf()[:300], "không mở được"),
        (papers.pdf(password="mat-khau"), "mật khẩu"),
        (papers.pdf() + papers.archive({"a.txt": b"x"}), "hai tệp ghép"),
        (papers.picture("JPEG", (400, 400))[:-200], "không mở được"),
        (papers.picture("PNG", (400, 400))[:-60], "không mở được"),
        (huge_png(), "quá lớn"),
        (papers.archive({"a.txt": b"x"}), "chỉ nhận PDF"),
        (zip_with("../../tmp/evil.txt"), "đường dẫn lạ"),
        (zip_with("..\\evil.txt"), "đường dẫn lạ"),
        (zip_with("word/vbaProject.bin"), "macro"),
        (zip_with("word/media/a", b"\0" * 40_000_000), "bung ra"),
        (papers.archive(papers.OFFICE[kinds.DOCX])[:-30], "không mở được"),
    ],
)
def test_what_is_refused_and_why(data, words):
    with pytest.raises(Invalid) as refusal:
        seen(data)
    assert words in refusal.value.vi
    assert refusal.value.en


def test_a_file_of_too_many_pages_is_refused(monkeypatch):
    monkeypatch.setattr(rules, "MOST_PAGES", 2)
    assert seen(papers.pdf(2)).pages == 2
    with pytest.raises(Invalid, match="hơn 2 trang"):
        seen(papers.pdf(3))


def test_an_archive_with_a_password_is_refused():
    locked = bytearray(papers.archive(papers.OFFICE[kinds.ODT]))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (found := locked.find(mark, start)) >= 0:
            locked[found + flags] |= 1
            start = found + 4
    with pytest.raises(Invalid, match="mật khẩu"):
        seen(bytes(locked))


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")  # Pillow grumbles before it refuses
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"II*\0", b"PK\x03\x04"]),
)
def test_whatever_comes_is_taken_or_refused_in_words(tail, head):
    with contextlib.suppress(Invalid):
        assert seen(head + tail).kind in kinds.KINDS.values()


def abused():
    manifest = ABUSE / "manifest.json"
    if not manifest.exists():
        return [pytest.param(None, marks=pytest.mark.skip(reason="no malformed files beside the repository"))]
    return [pytest.param(each, id=each["file"]) for each in json.loads(manifest.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("abuse", abused())
def test_malformed_files_from_elsewhere_are_refused(abuse):
    with pytest.raises(Invalid):
        seen((ABUSE / abuse["file"]).read_bytes())
    name = tidy_name(abuse["upload_name"], "pdf")
    assert name.isprintable()
    assert zipfile.is_zipfile(io.BytesIO(name.encode())) is False


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("đơn xin.PDF", "đơn xin.pdf"),
        ("C:\\scan\\don.pdf", "don.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("name_đo\u031bn.pdf", "name_đơn.pdf"),
        ("rtlo_\u202efdp.exe", "rtlo_fdp.exe.pdf"),
        ("", "tệp.pdf"),
        (" . ", "tệp.pdf"),
        ("a\nb\0.pdf", "a b.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_names_are_made_fit(told, kept):
    assert tidy_name(told, "pdf") == kept


@given(st.text(), st.sampled_from([kind.extension for kind in kinds.KINDS.values()]))
def test_a_name_is_printable_short_and_without_folders(told, extension):
    name = tidy_name(told, extension)
    assert name.isprintable()
    assert len(name) <= LONGEST_NAME
    assert not set(name) & set("/\\\n\r\0")
    assert name.rpartition(".")[0]
