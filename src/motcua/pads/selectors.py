"""The pads of an agency: how far each is entered, which sheets are missing, which acts came from paper."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.agencies.positions import LEADERS
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import Denied, NotFound

PAGE = 50
MANAGER = "desk_manager"
READERS = LEADERS | {"reception_officer", MANAGER, "inspector"}


@dataclass(frozen=True, slots=True)
class PadLine:
    """A pad with its counts. `missing`: sheets without entry below the highest one that has one."""

    id: UUID
    agency: str
    code: str
    form: str
    first: int
    last: int
    enter_within: int
    issued_at: datetime
    used: int
    void: int
    missing: int


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One sheet. `state` missing: no entry, though later ones have one."""

    number: int
    state: str
    ground: str
    subject: str
    what: str
    occurred_at: datetime | None
    at: datetime | None
    with_photo: bool


_PADS = """
SELECT p.id, p.agency, p.code, p.form, p.first, p.last, p.enter_within, p.issued_at,
       count(*) FILTER (WHERE s.state = 'used'), count(*) FILTER (WHERE s.state = 'void'),
       coalesce(max(s.number), p.first - 1) - p.first + 1 - count(*) FILTER (WHERE s.state IN ('used', 'void'))
FROM pads_pad p LEFT JOIN pads_sheet s ON s.pad_id = p.id AND s.state IN ('used', 'void')
WHERE p.agency = ANY(%(agencies)s)
"""


def pads(*, viewer: Viewer, after: str | None = None) -> tuple[list[PadLine], str | None]:
    """The pads of the viewer's agencies, newest first, and the key of the next page. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_PADS} AND (%(after)s::uuid IS NULL OR p.id < %(after)s)"
            " GROUP BY p.id ORDER BY p.id DESC LIMIT %(limit)s",
            {"agencies": _agencies(viewer), "after": _uuid(after), "limit": PAGE + 1},
        )
        lines = [PadLine(*values) for values in cursor.fetchall()]
    return lines[:PAGE], str(lines[PAGE - 1].id) if len(lines) > PAGE else None


def to_close(*, viewer: Viewer) -> list[PadLine]:
    """Pads of agencies that were merged into those whose pads the viewer manages, with sheets that are neither entered
    nor void, the oldest first; a page of them at most. One statement where there is such an agency."""
    merged = viewer.agencies({MANAGER}) - {c.agency for c in viewer.capacities}
    if not merged:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_PADS} GROUP BY p.id HAVING count(s.number) < p.last - p.first + 1 ORDER BY p.id LIMIT %(limit)s",
            {"agencies": sorted(merged), "limit": PAGE},
        )
        return [PadLine(*values) for values in cursor.fetchall()]


def pad(code: str, *, viewer: Viewer) -> PadLine:
    """One pad. One statement. Raises NotFound."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_PADS} AND p.code = %(code)s GROUP BY p.id ORDER BY p.id LIMIT 1",
            {"agencies": _agencies(viewer), "code": code},
        )
        found = cursor.fetchone()
    if found is None:
        raise NotFound(f"Không có quyển {code}.", f"There is no pad {code}.")
    return PadLine(*found)


def sheets(line: PadLine, *, viewer: Viewer) -> list[SheetLine]:
    """The sheets of a pad up to the last that has an entry: a pad has 50 at most. One statement."""
    _agencies(viewer)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n, coalesce(s.state, 'missing'), coalesce(s.ground, ''), coalesce(s.subject, ''),"
            " coalesce(s.what, ''), s.occurred_at, s.at, coalesce(s.with_photo, false)"
            " FROM generate_series(%s, (SELECT max(number) FROM pads_sheet WHERE pad_id = %s)) n"
            " LEFT JOIN pads_sheet s ON s.pad_id = %s AND s.number = n"
            " ORDER BY n",
            [line.first, line.id, line.id],
        )
        return [_sheet(values) for values in cursor.fetchall()]


def allowed_late(subject: str, *, agencies: Iterable[str], pads: Iterable[str]) -> set[tuple[str, str, int]]:
    """The sheets (agency, pad, number), of `pads` of `agencies`, that were entered for `subject` after the desk
    manager had to allow it. One statement; the caller has checked who may see the subject."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.agency, p.code, s.number FROM pads_pad p JOIN pads_sheet s ON s.pad_id = p.id"
            " WHERE p.agency = ANY(%s) AND p.code = ANY(%s)"
            " AND s.subject = %s AND s.state = 'used' AND s.ground <> ''",
            [sorted(agencies), sorted(pads), subject],
        )
        return set(cursor.fetchall())


def _sheet(values: Sequence[Any]) -> SheetLine:
    return SheetLine(*values)


def _agencies(viewer: Viewer) -> list[str]:
    agencies = sorted({c.agency for c in viewer.capacities if c.kind in READERS})
    if not agencies:
        raise Denied("Vị trí của bạn không xem sổ giấy.", "Your position does not look at paper pads.")
    return agencies


def _uuid(text: str | None) -> str | None:
    try:
        return str(UUID(text)) if text else None
    except ValueError:
        return None
