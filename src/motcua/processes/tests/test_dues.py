"""Step dues (D6): exact examples on the national calendar, and what must hold for every table."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate

import pytest
from hypothesis import assume, given, strategies as st

from motcua.calendars import clock
from motcua.calendars.calendar import national_calendar
from motcua.catalogue.shapes import Limit, LimitUnit
from motcua.kernel.time import ZONE
from motcua.processes.dues import StepDue, in_limits_unit, step_dues
from motcua.processes.shapes import StepTime, WrittenUnit
from motcua.processes.starter import processes

CALENDAR = national_calendar()
DAY, HOUR = WrittenUnit.DAY, WrittenUnit.HOUR
PROCESSES = {p.procedure: p for p in processes()}
MERGED = StepTime("v", merged_with_previous=True)


def moment(text: str) -> datetime:
    return datetime.strptime(f"{text} +0700", "%Y-%m-%d %H:%M %z").astimezone(ZONE)


def timed(*values: str, unit: WrittenUnit = DAY) -> list[StepTime]:
    return [StepTime("v", Decimal(v), unit) for v in values]


def limited(unit: LimitUnit, value: int | None = None) -> Limit:
    return Limit(unit, None if value is None else Decimal(value))


def due(start: datetime, limit: Limit, **more: object) -> datetime | None:
    plain = clock.Limit(limit.value, limit.unit.value)
    return clock.compute(start=start, limit=plain, calendar=CALENDAR, **more).due_at  # type: ignore[arg-type]


def dues(
    times: Sequence[StepTime],
    limit: Limit,
    start: datetime,
    due_at: datetime | None,
    at: datetime | None = None,
) -> tuple[StepDue, ...]:
    return step_dues(times=times, limit=limit, start=start, due_at=due_at, at=at or start, calendar=CALENDAR)


def shown(answer: Sequence[StepDue]) -> list[str]:
    return [d.due_at.astimezone(ZONE).strftime("%d/%m %H:%M:%S") for d in answer if d.due_at]


def test_the_show_procedure_by_half_working_days() -> None:
    times = PROCESSES["1.004873"].times("no_verification")
    limit = limited(LimitUnit.WORKING_DAY, 3)
    start = moment("2026-08-24 09:10")
    assert in_limits_unit(times, limit)
    assert shown(dues(times, limit, start, due(start, limit))) == [
        "25/08 11:30:00",
        "26/08 11:30:00",
        "26/08 17:00:00",
        "27/08 11:30:00",
        "27/08 17:00:00",
    ]


def test_holidays_lie_between_the_steps() -> None:
    """31/8 in lieu, 1-2/9 holidays."""
    times = PROCESSES["1.004873"].times("no_verification")
    limit = limited(LimitUnit.WORKING_DAY, 3)
    start = moment("2026-08-28 16:40")
    assert shown(dues(times, limit, start, due(start, limit))) == [
        "03/09 11:30:00",
        "04/09 11:30:00",
        "04/09 17:00:00",
        "07/09 11:30:00",
        "07/09 17:00:00",
    ]


def test_a_limit_in_calendar_days_gives_shares() -> None:
    """144 office hours from start to due; the steps have 1, 20, 1, 0.5 and 0.5 of 23 days."""
    times = PROCESSES["1.004873"].times("verification")
    limit = limited(LimitUnit.CALENDAR_DAY, 23)
    start = moment("2026-09-07 07:30")
    due_at = due(start, limit)
    assert due_at == moment("2026-09-30 17:00")
    office = CALENDAR.office_time_between(start, due_at)
    assert office == timedelta(hours=144)
    assert not in_limits_unit(times, limit)
    answer = dues(times, limit, start, due_at)
    assert [CALENDAR.office_time_between(start, d.due_at) for d in answer if d.due_at] == [
        timedelta(hours=144) // 23,
        timedelta(hours=144 * 21) // 23,
        timedelta(hours=144 * 22) // 23,
        timedelta(hours=144 * 45) // 46,
        timedelta(hours=144),
    ]


def test_merged_steps_share_one_due() -> None:
    times = PROCESSES["1.000656"].times("general")
    limit = limited(LimitUnit.SAME_DAY)
    start = moment("2026-11-20 15:01")
    assert shown(dues(times, limit, start, due(start, limit))) == ["23/11 17:00:00"] * 5
    half_merged = [*timed("1"), MERGED, *timed("1"), MERGED]
    two = limited(LimitUnit.WORKING_DAY, 2)
    assert shown(dues(half_merged, two, moment("2026-11-16 09:00"), moment("2026-11-18 17:00"))) == [
        *["17/11 17:00:00"] * 2,
        *["18/11 17:00:00"] * 2,
    ]


def test_a_promise_shorter_than_the_table_gives_shares() -> None:
    """16 office hours for a table of 4 days: 4 hours a day of the table."""
    promise = limited(LimitUnit.WORKING_DAY, 1)
    start = moment("2026-11-16 07:30")
    due_at = due(start, promise)
    assert due_at == moment("2026-11-17 17:00")
    assert shown(dues(timed("1", "2", "1"), promise, start, due_at)) == [
        "16/11 11:30:00",
        "17/11 11:30:00",
        "17/11 17:00:00",
    ]


def test_working_hours_run_over_a_holiday() -> None:
    limit = limited(LimitUnit.WORKING_HOUR, 8)
    start = moment("2026-11-23 09:00")
    times = timed("2", "4", "2", unit=HOUR)
    assert in_limits_unit(times, limit)
    assert shown(dues(times, limit, start, due(start, limit))) == [
        "23/11 11:00:00",
        "23/11 16:30:00",
        "25/11 09:00:00",
    ]


def test_hours_run_on_the_wall_clock() -> None:
    limit = limited(LimitUnit.HOUR, 24)
    start = moment("2026-11-21 20:00")
    assert shown(dues(timed("6", "18", unit=HOUR), limit, start, due(start, limit))) == [
        "22/11 02:00:00",
        "22/11 20:00:00",
    ]


def test_without_office_time_every_step_is_due_with_the_dossier() -> None:
    limit = limited(LimitUnit.HOUR, 24)
    start = moment("2026-11-21 20:00")
    assert shown(dues(timed("1", "1"), limit, start, due(start, limit))) == ["22/11 20:00:00"] * 2


@pytest.mark.parametrize(
    ("unit", "written", "measured"),
    [
        (LimitUnit.WORKING_DAY, DAY, True),
        (LimitUnit.WORKING_DAY, WrittenUnit.WORKING_DAY, True),
        (LimitUnit.WORKING_DAY, HOUR, False),
        (LimitUnit.WORKING_HOUR, WrittenUnit.WORKING_HOUR, True),
        (LimitUnit.WORKING_HOUR, DAY, False),
        (LimitUnit.HOUR, HOUR, True),
        (LimitUnit.CALENDAR_DAY, DAY, False),
        (LimitUnit.WEEK, DAY, False),
    ],
)
def test_which_limits_measure_their_steps(unit: LimitUnit, written: WrittenUnit, measured: bool) -> None:
    times = timed("1", "2", unit=written)
    assert in_limits_unit(times, limited(unit, 3)) is measured
    assert not in_limits_unit(times, limited(unit, 4))


def test_while_the_clock_is_paused_no_step_is_due() -> None:
    limit = limited(LimitUnit.WORKING_DAY, 3)
    start = moment("2026-11-16 09:00")
    paused = due(start, limit, pauses=[clock.Pause(moment("2026-11-17 10:00"), None)])
    assert paused is None
    answer = dues(timed("1", "2"), limit, start, paused)
    assert [(d.due_at, d.nothing_left) for d in answer] == [(None, False), (None, False)]


def test_a_pause_and_an_extension_move_the_steps_with_the_dossier() -> None:
    limit = limited(LimitUnit.WORKING_DAY, 5)
    start = moment("2026-11-23 09:00")
    pause = clock.Pause(moment("2026-11-25 10:00"), moment("2026-11-27 22:00"))
    times = timed("1", "2", "1", "0.5", "0.5")
    assert shown(dues(times, limit, start, due(start, limit))) == [
        "25/11 17:00:00",
        "27/11 17:00:00",
        "30/11 17:00:00",
        "01/12 11:30:00",
        "01/12 17:00:00",
    ]
    assert shown(dues(times, limit, start, due(start, limit, pauses=[pause]))) == [
        "27/11 17:00:00",
        "01/12 17:00:00",
        "02/12 17:00:00",
        "03/12 11:30:00",
        "03/12 17:00:00",
    ]
    longer = clock.Extension(moment("2026-11-25 08:00"), Decimal(1), "working_day")
    assert shown(dues(times, limit, start, due(start, limit, extensions=[longer])))[-1] == "02/12 17:00:00"


def test_with_nothing_left_it_says_so() -> None:
    limit = limited(LimitUnit.WORKING_DAY, 3)
    start = moment("2026-08-24 09:10")
    answer = dues(timed("1", "1", "1"), limit, start, due(start, limit), at=moment("2026-08-26 17:00"))
    assert [d.nothing_left for d in answer] == [True, True, False]


def test_a_due_moment_brought_forward_leaves_no_step_behind_it() -> None:
    """Less time than the table: early steps have nothing, none is due after the dossier."""
    limit = limited(LimitUnit.WORKING_DAY, 3)
    start = moment("2026-08-24 09:10")
    answer = dues(timed("1", "1", "1"), limit, start, moment("2026-08-25 17:00"))
    assert shown(answer) == ["24/08 09:10:00", "24/08 09:10:00", "25/08 17:00:00"]
    assert [d.nothing_left for d in answer] == [True, True, False]


quarters = st.integers(1, 40).map(lambda n: Decimal(n) / 4)
starts = st.integers(0, 330 * 24 * 3600).map(lambda s: moment("2026-01-05 00:00") + timedelta(seconds=s))
limits = st.one_of(
    st.builds(
        limited,
        st.sampled_from(
            [LimitUnit.WORKING_DAY, LimitUnit.CALENDAR_DAY, LimitUnit.WORKING_HOUR, LimitUnit.HOUR]
        ),
        st.integers(1, 40),
    ),
    st.builds(limited, st.sampled_from([LimitUnit.WEEK, LimitUnit.MONTH]), st.integers(1, 3)),
    st.just(limited(LimitUnit.SAME_DAY)),
)


@st.composite
def tables(draw: st.DrawFn) -> list[StepTime]:
    unit = draw(st.sampled_from(WrittenUnit))
    rows = [StepTime("v", draw(quarters), unit)]
    more = draw(st.lists(st.none() | quarters, max_size=6))
    return rows + [MERGED if value is None else StepTime("v", value, unit) for value in more]


@st.composite
def fitting(draw: st.DrawFn) -> tuple[list[StepTime], Limit]:
    """A table that adds up to a limit in working days."""
    days = draw(st.integers(1, 20))
    cuts = sorted(draw(st.sets(st.integers(1, days * 4 - 1), max_size=6)))
    edges = [0, *cuts, days * 4]
    values = [Decimal(b - a) / 4 for a, b in zip(edges, edges[1:], strict=False)]
    return timed(*map(str, values)), limited(LimitUnit.WORKING_DAY, days)


pauses = st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 20_000)), max_size=3)


def _due(start: datetime, limit: Limit, gaps: list[tuple[int, int]]) -> datetime:
    breaks = [
        clock.Pause(start + timedelta(minutes=a), start + timedelta(minutes=a + b), "supplement")
        for a, b in gaps
    ]
    found = due(start, limit, pauses=breaks)
    assert found is not None
    return found


@given(times=tables(), limit=limits, start=starts, gaps=pauses)
def test_rising_never_late_and_the_last_with_the_dossier(
    times: list[StepTime], limit: Limit, start: datetime, gaps: list[tuple[int, int]]
) -> None:
    due_at = _due(start, limit, gaps)
    answer = dues(times, limit, start, due_at)
    moments = [d.due_at for d in answer if d.due_at is not None]
    assert len(moments) == len(times)
    assert moments == sorted(moments)
    assert moments[-1] == due_at
    assert all(start <= m <= due_at for m in moments)
    for i, time in enumerate(times):
        if time.merged_with_previous:
            assert moments[i] == moments[i - 1]


@given(fit=fitting(), start=starts, gaps=pauses)
def test_in_working_days_the_later_steps_keep_their_own_time(
    fit: tuple[list[StepTime], Limit], start: datetime, gaps: list[tuple[int, int]]
) -> None:
    times, limit = fit
    due_at = _due(start, limit, gaps)
    used = list(accumulate(t.value or Decimal(0) for t in times))
    for step, so_far in zip(dues(times, limit, start, due_at), used, strict=True):
        assert step.due_at is not None
        left = CALENDAR.office_time_between(step.due_at, due_at)
        assert left == timedelta(hours=8) * float(used[-1] - so_far)


@given(times=tables(), limit=limits, start=starts)
def test_shares_are_shares_of_the_office_time(times: list[StepTime], limit: Limit, start: datetime) -> None:
    assume(not in_limits_unit(times, limit))
    due_at = _due(start, limit, [])
    office = CALENDAR.office_time_between(start, due_at)
    assume(office > timedelta(hours=1))
    used = list(accumulate(Fraction(t.value or 0) for t in times))
    for step, so_far in zip(dues(times, limit, start, due_at), used, strict=True):
        assert step.due_at is not None
        passed = CALENDAR.office_time_between(start, step.due_at)
        exact = Fraction(office // timedelta(microseconds=1)) * so_far / used[-1]
        assert abs(passed // timedelta(microseconds=1) - exact) <= 1
