"""The clock against the naive clock, on random samples that like edges: opening, closing, cut-off."""

import random
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings, strategies as st

from motcua.calendars.calendar import national_calendar
from motcua.calendars.clock import Extension, Limit, Pause, compute
from motcua.calendars.tests import naive_clock
from motcua.calendars.tests.naive_clock import VN

DAY_UNITS = ("working_day", "calendar_day", "week", "month", "year")
EDGES = (time(0), time(7, 30), time(11, 30), time(13), time(15), time(17), time(17, 5), time(23, 55))
MOST = {"working_day": 12, "calendar_day": 25, "week": 4, "month": 4, "year": 2}


def a_sample(pick: random.Random, first: date, last: date) -> tuple:
    def moment(low: datetime, high: datetime) -> datetime:
        day = low.date() + timedelta(days=pick.randint(0, (high.date() - low.date()).days))
        clock = (
            pick.choice(EDGES) if pick.random() < 0.5 else time(pick.randint(0, 23), 5 * pick.randint(0, 11))
        )
        return datetime.combine(day, clock, VN)

    start = moment(datetime.combine(first, time(0), VN), datetime.combine(last, time(0), VN))
    unit = pick.choice(
        (*DAY_UNITS, "working_day", "working_day", "hour", "working_hour", "working_hour", "same_day")
    )
    value: Fraction | None = None
    around = 20
    if unit in DAY_UNITS:
        value = Fraction(pick.randint(1, MOST[unit]))
        around = {"working_day": 20, "calendar_day": 30, "week": 35, "month": 120, "year": 700}[unit]
    elif unit != "same_day":
        value, around = Fraction(pick.randint(1, 24 * 4), 4), 5
    low, high = start - timedelta(days=3), start + timedelta(days=around)
    pauses = []
    for _ in range(pick.choice((0, 1, 1, 2, 3))):
        p = moment(low, high)
        r = moment(p, p + timedelta(days=pick.choice((0, 1, 9))))
        pauses.append((p, None if pick.random() < 0.08 else max(p, r)))
    extensions = []
    for _ in range(pick.choice((0, 0, 1, 2)) if unit != "same_day" else 0):
        longer = pick.choice(DAY_UNITS[:4]) if unit in DAY_UNITS else unit
        extensions.append(
            (moment(low, high), Fraction(pick.randint(1, 8), 1 if unit in DAY_UNITS else 2), longer)
        )
    return start, value, unit, pauses, extensions


def decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def ours(start, value, unit, pauses, extensions):
    return compute(
        start=start,
        limit=Limit(None if value is None else decimal(value), unit),
        calendar=national_calendar(),
        pauses=[Pause(p, r, "") for p, r in pauses],
        extensions=[Extension(at, decimal(n), u, "") for at, n, u in extensions],
    )


def check(sample):
    answer = ours(*sample)
    expected, ignored = naive_clock.due(*sample)
    assert answer.due_at == expected, sample
    assert len(answer.ignored) == ignored, sample
    assert (answer.remaining is None) == (expected is not None), sample


@settings(max_examples=300)
@given(st.randoms(use_true_random=False))
def test_agrees_with_the_naive_clock(pick):
    check(a_sample(pick, date(2025, 1, 1), date(2027, 12, 31)))


@settings(max_examples=60)
@given(st.randoms(use_true_random=False), st.integers(1991, 2096))
def test_agrees_in_other_years(pick, year):
    check(a_sample(pick, date(year, 1, 1), date(year, 12, 31)))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_agrees_on_many(seed):
    pick = random.Random(seed)  # noqa: S311 - seeded test data
    for _ in range(5_000):
        check(a_sample(pick, date(2025, 1, 1), date(2027, 12, 31)))
    for _ in range(250):
        year = pick.randint(1991, 2096)
        check(a_sample(pick, date(year, 1, 1), date(year, 12, 31)))


@settings(max_examples=40)
@given(
    st.integers(0, 4 * 86400),
    st.integers(1, 1200),  # nine seconds are 0.0025 hours: exact in decimals
    st.lists(st.tuples(st.integers(-3600, 4 * 3600), st.integers(0, 7200)), max_size=2),
    st.sampled_from(["hour", "working_hour"]),
)
def test_agrees_to_the_second(offset, nines, pauses, unit):
    start = datetime(2026, 8, 20, tzinfo=VN) + timedelta(seconds=offset)
    stops = [(start + timedelta(seconds=p), start + timedelta(seconds=p + n)) for p, n in pauses]
    answer = compute(
        start=start,
        limit=Limit(nines * Decimal("0.0025"), unit),
        calendar=national_calendar(),
        pauses=[Pause(p, r, "") for p, r in stops],
    )
    expected, _ = naive_clock.due(start, Fraction(9 * nines, 3600), unit, stops, step=timedelta(seconds=1))
    assert answer.due_at == expected
