"""What a catalogue officer has to look at: the findings of the last announcement of each procedure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from motcua.catalogue.national.findings import FINDINGS, FindingKind
from motcua.catalogue.policy import OFFICER
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import Denied, NotFound

LINES_A_PAGE = 50
_OF = (
    "FROM catalogue_finding f JOIN catalogue_announcement a ON a.id = f.announcement_id"
    " JOIN catalogue_procedure p ON p.code = f.procedure_id"
    " WHERE f.decided_at IS NULL AND (%(what)s = '' OR f.what = %(what)s)"
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


@dataclass(frozen=True, slots=True)
class AnnouncementShown:
    """The record as it came, and from where."""

    code: str
    title: str
    publisher: str
    text: str
    file: str
    line: int
    imported_at: datetime
    places: tuple[Place, ...]


def _may_read(viewer: Viewer) -> None:
    if not any(capacity.kind == OFFICER for capacity in viewer.capacities):
        raise Denied(
            "Chỉ cán bộ danh mục thủ tục mở được trang này.", "Only a catalogue officer may open this page."
        )


def kind_counts(*, viewer: Viewer) -> list[KindCount]:
    """How many procedures each kind of finding is open in, in the order of the kinds. One statement. Raises Denied."""
    _may_read(viewer)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT what, count(DISTINCT procedure_id) FROM catalogue_finding WHERE decided_at IS NULL GROUP BY what"
        )
        counts = dict(cursor.fetchall())
    return [KindCount(kind, counts[kind]) for kind in FINDINGS if kind in counts]


def publishers(*, viewer: Viewer) -> list[str]:
    """Who published something that is open. One statement. Raises Denied."""
    _may_read(viewer)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT a.publisher FROM catalogue_finding f"
            " JOIN catalogue_announcement a ON a.id = f.announcement_id"
            " WHERE f.decided_at IS NULL AND a.publisher <> '' ORDER BY a.publisher"
        )
        return [row[0] for row in cursor.fetchall()]


def work_list(*, viewer: Viewer, what: str = "", publisher: str = "", after: str = "") -> WorkList:
    """Procedures with something open, by code; of one kind and publisher where given. One statement. Raises Denied."""
    _may_read(viewer)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT p.code, p.title, min(a.publisher), array_agg(DISTINCT f.what) {_OF}"
            " AND p.code > %(after)s GROUP BY p.code, p.title ORDER BY p.code LIMIT %(limit)s",
            {"what": what, "publisher": publisher, "after": after, "limit": LINES_A_PAGE + 1},
        )
        rows = cursor.fetchall()
    more, rows = len(rows) > LINES_A_PAGE, rows[:LINES_A_PAGE]
    lines = tuple(
        ProcedureLine(code, title, by, tuple(kind for kind in FINDINGS if kind in kinds))
        for code, title, by, kinds in rows
    )
    return WorkList(lines, lines[-1].code if more else None)


def places(*, viewer: Viewer, what: str = "", publisher: str = "") -> Iterator[Place]:
    """Every open finding, for a report to who published. One statement. Raises Denied."""
    _may_read(viewer)
    with connection.cursor() as cursor:
        cursor.execute(
            f'SELECT p.code, p.title, a.publisher, f.what, f."where", f.text {_OF}'
            ' ORDER BY a.publisher, p.code, f."where", f.what',
            {"what": what, "publisher": publisher},
        )
        for code, title, by, kind, where, text in cursor:
            yield Place(code, title, by, FindingKind(kind), where, text)


def announcement(code: str, *, viewer: Viewer) -> AnnouncementShown:
    """The last record of procedure `code` with what is open in it. Two statements. Raises Denied, and NotFound for
    what was never imported."""
    _may_read(viewer)
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
            'SELECT what, "where", text FROM catalogue_finding WHERE procedure_id = %s AND decided_at IS NULL'
            ' ORDER BY "where", what',
            [code],
        )
        found = tuple(
            Place(row[0], row[1], row[2], FindingKind(kind), where, text)
            for kind, where, text in cursor.fetchall()
        )
    return AnnouncementShown(*(*row, found))
