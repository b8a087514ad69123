"""A year of a calendar as people read it: its days month by month, what differs and why, office hours. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from motcua.calendars.calendar import WorkCalendar
from motcua.calendars.editions import SECOND, Edition, HoursChange, Note, Spans


class DayKind(StrEnum):
    """What a day is: worked, a weekend, off for all, off here only, worked instead of another day."""

    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    CLOSED = "closed"
    MAKE_UP = "make-up"


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of a month."""

    day: date
    kind: DayKind


@dataclass(frozen=True, slots=True)
class Month:
    """A month in weeks from Monday, None for days of its neighbours; how many of its days are worked."""

    number: int
    weeks: tuple[tuple[Cell | None, ...], ...]
    working_days: int


@dataclass(frozen=True, slots=True)
class Days:
    """Neighbouring days that are the same for the same reason; `last` None: from then on."""

    first: date
    last: date | None
    kind: DayKind
    note: Note


@dataclass(frozen=True, slots=True)
class Hours:
    """Office hours of some days; `note` None for the ordinary ones."""

    first: date | None
    last: date | None
    text: str
    note: Note | None


@dataclass(frozen=True, slots=True)
class Year:
    """A year of a calendar; provisional while its holidays are not decreed."""

    number: int
    provisional: bool
    months: tuple[Month, ...]
    differing: tuple[Days, ...]
    hours: tuple[Hours, ...]

    @property
    def working_days(self) -> int:
        """How many days are worked."""
        return sum(month.working_days for month in self.months)


def year_of(calendar: WorkCalendar, number: int) -> Year:
    """The year `number` of `calendar`."""
    first, last = date(number, 1, 1), date(number, 12, 31)
    notes = dict(calendar.notes_between(first.toordinal() - 1, last.toordinal()))
    kinds = {day: _kind(calendar, day, notes) for day in range(first.toordinal(), last.toordinal() + 1)}
    return Year(
        number=number,
        provisional=calendar.is_provisional(number),
        months=tuple(_month(number, month, kinds) for month in range(1, 13)),
        differing=tuple(_runs((day, kinds[day], note) for day, note in sorted(notes.items()))),
        hours=_hours(calendar, first.toordinal(), last.toordinal()),
    )


def _kind(calendar: WorkCalendar, day: int, notes: Mapping[int, Note]) -> DayKind:
    if day not in notes:
        return DayKind.WORKING if calendar.is_working(day) else DayKind.WEEKEND
    if calendar.is_working(day):
        return DayKind.MAKE_UP
    own = any(day in layer.days_off for layer in calendar.overlays)
    national = day in calendar.edition_of(date.fromordinal(day).year).days_off
    return DayKind.CLOSED if own and not national else DayKind.HOLIDAY


def _month(year: int, number: int, kinds: Mapping[int, DayKind]) -> Month:
    first = date(year, number, 1)
    following = date(year + number // 12, number % 12 + 1, 1)
    cells: list[Cell | None] = [None] * first.weekday()
    cells += [
        Cell(day, kinds[day.toordinal()])
        for day in (first + timedelta(days=n) for n in range((following - first).days))
    ]
    cells += [None] * (-len(cells) % 7)
    worked = sum(cell is not None and cell.kind in (DayKind.WORKING, DayKind.MAKE_UP) for cell in cells)
    return Month(number, tuple(tuple(cells[i : i + 7]) for i in range(0, len(cells), 7)), worked)


def _runs(days: Iterable[tuple[int, DayKind, Note]]) -> list[Days]:
    found: list[Days] = []
    for ordinal, kind, note in days:
        day, before = date.fromordinal(ordinal), found[-1] if found else None
        if before and before.last == day - timedelta(days=1) and (before.kind, before.note) == (kind, note):
            found[-1] = Days(before.first, day, kind, note)
        else:
            found.append(Days(day, day, kind, note))
    return found


def _hours(calendar: WorkCalendar, first: int, last: int) -> tuple[Hours, ...]:
    changes = [
        change
        for layer in (calendar.edition_of(date.fromordinal(first).year), *calendar.overlays)
        for change in layer.hours
        if change.first <= last and (change.last is None or change.last >= first)
    ]
    ordinary = Hours(None, None, spans_text(calendar.rules.office_hours), None)
    return (ordinary, *(_changed(change) for change in changes))


def _changed(change: HoursChange) -> Hours:
    until = None if change.last is None else date.fromordinal(change.last)
    return Hours(date.fromordinal(change.first), until, spans_text(change.spans), change.note)


def spans_text(spans: Spans) -> str:
    """Office hours as people write them: 07:30-11:30, 13:00-17:00."""
    return ", ".join(f"{_clock(start)}-{_clock(end)}" for start, end in spans)


def _clock(at: int) -> str:
    minutes = at // (60 * SECOND)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def says(edition: Edition) -> tuple[list[Days], list[Hours]]:
    """What one edition says, for its history: days off and worked in runs, and office hours."""
    off = DayKind.CLOSED if edition.year is None else DayKind.HOLIDAY
    days = [(day, off, note) for day, note in edition.days_off.items() if day not in edition.working_days]
    days += [(day, DayKind.MAKE_UP, note) for day, note in edition.working_days.items()]
    return _runs(sorted(days, key=lambda one: one[0])), [_changed(change) for change in edition.hours]
