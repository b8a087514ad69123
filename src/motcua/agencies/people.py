"""An agency's people and seats, as its technical administrator sees them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.agencies.mandates import written
from motcua.agencies.policy import ADMINISTRATOR
from motcua.agencies.selectors import account_names
from motcua.kernel.actor import Capacity, Viewer
from motcua.kernel.errors import Denied, NotFound
from motcua.kernel.time import ZONE

PEOPLE_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class SeatHeld:
    """An appointment: which seat, from when to when, and for whom where it is a back-up."""

    appointment: UUID
    position: UUID
    kind: str
    name: str
    name_en: str
    unit_name: str
    valid_from: datetime
    valid_to: datetime | None
    acting_for: str
    mandate: str
    posted_by: str = ""
    mandate_kind: str = ""
    when_absent: bool = False
    is_locked: bool = False
    limits: Mapping[str, list[str]] | None = None

    @property
    def document(self) -> str:
        """The form of signing and the document's number."""
        return written(self.mandate_kind, self.mandate)


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One of an agency's people, with the seats held now or later."""

    account: UUID
    login: str
    name: str
    is_active: bool
    must_change_password: bool
    second_factor_since: datetime | None
    seats: tuple[SeatHeld, ...]


@dataclass(frozen=True, slots=True)
class People:
    """A page of them; `following`: the key of the next page."""

    lines: tuple[PersonLine, ...]
    following: str | None


def administered(viewer: Viewer) -> Capacity:
    """The administrator's seat in which `viewer` looks after people. Raises Denied for who holds none."""
    seat = next((c for c in viewer.capacities if c.kind == ADMINISTRATOR), None)
    if seat is None:
        raise Denied(
            "Chỉ quản trị kỹ thuật của cơ quan mở được trang này.",
            "Only the agency's technical administrator may open this page.",
        )
    return seat


# The agency's own, and those of one that is merged into it.
_OF_AGENCY = "n.agency_id IN (SELECT code FROM agencies_agency WHERE %s IN (code, succeeded_by_id))"
_PERSON_COLUMNS = "a.id, a.login, a.name, a.is_active, a.must_change_password, a.second_factor_since"


def people(*, viewer: Viewer, at: datetime, after: str = "") -> People:
    """The people of the viewer's agency by the order in which they came, two statements. Raises Denied."""
    agency = administered(viewer).agency
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_PERSON_COLUMNS} FROM agencies_person n JOIN accounts_account a ON a.id = n.account_id"  # noqa: S608
            f" WHERE {_OF_AGENCY} AND n.account_id > %s ORDER BY n.account_id LIMIT %s",
            [agency, UUID(after or _FIRST), PEOPLE_A_PAGE + 1],
        )
        rows = cursor.fetchall()
    more, rows = len(rows) > PEOPLE_A_PAGE, rows[:PEOPLE_A_PAGE]
    held = _seats_held([row[0] for row in rows], agency, at)
    lines = tuple(PersonLine(*(*row, tuple(held.get(row[0], ())))) for row in rows)
    return People(lines, str(lines[-1].account) if more else None)


_FIRST = "00000000-0000-0000-0000-000000000000"


def person(account: UUID, *, viewer: Viewer, at: datetime) -> PersonLine:
    """One of the people of the viewer's agency. Raises Denied, and NotFound for anybody else's."""
    agency = administered(viewer).agency
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_PERSON_COLUMNS} FROM agencies_person n JOIN accounts_account a ON a.id = n.account_id"  # noqa: S608
            f" WHERE {_OF_AGENCY} AND n.account_id = %s",
            [agency, account],
        )
        row = cursor.fetchone()
    if row is None:
        raise NotFound("Cơ quan không có người này.", "The agency has no such person.")
    return PersonLine(*(*row, tuple(_seats_held([account], agency, at).get(account, ()))))


_SEATS_HELD = """
SELECT t.account_id, t.id, p.id, p.position_kind, p.name, p.name_en, u.name, t.valid_from, t.valid_to,
       coalesce(b.name, ''), t.mandate, coalesce(g.name, ''), t.mandate_kind, t.when_absent, NOT h.is_active,
       t.limits::text
FROM agencies_appointment t
JOIN accounts_account h ON h.id = t.account_id
JOIN agencies_position p ON p.id = t.position_id
JOIN agencies_unit u ON u.id = p.unit_id
LEFT JOIN accounts_account b ON b.id = t.acting_for_id
LEFT JOIN agencies_agency g ON g.code = t.posted_by_id
WHERE u.agency_id = %s AND (t.valid_to IS NULL OR t.valid_to > %s)
"""


def _seats_held(accounts: list[UUID], agency: str, at: datetime) -> dict[UUID, list[SeatHeld]]:
    held: dict[UUID, list[SeatHeld]] = {}
    if accounts:
        with connection.cursor() as cursor:
            cursor.execute(
                f"{_SEATS_HELD} AND t.account_id = ANY(%s) ORDER BY t.valid_from, t.id",
                [agency, at, accounts],
            )
            for account, *seat in cursor.fetchall():
                held.setdefault(account, []).append(_seat_held(seat))
    return held


def _seat_held(values: list[Any]) -> SeatHeld:
    read = [*values[:-1], json.loads(values[-1]) if values[-1] else None]
    return SeatHeld(*read)


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A seat of the agency and who holds it, now or later."""

    position: UUID
    kind: str
    name: str
    name_en: str
    unit_name: str
    holders: tuple[tuple[str, UUID, SeatHeld], ...]


def agency_seats(*, viewer: Viewer, at: datetime) -> list[SeatLine]:
    """All seats of the viewer's agency with those who hold them: (name, account, appointment). Raises Denied."""
    agency = administered(viewer).agency
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.id, p.position_kind, p.name, p.name_en, u.name FROM agencies_position p"
            " JOIN agencies_unit u ON u.id = p.unit_id WHERE u.agency_id = %s ORDER BY u.id, p.id",
            [agency],
        )
        seats = cursor.fetchall()
        cursor.execute(f"{_SEATS_HELD} ORDER BY t.valid_from, t.id", [agency, at])
        held = [(account, _seat_held(rest)) for account, *rest in cursor.fetchall()]
    names = account_names({account for account, _ in held})
    return [
        SeatLine(*(*seat, tuple((names[a], a, h) for a, h in held if h.position == seat[0])))
        for seat in seats
    ]


_LEFT = """
WITH held AS (
    SELECT t.valid_from, least(t.valid_to, g.succeeded_on::timestamp AT TIME ZONE %(zone)s) AS valid_to
    FROM agencies_appointment t
    JOIN agencies_position p ON p.id = t.position_id
    JOIN agencies_unit u ON u.id = p.unit_id
    JOIN agencies_agency g ON g.code = u.agency_id
    WHERE t.account_id = %(account)s AND t.acting_for_id IS NULL
)
SELECT EXISTS (
    SELECT FROM held e WHERE e.valid_to > %(since)s AND e.valid_to <= %(at)s AND NOT EXISTS (
        SELECT FROM held o WHERE o.valid_from <= e.valid_to AND (o.valid_to IS NULL OR o.valid_to > e.valid_to)))
"""


def has_left(account: UUID, *, since: datetime, at: datetime) -> bool:
    """Whether a person was without any seat of their own at some moment after `since`, up to `at`: their last one was
    over, or its agency merged into another, whatever they were given later. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_LEFT, {"account": account, "since": since, "at": at, "zone": ZONE.key})
        return bool(cursor.fetchone()[0])
