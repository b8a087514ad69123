"""A long book, drawn as lines, says what the same book says as a table, whatever its cells hold."""

import re
import unicodedata
from datetime import UTC, datetime
from typing import Any

import pypdfium2
import pytest

from motcua.web.common.fonts import paper_fonts, widths
from motcua.web.common.pdf import months
from motcua.web.common.pdf.certification import BookFacts, render_book
from motcua.web.common.pdf.facts import PaperHead, SheetColumn, SheetFacts
from motcua.web.common.pdf.lines import HANG, breaker
from motcua.web.common.pdf.sheet import render_sheet

AT = datetime(2026, 11, 22, 2, tzinfo=UTC)
NAME = "Công ty trách nhiệm hữu hạn một thành viên Thương mại và Dịch vụ Đường Nguyễn Huệ "
HARD = (
    NAME * 2,
    "a" * 300,
    "dòng một\ndòng hai\ndòng ba",
    unicodedata.normalize("NFD", "Nguyễn Thị Hường, thôn Ấp Chợ"),
    "https://example.vn/mot-trang/rat-dai/khong-dau-cach?ho-so=H99.01.01-260824-0001",
    NAME * 12,
)
COLUMNS = (SheetColumn("STT", 1, "right"), SheetColumn("Người nộp", 4), SheetColumn("Ngày", 2, "center"))


def a_sheet(count=46, *, each=20):
    rows = [(str(n), HARD[n] if n < len(HARD) else f"Trần Thị Bưởi {n}", "22/11/2026") for n in range(count)]
    return render_sheet(
        SheetFacts(
            head=PaperHead(
                trial=True, parent_agency="Tỉnh Mẫu", agency="Xã Mẫu", place="", code="H99-1", qr=""
            ),
            title="Sổ theo dõi hồ sơ",
            columns=COLUMNS,
            rows=tuple(rows),
            months=tuple(1 + n // each for n in range(count)),
            totals=("", "Cộng", "46"),
            notes=("Tổng số: 46 hồ sơ.",),
            signers=("NGƯỜI LẬP",),
            issued_at=AT,
            landscape=False,
        )
    )


def a_book():
    rows: list[list[Any]] = [[str(n), f"Trần Thị Bưởi {n}", "10.000"] for n in range(44)]
    rows[2] = [{"old": ["2"], "new": ""}, {"old": [NAME, "Bưởi"], "new": HARD[3]}, "gạch bỏ"]
    rows[4:4] = [["Khóa sổ ngày 22/11/2026: số cuối 4, 4 việc"]]
    return render_book(
        BookFacts(
            title="Sổ chứng thực, quyển số 01/2026",
            agency="Xã Mẫu",
            window="Năm 2026",
            columns=("Số", "Người yêu cầu chứng thực", "Phí"),
            widths=(1, 4, 2),
            rows=rows,
            months=[1 + n // 20 for n in range(45)],
            closing="Khóa sổ năm 2026: 44 số.",
            at=AT,
        ),
        trial=False,
    )


def pages_of(paper):
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(paper)]


def words(pages, *, without):
    """All that the pages say in its order, but white space, where words broke, and what runs through all pages."""
    text = "".join("".join(pages).replace("\ufffe", "-").replace("\u200b", "").split())
    text = re.sub(r"Trang\d+(/\d+)?", "", text)
    for told in (*without, "BẢN THỬ NGHIỆM", "– không có giá trị pháp lý"):
        text = text.replace("".join(told.split()), "")
    return text


@pytest.mark.parametrize(
    ("make", "heads"),
    [(a_sheet, ("STT", "Người nộp", "Ngày")), (a_book, ("Số", "Người yêu cầu chứng thực", "Phí"))],
)
def test_lines_say_what_the_table_says(monkeypatch, make, heads):
    table = make()
    monkeypatch.setattr(months, "LONG", 40)
    lines = make()
    assert lines != table
    lines, table = pages_of(lines), pages_of(table)
    running = ("".join(heads), "H99-1", "Sổ theo dõi hồ sơ")
    assert words(lines, without=running) == words(table, without=running)
    for page in lines:
        assert all(head in page for head in heads)


def test_no_line_is_wider_than_its_room_and_no_letter_is_lost():
    letters = widths(paper_fonts()[-1])
    broken, hang = breaker(letters, hang=HANG), HANG
    for text in (unicodedata.normalize("NFC", hard) for hard in HARD):
        for room in (0.5, 3.0, 12.0):
            lines = broken(text, room).split("\n")
            assert "".join("".join(lines).split()) == "".join(text.split())
            for line in lines:
                wide = sum(letters[ord(letter)] for letter in line)
                assert wide <= room or len(line) == 1 or (" " not in line and wide <= room + hang)


def test_a_mark_never_leaves_its_letter():
    letters = dict.fromkeys(map(ord, "xe\u0303\u0331 "), 1.0)
    lines = breaker(letters, hang=0)("xe\u0303\u0331" * 9, 5).split("\n")
    assert len(lines) > 6
    assert not any(unicodedata.combining(line[0]) for line in lines)


def test_a_page_without_rows_has_no_column_heads(monkeypatch):
    monkeypatch.setattr(months, "LONG", 40)
    lasts = [pages_of(a_sheet(count, each=1_000))[-1] for count in range(60, 104)]
    assert {"STT" in last for last in lasts} == {True, False}
    assert all(("STT" in last) == ("22/11/2026" in last) for last in lasts)
