"""Working days and office hours, pure: no database, no clock, no settings.

Inside the module a *day* is an ordinal (`date.toordinal`) and an *instant* is a count of microseconds on the
wall clock of Vietnam, day x DAY + microseconds since midnight: since 1975 the zone Asia/Ho_Chi_Minh is UTC+7
without summer time, so wall time and elapsed time agree over all the years allowed (1990-2100). The functions
on `date` and `datetime` below are for other modules.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from itertools import accumulate

from motcua.calendars.editions import (
    DAY,
    FIRST_DAY,
    FIRST_YEAR,
    LAST_DAY,
    LAST_YEAR,
    SHIPPED_YEARS,
    Edition,
    Note,
    RuleSet,
    Spans,
    rule_set,
    shipped,
)
from motcua.calendars.statute import statutory
from motcua.kernel.errors import Invalid
from motcua.kernel.time import ZONE

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone(timedelta(hours=7)))
_EPOCH_DAY = _EPOCH.toordinal()
_EPOCH_AT, _FIRST_AT, _END_AT = _EPOCH_DAY * DAY, FIRST_DAY * DAY, (LAST_DAY + 1) * DAY
_EPOCH_LOCAL = datetime(1970, 1, 1, tzinfo=ZONE)
_TO_MICROSECONDS = timedelta(microseconds=1)


def outside_years(where: str = "") -> Invalid:
    """The refusal for anything before 1990 or after 2100."""
    return Invalid(
        f"Mốc thời gian nằm ngoài các năm {FIRST_YEAR}-{LAST_YEAR}; hãy sửa ngày hoặc rút ngắn thời hạn.",
        f"A date falls outside the years {FIRST_YEAR}-{LAST_YEAR}; correct the date or shorten the limit.",
        field=where,
    )


def instant(moment: datetime, where: str = "") -> int:
    """`moment` (aware) as an instant. Raises Invalid without an offset or outside 1990-2100."""
    if moment.tzinfo is None:
        raise Invalid(
            f"“{moment.isoformat()}” thiếu múi giờ; hãy thêm +07:00.",
            f"“{moment.isoformat()}” has no offset; add +07:00.",
            field=where,
        )
    return within_years((moment - _EPOCH) // _TO_MICROSECONDS + _EPOCH_AT, where)


def within_years(at: int, where: str = "") -> int:
    """`at` itself. Raises Invalid when it lies outside 1990-2100."""
    if not _FIRST_AT <= at < _END_AT:
        raise outside_years(where)
    return at


def moment_of(at: int) -> datetime:
    """An instant as an aware datetime in Asia/Ho_Chi_Minh."""
    day, rest = divmod(at, DAY)
    return _EPOCH_LOCAL + timedelta(days=day - _EPOCH_DAY, microseconds=rest)


@dataclass(frozen=True, slots=True)
class _Table:
    """Consecutive years: working days and the office time before each, so that a question is a bisection."""

    first_year: int
    last_year: int
    first_day: int
    last_day: int
    days: list[int]
    spans: list[Spans]
    office_before: list[int]  # office time before days[i], from a fixed origin; one longer than days
    notes: dict[int, Note]  # dates that differ from the ordinary week
    noted: list[int]  # the same dates, in order


class WorkCalendar:
    """The working calendar of the nation or of one agency. Immutable to its users; years are built on need.

    `editions`: national ones (with a year; the last given for a year wins) and agency ones (year None), in
    order of publication. Years without a national edition take the shipped one, else the statute's holidays,
    provisional.
    """

    __slots__ = ("_table", "editions", "national", "overlays", "rules")

    def __init__(self, editions: Iterable[Edition] = (), rules: RuleSet | None = None) -> None:
        self.editions = tuple(editions)
        self.rules = rules or rule_set()
        self.national: Mapping[int, Edition] = {e.year: e for e in self.editions if e.year is not None}
        self.overlays = tuple(e for e in self.editions if e.year is None)
        # The origin of office_before: years put before it count down from zero, so no number ever changes.
        first = date(SHIPPED_YEARS[0], 1, 1).toordinal()
        self._table = _Table(SHIPPED_YEARS[0], SHIPPED_YEARS[0] - 1, first, first - 1, [], [], [0], {}, [])
        self._grow(self._table, SHIPPED_YEARS[-1])

    def with_changes(self, *editions: Edition) -> "WorkCalendar":
        """This calendar with more editions laid on top."""
        return WorkCalendar((*self.editions, *editions), self.rules)

    @property
    def label(self) -> str:
        """The codes of the editions that make it, for a dossier's `calendar_edition`."""
        nation = [self.edition_of(year).code for year in sorted({*SHIPPED_YEARS, *self.national})]
        return "+".join([*nation, *(e.code for e in self.overlays)])

    def edition_of(self, year: int) -> Edition:
        """The national edition that rules `year`."""
        if year in self.national:
            return self.national[year]
        return shipped(year) if year in SHIPPED_YEARS else statutory(year)

    def is_provisional(self, year: int) -> bool:
        """True when the holidays of `year` are not decreed (or no edition was published here)."""
        return not self.edition_of(year).decreed

    def undecreed(self, first: int, last: int) -> tuple[int, ...]:
        """The provisional years that the days from `first` to `last` touch."""
        years = range(_year_of(first), _year_of(last) + 1)
        return tuple([year for year in years if self.is_provisional(year)])

    # Days and instants as integers.

    def is_working(self, day: int) -> bool:
        """Whether `day` is a working day."""
        table = self._reach(day)
        i = bisect_left(table.days, day)
        return i < len(table.days) and table.days[i] == day

    def on_or_after(self, day: int) -> int:
        """The first working day on or after `day`."""
        return self.nth_after(day - 1, 1)

    def nth_after(self, day: int, count: int) -> int:
        """The `count`-th working day (1, 2, ...) after `day`."""
        table = self._reach(max(day, FIRST_DAY))
        while (i := bisect_right(table.days, day) + count - 1) >= len(table.days):
            table = self._grow(table, table.last_year + 1)
        return table.days[i]

    def count(self, after: int, until: int) -> int:
        """How many working days lie in (`after`, `until`]."""
        self._reach(after)
        table = self._reach(until)
        return bisect_right(table.days, until) - bisect_right(table.days, after)

    def spans(self, day: int) -> Spans:
        """The office hours of a working day; none for another day."""
        table = self._reach(day)
        i = bisect_left(table.days, day)
        return table.spans[i] if i < len(table.days) and table.days[i] == day else ()

    def closing_on_or_after(self, day: int) -> int:
        """The closing time of the first working day on or after `day`, as an instant."""
        table = self._reach(day)
        while (i := bisect_left(table.days, day)) >= len(table.days):
            table = self._grow(table, table.last_year + 1)
        return table.days[i] * DAY + table.spans[i][-1][1]

    def is_closed_for_the_day(self, at: int) -> bool:
        """Whether `at` is at or after closing time of its (working) day."""
        spans = self.spans(at // DAY)
        return bool(spans) and at % DAY >= spans[-1][1]

    def deemed(self, at: int) -> int:
        """The deemed opening: `at` itself inside a span (start in, end out), else the next span's start."""
        day, clock = divmod(at, DAY)
        for start, end in self.spans(day):
            if clock < end:
                return day * DAY + max(clock, start)
        following = self.nth_after(day, 1)
        return following * DAY + self.spans(following)[0][0]

    def office_between(self, start: int, end: int) -> int:
        """Office time in microseconds between two instants (0 when `end` is not later)."""
        return max(0, self._office_until(end) - self._office_until(start))

    def add_office(self, start: int, amount: int) -> int:
        """The first instant at which `amount` of office time after `start` is used up."""
        if amount <= 0:
            return self.deemed(start)
        wanted = self._office_until(start) + amount
        table = self._reach(start // DAY)
        while table.office_before[-1] < wanted:
            table = self._grow(table, table.last_year + 1)
        i = bisect_left(table.office_before, wanted) - 1
        rest = wanted - table.office_before[i]
        for opened, closed in table.spans[i]:
            if rest <= closed - opened:
                return table.days[i] * DAY + opened + rest
            rest -= closed - opened
        raise AssertionError("office_before and spans disagree")

    def notes_between(self, after: int, until: int) -> list[tuple[int, Note]]:
        """The dates in (`after`, `until`] that differ from the ordinary week, in order, with the reason."""
        self._reach(after)
        table = self._reach(until)
        low, high = bisect_right(table.noted, after), bisect_right(table.noted, until)
        return [(day, table.notes[day]) for day in table.noted[low:high]]

    def _office_until(self, at: int) -> int:
        day, clock = divmod(at, DAY)
        table = self._reach(day)
        i = bisect_left(table.days, day)
        passed = table.office_before[i]
        if i < len(table.days) and table.days[i] == day:
            passed += sum(min(clock, end) - start for start, end in table.spans[i] if clock > start)
        return passed

    def _reach(self, day: int) -> _Table:
        table = self._table
        if table.first_day <= day <= table.last_day:
            return table
        if not FIRST_DAY <= day <= LAST_DAY:
            raise outside_years()
        return self._grow(table, date.fromordinal(day).year)

    def _grow(self, table: _Table, year: int) -> _Table:
        """A table that also covers `year` and all years between, put in the place of the old one."""
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise outside_years()
        before = [self._year(y) for y in range(year, table.first_year)]
        after = [self._year(y) for y in range(table.last_year + 1, year + 1)]
        notes = dict(table.notes)
        for _, _, year_notes in (*before, *after):
            notes |= year_notes
        days = [d for part in before for d in part[0]] + table.days + [d for part in after for d in part[0]]
        early = [s for part in before for s in part[1]]
        late = [s for part in after for s in part[1]]
        lengths = [sum(end - start for start, end in spans) for spans in early]
        forward = accumulate(
            (sum(e - s for s, e in spans) for spans in late), initial=table.office_before[-1]
        )
        backward = accumulate(lengths, initial=table.office_before[0] - sum(lengths))
        first_year, last_year = min(table.first_year, year), max(table.last_year, year)
        self._table = _Table(
            first_year=first_year,
            last_year=last_year,
            first_day=date(first_year, 1, 1).toordinal(),
            last_day=date(last_year, 12, 31).toordinal(),
            days=days,
            spans=early + table.spans + late,
            office_before=[*list(backward)[:-1], *table.office_before[:-1], *forward],
            notes=notes,
            noted=sorted(notes),
        )
        return self._table

    def _year(self, year: int) -> tuple[list[int], list[Spans], dict[int, Note]]:
        """The working days of one year, the office hours of each, and the dates that differ from the week."""
        layers = (self.edition_of(year), *self.overlays)
        changes = [change for layer in layers for change in layer.hours]
        days: list[int] = []
        spans: list[Spans] = []
        notes: dict[int, Note] = {}
        for day in range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1):
            ordinary = works = (day + 6) % 7 in self.rules.working_weekdays
            note = None
            for layer in layers:
                if day in layer.working_days:
                    works, note = True, layer.working_days[day]
                elif day in layer.days_off:
                    works, note = False, layer.days_off[day]
            if note is not None and works != ordinary:
                notes[day] = note
            if works:
                covering = [c for c in changes if c.first <= day and (c.last is None or day <= c.last)]
                days.append(day)
                spans.append(covering[-1].spans if covering else self.rules.office_hours)
        return days, spans, notes

    # For other modules: dates, datetimes, timedeltas.

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on `day`."""
        return self.is_working(day.toordinal())

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`."""
        return date.fromordinal(self.nth_after(day.toordinal(), 1))

    def working_days_between(self, after: date, until: date) -> int:
        """How many working days lie after `after`, up to and including `until`."""
        return max(0, self.count(after.toordinal(), until.toordinal()))

    def opening(self, day: date) -> time | None:
        """When the office opens on `day`; None on a day off."""
        spans = self.spans(day.toordinal())
        return _clock(spans[0][0]) if spans else None

    def closing(self, day: date) -> time | None:
        """When the office closes on `day`; None on a day off."""
        spans = self.spans(day.toordinal())
        return _clock(spans[-1][1]) if spans else None

    def deemed_opening(self, moment: datetime) -> datetime:
        """`moment` itself when the office is open, else the next opening."""
        return moment_of(self.deemed(instant(moment)))

    def office_time_between(self, start: datetime, end: datetime) -> timedelta:
        """The office time between two moments; zero when `end` is not later."""
        return timedelta(microseconds=self.office_between(instant(start), instant(end)))

    def add_office_time(self, start: datetime, amount: timedelta) -> datetime:
        """The moment at which `amount` of office time after `start` is used up; a span's end stays there."""
        return moment_of(self.add_office(instant(start), amount // _TO_MICROSECONDS))


@cache
def _year_of(day: int) -> int:
    return date.fromordinal(day).year


def _clock(clock: int) -> time:
    return (_EPOCH + timedelta(microseconds=clock)).time()


@cache
def national_calendar() -> WorkCalendar:
    """The calendar of the shipped national editions, one for each process."""
    return WorkCalendar()
