"""A year as people read it agrees with the clock, day by day."""

from datetime import date

import pytest

from motcua.calendars.calendar import WorkCalendar
from motcua.calendars.editions import edition_from
from motcua.calendars.years import DayKind, says, year_of

NAME = {"vi": "Nghỉ bão", "en": "Storm"}
STORM = edition_from(
    {
        "code": "storm",
        "closures": [{"from": "2026-08-26", "to": "2026-08-28", "name": NAME, "basis": "12/QĐ-UBND"}],
        "working_days": [{"date": "2026-08-29", "name": {"vi": "Làm bù", "en": "Make-up"}}],
        "hours": [{"from": "2026-08-24", "to": None, "spans": [["07:00", "11:00"]], "name": NAME}],
    }
)


@pytest.mark.parametrize("number", [2025, 2026, 2027, 2028, 2100])
@pytest.mark.parametrize("editions", [(), (STORM,)])
def test_every_day_stands_once_and_as_the_clock_has_it(number, editions):
    calendar = WorkCalendar(editions)
    year = year_of(calendar, number)
    cells = [cell for month in year.months for week in month.weeks for cell in week if cell]
    assert cells[0].day == date(number, 1, 1)
    assert cells[-1].day == date(number, 12, 31)
    assert len(cells) == (date(number + 1, 1, 1) - date(number, 1, 1)).days
    worked = [c.day for c in cells if c.kind in (DayKind.WORKING, DayKind.MAKE_UP)]
    assert worked == [c.day for c in cells if calendar.is_working_day(c.day)]
    assert year.working_days == len(worked)
    assert all(len(week) == 7 for month in year.months for week in month.weeks)
    assert [week.index(cell) for m in year.months for week in m.weeks for cell in week if cell] == [
        cell.day.weekday() for cell in cells
    ]


def test_what_an_agency_closes_is_told_from_what_all_have_off():
    year = year_of(WorkCalendar([STORM]), 2026)
    kinds = {days.first: (days.last, days.kind) for days in year.differing}
    assert kinds[date(2026, 8, 26)] == (date(2026, 8, 28), DayKind.CLOSED)
    assert kinds[date(2026, 8, 29)] == (date(2026, 8, 29), DayKind.MAKE_UP)
    assert kinds[date(2026, 2, 16)] == (date(2026, 2, 20), DayKind.HOLIDAY)
    assert [(hours.first, hours.last, hours.text) for hours in year.hours] == [
        (None, None, "07:30-11:30, 13:00-17:00"),
        (date(2026, 8, 24), None, "07:00-11:00"),
    ]
    assert len(year_of(WorkCalendar([STORM]), 2025).hours) == 1


def test_a_year_that_is_not_decreed_says_so():
    assert not year_of(WorkCalendar(), 2026).provisional
    assert year_of(WorkCalendar(), 2027).provisional
    assert year_of(WorkCalendar(), 2030).provisional


def test_an_edition_tells_what_it_says():
    days, hours = says(STORM)
    assert [(one.first, one.last, one.kind) for one in days] == [
        (date(2026, 8, 26), date(2026, 8, 28), DayKind.CLOSED),
        (date(2026, 8, 29), date(2026, 8, 29), DayKind.MAKE_UP),
    ]
    assert [one.text for one in hours] == ["07:00-11:00"]
