"""The kinds of limit under way: where each ends by now, and what pauses and extensions do to it (D7, 1-5)."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_CEILING, Decimal
from functools import lru_cache
from typing import Any, Protocol

from motcua.calendars.calendar import WorkCalendar, outside_years
from motcua.calendars.editions import DAY, HOUR, LAST_DAY, LAST_YEAR
from motcua.kernel.errors import Invalid

DAY_UNITS = ("working_day", "calendar_day", "week", "month", "year")
HOUR_UNITS = ("working_hour", "hour")
BARE_UNITS = ("same_day", "none")
UNITS = (*DAY_UNITS, *HOUR_UNITS, *BARE_UNITS)
_LARGEST = 1_000_000  # more hours than 1990-2100 hold; keeps a hostile number from being multiplied out


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit: `value` above 0 (None for `same_day` and `none`) in one of UNITS."""

    value: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True)
class Pause:
    """Time that does not count, from `start` to `end` (None: still open)."""

    start: datetime
    end: datetime | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Extension:
    """A lawful lengthening, made at `at` on a `ground`."""

    at: datetime
    value: Decimal
    unit: str
    ground: str = ""


@dataclass(frozen=True, slots=True)
class Remaining:
    """What an open pause leaves: `value` whole days, or microseconds of an hour unit; None for `same_day`."""

    value: int | None
    unit: str


# The same on instants of calendar.py: (start, end or None, reason) and (at, value, unit, ground).
Stop = tuple[int, int | None, str]
Grant = tuple[int, Decimal, str, str]

# One step of the arithmetic: a code that explain.py knows, and its figures.
Line = tuple[str, tuple[Any, ...]]


class Term(Protocol):
    """One kind of limit under way: where it ends by now, and what a pause or an extension does to it."""

    due: int

    def pause(self, start: int, end: int, reason: str) -> None: ...

    def extend(self, grant: Grant) -> None: ...

    def remaining(self, at: int) -> Remaining: ...

    def close(self) -> None: ...


class _Days:
    """The day units: an unrolled day, rolled forward to the closing time of a working day."""

    def __init__(self, event: int, limit: Limit, calendar: WorkCalendar, lines: list[Line]) -> None:
        self.calendar, self.lines = calendar, lines
        self.counting = "working_day" if limit.unit == "working_day" else "calendar_day"
        zero = event // DAY
        value = whole(limit.value, "limit.value")
        self._move_to(_add(zero, value, limit.unit, calendar))
        lines.append(("day_zero", (event,)))
        lines.append((f"counted_{limit.unit}", ((value, limit.unit), self.day)))
        if limit.unit == "working_day":
            _note_skipped(lines, calendar, zero, self.day)
        else:
            self._note_month_end(zero, limit.unit)

    def _move_to(self, day: int) -> None:
        if day > LAST_DAY:
            raise outside_years()
        self.day = day
        self.due = self.calendar.closing_on_or_after(day)

    def _elapsed(self, after: int, until: int) -> int:
        return self.calendar.count(after, until) if self.counting == "working_day" else until - after

    def pause(self, start: int, end: int, reason: str) -> None:
        first, last, was = start // DAY, end // DAY, self.day
        counted = self._elapsed(first, last)
        moved = _add(was, counted, self.counting, self.calendar) if counted else was
        late = self.calendar.is_closed_for_the_day(end)
        floor = self.calendar.nth_after(last, 1) if late else self.calendar.on_or_after(last)
        self._move_to(max(moved, floor))
        if counted:
            self.lines.append(("paused_days", (start, end, reason, (counted, self.counting), was, moved)))
            if self.counting == "working_day":
                _note_skipped(self.lines, self.calendar, was, moved)
        else:
            self.lines.append(("paused_within_day", (start, end, reason)))
        if floor > moved:
            self.lines.append(("not_before_next" if late else "not_before", (end, floor)))

    def extend(self, grant: Grant) -> None:
        at, amount, unit, ground = grant
        value, was = whole(amount, "extensions"), self.day
        self._move_to(_add(was, value, unit, self.calendar))
        self.lines.append(("extended_days", (at, (value, unit), ground, was, self.day)))
        if unit == "working_day":
            _note_skipped(self.lines, self.calendar, was, self.day)
        else:
            self._note_month_end(was, unit)

    def remaining(self, at: int) -> Remaining:
        return Remaining(self._elapsed(at // DAY, max(self.day, at // DAY)), self.counting)

    def _note_month_end(self, origin: int, unit: str) -> None:
        if unit in ("month", "year") and date.fromordinal(origin).day != date.fromordinal(self.day).day:
            self.lines.append(("month_end", (self.day,)))

    def close(self) -> None:
        if (rolled := self.due // DAY) != self.day:
            self.lines.append(("rolled", (self.day, rolled)))


class _Hours:
    """`hour` runs on the wall clock, `working_hour` on office time."""

    def __init__(self, event: int, limit: Limit, calendar: WorkCalendar, lines: list[Line]) -> None:
        self.calendar, self.unit, self.lines = calendar, limit.unit, lines
        self.office = limit.unit == "working_hour"
        amount = microseconds(limit.value, "limit.value")
        self.due = self._after(event, amount)
        if not self.office:
            lines.append(("hours_wall", (event,)))
        elif (opened := calendar.deemed(event)) == event:
            lines.append(("hours_open", (event,)))
        else:
            lines.append(("hours_closed", (event, opened)))
        lines.append(("hours_counted", ((amount, limit.unit), self.due)))
        if self.office:
            _note_skipped(lines, calendar, event // DAY, self.due // DAY)

    def _after(self, start: int, amount: int) -> int:
        due = self.calendar.add_office(start, amount) if self.office else start + amount
        if due // DAY > LAST_DAY:
            raise outside_years()
        return due

    def pause(self, start: int, end: int, reason: str) -> None:
        if start == self.due:
            self.lines.append(("pause_without_effect", (start, reason, self.due)))
            return
        left = self.remaining(start).value or 0
        was, self.due = self.due, self._after(end, left)
        self.lines.append(("paused_hours", (start, end, reason, (left, self.unit), was, self.due)))

    def extend(self, grant: Grant) -> None:
        at, value, _, ground = grant
        amount = microseconds(value, "extensions")
        was, self.due = self.due, self._after(self.due, amount)
        self.lines.append(("extended_hours", (at, (amount, self.unit), ground, was, self.due)))

    def remaining(self, at: int) -> Remaining:
        left = self.calendar.office_between(at, self.due) if self.office else self.due - at
        return Remaining(left, self.unit)

    def close(self) -> None:
        pass


class _SameDay:
    """`same_day`: closing time of the day of the deemed opening up to the cut-off, else of the next one."""

    def __init__(self, event: int, limit: Limit, calendar: WorkCalendar, lines: list[Line]) -> None:
        self.calendar, self.lines = calendar, lines
        self._start(event)

    def _start(self, start: int) -> None:
        opened = self.calendar.deemed(start)
        day, clock = divmod(opened, DAY)
        in_time = clock <= self.calendar.rules.same_day_cutoff
        self.due = self.calendar.closing_on_or_after(day if in_time else day + 1)
        self.lines.append(("same_day" if in_time else "same_day_late", (start, opened)))
        _note_skipped(self.lines, self.calendar, day, self.due // DAY)

    def pause(self, start: int, end: int, reason: str) -> None:
        self.lines.append(("paused_same_day", (start, end, reason)))
        self._start(end)

    def extend(self, grant: Grant) -> None:
        raise AssertionError("clock.py grants a same-day limit no extension")

    def remaining(self, at: int) -> Remaining:
        return Remaining(None, "same_day")

    def close(self) -> None:
        pass


TERMS: dict[str, Callable[[int, Limit, WorkCalendar, list[Line]], Term]] = {
    **dict.fromkeys(DAY_UNITS, _Days),
    **dict.fromkeys(HOUR_UNITS, _Hours),
    "same_day": _SameDay,
}


def _note_skipped(lines: list[Line], calendar: WorkCalendar, after: int, until: int) -> None:
    """Tell which days were passed over, when there are any, or a Saturday that was not."""
    passed_over = until - after - calendar.count(after, until)
    if calendar.notes_between(after, until):
        lines.append(("skipped", (after, until)))
    elif passed_over:
        lines.append(("skipped_weekend", (passed_over,)))


def _add(day: int, value: int, unit: str, calendar: WorkCalendar) -> int:
    """`value` units after `day`; months and years: the same day of the month, or its last (art. 148)."""
    if unit == "working_day":
        return calendar.nth_after(day, value)
    if unit == "calendar_day":
        return day + value
    if unit == "week":
        return day + 7 * value
    origin = date.fromordinal(day)
    month = origin.year * 12 + origin.month - 1 + (value if unit == "month" else 12 * value)
    year, month = divmod(month, 12)
    if year > LAST_YEAR:
        raise outside_years()
    return date(year, month + 1, min(origin.day, monthrange(year, month + 1)[1])).toordinal()


def _positive(value: Decimal | None, where: str) -> Decimal:
    if value is None or not value.is_finite() or value <= 0:
        raise Invalid(
            "Thời hạn phải là một số lớn hơn 0.", "The limit must be a number above 0.", field=where
        )
    if value > _LARGEST:
        raise outside_years(where)
    return value


@lru_cache(maxsize=4096)
def whole(value: Decimal | None, where: str) -> int:
    number = _positive(value, where)
    if number != (whole := int(number)):
        raise Invalid(
            f"Ngày, tuần, tháng, năm là số nguyên; {number} không phải.",
            f"Days, weeks, months and years are whole numbers; {number} is not.",
            field=where,
        )
    return whole


@lru_cache(maxsize=4096)
def microseconds(hours: Decimal | None, where: str) -> int:
    return max(1, int((_positive(hours, where) * HOUR).to_integral_value(ROUND_CEILING)))
