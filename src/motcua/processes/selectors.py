"""Which process an agency runs, and the steps of a dossier."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Subquery

from motcua.agencies.bodies import Body
from motcua.agencies.serving import serving_places
from motcua.calendars.calendar import WorkCalendar
from motcua.calendars.selectors import EDITIONS_OF, calendar_from
from motcua.dossiers.interests import barred, own_parties
from motcua.dossiers.mandated import sides
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import NotAllowedNow, NotFound
from motcua.kernel.kept import Kept
from motcua.parties.own import ACCOUNTS_OF
from motcua.processes.assigning import LIGHTEST, WEIGHTS, Load, Staff, done_by
from motcua.processes.checks import parse
from motcua.processes.models import Adoption, Version
from motcua.processes.shapes import Assignment, Child, ProcessVersion
from motcua.processes.whereabouts import Told, place_of, told_of

NOTHING_TOLD = Told()
_kept: Kept[UUID, ProcessVersion] = Kept(
    lambda ids: {row.id: parse(row.body) for row in Version.objects.filter(id__in=ids)}
)


def versions(ids: Iterable[UUID]) -> Mapping[UUID, ProcessVersion]:
    """Published versions by id. One statement for all that are new to this process, else none."""
    return _kept.of(ids)


def version(version_id: UUID) -> ProcessVersion:
    """A published version by its id; it is immutable, so it is read once a process. Raises NotFound."""
    found = versions([version_id]).get(version_id)
    if found is None:
        raise NotFound("Không có phiên bản quy trình này.", "There is no such process version.")
    return found


def published_body(code: str, number: int | None = None) -> dict[str, Any] | None:
    """The document of a published version by its process and number (without one: the last); None where there is none.
    One statement."""
    found = (
        Version.objects.filter(code=code)
        if number is None
        else Version.objects.filter(code=code, number=number)
    )
    return found.order_by("-number").values_list("body", flat=True).first()


def version_at(row: Mapping[str, Any], seq: int) -> ProcessVersion | None:
    """The process under which event `seq` of a dossier was written: an agency that gave it on ran its own."""
    for left in row["earlier"]:
        if seq < left["until"]:
            return version(UUID(left["process"]))
    return version(row["process_version"]) if row["process_version"] else None


def code_at(row: Mapping[str, Any], seq: int, number: int) -> str | None:
    """The code of the row of the table in which the stay that event `seq` opened stands; None where another agency ran
    its own process then."""
    if seq < own_since(row):
        return None
    process = version_at(row, seq)
    return None if process is None else process.steps[number - 1].code


def own_since(row: Mapping[str, Any]) -> int:
    """The event since which the dossier is with its agency; it may have run under several versions of a process."""
    return max((left["until"] for left in row["earlier"] if not left.get("moved")), default=0)


def latest_versions() -> list[tuple[str, UUID]]:
    """The last published version of each process with its procedure, which may have several; newest last."""
    last = Version.objects.filter(code=OuterRef("code")).order_by("-number").values("id")[:1]
    found = Version.objects.filter(id=Subquery(last)).order_by("published_at", "id")
    return list(found.values_list("procedure", "id"))


def agencies_running(*, procedure: str, variants: Collection[str], on: date) -> list[str]:
    """The agencies that run a process for one of `variants` at least on a day, every part of which somebody settles for
    their place. One statement, and where there are parts one for each kind of agency and procedure of theirs."""
    found = Adoption.objects.filter(procedure=procedure, variant__in=variants, valid_from__lte=on)
    runs = found.exclude(valid_to__lte=on).values_list("agency", "version_id")
    return sorted({agency for agency, _version in _whole(list(runs), on)})


def variants_run(*, agency: str, procedure: str, on: date) -> set[str]:
    """The variants of a procedure for which an agency runs a process on a day, with all its parts. As many statements
    as above."""
    found = Adoption.objects.filter(agency=agency, procedure=procedure, valid_from__lte=on)
    runs = dict(found.exclude(valid_to__lte=on).values_list("variant", "version_id"))
    whole = _whole([(agency, version_id) for version_id in runs.values()], on)
    return {variant for variant, version_id in runs.items() if (agency, version_id) in whole}


def _whole(runs: Collection[tuple[str, UUID]], on: date) -> set[tuple[str, UUID]]:
    """Those of (agency, version) whose every part has an agency that serves the place and runs it."""
    tables = versions({version_id for _agency, version_id in runs})
    parts = [part for table in tables.values() for part in table.children]
    serve = {body: serving_places(body, on=on) for body in {part.body for part in parts}}
    taken = {
        (procedure, variant): set(agencies_running(procedure=procedure, variants=[variant], on=on))
        for procedure, variant in {(part.procedure, part.variant) for part in parts}
    }

    def settled(part: Child, place: str) -> bool:
        who = place if part.body == Body.COMMITTEE else serve[part.body].get(place)
        return who in taken[part.procedure, part.variant]

    return {
        (agency, version_id)
        for agency, version_id in runs
        if all(settled(part, agency) for part in tables[version_id].children)
    }


def approvals_of(kind: str, *, agencies: Collection[str]) -> frozenset[tuple[UUID, int]]:
    """The rows, as version and number, in which seats of `kind` approve, of the processes that `agencies` run or ran.
    One statement, none for no agencies."""
    if not agencies:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT v.id, s.number FROM processes_version v"
            " CROSS JOIN LATERAL jsonb_array_elements(v.body->'steps') WITH ORDINALITY s(step, number)"
            " WHERE v.id IN (SELECT version_id FROM processes_adoption WHERE agency = ANY(%s))"
            " AND s.step->>'kind' = 'approve' AND s.step->'positions' ? %s",
            [list(agencies), kind],
        )
        return frozenset((version_id, number) for version_id, number in cursor.fetchall())


def adopted_variants(agency: str) -> set[tuple[str, str]]:
    """The (procedure, variant)s for which `agency` has adopted a process that has no end yet."""
    return set(Adoption.objects.filter(agency=agency, valid_to=None).values_list("procedure", "variant"))


@dataclass(frozen=True, slots=True)
class RunsNow:
    """A process version that an agency runs for a variant of a procedure."""

    procedure: str
    variant: str
    version_id: UUID


def runs_of(agency: str, *, on: date) -> list[RunsNow]:
    """All that `agency` runs before the day `on` and from it on. One statement."""
    rows = Adoption.objects.filter(agency=agency, valid_from__lt=on).exclude(valid_to__lte=on)
    found = rows.order_by("procedure", "variant").values_list("procedure", "variant", "version_id")
    return [RunsNow(*row) for row in found]


@dataclass(frozen=True, slots=True)
class Adopted:
    """The process an agency runs for a variant, who sits in its seats now: kind -> (account, unit), its calendar."""

    version_id: UUID
    version: ProcessVersion
    staff: Staff
    calendar: WorkCalendar


# Who sits in which kind of seat, read once nobody is leaving one (agencies.operations.alone_with_seats).
_STAFF = "agencies_seats(%(agency)s, %(at)s)"
_AWAY = """
SELECT jsonb_agg(x.account_id) FROM agencies_absence x
 WHERE x.agency_id = %(agency)s AND x.valid_from <= %(at)s AND x.valid_to > %(at)s
"""
# Whose account is locked: who stands in for them by a mandate goes on.
_LOCKED = """
SELECT jsonb_agg(t.account_id) FROM agencies_appointment t JOIN accounts_account a ON a.id = t.account_id
  JOIN agencies_position p ON p.id = t.position_id JOIN agencies_unit u ON u.id = p.unit_id
 WHERE NOT a.is_active AND u.agency_id = %(agency)s AND t.valid_from <= %(at)s
   AND (t.valid_to IS NULL OR t.valid_to > %(at)s)
"""


# What is open in the name of whoever sits in the agency, and when they were given something last.
_LOADS = f"""
SELECT jsonb_object_agg(who.account, jsonb_build_array(o.steps, o.weight, g.since)) FROM (
    SELECT DISTINCT t.account_id::text AS account FROM agencies_sitting(%(at)s) t
    JOIN agencies_position p ON p.id = t.position_id JOIN agencies_unit u ON u.id = p.unit_id
    WHERE u.agency_id = %(agency)s) who
CROSS JOIN LATERAL (
    SELECT count(*) AS steps, coalesce(sum(CASE {
    " ".join(f"WHEN r.due_at < %(at)s + interval '{days} days' THEN {weight}" for days, weight in WEIGHTS)
} ELSE {LIGHTEST} END), 0) AS weight
    FROM processes_runningstep r WHERE r.account = who.account AND r.account <> '' AND r.ended_at IS NULL) o
CROSS JOIN LATERAL (
    SELECT max(r.opened_at) AS since FROM processes_runningstep r WHERE r.account = who.account AND r.account <> '') g
"""  # noqa: S608 - fixed parts only
_BY_LOAD = (Assignment.LOAD, Assignment.ROTATION)
_WEIGHED = '$.steps[*].assignment ? (@ == "load" || @ == "rotation")'
# A stay that somebody completed (`who`), for themselves or for another.
DONE = "outcome IN ('granted', 'partly', 'refused') AND who <> ''"
# Who completed which row since the dossier is with its agency.
_DID = f"""
SELECT jsonb_agg(jsonb_build_array(seq, number, who)) FROM processes_runningstep,
 unnest(ARRAY[ended_by, ended_for]) who
 WHERE dossier = %(dossier)s AND seq >= %(since)s AND {DONE}
"""  # noqa: S608 - fixed parts


# The part of the agency's territory that a dossier is of, as its answer `area` says.
_PLACE = """
SELECT jsonb_build_array(z.name, z.account) FROM processes_area z WHERE z.agency = %(agency)s AND z.code = %(area)s
"""


def adopted(
    *,
    agency: str,
    procedure: str,
    variant: str,
    on: date,
    at: datetime,
    told: Told = NOTHING_TOLD,
    row: Mapping[str, Any] | None = None,
) -> Adopted:
    """The process `agency` runs for a variant on a day, with the people in its seats, what bars them from the dossier
    `row`, of which nothing was done yet under it, who serves the place of which `told` speaks, and its calendar. One
    statement; more where a step goes by area (`place_of`).

    Raises NotAllowedNow when none is adopted, and says who can adopt one (design, section 6).
    """
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT a.version_id, ({_STAFF})::text, CASE WHEN jsonb_path_exists(v.body, %(weighed)s)"  # noqa: S608
            f" THEN ({_LOADS})::text END, ({_PLACE})::text, ({EDITIONS_OF}), ({_AWAY})::text,"
            f" ({ACCOUNTS_OF})"
            " FROM processes_adoption a JOIN processes_version v ON v.id = a.version_id"
            " WHERE a.agency = %(agency)s AND a.procedure = %(procedure)s AND a.variant = %(variant)s"
            " AND a.valid_from <= %(on)s AND (a.valid_to IS NULL OR a.valid_to > %(on)s)"
            " ORDER BY a.valid_from DESC LIMIT 1",
            {
                "agency": agency,
                "procedure": procedure,
                "variant": variant,
                "on": on,
                "at": at,
                "weighed": _WEIGHED,
                "area": told.area,
                "parties": own_parties(row) if row else [],
            },
        )
        found = cursor.fetchone()
    if found is None:
        raise NotAllowedNow(
            f"Cơ quan chưa áp dụng quy trình nội bộ cho thủ tục {procedure}; "
            "cán bộ danh mục thủ tục của cơ quan cần áp dụng trước khi tiếp nhận.",
            f"The agency has not adopted a process for procedure {procedure}; "
            "its catalogue officer must adopt one before it can be received.",
        )
    version_id, seats, loads, place, editions, away, own = found
    process = version(version_id)
    return Adopted(
        version_id=version_id,
        version=process,
        staff=Staff(
            _seats(seats),
            away=_accounts(json.loads(away or "[]")),
            barred=_accounts(barred(row)) if row else frozenset(),
            own=_accounts(own or ()),
            loads=_loads(loads),
            place=place_of(process, agency, told, place),
        ),
        calendar=calendar_from(editions),
    )


@dataclass(frozen=True, slots=True)
class Office:
    """Who sits in which kind of seat of an agency, and when it works."""

    staff: Staff
    calendar: WorkCalendar


def staff(*, agency: str, at: datetime, row: Mapping[str, Any] | None = None) -> Staff:
    """Who sits in which kind of seat of `agency` at `at`, and for the dossier `row` what bars them and how it is
    assigned. One statement."""
    return office(agency=agency, at=at, row=row).staff


def office(
    *, agency: str, at: datetime, row: Mapping[str, Any] | None = None, under: UUID | None = None
) -> Office:
    """The same, and the calendar of `agency`; `under`: the version whose rules count, where that is not the one the
    dossier runs under. One statement, which waits while somebody leaves a seat of the agency; inside a unit of work
    nobody leaves one until that is over (agencies.operations.alone_with_seats)."""
    ruling = under or (row and row["process_version"])
    process = version(ruling) if ruling else None
    steps, told = process.running if process else (), told_of(row)
    asked = {
        "agency": agency,
        "at": at,
        "weighs": any(step.assignment in _BY_LOAD for step in steps),
        "parts": any(step.apart_from for step in steps),
        "dossier": row["id"] if row else None,
        "parties": own_parties(row) if row else [],
        "area": told.area,
        "since": own_since(row) if row else 0,
    }
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT ({_STAFF})::text, CASE WHEN %(weighs)s THEN ({_LOADS})::text END,"
            f" CASE WHEN %(parts)s THEN ({_DID})::text END, ({ACCOUNTS_OF}), ({_PLACE})::text, ({EDITIONS_OF}),"
            f" ({_AWAY})::text, ({_LOCKED})::text",
            asked,
        )
        seats, loads, did, own, place, editions, away, locked = cursor.fetchone()
    people = Staff(
        _seats(seats),
        away=_accounts(json.loads(away or "[]")),
        locked=_accounts(json.loads(locked or "[]")),
        barred=_accounts(barred(row)) if row else frozenset(),
        own=_accounts(own or ()),
        did=_did(row, json.loads(did or "[]")) if row else {},
        loads=_loads(loads),
        place=place_of(process, agency, told, place),
        proposed=_accounts(sides(row["proposal"])) if row and row["proposal"] else frozenset(),
    )
    return Office(staff=people, calendar=calendar_from(editions))


def _did(row: Mapping[str, Any], stays: Iterable[tuple[int, int, str]]) -> dict[str, frozenset[UUID]]:
    return done_by((code_at(row, seq, number) or "", account) for seq, number, account in stays)


def _accounts(texts: Iterable[str]) -> frozenset[UUID]:
    return frozenset(UUID(text) for text in texts)


def _seats(text: str | None) -> dict[str, tuple[tuple[UUID, UUID], ...]]:
    raw: dict[str, list[list[str]]] = json.loads(text) if text else {}
    return {kind: tuple((UUID(a), UUID(u)) for a, u in people) for kind, people in raw.items()}


def _loads(text: str | None) -> dict[UUID, Load]:
    raw: dict[str, tuple[int, int, str | None]] = json.loads(text) if text else {}
    return {
        UUID(account): Load(steps, weight, datetime.fromisoformat(since) if since else None)
        for account, (steps, weight, since) in raw.items()
    }


@dataclass(frozen=True, slots=True)
class StepStay:
    """One stay of a dossier in a step, as the routing slip shows it."""

    seq: int
    number: int
    kinds: tuple[str, ...]
    agency: str
    account: str
    opened_at: datetime
    started_at: datetime | None
    due_at: datetime | None
    ended_at: datetime | None
    ended_by: str
    outcome: str


def stays(dossier: UUID, *, viewer: Viewer) -> list[StepStay]:
    """All stays of a dossier, oldest first. The caller has read the dossier for `viewer`; an empty scope sees
    nothing. One statement."""
    if not viewer.scope:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seq, number, kinds::text, agency, account, opened_at, started_at, due_at, ended_at, ended_by,"
            " outcome FROM processes_runningstep WHERE dossier = %s ORDER BY seq, number",
            [dossier],
        )
        return [StepStay(s, n, tuple(json.loads(k)), *rest) for s, n, k, *rest in cursor.fetchall()]


def process_codes(procedure: str) -> list[str]:
    """The codes of the processes that were published for `procedure`. One statement."""
    rows = Version.objects.filter(procedure=procedure)
    return list(rows.order_by("code").values_list("code", flat=True).distinct())


def published() -> list[tuple[UUID, str, dict[str, Any]]]:
    """Ids, procedures and bodies of all published versions, newest last."""
    return list(Version.objects.order_by("published_at", "id").values_list("id", "procedure", "body"))
