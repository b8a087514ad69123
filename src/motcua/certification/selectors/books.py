"""The books as they are read, printed and exported: a page at a time, or a window whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.certification.record import no_such_book
from motcua.certification.selectors.desk import ENTRY, EntryShown, entries_of, opened, readable
from motcua.kernel.actor import Viewer

PAGE, CHUNK, MOST_EXPORTED = 50, 2_000, 50_000


@dataclass(frozen=True, slots=True)
class BookShown:
    """A book's cover: whose, of which kind and year, how far it goes, what is closed and what is open."""

    id: UUID
    agency: str
    kind: str
    year: int
    last: int
    closed_day: date | None
    closed_at: datetime | None
    unsigned: int
    struck_out: int


_BOOK = """
SELECT b.id, b.agency, b.of_kind, b.year, b.last, b.closed_day, b.closed_at,
       (SELECT count(*) FROM certification_entry e WHERE e.book = b.id AND e.state = 'entered'),
       (SELECT count(*) FROM certification_entry e WHERE e.book = b.id AND e.state = 'void')
FROM certification_book b WHERE b.agency = ANY(%s)
"""


def book_list(*, viewer: Viewer) -> list[BookShown]:
    """The books `viewer` may read, the newest year first. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_BOOK} ORDER BY b.year DESC, b.agency, b.of_kind LIMIT 200", [readable(viewer)])
        return [BookShown(*row) for row in cursor.fetchall()]


def book(book_id: UUID, *, viewer: Viewer) -> BookShown:
    """One book's cover. Raises NotFound out of reach."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_BOOK} AND b.id = %s", [readable(viewer), book_id])
        row = cursor.fetchone()
    if row is None:
        raise no_such_book()
    return BookShown(*row)


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a book somebody asks for: days from and to, or all."""

    first: date | None = None
    last: date | None = None


def page(of: BookShown, *, window: Window, after: int = 0, limit: int = PAGE) -> list[EntryShown]:
    """`limit` entries of a book's window after number `after`. Two statements."""
    conditions = "e.book = %s AND e.number > %s"
    arguments: list[Any] = [of.id, after]
    if window.first is not None:
        conditions += " AND e.day >= %s"
        arguments.append(window.first)
    if window.last is not None:
        conditions += " AND e.day <= %s"
        arguments.append(window.last)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {ENTRY} FROM certification_entry e JOIN certification_book b ON b.id = e.book"  # noqa: S608
            f" WHERE {conditions} ORDER BY e.number LIMIT %s",
            [*arguments, limit],
        )
        return entries_of(cursor.fetchall())


def all_of(of: BookShown, *, window: Window) -> Iterator[EntryShown]:
    """Every entry of a book's window, read in chunks; at most 50,000."""
    after, given = 0, 0
    while given < MOST_EXPORTED:
        found = page(of, window=window, after=after, limit=CHUNK)
        yield from found
        if len(found) < CHUNK:
            return
        after, given = found[-1].number, given + len(found)


def entry(of: BookShown, number: int) -> EntryShown:
    """One entry of a book. Raises NotFound."""
    found = page(of, window=Window(), after=number - 1, limit=1)
    if not found or found[0].number != number:
        raise no_such_book()
    return found[0]


@dataclass(frozen=True, slots=True)
class NoteShown:
    """A refusal, a closing or a reopening, with what was told."""

    what: str
    day: date | None
    at: datetime
    by: str
    last: int | None
    count: int | None
    paper: str
    ground: str
    told: str


def notes(of: BookShown, *, window: Window, limit: int = PAGE) -> list[NoteShown]:
    """What a book says beside its numbers, the newest first. Two statements."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT what, day, at, by, last, count, paper, ground, told FROM certification_note WHERE book = %s"
            " AND (%s::date IS NULL OR day >= %s::date) AND (%s::date IS NULL OR day <= %s::date)"
            " ORDER BY seq DESC LIMIT %s",
            [of.id, window.first, window.first, window.last, window.last, limit],
        )
        rows = cursor.fetchall()
    texts = opened(row[-1] for row in rows if row[-1] is not None)
    return [NoteShown(*(*row[:-1], texts.get(row[-1], ""))) for row in rows]


@dataclass(frozen=True, slots=True)
class AuthorisationShown:
    """Who may sign beside the leaders, from when to when, by which paper."""

    id: UUID
    account: UUID
    name: str
    kinds: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    basis: str


def authorisations(*, agency: str) -> list[AuthorisationShown]:
    """The authorisations of an agency, the newest first. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT u.id, u.account, a.name, ARRAY(SELECT jsonb_array_elements_text(u.kinds)), u.valid_from,"
            " u.valid_to, u.basis FROM certification_authorisation u JOIN accounts_account a ON a.id = u.account"
            " WHERE u.agency = %s ORDER BY u.valid_from DESC, u.id LIMIT 100",
            [agency],
        )
        return [
            AuthorisationShown(key, account, name, tuple(kinds), *rest)
            for key, account, name, kinds, *rest in cursor.fetchall()
        ]


def colleagues(*, agency: str, at: datetime) -> list[tuple[UUID, str, str]]:
    """Who could be authorised: people with a seat at `agency` who are no leaders: (account, name, seat kind)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT ON (a.name, t.account_id) t.account_id, a.name, p.position_kind"
            " FROM agencies_sitting(%s) t JOIN agencies_position p ON p.id = t.position_id"
            " JOIN agencies_unit u ON u.id = p.unit_id AND u.agency_id = %s"
            " JOIN accounts_account a ON a.id = t.account_id"
            " WHERE t.limits IS NULL AND p.position_kind IN ('justice_officer', 'desk_manager', 'vice_chair')"
            " ORDER BY a.name, t.account_id, p.position_kind",
            [at, agency],
        )
        return list(cursor.fetchall())
