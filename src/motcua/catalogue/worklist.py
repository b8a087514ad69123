"""What a catalogue officer has to look at: the findings of the last announcement of each procedure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.catalogue.decisions import DecisionLine, decisions_of, standing_decisions
from motcua.catalogue.national.decisions import settle, words_of
from motcua.catalogue.national.findings import FINDINGS, FindingKind
from motcua.catalogue.national.record import Record, raw_record, read_record
from motcua.catalogue.national.values import RULES
from motcua.catalogue.national.words import Words, words_digest
from motcua.catalogue.policy import officer_seats
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import NotFound

LINES_A_PAGE = 50
_OF = (
    "FROM catalogue_finding f JOIN catalogue_announcement a ON a.id = f.announcement_id"
    " JOIN catalogue_procedure p ON p.code = f.procedure_id"
    " WHERE (f.decided_at IS NULL) = %(open)s AND (%(what)s = '' OR f.what = %(what)s)"
    " AND (%(publisher)s = '' OR a.publisher = %(publisher)s)"
)


@dataclass(frozen=True, slots=True)
class KindCount:
    kind: FindingKind
    procedures: int


@dataclass(frozen=True, slots=True)
class ProcedureLine:
    """A procedure with the kinds of what is open in it."""

    code: str
    title: str
    publisher: str
    kinds: tuple[FindingKind, ...]


@dataclass(frozen=True, slots=True)
class WorkList:
    """A page of them; `following`: the key of the next page."""

    lines: tuple[ProcedureLine, ...]
    following: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """One finding in full: where in the record, and what stands there."""

    code: str
    title: str
    publisher: str
    kind: FindingKind
    where: str
    text: str
    # What a decision is taken on (None: there is nothing to decide here), and the one that was.
    words: Words | None = None
    decision: UUID | None = None
    # A decision on words that stand here no more.
    outlived: DecisionLine | None = None
    # What it has in common with findings of so many other procedures of its publisher.
    alike: str = ""
    others: int = 0

    @property
    def shown(self) -> str:
        """The digest of its words, by which a decision says what it was taken on."""
        return words_digest(self.words or ())


@dataclass(frozen=True, slots=True)
class AnnouncementShown:
    """The record as it came, and from where; what was found, and every act of deciding about it."""

    code: str
    title: str
    publisher: str
    text: str
    file: str
    line: int
    imported_at: datetime
    record: Record
    places: tuple[Place, ...]
    acts: tuple[DecisionLine, ...]
    used: frozenset[UUID]


def kind_counts(*, viewer: Viewer) -> list[KindCount]:
    """How many procedures each kind of finding is open in, in the order of the kinds. One statement. Raises Denied."""
    officer_seats(viewer)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT what, count(DISTINCT procedure_id) FROM catalogue_finding WHERE decided_at IS NULL GROUP BY what"
        )
        counts = dict(cursor.fetchall())
    return [KindCount(kind, counts[kind]) for kind in FINDINGS if kind in counts]


def publishers(*, viewer: Viewer) -> list[str]:
    """Who published something in which something was found. One statement. Raises Denied."""
    officer_seats(viewer)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT a.publisher FROM catalogue_finding f"
            " JOIN catalogue_announcement a ON a.id = f.announcement_id"
            " WHERE a.publisher <> '' ORDER BY a.publisher"
        )
        return [row[0] for row in cursor.fetchall()]


def work_list(
    *, viewer: Viewer, what: str = "", publisher: str = "", after: str = "", is_open: bool = True
) -> WorkList:
    """Procedures with something open, or decided, by code; of one kind and publisher where given. One statement. Raises
    Denied."""
    officer_seats(viewer)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT p.code, p.title, min(a.publisher), array_agg(DISTINCT f.what) {_OF}"
            " AND p.code > %(after)s GROUP BY p.code, p.title ORDER BY p.code LIMIT %(limit)s",
            {
                "what": what,
                "publisher": publisher,
                "after": after,
                "open": is_open,
                "limit": LINES_A_PAGE + 1,
            },
        )
        rows = cursor.fetchall()
    more, rows = len(rows) > LINES_A_PAGE, rows[:LINES_A_PAGE]
    lines = tuple(
        ProcedureLine(code, title, by, tuple(kind for kind in FINDINGS if kind in kinds))
        for code, title, by, kinds in rows
    )
    return WorkList(lines, lines[-1].code if more else None)


def announcement(code: str, *, viewer: Viewer) -> AnnouncementShown:
    """The last record of procedure `code` with what is found in it, and what was decided. Four statements. Raises
    Denied, and NotFound for what was never imported."""
    officer_seats(viewer)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.code, p.title, a.publisher, a.body, a.file, a.line, a.imported_at"
            " FROM catalogue_procedure p JOIN catalogue_announcement a ON a.id = p.announcement WHERE p.code = %s",
            [code],
        )
        row = cursor.fetchone()
        if row is None:
            raise NotFound(
                f"Thủ tục {code} chưa được nhập từ danh mục quốc gia.",
                f"Procedure {code} was never taken in from the national catalogue.",
            )
        cursor.execute(
            'SELECT f.what, f."where", f.text, f.decision, f.alike, n.others FROM catalogue_finding f'
            " LEFT JOIN LATERAL (SELECT count(DISTINCT o.procedure_id) AS others FROM catalogue_finding o"
            " JOIN catalogue_announcement a ON a.id = o.announcement_id"
            " WHERE f.alike <> '' AND o.what = f.what AND o.alike = f.alike AND o.decided_at IS NULL"
            " AND a.publisher = %s AND o.procedure_id <> f.procedure_id) n ON f.decided_at IS NULL"
            ' WHERE f.procedure_id = %s ORDER BY f."where", f.what',
            [row[2], code],
        )
        found = cursor.fetchall()
    record = read_record(raw_record(row[3]))
    acts = decisions_of(code, viewer=viewer)
    used = {one.id for one in settle(record, standing_decisions([code]).get(code, ())).values()}
    outlived = {(a.kind, a.where): a for a in acts if a.stands and a.value is not None and a.id not in used}
    places = tuple(
        _place(record, row, found_row, outlived.get((FindingKind(found_row[0]), found_row[1])))
        for found_row in sorted(found, key=lambda f: _ORDER[f[0]])
    )
    return AnnouncementShown(*(*row, record, places, tuple(acts), frozenset(used)))


_ORDER = {kind.value: n for n, kind in enumerate(FINDINGS)}


def _place(record: Record, row: Sequence[Any], found: Sequence[Any], outlived: DecisionLine | None) -> Place:
    what, where, text, decision, alike, others = found
    kind = FindingKind(what)
    words = words_of(record, kind, where) if kind in RULES else None
    return Place(
        row[0],
        row[1],
        row[2],
        kind,
        where,
        text,
        words=words,
        decision=decision,
        outlived=outlived,
        alike=alike,
        others=others or 0,
    )
