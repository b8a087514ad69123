"""When a rule tells: by office hours, or by working days at the same time of the day."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, strategies as st
from tests.support.acts import moment

from motcua.calendars.calendar import national_calendar
from motcua.catalogue.shapes import LimitUnit
from motcua.processes.shapes import Escalation, Side
from motcua.workday.reminding import OF_LETTERS, OF_THE_HOUSE, moment_of, tellings

CALENDAR = national_calendar()
HOUR, DAY = LimitUnit.WORKING_HOUR, LimitUnit.WORKING_DAY


def rule(when: str, value: str, unit: LimitUnit) -> Escalation:
    return Escalation(Side(when), Decimal(value), unit, ())


# 24 August 2026 is a Monday, 22 August a Saturday made up for; 31 August and 2 September are days off.
@pytest.mark.parametrize(
    ("when", "value", "unit", "due", "told"),
    [
        ("before", "4", HOUR, moment(25, 10), moment(24, 15, 30)),
        ("before", "1", HOUR, moment(25, 16), moment(25, 15)),
        ("after", "2", HOUR, moment(25, 16), moment(26, 8, 30)),
        ("before", "1", DAY, moment(25, 10), moment(24, 10)),
        ("before", "1", DAY, moment(24, 10), moment(22, 10)),
        ("after", "2", DAY, moment(27, 16), moment(28, 16) + timedelta(days=6)),
        ("after", "1.5", DAY, moment(25, 9), moment(26, 14, 30)),
    ],
)
def test_by_the_working_clock(when, value, unit, due, told):
    assert moment_of(rule(when, value, unit), due, CALENDAR) == told


@given(st.integers(0, 20_000), st.integers(1, 400), st.sampled_from([Side.BEFORE, Side.AFTER]))
def test_hours_told_are_hours_of_the_office(minutes, tenths, side):
    due = CALENDAR.deemed_opening(moment(3, 8) + timedelta(minutes=minutes))
    told = moment_of(Escalation(side, Decimal(tenths) / 10, HOUR, ()), due, CALENDAR)
    first, last = sorted((due, told))
    assert (told < due) == (side is Side.BEFORE)
    assert CALENDAR.office_time_between(first, last) == timedelta(hours=tenths) / 10


def test_what_lies_before_a_due_came_to_be():
    due, since = moment(25, 10), moment(25, 9)
    (after,) = tellings((), due_at=due, since=since, calendar=CALENDAR)
    assert after.at == moment(26, 10), "what is a day late goes to the head of the agency"
    assert tellings(OF_LETTERS, due_at=due, since=since, calendar=CALENDAR) == ()
    own, _after = tellings(list(OF_THE_HOUSE), due_at=due, since=since, calendar=CALENDAR)
    assert own.at < since
    house, _after = tellings((), due_at=due, since=moment(24, 9), calendar=CALENDAR)
    assert house.at == own.at == moment(24, 15, 30)
