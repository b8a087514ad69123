"""Dossiers by the process they run or ran under, a batch at a time: for what reckons over many and changes none."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.dossiers.record import as_row
from motcua.dossiers.row import Row
from motcua.kernel.codec import decode, encode


@dataclass(frozen=True, slots=True, kw_only=True)
class Under:
    """Which: pinned to one of `versions` of a process of `procedure`, of one competent agency ("" for all); received on
    `since` or later, whatever became of them, and all that run. `since` None: those that run alone."""

    procedure: str
    versions: tuple[UUID, ...]
    since: date | None
    agency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """How far one has read: `part` counts the versions, and what runs comes last."""

    part: int = 0
    day: date | None = None
    id: UUID | None = None


_COLUMNS = (
    "id, code, variant, channel, assisted, desk_agency, competent_agency, answers, quantities, process_version, state,"
    " promise_value, promise_unit, limit_value, limit_unit, clock_from, due_at, pauses, extensions, received_on,"
    " holder_kind, holder_agency, holder_unit, holder_account, queue, step, step_kinds, step_due_at, beside, approval,"
    " reopened, transfer, earlier, barred, children, consultations, consulting, decided_at, outcome, ended_at,"
    " head_seq, submitted_at"
)
_RECENT = (
    " FROM dossiers_dossier WHERE process_version = %(version)s AND received_on >= %(since)s"
    " AND (%(agency)s = '' OR competent_agency = %(agency)s)"
)
_RUNNING = (
    " FROM dossiers_dossier WHERE procedure = %(procedure)s AND ended_at IS NULL AND step IS NOT NULL"
    " AND process_version = ANY(%(versions)s) AND (%(agency)s = '' OR competent_agency = %(agency)s)"
    " AND (%(since)s::date IS NULL OR received_on IS NULL OR received_on < %(since)s)"
)


def is_pinned(version: UUID, *, agency: str, variant: str, since: date) -> bool:
    """Whether a dossier of `variant` that `agency` settles was received under `version` on `since` or later. One
    statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT EXISTS (SELECT{_RECENT} AND variant = %(variant)s)",
            {"version": version, "agency": agency, "variant": variant, "since": since},
        )
        return bool(cursor.fetchone()[0])


def how_many(which: Under) -> int:
    """How many dossiers there are to read. A statement for each version, and one."""
    found = 0
    with connection.cursor() as cursor:
        for part in range(_first(which), len(which.versions) + 1):
            source = _RUNNING if part == len(which.versions) else _RECENT
            cursor.execute("SELECT count(*)" + source, _asked(which, Mark(part=part)))
            found += cursor.fetchone()[0]
    return found


def read(which: Under, mark: Mark | None, *, limit: int) -> tuple[list[Row], Mark | None]:
    """The next dossiers, at most `limit`, and the mark to go on from; None: these are the last. One statement for each
    part that ends meanwhile."""
    mark = mark or Mark(part=_first(which))
    rows: list[Row] = []
    while mark.part <= len(which.versions):
        found = _page(which, mark, limit - len(rows))
        rows += found
        if len(rows) == limit:
            last = found[-1]
            return rows, replace(mark, day=last["received_on"], id=last["id"])
        mark = Mark(part=mark.part + 1)
    return rows, None


def _first(which: Under) -> int:
    return len(which.versions) if which.since is None else 0


def _page(which: Under, mark: Mark, limit: int) -> list[Row]:
    if mark.part == len(which.versions):
        query = f"{_RUNNING} AND (%(id)s::uuid IS NULL OR id > %(id)s) ORDER BY id"
    else:
        later = "(%(id)s::uuid IS NULL OR (received_on, id) > (%(day)s, %(id)s))"
        query = f"{_RECENT} AND {later} ORDER BY received_on, id"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {_COLUMNS}{query} LIMIT %(limit)s",
            {**_asked(which, mark), "limit": limit},
        )
        names = [c.name for c in cursor.description]
        return [as_row(names, values) for values in cursor.fetchall()]


def _asked(which: Under, mark: Mark) -> dict[str, Any]:
    is_recent = mark.part < len(which.versions)
    return {
        "procedure": which.procedure,
        "versions": list(which.versions),
        "version": which.versions[mark.part] if is_recent else None,
        "since": which.since,
        "agency": which.agency,
        "day": mark.day,
        "id": mark.id,
    }


def kept_mark(mark: Mark) -> dict[str, Any]:
    """A mark as JSON."""
    return dict(encode(mark))


def told_mark(told: dict[str, Any]) -> Mark:
    """A mark out of JSON."""
    return decode(Mark, told)
