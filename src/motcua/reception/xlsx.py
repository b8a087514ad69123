"""The first sheet of an XLSX file as texts. Pure: nothing is evaluated, fetched or written; sizes are bounded.

A document type, and with it every entity, is refused, so no file can grow in the reading.
"""

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from xml.parsers import expat

from motcua.kernel.errors import Invalid

LARGEST_FILE = 3 * 1024 * 1024
LARGEST_PART = 24 * 1024 * 1024
MOST_COLUMNS = 60
MOST_LINES = 2000
LONGEST_NUMBER = 9
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")


@dataclass(slots=True)
class Line:
    """One line of the sheet: its number there, texts by column from 0, and the columns that hold formulas."""

    number: int
    cells: dict[int, str] = field(default_factory=dict)
    formulas: set[int] = field(default_factory=set)


def read_sheet(body: bytes) -> list[Line]:
    """The lines of the first sheet that hold anything. Raises Invalid for what is no XLSX file, or a larger one."""
    if len(body) > LARGEST_FILE:
        raise Invalid("Tệp quá lớn: tối đa 3 MB.", "The file is too large: 3 MB at most.", field="list")
    if body.startswith(b"\xd0\xcf\x11\xe0"):
        raise Invalid(
            "Đây là tệp Excel đời cũ (.xls) hoặc có mật khẩu. Hãy bỏ mật khẩu và lưu lại dạng .xlsx.",
            "This is an old Excel file (.xls) or has a password. Save it as .xlsx without one.",
            field="list",
        )
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            sheets = sorted((int(m[1]), m[0]) for m in map(_SHEET.fullmatch, archive.namelist()) if m)
            if not sheets:
                raise _no_xlsx()
            strings = _strings(archive) if "xl/sharedStrings.xml" in archive.namelist() else []
            return _lines(_part(archive, sheets[0][1]), strings)
    except (
        zipfile.BadZipFile,
        zlib.error,
        expat.ExpatError,
        KeyError,
        RuntimeError,
        NotImplementedError,
        EOFError,
    ) as error:
        raise _no_xlsx() from error


def _no_xlsx() -> Invalid:
    return Invalid(
        "Tệp không phải bảng tính XLSX, dù tên có đuôi .xlsx. Hãy mở bằng Excel hoặc LibreOffice rồi lưu lại"
        " dạng .xlsx.",
        "The file is no XLSX workbook, whatever its name says. Open it in Excel or LibreOffice and save it as .xlsx.",
        field="list",
    )


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        body = part.read(LARGEST_PART + 1)
    if len(body) > LARGEST_PART:
        raise Invalid("Bảng tính quá lớn.", "The sheet is too large.", field="list")
    return body


def _parse(
    body: bytes, start: Callable[[str, Mapping[str, str]], None], end: Callable[[str], None], text: Any
) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise _no_xlsx()

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    # Names without their prefix: writers differ in it.
    parser.StartElementHandler = lambda name, attrs: start(name.rpartition(":")[2], attrs)
    parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
    parser.CharacterDataHandler = text
    parser.Parse(body, True)  # noqa: FBT003 - the last chunk


class _Texts:
    """The text of `t` elements, those of phonetic hints left out."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.inside = self.hint = False

    def start(self, name: str) -> None:
        self.inside = name in ("t", "v") and not self.hint
        self.hint = self.hint or name == "rPh"

    def end(self, name: str) -> None:
        self.inside = False
        self.hint = self.hint and name != "rPh"

    def text(self, data: str) -> None:
        if self.inside:
            self.parts.append(data)

    def take(self) -> str:
        taken, self.parts = "".join(self.parts), []
        return taken


def _strings(archive: zipfile.ZipFile) -> list[str]:
    found: list[str] = []
    texts = _Texts()

    def end(name: str) -> None:
        texts.end(name)
        if name == "si":
            found.append(texts.take())

    _parse(_part(archive, "xl/sharedStrings.xml"), lambda name, _: texts.start(name), end, texts.text)
    return found


@dataclass(slots=True)
class _Place:
    """Where the reader stands."""

    column: int = -1
    kind: str = ""
    line: Line = field(default_factory=lambda: Line(0))


def _lines(body: bytes, strings: list[str]) -> list[Line]:
    found: list[Line] = []
    texts = _Texts()
    at = _Place()

    def start(name: str, attrs: Mapping[str, str]) -> None:
        texts.start(name)
        if name == "row":
            at.line = Line(_number(attrs.get("r", ""), after=at.line.number))
            at.column = -1
        elif name == "c":
            at.column = _column(attrs.get("r", "")) if attrs.get("r") else at.column + 1
            at.kind = attrs.get("t", "n")
            texts.take()
        elif name == "f":
            at.line.formulas.add(at.column)

    def end(name: str) -> None:
        texts.end(name)
        line = at.line
        if name == "c" and at.column < MOST_COLUMNS:
            if value := _value(texts.take(), at.kind, strings):
                line.cells[at.column] = value
        elif name == "row" and line.cells:
            found.append(line)
            if len(found) > MOST_LINES:
                raise Invalid("Danh sách quá dài.", "The list is too long.", field="list")

    _parse(body, start, end, texts.text)
    return found


def _value(raw: str, kind: str, strings: list[str]) -> str:
    if kind == "s":
        index = _whole(raw)
        return strings[index].strip() if index is not None and index < len(strings) else ""
    if kind == "n":
        try:
            number = float(raw)
        except ValueError:
            return raw.strip()
        return str(int(number)) if number.is_integer() and abs(number) < 1e15 else raw.strip()
    return raw.strip()


def _number(told: str, *, after: int) -> int:
    """A line's number as its file tells it; the next one where that is none, or was there before."""
    number = _whole(told)
    return number if number is not None and number > after else after + 1


def _whole(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_NUMBER else None


def _column(reference: str) -> int:
    """The column of "AB12", from 0."""
    column = 0
    for letter in _letters(reference):
        column = column * 26 + ord(letter) - 64
    return column - 1


def _letters(reference: str) -> Iterator[str]:
    return (c for c in reference.upper()[:4] if "A" <= c <= "Z")
