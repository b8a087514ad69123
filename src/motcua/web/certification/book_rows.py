"""A book's lines as its columns say them, for the page, the print and the spreadsheet alike."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from motcua.agencies.selectors import account_names
from motcua.certification.people import identity_words, people_of
from motcua.certification.rules import Kind
from motcua.certification.selectors import BookShown, EntryShown, NoteShown, Window, all_of, notes
from motcua.kernel.say import Say
from motcua.web.certification.shown import paper_label, seat_words
from motcua.web.certification.words import CORRECTED

# The columns of the books (23/2015/NĐ-CP, annex; unverified, see the data's README), and how wide they are printed.
_COLUMNS: Mapping[str, Say] = {
    "number": Say("Số chứng thực", "Number"),
    "day": Say("Ngày, tháng, năm", "Date"),
    "asked": Say("Người yêu cầu chứng thực", "Requester"),
    "paper": Say("Tên giấy tờ, văn bản", "Paper"),
    "signer": Say("Họ tên, chức danh người ký", "Signer"),
    "count": Say("Số bản", "Count"),
    "fee": Say("Phí (đồng)", "Fee (VND)"),
    "note": Say("Ghi chú", "Note"),
}
WIDTHS = (7, 9, 18, 22, 18, 7, 8, 16)


def columns(kind: Kind) -> tuple[Say, ...]:
    """What the columns of a kind's book are called."""
    return tuple({**_COLUMNS, **kind.columns}.values())


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as it stands, and those it replaced, oldest first."""

    now: str
    old: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BookRow:
    """One line of a book."""

    entry: EntryShown
    cells: tuple[Cell, ...]

    @property
    def is_void(self) -> bool:
        """Whether the number is struck out."""
        return self.entry.state == "void"


@dataclass
class Names:
    """Names of staff, read as they are met."""

    known: dict[UUID, str] = field(default_factory=dict)

    def add(self, accounts: Iterable[UUID]) -> None:
        """Learn the names that are not known yet; one statement, or none."""
        new = {a for a in accounts if a not in self.known}
        self.known |= account_names(new)

    def of(self, account: UUID | str) -> str:
        """A name; "" when unknown."""
        return self.known.get(UUID(str(account)), "")


def rows(entries: Sequence[EntryShown], *, kind: Kind, names: Names) -> list[BookRow]:
    """Entries in columns. One statement, or none."""
    staff = {e.signer for e in entries} | {e.signer_for for e in entries if e.signer_for}
    staff |= {UUID(c.by) for e in entries for c in e.corrections}
    names.add(staff)
    return [BookRow(entry, _cells(entry, kind, names)) for entry in entries]


def _cells(entry: EntryShown, kind: Kind, names: Names) -> tuple[Cell, ...]:
    paper = _cell(entry, "paper")
    detail = f" ({entry.detail})" if entry.detail else ""
    return (
        Cell(str(entry.number)),
        Cell(f"{entry.day:%d/%m/%Y}"),
        _cell(entry, "parties") if kind.several else _asked(entry, kind),
        Cell(paper_label(paper.now).vi + detail, tuple(paper_label(old).vi for old in paper.old)),
        Cell(f"{names.of(entry.signer)}, {seat_words(entry, names.of)}"),
        _cell(entry, "count"),
        Cell("?" if entry.fee is None else f"{entry.fee:,}".replace(",", ".")),
        Cell(_note(entry, names)),
    )


def _asked(entry: EntryShown, kind: Kind) -> Cell:
    name = _cell(entry, "name")
    first = people_of(entry.told)[:1] if kind.identity else ()
    return Cell(", ".join(part for part in (name.now, *map(identity_words, first)) if part), name.old)


def _cell(entry: EntryShown, what: str) -> Cell:
    values = [entry.first(what), *(c.new for c in entry.corrections if c.what == what)]
    return Cell(values[-1], tuple(value or "(không ghi)" for value in values[:-1]))


def _note(entry: EntryShown, names: Names) -> str:
    marks = [
        f"{'Gạch bỏ' if c.what == 'void' else 'Đính chính ' + CORRECTED[c.what].vi.lower()}"
        f" {c.at:%d/%m/%Y}: {c.reason} ({names.of(c.by)})"
        for c in entry.corrections
    ]
    return "; ".join(["chưa ký"] * (entry.state == "entered") + marks)


def closings(found: Iterable[NoteShown]) -> Mapping[date, NoteShown]:
    """The closing in force of each day: the last one told, and none that was reopened."""
    days: dict[date, NoteShown] = {}
    for note in sorted(found, key=lambda n: n.at):
        if note.day is not None and note.what == "day_closed":
            days[note.day] = note
        elif note.day is not None and note.what == "day_reopened":
            days.pop(note.day, None)
    return days


def closing_words(note: NoteShown, names: Names) -> str:
    """A closing in one line."""
    names.add([UUID(note.by)])
    return f"Khóa sổ ngày {note.day:%d/%m/%Y}: số cuối {note.last}, {note.count} việc, người khóa: {names.of(note.by)}"


def lines(of: BookShown, *, kind: Kind, window: Window, names: Names) -> Iterator[BookRow | str]:
    """A whole window of a book: its rows, and after each closed day its closing."""
    closed = dict(closings(notes(of, window=window, limit=100_000)))
    day: date | None = None
    held: list[EntryShown] = []
    for entry in all_of(of, window=window):
        if day is not None and entry.day != day and day in closed:
            yield from rows(held, kind=kind, names=names)
            held = []
            yield closing_words(closed[day], names)
        day = entry.day
        held.append(entry)
    yield from rows(held, kind=kind, names=names)
    if day is not None and day in closed:
        yield closing_words(closed[day], names)


def as_printed(row: BookRow) -> list[Any]:
    """A row as the paper takes it: struck through where it was corrected, whole where it is void."""
    if row.is_void:
        return [{"old": [cell.now], "new": ""} for cell in row.cells[:-1]] + [row.cells[-1].now]
    return [{"old": list(cell.old), "new": cell.now} if cell.old else cell.now for cell in row.cells]
