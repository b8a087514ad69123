"""Every clause of the design's clock, one small sample each; then what must hold whatever the sample."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st

from motcua.calendars.calendar import national_calendar
from motcua.calendars.clock import Extension, Limit, Pause, Remaining, compute
from motcua.calendars.tests.test_clock_random import a_sample, ours
from motcua.calendars.tests.test_clock_table import at, due
from motcua.kernel.errors import Invalid

HOUR = 3_600_000_000


def when(start, value, unit, pauses=(), extensions=()):
    moment = due(start, value, unit, pauses, extensions).due_at
    return None if moment is None else moment.strftime("%Y-%m-%d %H:%M:%S.%f").removesuffix(".000000")


@pytest.mark.parametrize(
    ("start", "value", "unit", "expected"),
    [
        # 1: day zero is the date of the event, also on a Saturday, after closing, on a holiday
        ("2026-11-14 23:59:59", 1, "working_day", "2026-11-16 17:00:00"),
        ("2026-11-24 00:00:00", 1, "working_day", "2026-11-25 17:00:00"),
        ("2026-11-23 00:00:00", 1, "calendar_day", "2026-11-25 17:00:00"),
        ("2026-11-10 08:00:00", 2, "week", "2026-11-25 17:00:00"),
        ("2026-01-31 08:00:00", 1, "month", "2026-03-02 17:00:00"),
        ("2024-01-31 08:00:00", 1, "month", "2024-02-29 17:00:00"),
        ("2026-12-31 08:00:00", 2, "month", "2027-03-01 17:00:00"),
        ("2024-02-29 08:00:00", 1, "year", "2025-02-28 17:00:00"),
        ("2026-11-18 08:00:00", "3.0", "working_day", "2026-11-23 17:00:00"),
        ("2026-08-01 08:00:00", 3, "week", "2026-08-22 17:00:00"),  # a make-up Saturday closes at 17:00
        ("2026-08-02 08:00:00", 3, "week", "2026-08-24 17:00:00"),
        ("2026-01-01 08:00:00", 1, "calendar_day", "2026-01-05 17:00:00"),  # 2 January off, unverified
        ("2026-01-09 08:00:00", 1, "working_day", "2026-01-10 17:00:00"),  # 10 January worked, unverified
        # 2: hours
        ("2026-11-18 07:30:00", 4, "working_hour", "2026-11-18 11:30:00"),  # on a span's end: stays
        ("2026-11-18 11:30:00", 1, "working_hour", "2026-11-18 14:00:00"),  # a span excludes its end
        ("2026-11-18 11:29:59", "0.0025", "working_hour", "2026-11-18 13:00:08"),
        ("2026-11-18 06:00:00", "2.5", "working_hour", "2026-11-18 10:00:00"),
        ("2026-11-20 16:59:59.5", 1, "working_hour", "2026-11-23 08:29:59.500000"),
        (
            "2026-11-21 09:00:00",
            1,
            "working_hour",
            "2026-11-23 08:30:00",
        ),  # an open Saturday desk counts nothing
        ("2026-08-22 16:00:00", 2, "working_hour", "2026-08-24 08:30:00"),
        ("2026-11-21 20:00:00", "0.5", "hour", "2026-11-21 20:30:00"),
        # 3: the same day
        ("2026-11-20 15:00:00", None, "same_day", "2026-11-20 17:00:00"),
        ("2026-11-20 15:00:00.000001", None, "same_day", "2026-11-23 17:00:00"),
        ("2026-11-20 06:00:00", None, "same_day", "2026-11-20 17:00:00"),
        ("2026-11-20 12:00:00", None, "same_day", "2026-11-20 17:00:00"),
        ("2026-11-20 17:00:00", None, "same_day", "2026-11-23 17:00:00"),
        ("2026-11-21 09:00:00", None, "same_day", "2026-11-23 17:00:00"),
        ("2026-11-20 15:00:00", None, "none", None),
    ],
)
def test_limits(start, value, unit, expected):
    assert when(start, value, unit) == expected


THU, FRI, MON = "2026-11-19", "2026-11-20", "2026-11-23"


@pytest.mark.parametrize(
    ("value", "unit", "pauses", "expected"),
    [
        # the event is Mon 16/11 08:00; 3 working days are due Thu 19 at 17:00
        (3, "working_day", [("2026-11-10 08:00", "2026-11-16 08:00")], f"{THU} 17:00:00"),  # over: dropped
        (3, "working_day", [("2026-11-10 08:00", "2026-11-17 08:00")], f"{FRI} 17:00:00"),  # moved to the event
        (3, "working_day", [(f"{THU} 17:00", f"{FRI} 08:00")], f"{FRI} 17:00:00"),  # at closing: still counts
        (3, "working_day", [(f"{THU} 17:01", f"{FRI} 08:00")], f"{THU} 17:00:00"),  # after it: nothing
        (3, "working_day", [(f"{THU} 17:00", f"{THU} 17:00")], f"{FRI} 17:00:00"),  # no length, after closing
        (3, "working_day", [(f"{THU} 16:00", f"{THU} 16:59")], f"{THU} 17:00:00"),
        (3, "working_day", [(f"{THU} 08:00", "2026-11-21 08:00")], f"{MON} 17:00:00"),
        # two that touch are one: Tue 17 to Fri 20
        (3, "working_day", [("2026-11-17 08:00", "2026-11-18 08:00"), ("2026-11-18 08:00", f"{FRI} 08:00")],
         "2026-11-25 17:00:00"),
        # the first moves the due moment, so that the second is in time
        (3, "working_day", [("2026-11-18 09:00", f"{THU} 09:00"), (f"{FRI} 09:00", f"{MON} 09:00")],
         f"{MON} 17:00:00"),
        (3, "working_day", [(f"{FRI} 09:00", f"{MON} 09:00")], f"{THU} 17:00:00"),
        # 5 calendar days end on Sat 21 and are due Mon 23
        (5, "calendar_day", [("2026-11-22 09:00", "2026-11-22 10:00")], f"{MON} 17:00:00"),
        (5, "calendar_day", [("2026-11-17 09:00", "2026-11-18 10:00")], f"{MON} 17:00:00"),
        (5, "calendar_day", [("2026-11-17 09:00", f"{FRI} 10:00")], "2026-11-25 17:00:00"),
        (1, "month", [("2026-11-17 09:00", f"{FRI} 10:00")], "2026-12-21 17:00:00"),
        # hours: 8 working hours are due Mon 16 at 17:00
        (8, "working_hour", [("2026-11-16 17:00", "2026-11-18 09:00")], "2026-11-16 17:00:00"),
        (8, "working_hour", [("2026-11-16 16:59", "2026-11-18 09:00")], "2026-11-18 09:01:00"),
        (8, "working_hour", [("2026-11-16 09:00", "2026-11-16 10:00")], "2026-11-17 08:30:00"),
        (8, "working_hour", [("2026-11-16 11:30", "2026-11-16 13:00")], "2026-11-16 17:00:00"),
        (8, "hour", [("2026-11-16 09:00", "2026-11-16 10:30")], "2026-11-16 17:30:00"),
        (8, "hour", [("2026-11-16 16:00", "2026-11-16 18:00")], "2026-11-16 16:00:00"),
        # the same day
        (None, "same_day", [("2026-11-16 09:00", "2026-11-16 15:00")], "2026-11-16 17:00:00"),
        (None, "same_day", [("2026-11-16 09:00", "2026-11-16 15:01")], "2026-11-17 17:00:00"),
        (None, "same_day", [("2026-11-16 17:00", "2026-11-18 09:00")], "2026-11-18 17:00:00"),
        (None, "same_day", [("2026-11-16 17:01", "2026-11-18 09:00")], "2026-11-16 17:00:00"),
    ],
)  # fmt: skip
def test_pauses(value, unit, pauses, expected):
    assert (
        when("2026-11-16 08:00" if unit != "working_hour" else "2026-11-16 07:30", value, unit, pauses)
        == expected
    )


@pytest.mark.parametrize(
    ("value", "unit", "pause", "left"),
    [
        (3, "working_day", "2026-11-17 08:00", Remaining(2, "working_day")),
        (3, "working_day", "2026-11-19 17:00", Remaining(0, "working_day")),
        (3, "working_day", "2026-11-10 08:00", Remaining(3, "working_day")),
        (5, "calendar_day", "2026-11-22 09:00", Remaining(0, "calendar_day")),
        (2, "week", "2026-11-17 09:00", Remaining(13, "calendar_day")),
        (8, "working_hour", "2026-11-16 09:00", Remaining(7 * HOUR, "working_hour")),
        (
            8,
            "hour",
            "2026-11-16 16:00",
            Remaining(0, "hour"),
        ),  # at the due moment itself, yet open: no due date
        (None, "same_day", "2026-11-16 09:00", Remaining(None, "same_day")),
    ],
)
def test_an_open_pause_leaves_what_remains(value, unit, pause, left):
    answer = due("2026-11-16 08:00", value, unit, [(pause, None)])
    assert (answer.due_at, answer.remaining) == (None, left)


def test_an_open_pause_after_the_due_moment_changes_nothing():
    answer = due("2026-11-16 08:00", 3, "working_day", [("2026-11-19 17:01", None)])
    assert (answer.due_at, answer.remaining) == (at("2026-11-19 17:00"), None)


def test_an_open_pause_swallows_the_later_ones():
    pauses = [("2026-11-17 08:00", None), ("2026-11-18 08:00", "2026-11-19 08:00")]
    assert due("2026-11-16 08:00", 3, "working_day", pauses).remaining == Remaining(2, "working_day")


@pytest.mark.parametrize(
    ("start", "value", "unit", "pauses", "extensions", "expected", "ignored"),
    [
        ("2026-11-16 08:00", 3, "working_day", (), [("2026-11-19 17:00", 1, "working_day")], f"{FRI} 17:00:00", 0),
        ("2026-11-16 08:00", 3, "working_day", (), [("2026-11-19 17:01", 1, "working_day")], f"{THU} 17:00:00", 1),
        # each against the due moment as moved so far
        ("2026-11-16 08:00", 3, "working_day", (),
         [("2026-11-20 09:00", 1, "week"), ("2026-11-19 09:00", 1, "working_day")], "2026-11-27 17:00:00", 0),
        # to the unrolled day: Sat 21 and 2 days are Mon 23, not Wed 25
        ("2026-11-16 08:00", 5, "calendar_day", (), [("2026-11-17 09:00", 2, "calendar_day")], f"{MON} 17:00:00", 0),
        ("2026-11-16 08:00", 3, "working_day", (), [("2026-11-17 09:00", 1, "month")], "2026-12-21 17:00:00", 0),
        ("2026-01-30 08:00", 1, "calendar_day", (), [("2026-01-30 09:00", 1, "month")], "2026-03-02 17:00:00", 0),
        # at one instant the pause comes first: it moves the due moment past the extension's
        ("2026-11-16 08:00", 3, "working_day", [(f"{THU} 17:00", f"{FRI} 08:00")],
         [(f"{THU} 17:00", 1, "working_day")], f"{MON} 17:00:00", 0),
        # a pause that began at the due moment of hours stays without effect when an extension follows
        ("2026-11-16 07:30", 8, "working_hour", [("2026-11-16 17:00", "2026-11-17 09:00")],
         [("2026-11-16 17:00", "0.5", "working_hour")], "2026-11-17 08:00:00", 0),
        ("2026-11-16 07:30", 8, "hour", (), [("2026-11-16 15:30", "1.5", "hour")], "2026-11-16 17:00:00", 0),
        ("2026-11-16 07:30", 8, "hour", (), [("2026-11-16 15:30:01", "1.5", "hour")], "2026-11-16 15:30:00", 1),
        # before the event it counts
        ("2026-11-16 08:00", 3, "working_day", (), [("2026-11-01 09:00", 1, "working_day")], f"{FRI} 17:00:00", 0),
    ],
)  # fmt: skip
def test_extensions(start, value, unit, pauses, extensions, expected, ignored):
    assert when(start, value, unit, pauses, extensions) == expected
    assert len(due(start, value, unit, pauses, extensions).ignored) == ignored


def test_an_extension_during_an_open_pause_is_held_against_the_due_moment_as_it_stood():
    pauses = [("2026-11-18 09:00", None)]
    in_time = due("2026-11-16 08:00", 3, "working_day", pauses, [("2026-11-19 17:00", 2, "working_day")])
    late = due("2026-11-16 08:00", 3, "working_day", pauses, [("2026-11-19 17:01", 2, "working_day")])
    assert (in_time.remaining, len(in_time.ignored)) == (Remaining(3, "working_day"), 0)
    assert (late.remaining, len(late.ignored)) == (Remaining(1, "working_day"), 1)


@pytest.mark.parametrize(
    ("value", "unit", "pauses", "extensions", "field"),
    [
        ("2.5", "working_day", (), (), "limit.value"),
        (0, "hour", (), (), "limit.value"),
        (-1, "calendar_day", (), (), "limit.value"),
        ("NaN", "hour", (), (), "limit.value"),
        (None, "working_day", (), (), "limit.value"),
        (1, "same_day", (), (), "limit.value"),
        (1, "none", (), (), "limit.value"),
        (1, "fortnight", (), (), "limit.unit"),
        (1, "working_day", [("2026-11-18 09:00", "2026-11-18 08:59")], (), "pauses"),
        (1, "working_day", [("2026-11-01 09:00", "2026-10-18 08:59")], (), "pauses"),
        (None, "none", [("2026-11-18 09:00", "2026-11-18 08:59")], (), "pauses"),
        (1, "working_day", (), [("2026-11-18 09:00", "1.5", "working_day")], "extensions"),
        (1, "working_day", (), [("2026-11-18 09:00", 1, "working_hour")], "extensions"),
        (1, "working_hour", (), [("2026-11-18 09:00", 1, "hour")], "extensions"),
        (1, "hour", (), [("2026-11-18 09:00", 0, "hour")], "extensions"),
        (None, "same_day", (), [("2026-11-18 09:00", 1, "working_day")], "extensions"),
        (None, "none", (), [("2026-11-18 09:00", 1, "working_day")], "extensions"),
        (80, "year", (), (), ""),
        (60_000, "working_day", (), (), ""),
        ("1E+999999", "hour", (), (), "limit.value"),
        (900_000, "hour", (), (), ""),
    ],
)
def test_refusals(value, unit, pauses, extensions, field):
    with pytest.raises(Invalid) as refused:
        due("2026-11-18 08:00", value, unit, pauses, extensions)
    assert refused.value.field == field
    assert refused.value.vi
    assert refused.value.en


def test_a_moment_without_an_offset_is_refused():
    bare = datetime(2026, 11, 18, 8)  # noqa: DTZ001 - the fault under test
    with pytest.raises(Invalid) as refused:
        compute(start=bare, limit=Limit(None, "same_day"), calendar=national_calendar())
    assert refused.value.field == "received_at"


@pytest.mark.parametrize("year", [1989, 2101])
def test_years_outside_are_refused(year):
    with pytest.raises(Invalid, match="1990-2100"):
        due(f"{year}-06-01 08:00", None, "same_day")


def test_the_last_days_of_the_calendar():
    assert when("2100-12-30 08:00", 1, "working_day") == "2100-12-31 17:00:00"
    with pytest.raises(Invalid, match="1990-2100"):
        due("2100-12-30 08:00", 2, "working_day")


@pytest.mark.parametrize(
    ("start", "value", "unit", "pauses", "provisional"),
    [
        ("2026-12-30 08:00", 1, "working_day", (), False),
        ("2026-12-30 08:00", 2, "working_day", (), True),
        ("2027-06-01 08:00", None, "same_day", (), True),
        ("2027-06-01 08:00", 5, "hour", (), False),  # asks no calendar
        ("2027-06-01 08:00", None, "none", (), False),
        ("2024-12-31 08:00", 3, "calendar_day", (), True),
        ("2026-12-20 08:00", 9, "week", [("2026-12-21 08:00", None)], False),
    ],
)
def test_provisional(start, value, unit, pauses, provisional):
    assert due(start, value, unit, pauses).provisional is provisional


FAR = at("2100-12-31 23:59")


def reached(sample):
    return ours(*sample).due_at or FAR


@settings(max_examples=200)
@given(st.randoms(use_true_random=False))
def test_a_longer_limit_is_never_due_earlier(pick):
    start, value, unit, pauses, extensions = a_sample(pick, date(2025, 1, 1), date(2027, 12, 31))
    if value is not None:
        longer = (start, value + 1, unit, pauses, extensions)
        assert reached(longer) >= reached((start, value, unit, pauses, extensions))


@settings(max_examples=200)
@given(st.randoms(use_true_random=False), st.integers(-48, 480), st.integers(0, 240))
def test_a_pause_never_brings_the_due_moment_forward(pick, offset, length):
    start, value, unit, pauses, extensions = a_sample(pick, date(2025, 1, 1), date(2027, 12, 31))
    p = start + timedelta(hours=offset)
    more = (start, value, unit, [*pauses, (p, p + timedelta(hours=length))], extensions)
    assert reached(more) >= reached((start, value, unit, pauses, extensions))


@settings(max_examples=200)
@given(st.randoms(use_true_random=False))
def test_a_day_limit_ends_at_the_closing_time_of_a_working_day_after_the_event(pick):
    sample = a_sample(pick, date(2025, 1, 1), date(2027, 12, 31))
    moment = ours(*sample).due_at
    if moment is not None and sample[2] not in ("hour", "working_hour"):
        assert national_calendar().is_working_day(moment.date())
        assert moment.time() == time(17)
        assert moment >= sample[0]


def test_the_order_in_which_pauses_are_given_does_not_matter():
    limit, calendar = Limit(Decimal(3), "working_day"), national_calendar()
    pauses = [
        Pause(at("2026-11-18 09:00"), at("2026-11-19 09:00"), "a"),
        Pause(at("2026-11-17 08:00"), at("2026-11-18 09:00"), "b"),
    ]
    extension = Extension(at("2026-11-17 08:00"), Decimal(1), "week", "c")
    one = compute(
        start=at("2026-11-16 08:00"), limit=limit, calendar=calendar, pauses=pauses, extensions=[extension]
    )
    other = compute(
        start=at("2026-11-16 08:00"),
        limit=limit,
        calendar=calendar,
        pauses=pauses[::-1],
        extensions=[extension],
    )
    assert one == other
    assert one.due_at == at("2026-11-30 17:00")
