"""Reading certification books: for a viewer whose seat may, in the agencies of their scope."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.agencies.mandates import written
from motcua.agencies.positions import LEADERS
from motcua.certification import people
from motcua.certification.policy import SEATS, Doing
from motcua.certification.pricing import Signer
from motcua.certification.rules import day_after
from motcua.dossiers.content import open_body
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import NotFound
from motcua.kernel.time import local

Fields = Mapping[str, str]

_SIGNERS = """
SELECT t.account_id, a.name, p.position_kind, t.acting_for_id, t.mandate_kind, t.mandate,
       (SELECT u2.basis FROM certification_authorisation u2 WHERE u2.agency = %(agency)s AND u2.account = t.account_id
          AND u2.valid_from <= %(day)s AND (u2.valid_to IS NULL OR u2.valid_to >= %(day)s)
          AND (u2.kinds = '[]'::jsonb OR u2.kinds ? %(kind)s) ORDER BY u2.valid_from DESC LIMIT 1) AS basis,
       t.account_id = (SELECT e.signer FROM certification_book b JOIN certification_entry e ON e.book = b.id
          WHERE b.agency = %(agency)s AND b.of_kind = %(kind)s AND b.year = %(year)s
          ORDER BY e.number DESC LIMIT 1) AS last
FROM agencies_sitting(%(at)s) t
JOIN agencies_position p ON p.id = t.position_id
JOIN agencies_unit u ON u.id = p.unit_id AND u.agency_id = %(agency)s
JOIN accounts_account a ON a.id = t.account_id
WHERE t.limits IS NULL
ORDER BY last DESC NULLS LAST, p.position_kind = 'chair' DESC, p.position_kind = 'vice_chair' DESC, a.name, t.account_id
"""


def signers(*, agency: str, kind: str, day: date, at: datetime) -> list[Signer]:
    """Who may sign `kind` in `agency` on `day`, the last one first: leaders in their seats, and those whom an
    authorisation names for that day. One statement."""
    asked: dict[str, Any] = {"agency": agency, "kind": kind, "day": day, "year": day.year, "at": at}
    with connection.cursor() as cursor:
        cursor.execute(_SIGNERS, asked)
        rows = cursor.fetchall()
    found: dict[UUID, Signer] = {}
    for account, name, seat, acting_for, sign, number, basis, _last in rows:
        if seat in LEADERS:
            signer = Signer(account, name, seat, written(sign, number), acting_for)
        elif basis is not None:
            signer = Signer(account, name, seat, basis)
        else:
            continue
        known = found.setdefault(account, signer)
        if known.acting_for is not None and signer.acting_for is None:
            found[account] = signer  # a right of one's own comes before another's
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction as shown: what, from which value to which, why, by whom, when."""

    what: str
    old: str
    new: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class EntryShown:
    """A line of a book, readable: what was told (empty once erased), and its corrections."""

    book: UUID
    agency: str
    kind: str
    year: int
    number: int
    day: date
    at: datetime
    dossier: UUID
    code: str
    paper: str
    clause: str
    pages: int
    count: int
    fee: int | None
    officer: str
    signer: UUID
    signer_seat: str
    signer_mandate: str
    signer_for: UUID | None
    state: str
    signed_at: datetime | None
    waited: bool
    visit: UUID | None
    told: Fields = field(default_factory=dict)
    corrections: tuple[Correction, ...] = ()

    @property
    def detail(self) -> str:
        """What the clause names beside the person; "" where nothing was told."""
        return self.told.get("detail", "")

    def now(self, what: str) -> str:
        """The value of `what` as it stands after its corrections."""
        last = next((c for c in reversed(self.corrections) if c.what == what), None)
        return last.new if last is not None else self.first(what)

    def first(self, what: str) -> str:
        """The value of `what` as it was entered: "name" of who asked, "parties" with their identity papers."""
        if what == "parties":
            return people.words(self.told)
        return self.told.get("name", "") if what == "name" else str(getattr(self, what))


ENTRY = (
    "e.book, b.agency, b.of_kind, b.year, e.number, e.day, e.at, e.dossier, e.code, e.paper, e.clause, e.pages,"
    " e.count, e.fee, e.officer, e.signer, e.signer_seat, e.signer_mandate, e.signer_for,"
    " e.state, e.signed_at, e.waited, e.visit, e.told, e.corrections::text"
)


def entries_of(rows: list[tuple[Any, ...]]) -> list[EntryShown]:
    """Rows of ENTRY as they are shown, with what was told. One statement, or none."""
    corrections = [json.loads(row[-1]) for row in rows]
    wanted = {row[-2] for row in rows if row[-2] is not None}
    for marks in corrections:
        for mark in marks:
            wanted |= {UUID(mark[name]) for name in ("reason", "new_text") if mark[name]}
    texts = opened(wanted)
    found = []
    for row, marks in zip(rows, corrections, strict=True):
        told = _fields(texts.get(row[-2], ""))
        values = (*row[:-2], told, tuple(_correction(mark, texts) for mark in marks))
        found.append(EntryShown(*values))
    return found


def _correction(mark: Mapping[str, Any], texts: Mapping[UUID, str]) -> Correction:
    new = texts.get(UUID(mark["new_text"]), "") if mark["new_text"] else mark["new"]
    reason = texts.get(UUID(mark["reason"]), "")
    return Correction(mark["what"], mark["old"], new, reason, mark["by"], datetime.fromisoformat(mark["at"]))


def _fields(body: str) -> Fields:
    found: Fields = json.loads(body) if body else {}
    return found


def opened(ids: Iterable[UUID]) -> Mapping[UUID, str]:
    """The texts with these ids; those erased are left out. One statement, or none."""
    wanted = list(ids)
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, sealed FROM certification_text WHERE id = ANY(%s)", [wanted])
        return {
            content: body
            for content, sealed in cursor.fetchall()
            if (body := open_body(content, sealed)) is not None
        }


def readable(viewer: Viewer) -> list[str]:
    """The agencies whose books `viewer` may read."""
    return sorted(viewer.agencies(SEATS[Doing.READ]))


def papers_of(dossier: UUID, *, viewer: Viewer) -> list[EntryShown]:
    """The numbers of one dossier. Two statements. Raises NotFound for none, or out of reach."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {ENTRY} FROM certification_entry e JOIN certification_book b ON b.id = e.book"  # noqa: S608
            " WHERE e.dossier = %s AND b.agency = ANY(%s) ORDER BY e.number",
            [dossier, readable(viewer)],
        )
        rows = cursor.fetchall()
    if not rows:
        raise NotFound("Không có việc chứng thực này.", "There is no such certification.")
    return entries_of(rows)


def open_numbers(dossier: UUID, *, agency: str) -> list[EntryShown]:
    """The numbers of one dossier that wait for the signature, for the act that ends it. Two statements."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {ENTRY} FROM certification_entry e JOIN certification_book b ON b.id = e.book"  # noqa: S608
            " WHERE e.dossier = %s AND b.agency = %s AND e.state = 'entered' ORDER BY e.number",
            [dossier, agency],
        )
        return entries_of(cursor.fetchall())


def day_now(*, agency: str, kind: str, at: datetime) -> date:
    """The day a number of now would stand under: today, or the day after the last one closed. One statement."""
    today = local(at).date()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT closed_day FROM certification_book WHERE agency = %s AND of_kind = %s AND year = %s",
            [agency, kind, today.year],
        )
        found = cursor.fetchone()
    return day_after(found[0] if found else None, today)


@dataclass(frozen=True, slots=True)
class Pending:
    """A dossier whose papers are numbered and wait for the signature, or were taken in and wait for numbers."""

    dossier: UUID
    code: str
    kind: str
    papers: int
    first: int | None
    last: int | None
    at: datetime
    due_at: datetime | None


_PENDING = """
SELECT e.dossier, '', b.of_kind, count(*), min(e.number), max(e.number), min(e.at), NULL::timestamptz
FROM certification_book b JOIN certification_entry e ON e.book = b.id AND e.state = 'entered'
WHERE b.agency = %(agency)s AND b.closed_at IS NULL GROUP BY e.dossier, b.of_kind
UNION ALL
SELECT w.dossier, w.code, b.of_kind, jsonb_array_length(w.lines), NULL, NULL, w.at, w.due_at
FROM certification_book b JOIN certification_waiting w ON w.book = b.id WHERE b.agency = %(agency)s
ORDER BY 8 NULLS FIRST, 7 LIMIT 50
"""


def pending(*, agency: str) -> list[Pending]:
    """What the desk has begun and not handed over: unsigned numbers first, then slips by their due moment."""
    with connection.cursor() as cursor:
        cursor.execute(_PENDING, {"agency": agency})
        return [Pending(*row) for row in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class WaitingPapers:
    """Papers taken in with a slip: the lines as typed, with what was told."""

    dossier: UUID
    book: UUID
    kind: str
    code: str
    at: datetime
    due_at: datetime | None
    lines: tuple[Mapping[str, Any], ...]
    told: tuple[Fields, ...]


def is_certification(dossier: UUID) -> bool:
    """Whether papers of `dossier` wait for their numbers or have them. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM certification_waiting WHERE dossier = %(dossier)s)"
            " OR EXISTS (SELECT FROM certification_entry WHERE dossier = %(dossier)s)",
            {"dossier": dossier},
        )
        return bool(cursor.fetchone()[0])


def nothing_waits() -> NotFound:
    """The refusal for papers that are not waiting, or not for this person."""
    return NotFound("Không có giấy tờ nào đang chờ chứng thực.", "No papers are waiting to be certified.")


def book_of_waiting(dossier: UUID) -> UUID | None:
    """The book in which papers of `dossier` wait; None where none do."""
    return _id("SELECT book FROM certification_waiting WHERE dossier = %s", dossier)


def book_of_numbers(dossier: UUID, *, agency: str) -> UUID | None:
    """The book of `agency` that holds the last numbers of `dossier`; None where it has none. One statement."""
    return _id(
        "SELECT e.book FROM certification_entry e JOIN certification_book b ON b.id = e.book"
        " WHERE e.dossier = %s AND b.agency = %s ORDER BY e.at DESC LIMIT 1",
        dossier,
        agency,
    )


def slip_of(book: UUID, number: int) -> UUID | None:
    """The dossier of a number whose papers were taken in with a slip; None for one done at once, or no number."""
    return _id(
        "SELECT dossier FROM certification_entry WHERE book = %s AND number = %s AND waited", book, number
    )


def _id(query: str, *arguments: UUID | int | str) -> UUID | None:
    with connection.cursor() as cursor:
        cursor.execute(query, list(arguments))
        found = cursor.fetchone()
    return found[0] if found else None


def waiting(dossier: UUID, *, agency: str) -> WaitingPapers:
    """The papers of `dossier` that wait for their numbers. Two statements. Raises NotFound."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT w.dossier, w.book, b.of_kind, w.code, w.at, w.due_at, w.lines::text FROM certification_waiting w"
            " JOIN certification_book b ON b.id = w.book WHERE w.dossier = %s AND b.agency = %s",
            [dossier, agency],
        )
        row = cursor.fetchone()
    if row is None:
        raise nothing_waits()
    lines = json.loads(row[-1])
    refs = [UUID(line["told"]["content"]) if line["told"] else None for line in lines]
    texts = opened(ref for ref in refs if ref is not None)
    told = tuple(_fields(texts.get(ref, "")) if ref else {} for ref in refs)
    values = (*row[:-1], tuple(lines), told)
    return WaitingPapers(*values)


@dataclass(frozen=True, slots=True)
class Left:
    """A paper left at the desk to be certified, its fee, and whether its number was struck out."""

    paper: str
    pages: int
    count: int
    fee: int | None
    is_void: bool


_LEFT = """
SELECT x ->> 'paper', (x ->> 'pages')::int, (x ->> 'count')::int, (x ->> 'fee')::bigint, false
  FROM certification_waiting w, jsonb_array_elements(w.lines) x WHERE w.dossier = %(dossier)s
UNION ALL
(SELECT paper, pages, count, fee, state = 'void' FROM certification_entry e WHERE dossier = %(dossier)s
    AND at = (SELECT max(at) FROM certification_entry WHERE dossier = %(dossier)s)
    AND NOT EXISTS (SELECT FROM certification_waiting WHERE dossier = %(dossier)s) ORDER BY number)
"""


def left_at_desk(dossier: UUID) -> list[Left]:
    """The papers that `dossier` was received with, before they have numbers and as they were numbered last; none of
    another matter."""
    with connection.cursor() as cursor:
        cursor.execute(_LEFT, {"dossier": dossier})
        return [Left(*row) for row in cursor.fetchall()]
