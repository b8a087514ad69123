"""Who is away, who stands in, and for whom nobody does."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.agencies.mandates import written
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
class StandIn:
    """Who acts in another's seat, from when to when, by which document; `limits`: for some acts, procedures or sectors
    alone."""

    name: str
    document: str
    since: datetime
    until: datetime
    limits: Mapping[str, list[str]] | None


@dataclass(frozen=True, slots=True)
class Covered:
    """A seat of who is away, and who stands in there in that time; nobody: what comes waits on the seat's shared list,
    for somebody to be named."""

    seat: Say
    stand_ins: tuple[StandIn, ...]


@dataclass(frozen=True, slots=True)
class Away:
    """A person who is away, or will be, and who stands in for them, seat by seat."""

    id: UUID
    account: UUID
    name: str
    reason: str
    valid_from: datetime
    valid_to: datetime
    seats: tuple[Covered, ...]


def seat_of(viewer: Viewer) -> Capacity:
    """The seat in which `viewer` notes absences: one that leads or administers, else any in which they work. Raises
    Denied for who works in no agency."""
    held = [c for c in viewer.capacities if c.kind in WORKING | NOTES_ABSENCE and c.acting_for is None]
    if not held:
        raise Denied("Vị trí của bạn không ghi vắng mặt ở đây.", "Your position does not note absences here.")
    return next((c for c in held if c.kind in NOTES_ABSENCE), held[0])


def absences(*, viewer: Viewer, at: datetime) -> list[Away]:
    """Who of the viewer's agency is away now or will be, the earliest first; of who neither leads nor administers,
    their own alone. Two statements. Raises Denied."""
    seat = seat_of(viewer)
    own = seat.kind not in NOTES_ABSENCE
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT x.id, x.account_id, a.name, x.reason, x.valid_from, x.valid_to"
            " FROM agencies_absence x JOIN accounts_account a ON a.id = x.account_id"
            " WHERE x.agency_id = %s AND x.valid_to > %s AND (NOT %s OR x.account_id = %s)"
            " ORDER BY x.valid_from, x.id LIMIT %s",
            [seat.agency, at, own, viewer.account, MOST],
        )
        rows = cursor.fetchall()
        cursor.execute(_COVER, {"accounts": [row[1] for row in rows], "agency": seat.agency, "at": at})
        cover = cursor.fetchall()
    return [Away(*(*row, _covered(cover, row[1], since=row[4], until=row[5]))) for row in rows]


# The seats that people hold as their own, each with whoever acts there in their place.
_COVER = """
SELECT o.account_id, o.id, p.name, coalesce(nullif(p.name_en, ''), p.name),
       s.name, t.mandate_kind, t.mandate, t.valid_from, t.valid_to, t.limits::text
FROM agencies_appointment o JOIN agencies_position p ON p.id = o.position_id JOIN agencies_unit u ON u.id = p.unit_id
LEFT JOIN (agencies_appointment t JOIN accounts_account s ON s.id = t.account_id AND s.is_active)
    ON t.acting_for_id = o.account_id AND t.position_id = o.position_id AND t.valid_to > %(at)s
WHERE o.account_id = ANY(%(accounts)s) AND u.agency_id = %(agency)s AND o.acting_for_id IS NULL
  AND (o.valid_to IS NULL OR o.valid_to > %(at)s)
ORDER BY o.id, t.valid_from, t.id
"""


def _covered(
    rows: Sequence[tuple[Any, ...]], account: UUID, *, since: datetime, until: datetime
) -> tuple[Covered, ...]:
    """The seats of a person, with who stands in between `since` and `until`, and in which of these hours."""
    seats: dict[UUID, tuple[Say, list[StandIn]]] = {}
    for whose, seat, name, name_en, who, kind, number, begins, ends, limits in rows:
        if whose == account:
            found = seats.setdefault(seat, (Say(name, name_en), []))[1]
            if who is not None and begins < until and ends > since:
                hours = max(begins, since), min(ends, until)
                found.append(StandIn(who, written(kind, number), *hours, json.loads(limits or "null")))
    return tuple(Covered(seat, tuple(found)) for seat, found in seats.values())


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
