"""Working days and office hours: the shipped years, other years, an agency's own changes, refusals."""

import subprocess
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from motcua.calendars.calendar import WorkCalendar, national_calendar
from motcua.calendars.clock import Limit, compute
from motcua.calendars.editions import edition_from, shipped, shipped_json, spans_from
from motcua.calendars.statute import statutory
from motcua.calendars.tests import naive_clock
from motcua.calendars.tests.naive_clock import VN
from motcua.kernel.errors import Invalid


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VN)


@pytest.mark.parametrize("year", [2014, 2019, 2024, 2025, 2026, 2027, 2029, 2030])
def test_every_day_of_a_year(year):
    first = date(year, 1, 1)
    days = [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]
    assert [day for day in days if national_calendar().is_working_day(day)] == [
        day for day in days if naive_clock.works(day)
    ]


def test_what_is_decreed_and_what_is_not():
    calendar = national_calendar()
    assert [year for year in range(2023, 2030) if not calendar.is_provisional(year)] == [2025, 2026]
    assert calendar.label == "vn-2025+vn-2026+vn-2027"


def test_the_swap_of_january_2026_is_unverified():
    edition = shipped(2026)
    doubted = [
        day for day, note in (*edition.days_off.items(), *edition.working_days.items()) if not note.verified
    ]
    assert [date.fromordinal(day) for day in doubted] == [date(2026, 1, 2), date(2026, 1, 10)]


@pytest.mark.parametrize("year", [2025, 2026, 2027])
def test_a_shipped_edition_reads_back_from_its_json(year):
    assert edition_from(shipped_json(year)) == shipped(year)


def test_culture_day_is_off_since_2026():
    assert date(2028, 11, 24).toordinal() in statutory(2028).days_off
    assert date(2024, 11, 24).toordinal() not in statutory(2024).days_off


def test_a_december_saturday_made_up_for_january_counts_in_its_own_year():
    assert national_calendar().is_working_day(date(2014, 12, 27))
    assert not national_calendar().is_working_day(date(2015, 1, 2))


def test_years_join_in_whatever_order_they_are_asked_for():
    calendar = WorkCalendar()
    ask = [(date(2100, 12, 30), date(2100, 12, 31)), (date(1990, 1, 1), date(1990, 1, 2)),
           (date(2024, 12, 31), date(2025, 1, 2)), (date(2027, 12, 31), date(2028, 1, 4))]  # fmt: skip
    assert [calendar.next_working_day(day) for day, _ in ask] == [expected for _, expected in ask]
    span = calendar.office_time_between(at("1990-01-01 00:00"), at("2026-11-23 09:00"))
    assert calendar.add_office_time(at("1990-01-01 00:00"), span) == at("2026-11-23 09:00")


def test_hours_and_days_for_other_modules():
    calendar = national_calendar()
    assert (calendar.opening(date(2026, 11, 23)), calendar.closing(date(2026, 11, 23))) == (
        time(7, 30),
        time(17),
    )
    assert (calendar.opening(date(2026, 11, 22)), calendar.closing(date(2026, 11, 22))) == (None, None)
    assert calendar.closing(date(2026, 8, 22)) == time(17)
    assert calendar.next_working_day(date(2026, 8, 28)) == date(2026, 9, 3)
    assert calendar.working_days_between(date(2026, 8, 28), date(2026, 9, 7)) == 3
    assert calendar.working_days_between(date(2026, 9, 7), date(2026, 8, 28)) == 0
    assert calendar.deemed_opening(at("2026-11-23 12:00")) == at("2026-11-23 13:00")
    assert calendar.deemed_opening(at("2026-11-23 17:00")) == at("2026-11-25 07:30")
    assert calendar.office_time_between(at("2026-11-23 09:00"), at("2026-11-25 09:00")) == timedelta(hours=8)
    assert calendar.office_time_between(at("2026-11-25 09:00"), at("2026-11-23 09:00")) == timedelta(0)
    assert calendar.add_office_time(at("2026-11-23 09:00"), timedelta(hours=2.5)) == at("2026-11-23 11:30")
    assert calendar.add_office_time(at("2026-11-23 12:00"), timedelta(0)) == at("2026-11-23 13:00")


@settings(max_examples=200)
@given(st.integers(0, 1000 * 86400), st.integers(1, 400 * 3600))
def test_adding_office_time_uses_up_exactly_that_much(offset, seconds):
    start, calendar = at("2025-02-01 00:00") + timedelta(seconds=offset), national_calendar()
    end = calendar.add_office_time(start, timedelta(seconds=seconds))
    assert calendar.office_time_between(start, end) == timedelta(seconds=seconds)
    assert calendar.office_time_between(start, end - timedelta(seconds=1)) == timedelta(seconds=seconds - 1)


NAME = {"vi": "mất điện", "en": "power cut"}


def agency(**said: Any) -> WorkCalendar:
    return national_calendar().with_changes(edition_from({"code": "H99.01.01-1", "year": None, **said}))


def test_an_agency_may_close_open_and_change_its_hours():
    closed = agency(closures=[{"from": "2026-11-19", "to": "2026-11-23", "name": NAME, "basis": "TB 1"}])
    assert closed.next_working_day(date(2026, 11, 18)) == date(2026, 11, 25)
    assert closed.label.endswith("+H99.01.01-1")
    opened = agency(working_days=[{"date": "2026-11-24", "name": NAME, "basis": "TB 2"}])
    assert opened.is_working_day(date(2026, 11, 24))
    early = agency(hours=[{"from": "2026-11-23", "to": "2026-11-25", "spans": [["07:00", "12:00"]]}])
    assert [early.closing(date(2026, 11, day)) for day in (20, 23, 25, 26)] == [
        time(17), time(12), time(12), time(17)
    ]  # fmt: skip
    for_good = agency(
        hours=[{"from": "2026-11-23", "to": None, "spans": [["08:00", "12:00"], ["13:30", "17:30"]]}]
    )
    assert for_good.closing(date(2099, 6, 1)) == time(17, 30)
    assert national_calendar().is_working_day(date(2026, 11, 19))


def test_the_clock_follows_the_agency():
    short = agency(
        days_off=[{"date": "2026-11-19", "name": NAME, "basis": "TB 1"}],
        hours=[{"from": "2026-11-20", "to": "2026-11-20", "spans": [["07:30", "11:30"]]}],
    )
    answer = compute(start=at("2026-11-18 15:30"), limit=Limit(None, "same_day"), calendar=short)
    assert answer.due_at == at("2026-11-20 11:30")


def test_the_last_edition_that_speaks_of_a_date_wins():
    off = edition_from({"code": "a", "days_off": [{"date": "2026-11-19", "name": NAME}]})
    on = edition_from({"code": "b", "working_days": [{"date": "2026-11-19", "name": NAME}]})
    day = date(2026, 11, 19)
    assert not national_calendar().with_changes(on, off).is_working_day(day)
    assert national_calendar().with_changes(off, on).is_working_day(day)
    assert national_calendar().with_changes(off).with_changes(on).is_working_day(day)


def test_a_decree_replaces_a_provisional_year():
    decree = edition_from({"code": "vn-2027-qd", "year": 2027, "decreed": True, "days_off": []})
    calendar = national_calendar().with_changes(decree)
    assert not calendar.is_provisional(2027)
    assert calendar.is_working_day(date(2027, 9, 2))
    assert calendar.label == "vn-2025+vn-2026+vn-2027-qd"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"code": ""}, "code"),
        ({"year": "2026"}, "year"),
        ({"year": 1989}, "year"),
        ({"year": 2026, "days_off": [{"date": "2027-01-01"}]}, "year"),
        ({"days_off": [{"date": "31/12/2026"}]}, "days_off.date"),
        ({"days_off": ["2026-12-31"]}, "days_off"),
        ({"days_off": [{"date": "2026-12-31", "name": "x"}]}, "name"),
        ({"working_days": [{}]}, "working_days.date"),
        ({"closures": [{"from": "2026-12-31", "to": "2026-12-30"}]}, "closures.to"),
        ({"closures": [{"from": "2026-12-31"}]}, "closures.to"),
        ({"hours": [{"from": "2026-12-31", "spans": []}]}, "hours.spans"),
        ({"hours": [{"from": "2026-12-31", "spans": [["7h", "11:30"]]}]}, "hours.spans"),
        (
            {"hours": [{"from": "2026-12-31", "spans": [["13:00", "17:00"], ["07:30", "11:30"]]}]},
            "hours.spans",
        ),
        ({"hours": [{"from": "2026-12-31", "to": "2026-12-01", "spans": [["07:30", "11:30"]]}]}, "hours.to"),
    ],
)
def test_a_faulty_edition_is_refused_where_it_is_faulty(said, field):
    with pytest.raises(Invalid) as refused:
        edition_from({"code": "x", **said})
    assert refused.value.field == field


def test_spans_are_read_in_microseconds():
    assert spans_from([["07:30", "11:30"]]) == ((27_000_000_000, 41_400_000_000),)


def test_a_date_outside_the_years_is_refused():
    with pytest.raises(Invalid, match="1990-2100"):
        national_calendar().is_working_day(date(1989, 12, 31))
    with pytest.raises(Invalid, match="1990-2100"):
        national_calendar().next_working_day(date(2100, 12, 31))


def test_shipped_years_load_neither_django_nor_the_holidays_package():
    script = (
        "import sys; import motcua.cli.clock; from motcua.calendars.calendar import national_calendar;"
        "from datetime import date; national_calendar().next_working_day(date(2027, 12, 30));"
        "print(sorted({'django', 'holidays', 'psycopg'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
