"""When each step of a process is due (D6). Pure: a function of the table's times, the limit and the calendar.

How D6 is read where its words leave a choice:

- *All rows count* that the dossier can come to; of branches side by side the longest (processes.graph). The receive
  and return rows are the desk's own acts, yet their times are part of the approved table and of its sum: the first
  running step starts with the receive row's share used, and the last one leaves the return row's share to the desk.
- *In the unit of the limit*: a limit in working days, working hours or hours whose steps are written in the
  same kind of unit and add up to it. A step is due when, counted back from the dossier's due moment, exactly
  the later steps' time is left. So the last row is due with the dossier, a pause or a lawful extension moves
  the steps still open by as much as the dossier, and half a working day is half of that day's office time
  (four hours of eight).
- *Shares*: any other limit (calendar days, weeks, the same day), and wherever the sum differs, as when the
  agency promises less than the law allows.
- `limit` is the one the dossier is measured by: the promise where the agency gave one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import accumulate
from math import ceil
from typing import NamedTuple, Protocol

from motcua.catalogue.shapes import Limit, LimitUnit
from motcua.kernel.time import ZONE, local
from motcua.processes.shapes import DAYS, StepTime

_TICK = timedelta(microseconds=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


class OfficeTime(Protocol):
    """What the rules ask of a calendar; calendars.calendar.WorkCalendar answers it."""

    def office_time_between(self, start: datetime, end: datetime) -> timedelta: ...

    def add_office_time(self, start: datetime, amount: timedelta) -> datetime: ...

    def next_working_day(self, day: date) -> date: ...

    def working_days_between(self, after: date, until: date) -> int: ...


@dataclass(frozen=True, slots=True)
class StepDue:
    """When a row is due (None: the dossier has no due moment); `nothing_left`: that moment is not ahead."""

    due_at: datetime | None
    nothing_left: bool


def in_limits_unit(times: Sequence[StepTime], limit: Limit, total: Decimal | None = None) -> bool:
    """Whether the steps are measured in the unit of `limit`; else they get shares of the office time. `total`: the time
    they take together, where that is not the sum."""
    if total is None:
        total = sum((t.value or Decimal(0) for t in times), Decimal(0))
    if limit.value is None or limit.value != total:
        return False
    in_days = {t.unit in DAYS for t in times if t.unit is not None}
    if limit.unit is LimitUnit.WORKING_DAY:
        return in_days == {True}
    return limit.unit in (LimitUnit.WORKING_HOUR, LimitUnit.HOUR) and in_days == {False}


def step_dues(
    *,
    times: Sequence[StepTime],
    limit: Limit,
    start: datetime,
    due_at: datetime | None,
    at: datetime,
    calendar: OfficeTime,
    spent: Sequence[Decimal] | None = None,
) -> tuple[StepDue, ...]:
    """The due moments of all rows of one variant, in the order of the table.

    `times` as written (processes.shapes.ProcessVersion.times), `start` the event that set the limit going,
    `due_at` the dossier's due moment as it stands (None: paused without end, or no limit), `at` the moment of
    asking, `spent` the time spent when each row ends (processes.graph.spent), where that is not the sum so far.
    Merged rows share one due. The last row's is `due_at` itself and none is later. Recompute whenever `due_at`
    moves. Source: D6; ND 118/2025 art. 17 for the limit itself.
    """
    if due_at is None:
        return tuple(StepDue(None, nothing_left=False) for _ in times)
    course = _course(
        tuple(accumulate(t.value or Decimal(0) for t in times)) if spent is None else tuple(spent)
    )
    if not in_limits_unit(times, limit, None if spent is None else spent[-1]):
        dues = _shares(course.shares, start, due_at, calendar)
    elif limit.unit is LimitUnit.WORKING_DAY:
        dues = _working_days(course.left, start, due_at, calendar)
    else:
        dues = _hours(course.left, limit.unit, start, due_at, calendar)
    moments = [due_at if whole else min(due, due_at) for whole, due in zip(course.whole, dues, strict=True)]
    return tuple(StepDue(moment, nothing_left=moment <= at) for moment in moments)


class _Course(NamedTuple):
    """Of each row: what is left when it ends, the share of the time that is used up then, whether all is."""

    left: tuple[Fraction, ...]
    shares: tuple[Fraction, ...]
    whole: tuple[bool, ...]


@lru_cache(maxsize=1024)
def _course(spent: tuple[Decimal, ...]) -> _Course:
    used = tuple(map(Fraction, spent))
    total = used[-1]
    return _Course(
        tuple(total - u for u in used), tuple(u / (total or 1) for u in used), tuple(u == total for u in used)
    )


def _shares(
    shares: Sequence[Fraction], start: datetime, due_at: datetime, calendar: OfficeTime
) -> list[datetime]:
    """due(i) = start + used(i) / total x the office time from start to the dossier's due moment."""
    office = calendar.office_time_between(start, due_at)
    if not office:
        return [due_at for _ in shares]
    return [calendar.add_office_time(start, _part(office, share)) for share in shares]


@lru_cache(maxsize=4096)
def _positions(count: int, left: tuple[Fraction, ...]) -> tuple[tuple[int, Fraction], ...]:
    """Of each row, on which of `count` days it ends, from 1, and at which share of it; 0: on none of them."""
    ends = (count - rest for rest in left)
    return tuple((ceil(end), end - (ceil(end) - 1)) if end > 0 else (0, Fraction()) for end in ends)


def _working_days(
    left: tuple[Fraction, ...], start: datetime, due_at: datetime, calendar: OfficeTime
) -> list[datetime]:
    """Counted back from the due day, `left` working days stay for later steps; fractions are office time."""
    day = local(start).date()
    count = calendar.working_days_between(day, local(due_at).date())
    days: list[date] = []
    for _ in range(count):
        day = calendar.next_working_day(day)
        days.append(day)
    dues = []
    for nth, share in _positions(count, left):
        if not nth:
            dues.append(start)
            continue
        midnight = datetime.combine(days[nth - 1], time.min, ZONE)
        office = calendar.office_time_between(midnight, midnight + _DAY)
        dues.append(calendar.add_office_time(midnight, _part(office, share)))
    return dues


def _hours(
    left: Sequence[Fraction], unit: LimitUnit, start: datetime, due_at: datetime, calendar: OfficeTime
) -> list[datetime]:
    """`hour` runs on the wall clock, `working_hour` on office time; `left` hours stay for later steps."""
    if unit is LimitUnit.HOUR:
        return [max(start, due_at - _part(_HOUR, rest)) for rest in left]
    office = calendar.office_time_between(start, due_at)
    return [calendar.add_office_time(start, max(timedelta(), office - _part(_HOUR, rest))) for rest in left]


def _part(whole: timedelta, share: Fraction) -> timedelta:
    return whole // _TICK * share.numerator // share.denominator * _TICK
