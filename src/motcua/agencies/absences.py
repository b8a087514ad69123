"""Who is away, who stands in, and for whom nobody does."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from motcua.agencies.policy import NOTES_ABSENCE
from motcua.agencies.positions import WORKING
from motcua.kernel.actor import Capacity, Viewer
from motcua.kernel.errors import Denied
from motcua.kernel.say import Say

REASONS: Mapping[str, Say] = {
    "leave": Say("Nghỉ phép", "Leave"),
    "mission": Say("Đi công tác, học tập", "Mission, training"),
    "sick": Say("Nghỉ ốm", "Sick"),
    "other": Say("Việc khác", "Other"),
}
MOST = 200


@dataclass(frozen=True, slots=True)
class Away:
    """A person who is away, or will be; `stand_ins`: who acts in a whole seat of theirs in that time, by which
    document; empty: what comes waits on the shared lists, for somebody to be named."""

    id: UUID
    account: UUID
    name: str
    reason: str
    valid_from: datetime
    valid_to: datetime
    stand_ins: tuple[tuple[str, str], ...]


def seat_of(viewer: Viewer) -> Capacity:
    """The seat in which `viewer` notes absences: one that leads or administers, else any in which they work. Raises
    Denied for who works in no agency."""
    held = [c for c in viewer.capacities if c.kind in WORKING | NOTES_ABSENCE and c.acting_for is None]
    if not held:
        raise Denied("Vị trí của bạn không ghi vắng mặt ở đây.", "Your position does not note absences here.")
    return next((c for c in held if c.kind in NOTES_ABSENCE), held[0])


def absences(*, viewer: Viewer, at: datetime) -> list[Away]:
    """Who of the viewer's agency is away now or will be, the earliest first; of who neither leads nor administers,
    their own alone. One statement. Raises Denied."""
    seat = seat_of(viewer)
    own = seat.kind not in NOTES_ABSENCE
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT x.id, x.account_id, a.name, x.reason, x.valid_from, x.valid_to, ARRAY("
            "  SELECT DISTINCT ARRAY[s.name, t.mandate] FROM agencies_appointment t"
            "  JOIN accounts_account s ON s.id = t.account_id AND s.is_active"
            "  WHERE t.acting_for_id = x.account_id AND t.limits IS NULL"
            "  AND t.valid_from < x.valid_to AND t.valid_to > x.valid_from)"
            " FROM agencies_absence x JOIN accounts_account a ON a.id = x.account_id"
            " WHERE x.agency_id = %s AND x.valid_to > %s AND (NOT %s OR x.account_id = %s)"
            " ORDER BY x.valid_from, x.id LIMIT %s",
            [seat.agency, at, own, viewer.account, MOST],
        )
        rows = cursor.fetchall()
    return [Away(*(*row[:-1], tuple((n, d) for n, d in row[-1]))) for row in rows]


def people_of(*, viewer: Viewer, at: datetime) -> list[tuple[UUID, str]]:
    """Whose absence `viewer` may note: all who sit in their agency, or themselves alone. At most one statement."""
    seat = seat_of(viewer)
    if seat.kind not in NOTES_ABSENCE:
        return [(viewer.account, viewer.name)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT a.id, a.name FROM agencies_appointment t JOIN agencies_position p ON p.id = t.position_id"
            " JOIN agencies_unit u ON u.id = p.unit_id JOIN accounts_account a ON a.id = t.account_id"
            " WHERE u.agency_id = %s AND t.acting_for_id IS NULL AND (t.valid_to IS NULL OR t.valid_to > %s)"
            " ORDER BY a.name, a.id",
            [seat.agency, at],
        )
        return list(cursor.fetchall())


def stand_ins(
    accounts: Collection[UUID], *, procedure: str, sector: str, at: datetime
) -> Mapping[UUID, tuple[UUID, ...]]:
    """Who acts now, by mandate, in the place of those of `accounts` who are away at `at`, with dossiers of `procedure`,
    which is of `sector` (its name, as a mandate gives it). One statement, none for nobody."""
    if not accounts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT t.acting_for_id, array_agg(DISTINCT t.account_id ORDER BY t.account_id)"
            " FROM agencies_sitting(%(at)s) t WHERE t.acting_for_id = ANY(%(accounts)s)"
            " AND (t.limits IS NULL OR t.limits->'procedures' ? %(procedure)s"
            "      OR coalesce(t.limits->'sectors', '[]') ? %(sector)s"
            "      OR coalesce(t.limits->'procedures', '[]') || coalesce(t.limits->'sectors', '[]') = '[]')"
            " AND EXISTS (SELECT FROM agencies_absence x WHERE x.account_id = t.acting_for_id"
            "     AND x.valid_from <= %(at)s AND x.valid_to > %(at)s) GROUP BY t.acting_for_id",
            {"accounts": list(accounts), "at": at, "procedure": procedure, "sector": sector},
        )
        return {away: tuple(people) for away, people in cursor.fetchall()}
