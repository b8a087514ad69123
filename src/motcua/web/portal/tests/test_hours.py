"""When a desk is open, as its calendar says."""

import pytest
from tests.support.acts import moment

from motcua.calendars.calendar import national_calendar
from motcua.kernel.time import local
from motcua.web.portal.hours import desks, hours_of

OFFICE = ("07:30–11:30", "13:00–17:00")


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        (moment(26, 7, 29), moment(26, 7, 30)),
        (moment(26, 7, 30), None),
        (moment(26, 11, 29), None),
        (moment(26, 11, 30), moment(26, 13)),
        (moment(26, 17), moment(27, 7, 30)),
        (
            moment(28, 17),
            local(moment(31, 7, 30)).replace(month=9, day=3),
        ),  # three days off follow the weekend
        (moment(22, 9), None),  # a make-up Saturday
    ],
)
def test_open_or_when(at, opens):
    hours = hours_of(national_calendar(), at=at)
    assert (hours.is_open, hours.opens) == (opens is None, opens)


def test_a_day_off_has_no_hours_of_its_own():
    sunday = hours_of(national_calendar(), at=moment(23, 9))
    assert (sunday.today, sunday.usual) == ((), OFFICE)
    assert hours_of(national_calendar(), at=moment(26, 9)).today == OFFICE


def test_days_that_differ_are_told_a_fortnight_ahead():
    coming = hours_of(national_calendar(), at=moment(20, 9)).exceptional
    told = [(f"{day.day:%d/%m}", day.works, day.why.vi) for day in coming]
    assert told == [
        ("22/08", True, "làm bù cho ngày 31/08/2026"),
        ("31/08", False, "nghỉ hoán đổi, làm bù ngày 22/08/2026"),
        ("01/09", False, "Quốc khánh"),
        ("02/09", False, "Quốc khánh"),
    ]


@pytest.mark.django_db
def test_the_desks_of_the_trial_installation():
    found = desks(at=moment(26, 9))
    assert [desk.agency.vi for desk in found] == ["Ủy ban nhân dân Xã Mẫu", "Ủy ban nhân dân Xã Mẫu Hai"]
    assert found[0].name.en == "One-stop centre"
    assert found[0].hours.is_open
