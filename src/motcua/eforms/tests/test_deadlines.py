"""Whether an answer about a time limit agrees with the date in the form."""

from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from motcua.eforms.deadlines import contradicted, is_within
from motcua.eforms.selectors import deadlines_of, forms
from motcua.eforms.shapes import walk

DAYS = st.dates(min_value=date(1950, 1, 1), max_value=date(2080, 1, 1))
BIRTH = deadlines_of("birth")[0]


def always(_day: date) -> bool:
    return True


def weekdays(day: date) -> bool:
    return day.weekday() < 5


@given(began=DAYS, days=st.integers(0, 400), later=st.integers(-500, 40_000))
def test_the_limit_is_counted_from_the_day_after_and_days_off_only_lengthen_it(began, days, later):
    on = began + timedelta(later)
    assert is_within(began, days, on=on, is_working=always) == (later <= days)
    moved = is_within(began, days, on=on, is_working=weekdays)
    last = began + timedelta(days)
    while not weekdays(last):
        last += timedelta(1)
    assert moved == (on <= last)


@given(began=DAYS, later=st.integers(0, 40_000), answer=st.sampled_from(["yes", "no"]))
def test_an_answer_is_contradicted_where_its_opposite_is_not(began, later, answer):
    told, on = {"child": {"born": began.isoformat()}}, began + timedelta(later)
    said = contradicted(BIRTH, told=told, answers={"on_time": answer}, on=on, is_working=always)
    assert (said is None) == ((answer == "yes") == (later <= 60))


@pytest.mark.parametrize(
    ("told", "answers"),
    [
        ({"child": {"born": "1995-05-01"}}, {}),
        ({"child": {"born": "1995-05-01"}}, {"on_time": "perhaps"}),
        ({"child": {"born": ""}}, {"on_time": "yes"}),
        ({"child": {"born": "1995-02-31"}}, {"on_time": "yes"}),
        ({"child": "1995-05-01"}, {"on_time": "yes"}),
        ({}, {"on_time": "yes"}),
    ],
)
def test_where_one_of_them_is_not_told_nothing_is_said(told, answers):
    on = date(2026, 11, 23)
    assert contradicted(BIRTH, told=told, answers=answers, on=on, is_working=always) is None


def test_every_deadline_is_of_a_date_that_all_versions_of_its_form_ask():
    of = {code: [form for (one, _), form in forms().items() if one == code] for code in ("birth", "death")}
    for code, days in (("birth", 60), ("death", 15)):
        (found,) = deadlines_of(code)
        assert found.days == days
        for form in of[code]:
            assert found.field in dict(walk(form.fields)), (form.code, form.version)
    assert deadlines_of("marriage") == ()


def test_each_language_names_the_law_in_its_own_words():
    told, on = {"child": {"born": "2026-01-01"}}, date(2026, 8, 1)
    said = contradicted(BIRTH, told=told, answers={"on_time": "yes"}, on=on, is_working=always)
    assert said is not None
    for words in (said.for_applicant, said.for_officer):
        assert "60/2014/QH13, Điều 15 khoản 1" in words.vi
        assert "60/2014/QH13, Article 15(1)" in words.en
