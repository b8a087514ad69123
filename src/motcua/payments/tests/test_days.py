"""On which days money may have been booked."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given, strategies as st

from motcua.payments.days import AHEAD, BEFORE_ACCOUNT, BEFORE_ORDER, before_order, days

AT = datetime(2026, 8, 26, 16, 59, tzinfo=UTC)  # 23:59 at home
TODAY = date(2026, 8, 26)
DAYS = st.dates()


@given(DAYS)
def test_a_day_is_wrong_exactly_outside_the_window(day):
    since = AT - timedelta(days=400)
    first = TODAY - timedelta(days=400) - BEFORE_ACCOUNT
    assert (days(since=since, at=AT).wrong(day) is None) == (first <= day <= TODAY + AHEAD)


@given(DAYS)
def test_an_account_never_written_down_is_one_of_today(day):
    assert days(since=None, at=AT).wrong(day) == days(since=AT, at=AT).wrong(day)


@given(DAYS)
def test_money_for_an_order_is_not_long_before_it(day):
    assert (before_order(day, opened_at=AT) is None) == (day >= TODAY - BEFORE_ORDER)
