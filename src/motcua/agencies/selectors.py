"""Who is asking, and what agencies are made of."""

import functools
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.agencies.bodies import Body
from motcua.agencies.mandates import written
from motcua.agencies.models import Agency, Appointment, Position, Unit
from motcua.agencies.policy import ADMINISTRATOR
from motcua.agencies.positions import POSITION_KINDS
from motcua.kernel.actor import Capacity, Viewer
from motcua.kernel.errors import NotFound
from motcua.kernel.say import Say
from motcua.kernel.time import local

IDLE_MINUTES = 10  # for who sits in no agency
# For so long before it begins and after it is over, a mandate is still told of to who would use it.
LAPSED = timedelta(days=7)
_POSITION = 12  # where the seat stands in a row of what follows the session
_OVERSEEING = [k.code for k in POSITION_KINDS.values() if k.oversees]

# One statement says who: session, account, seats held now, agencies in reach (design, section 12): those below of who
# oversees, and those that were merged into one's own. Seats of a merged agency are none. A mandate for when
# somebody is absent begins and ends with that absence.
_WHO = """
SELECT a.unread, s.stage, s.started_at, a.must_change_password, a.second_factor_since, a.factors_reset_at,
       g.lock_after_minutes,
       s.id, a.id, a.login, a.name, a.language, t.posted_by_id, t.acting_for_id::text, t.mandate,
       t.mandate_kind, t.limits::text, greatest(t.valid_from, away.since), least(t.valid_to, away.until),
       p.id, p.position_kind, u.id, u.agency_id,
       CASE WHEN p.position_kind = ANY(%(overseeing)s) THEN
           ARRAY(SELECT b.code FROM agencies_agency b WHERE b.path LIKE g.path || '%%')
       ELSE ARRAY(
           WITH RECURSIVE came AS (
               SELECT b.code FROM agencies_agency b WHERE b.succeeded_by_id = g.code AND b.succeeded_on <= %(day)s
               UNION SELECT b.code FROM agencies_agency b JOIN came ON b.succeeded_by_id = came.code
               WHERE b.succeeded_on <= %(day)s)
           SELECT code FROM came)
       END,
       (SELECT o.name FROM accounts_account o WHERE o.id = t.acting_for_id),
       away.is_away
FROM accounts_session s
JOIN accounts_account a ON a.id = s.account_id AND a.is_active AND NOT a.is_citizen
LEFT JOIN (agencies_appointment t
     JOIN agencies_position p ON p.id = t.position_id
     JOIN agencies_unit u ON u.id = p.unit_id
     JOIN agencies_agency g ON g.code = u.agency_id AND (g.succeeded_on IS NULL OR g.succeeded_on > %(day)s)
) ON t.account_id = a.id
     AND CASE WHEN t.acting_for_id IS NULL
              THEN t.valid_from <= %(at)s AND (t.valid_to IS NULL OR t.valid_to > %(at)s)
              ELSE t.valid_from <= %(soon)s AND t.valid_to > %(lately)s AND (NOT t.when_absent OR EXISTS (
                  SELECT FROM agencies_absence x WHERE x.account_id = t.acting_for_id
                     AND x.valid_from <= %(at)s AND x.valid_to > %(at)s)) END
LEFT JOIN LATERAL (
     SELECT count(*) > 0 AS is_away, min(x.valid_from) FILTER (WHERE t.when_absent) AS since,
            max(x.valid_to) FILTER (WHERE t.when_absent) AS until
     FROM agencies_absence x WHERE x.account_id = t.acting_for_id AND x.valid_from <= %(at)s AND x.valid_to > %(at)s
         AND x.valid_from < t.valid_to AND x.valid_to > t.valid_from
) away ON true
WHERE s.secret_digest = %(digest)s AND s.expires_at > %(at)s
ORDER BY t.acting_for_id NULLS FIRST, p.id
"""


@dataclass(frozen=True, slots=True)
class Asking:
    """Whose session it is, and how far it goes: a stage that is not "open" opens nothing yet."""

    viewer: Viewer
    language: str
    stage: str
    started_at: datetime
    must_change_password: bool
    second_factor_since: datetime | None
    factors_reset_at: datetime | None
    lock_after: timedelta
    unread: int = 0


def viewer(*, session_digest: bytes, at: datetime) -> Asking | None:
    """Who the session with this digest belongs to; None when there is none at `at`.

    One statement. The scope holds the agencies of the seats held, and for seats that oversee all those below.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WHO, _asked(session_digest, at))
        rows = cursor.fetchall()
    if not rows:
        return None
    unread, stage, started_at, must_change_password, second_factor_since, factors_reset_at = rows[0][:6]
    minutes = min((row[6] for row in rows if row[6] is not None), default=IDLE_MINUTES)
    return Asking(
        viewer=_viewer([row[7:] for row in rows], at),
        language=rows[0][11],
        stage=stage,
        started_at=started_at,
        must_change_password=must_change_password,
        second_factor_since=second_factor_since,
        factors_reset_at=factors_reset_at,
        lock_after=timedelta(minutes=minutes),
        unread=unread,
    )


def viewer_of(account: UUID, *, at: datetime) -> Viewer:
    """The same for an account without a session: commands, the demo and tests. Raises NotFound."""
    query = _WHO.replace(
        "FROM accounts_session s\nJOIN accounts_account a ON a.id = s.account_id AND a.is_active AND NOT a.is_citizen",
        "FROM (SELECT NULL::uuid AS id, '' AS stage, NULL::timestamptz AS started_at) s"
        " JOIN accounts_account a ON a.is_active",
    ).replace("s.secret_digest = %(digest)s AND s.expires_at > %(at)s", "a.id = %(digest)s")
    with connection.cursor() as cursor:
        cursor.execute(query, _asked(account, at))
        rows = cursor.fetchall()
    if not rows:
        raise NotFound("Không có tài khoản này.", "There is no such account.")
    return _viewer([row[7:] for row in rows], at)


def _asked(key: bytes | UUID, at: datetime) -> dict[str, Any]:
    return {
        "digest": key,
        "at": at,
        "day": local(at).date(),
        "overseeing": _OVERSEEING,
        "soon": at + LAPSED,
        "lately": at - LAPSED,
    }


def _viewer(rows: list[tuple], at: datetime) -> Viewer:  # type: ignore[type-arg]
    session, account, login, name = rows[0][:4]
    found = [_capacity(row[5:]) for row in rows if row[_POSITION] is not None]
    now = [c for c in found if c.acting_for is None or _lasts(c, at)]
    capacities = tuple(c for c in now if not c.is_limited)
    return Viewer(
        account=account,
        login=login,
        name=name,
        capacities=capacities,
        scope=frozenset(agency for c in capacities for agency in c.scope),
        session=session,
        limited=tuple(c for c in now if c.is_limited),
        lapsed=tuple(c for c in found if c not in now),
    )


def _capacity(values: tuple) -> Capacity:  # type: ignore[type-arg]
    (
        posted_by,
        acting_for,
        mandate,
        mandate_kind,
        limits,
        since,
        until,
        position,
        kind,
        unit,
        agency,
        below,
        instead,
        is_away,
    ) = values
    limited = json.loads(limits) if limits else {}
    return Capacity(
        position=position,
        kind=kind,
        unit=unit,
        agency=agency,
        below=frozenset(below or ()),
        acting_for=acting_for,
        instead=instead or "",
        is_away=is_away,
        mandate=written(mandate_kind, mandate) if mandate else None,
        posted_by=posted_by or "",
        acts=frozenset(limited.get("acts", ())),
        procedures=frozenset(limited.get("procedures", ())),
        sectors=frozenset(limited.get("sectors", ())),
        since=since if acting_for else None,
        until=until if acting_for else None,
    )


def _lasts(mandate: Capacity, at: datetime) -> bool:
    return (mandate.since or at) <= at < (mandate.until or datetime.max.replace(tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """What others need to know of an agency."""

    code: str
    name: str
    name_en: str
    level: str
    body: str
    parent: str | None
    parent_name: str
    place: str
    address: str
    phone: str
    code_template: str
    desk_unit: UUID | None
    desk_name: str

    @property
    def called(self) -> Say:
        """Its name in both languages."""
        return Say(self.name, self.name_en or self.name)


def idle_minutes(agency: str) -> int:
    """After how many idle minutes the screens of `agency` lock themselves. Raises NotFound."""
    minutes = Agency.objects.filter(code=agency).values_list("lock_after_minutes", flat=True).first()
    if minutes is None:
        raise NotFound(f"Không có cơ quan {agency}.", f"There is no agency {agency}.")
    return minutes


@functools.lru_cache(maxsize=4096)
def agency(code: str) -> AgencyFacts:
    """An agency by its code, kept in the process: names and templates change by a restart, codes never.

    Raises NotFound.
    """
    row = Agency.objects.select_related("parent").filter(code=code).first()
    if row is None:
        raise NotFound(f"Không có cơ quan {code}.", f"There is no agency {code}.")
    desk = Unit.objects.filter(agency=row, is_desk=True).first()
    return AgencyFacts(
        code=row.code,
        name=row.name,
        name_en=row.name_en,
        level=row.level,
        body=row.body,
        parent=row.parent_id,
        parent_name=row.parent.name if row.parent else "",
        place=row.place,
        address=row.address,
        phone=row.phone,
        code_template=row.code_template,
        desk_unit=desk.id if desk else None,
        desk_name=desk.name if desk else "",
    )


def stands_first(code: str) -> bool:
    """Whether no agency stands above it here. Raises NotFound."""
    return agency(code).parent is None


def called(code: str) -> Say:
    """What the agency `code` is called. Raises NotFound."""
    return agency(code).called


def agencies_called(codes: Collection[str]) -> dict[str, Say]:
    """What agencies are called; unknown codes are left out. One statement, none for no codes."""
    known = Agency.objects.filter(code__in=codes).values_list("code", flat=True) if codes else ()
    return {code: called(code) for code in known}


@functools.lru_cache(maxsize=4096)
def unit_name(unit: UUID, language: str = "vi") -> str:
    """A unit's name ("" when unknown), kept in the process."""
    row = Unit.objects.filter(id=unit).first()
    english = row.name_en if row and language == "en" else ""
    return english or (row.name if row else "")


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A unit of an agency."""

    id: UUID
    code: str
    called: Say


def units(agency: str) -> list[UnitFacts]:
    """The units of `agency` by their code. One statement."""
    rows = Unit.objects.filter(agency_id=agency).order_by("code").values_list("id", "code", "name", "name_en")
    return [UnitFacts(unit, code, Say(name, name_en or name)) for unit, code, name, name_en in rows]


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat of an agency and who sits there."""

    position: UUID
    kind: str
    unit: UUID
    accounts: tuple[UUID, ...]


def seats(agency: str, *, at: datetime) -> list[Seat]:
    """All seats of `agency` with the people who sit in them at `at`. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.id, p.position_kind, u.id, coalesce(array_agg(t.account_id ORDER BY t.account_id)"
            " FILTER (WHERE t.id IS NOT NULL), '{}') FROM agencies_position p JOIN agencies_unit u ON u.id = p.unit_id"
            " LEFT JOIN agencies_sitting(%s) t ON t.position_id = p.id AND t.limits IS NULL"
            " WHERE u.agency_id = %s GROUP BY p.id, p.position_kind, u.id ORDER BY p.id",
            [at, agency],
        )
        return [
            Seat(position, kind, unit, tuple(people)) for position, kind, unit, people in cursor.fetchall()
        ]


def stands_for(code: str, *, on: date) -> str:
    """Who stands on a day where agency `code` stood: itself, or whom it was merged into. A statement for each merger,
    and one."""
    row = (
        Agency.objects.filter(code=code, succeeded_on__lte=on)
        .values_list("succeeded_by_id", flat=True)
        .first()
    )
    return code if row is None else stands_for(row, on=on)


def agencies_holding(kinds: Iterable[str], *, at: datetime) -> list[str]:
    """Codes of the agencies in which somebody holds a seat of one of `kinds` at `at`. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT u.agency_id FROM agencies_sitting(%s) t JOIN agencies_position p ON p.id = t.position_id"
            " JOIN agencies_unit u ON u.id = p.unit_id WHERE p.position_kind = ANY(%s) AND t.limits IS NULL ORDER BY 1",
            [at, list(kinds)],
        )
        return [code for (code,) in cursor.fetchall()]


def account_names(accounts: set[UUID]) -> dict[UUID, str]:
    """Names of staff by account, for histories and lists (staff act under their own name)."""
    if accounts:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, name FROM accounts_account WHERE id = ANY(%s)", [list(accounts)])
            return dict(cursor.fetchall())
    return {}


def own_seat(account: UUID, *, agency: str, at: datetime) -> str:
    """The kind of the seat that a person held in `agency` at `at` as their own; "" for none. One statement."""
    held = Appointment.objects.filter(
        account_id=account, position__unit__agency_id=agency, acting_for=None, valid_from__lte=at
    ).exclude(valid_to__lte=at)
    return held.order_by("valid_from").values_list("position__position_kind", flat=True).first() or ""


def last_decided(code: str) -> datetime | None:
    """When an agency's stream was last written to."""
    return Agency.objects.filter(code=code).values_list("head_at", flat=True).first()


def agency_codes() -> list[str]:
    """Codes of all agencies of the installation, in order."""
    return list(Agency.objects.order_by("path").values_list("code", flat=True))


def with_desks() -> dict[str, AgencyFacts]:
    """The agencies of the installation that have a desk, People's Committees first: people ask for theirs."""
    found = {code: agency(code) for code in agency_codes()}
    return dict(
        sorted(
            ((code, facts) for code, facts in found.items() if facts.desk_unit is not None),
            key=lambda each: each[1].body != Body.COMMITTEE,
        )
    )


def administrators_seat(agency: str) -> str:
    """The code of the first seat of a technical administrator in `agency`. Raises NotFound."""
    seats = Position.objects.filter(unit__agency_id=agency, position_kind=ADMINISTRATOR)
    code = seats.order_by("id").values_list("code", flat=True).first()
    if code is None:
        raise NotFound(
            f"Cơ quan {agency} không có vị trí quản trị kỹ thuật.",
            f"Agency {agency} has no seat of a technical administrator.",
        )
    return code


def has_seat_anywhere(account: UUID) -> bool:
    """Whether this person was ever given a seat in any agency."""
    return Appointment.objects.filter(account_id=account).exists()


def held_kinds(agency: str, *, at: datetime) -> frozenset[str]:
    """The kinds of seat in `agency` in which somebody sits at `at`. One statement."""
    return frozenset(seat.kind for seat in seats(agency, at=at) if seat.accounts)
