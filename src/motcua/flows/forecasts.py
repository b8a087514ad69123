"""When a running dossier will likely end, put together from its row, its process and what is asked of others."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from motcua.calendars.calendar import WorkCalendar
from motcua.dossiers.consulted import open_ones
from motcua.dossiers.due import due_fact
from motcua.dossiers.open_steps import open_steps
from motcua.dossiers.row import Row, ended_pauses
from motcua.dossiers.states import DELAYED_IN, State
from motcua.flows.courses import course_of
from motcua.kernel.time import local, parse_utc
from motcua.processes.forecast import Forecast, Stays, forecast
from motcua.processes.usual import usual_times


def usual_of(row: Row, *, calendar: WorkCalendar, at: datetime) -> dict[int, timedelta]:
    """What the steps of the process of `row` usually take here, by number of the row. One statement, none where no
    limit runs towards a result."""
    return usual_times(row, calendar=calendar, on=local(at).date()) if _runs(row) else {}


def forecast_of(
    row: Row,
    *,
    calendar: WorkCalendar,
    at: datetime,
    opened: Mapping[int, datetime] | None = None,
    usual: Mapping[int, timedelta] | None = None,
) -> Forecast | None:
    """When the dossier of `row` likely ends, seen from `at`; None where no limit runs towards a result. While its clock
    stands still: if it went on now, or when its pause ends at the latest. `opened` and `usual` as in Stays. No
    statement; the process is one that this machine has read."""
    if not _runs(row):
        return None
    rows = [step.number for step in open_steps(row)]
    now = at if row["due_at"] is not None else _goes_on(row, at)
    due_at = row["due_at"] or due_fact(row, calendar, pauses=ended_pauses(row["pauses"], now)).due_at
    if due_at is None:
        return None
    held, others = _asked(row, rows)
    return forecast(
        course_of(row, now, calendar),
        open_rows=rows,
        due_at=due_at,
        stays=Stays(opened=opened or {}, held=held, usual=usual or {}),
        waits_until=max((moment for moment in others if moment > now), default=None),
    )


def _runs(row: Row) -> bool:
    under_way = State(row["state"]) in DELAYED_IN and row["decided_at"] is None and row["step"] is not None
    return under_way and row["clock_from"] is not None and row["process_version"] is not None


def _goes_on(row: Row, at: datetime) -> datetime:
    """When the clock that stands still goes on: when its suspension, or the opinions that it waits for, end at the
    latest; else now."""
    until = [one["due_at"] for one in open_ones(row) if one["pauses"]]
    if row["suspension"] and row["suspension"]["until"]:
        until.append(row["suspension"]["until"])
    return max([at, *map(parse_utc, until)])


def _asked(row: Row, rows: list[int]) -> tuple[dict[int, datetime], list[datetime]]:
    """Until when an open step waits for the opinion that it asked for, and until when the result for other bodies."""
    held: dict[int, datetime] = {}
    others = [
        parse_utc(child["due_at"]) for child in row["children"] if child["due_at"] and not child["ended_at"]
    ]
    for one in open_ones(row):
        until = parse_utc(one["due_at"])
        if one["pauses"]:
            continue
        if one["step"] in rows:
            held[one["step"]] = max(until, held.get(one["step"], until))
        else:
            others.append(until)
    return held, others
