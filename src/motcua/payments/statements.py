"""A bank's statement as a file: columns by name, a line for each sum that came in, faults told line by line. Pure.

Columns (in any order, in Vietnamese or English): ngày · date, số tiền · amount, nội dung · text, mã giao dịch · bank
reference. A sum below nought left the account and is passed over. A row is one line of the file: a quotation mark that
is not closed on its line would hide the sums after it, or show one that never came, so reading stops there.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from motcua.kernel.errors import Invalid
from motcua.kernel.say import Say
from motcua.kernel.text import clean, fold
from motcua.payments.days import Days

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "booked_on": ("ngay", "ngay giao dich", "date"),
    "amount": ("so tien", "so tien ghi co", "amount"),
    "told": ("noi dung", "dien giai", "text"),
    "number": ("ma giao dich", "so but toan", "bank reference"),
}
UNCLOSED = Say(
    "Dấu ngoặc kép không khép đúng trong cùng một dòng. Từ dòng này trở đi chưa nhập; hãy sửa rồi nhập lại cả tệp.",
    "A quotation mark is not closed on its line. Nothing from this line on was taken in; mend the file and import it"
    " again.",
)
SHOWN = "ngày, số tiền, nội dung, mã giao dịch"
MOST_LINES = 100_000
LONGEST_NUMBER = 60
MOST_DONG = 10**13
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_AMOUNT = re.compile(r"[+-]?(\d+|\d{1,3}([.,])\d{3}(\2\d{3})*)")
_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z/._-]*")


@dataclass(frozen=True, slots=True)
class Line:
    """A sum that came in."""

    n: int
    booked_on: date
    amount: int
    told: str
    number: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that cannot be read, and why."""

    n: int
    why: Say


@dataclass(frozen=True, slots=True)
class Left:
    """A line of money that left the account."""

    n: int


def read(body: bytes, *, days: Days) -> Iterator[Line | Fault | Left]:
    """The lines of a statement's file; one booked outside `days` is broken. Raises Invalid for a file that is none: no
    text, no columns."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(
            "Tệp không phải văn bản UTF-8; hãy lưu lại dưới dạng CSV UTF-8.",
            "The file is no UTF-8 text; save it as CSV UTF-8.",
        ) from error
    lines = io.StringIO(text, newline=None)
    head = lines.readline()
    delimiter = max(",;\t", key=head.count)
    try:
        places = _places(_row(head, delimiter))
    except csv.Error as error:
        raise Invalid(f"Dòng đầu: {UNCLOSED.vi}", f"The first line: {UNCLOSED.en}") from error
    return (_bounded(line, days) for line in _lines(lines, delimiter, places))


def _bounded(line: Line | Fault | Left, days: Days) -> Line | Fault | Left:
    wrong = days.wrong(line.booked_on) if isinstance(line, Line) else None
    return Fault(line.n, wrong) if wrong else line


def _row(line: str, delimiter: str) -> list[str]:
    """The fields of one line of the file. Raises csv.Error."""
    return next(csv.reader([line.rstrip("\n")], delimiter=delimiter, strict=True), [])


def _places(head: list[str]) -> dict[str, int]:
    named = [fold(clean(name.replace("_", " "))) for name in head]
    places = {field: [n for n, name in enumerate(named) if name in names] for field, names in COLUMNS.items()}
    missing = [COLUMNS[field][0] for field, found in places.items() if not found]
    if missing:
        raise Invalid(
            f"Dòng đầu phải có các cột: {SHOWN}. Còn thiếu: {', '.join(missing)}.",
            f"The first line names the columns date, amount, text, bank reference. Missing: {', '.join(missing)}.",
        )
    if twice := next((found for found in places.values() if len(found) > 1), None):
        told = ", ".join(f"“{clean(head[n])[:40]}”" for n in twice)
        raise Invalid(
            f"Dòng đầu có nhiều cột cho cùng một nội dung: {told}. Hãy giữ một cột.",
            f"The first line has several columns for one thing: {told}. Keep one of them.",
        )
    return {field: found[0] for field, found in places.items()}


def _lines(lines: Iterator[str], delimiter: str, places: Mapping[str, int]) -> Iterator[Line | Fault | Left]:
    for n, line in enumerate(lines, start=2):
        try:
            values = _row(line, delimiter)
        except csv.Error:
            yield Fault(n, UNCLOSED)
            return
        if n > MOST_LINES:
            yield Fault(
                n,
                Say(
                    f"Tệp dài quá {MOST_LINES} dòng; hãy chia nhỏ.", "The file is too long; cut it in parts."
                ),
            )
            return
        if any(value.strip() for value in values):
            yield _line(n, values, places)


def _line(n: int, values: list[str], places: Mapping[str, int]) -> Line | Fault | Left:
    if len(values) <= max(places.values()):
        return Fault(n, Say("Dòng thiếu cột.", "The line lacks columns."))
    told = {field: values[place].strip() for field, place in places.items()}
    amount = _dong(told["amount"])
    if amount is None:
        return Fault(
            n,
            Say(
                f"Số tiền “{told['amount'][:40]}” không phải số đồng nguyên.",
                f"The amount “{told['amount'][:40]}” is no whole number of đồng.",
            ),
        )
    if amount <= 0:
        return Left(n)
    day = _day(told["booked_on"])
    if day is None:
        return Fault(
            n,
            Say(
                f"Ngày “{told['booked_on'][:40]}” không đúng; viết như 26/08/2026.",
                f"The date “{told['booked_on'][:40]}” is wrong; write it like 26/08/2026.",
            ),
        )
    if len(told["number"]) > LONGEST_NUMBER or not _NUMBER.fullmatch(told["number"]):
        return Fault(
            n,
            Say(
                "Mã giao dịch trống, dài quá hoặc có ký tự lạ.",
                "The bank reference is missing, too long, or has strange letters.",
            ),
        )
    return Line(n, day, amount, clean(told["told"]), told["number"])


def _dong(text: str) -> int | None:
    plain = text.replace(" ", "").replace("\u00a0", "")
    if not (plain.isascii() and _AMOUNT.fullmatch(plain)):
        return None
    amount = int(plain.replace(".", "").replace(",", ""))
    return amount if abs(amount) < MOST_DONG else None


def _day(text: str) -> date | None:
    try:
        if _ISO.fullmatch(text):
            return date.fromisoformat(text)
        if found := _DAY.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None
    return None
