"""When a dossier will likely end: exact examples on the national calendar, and what must hold for every table."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from hypothesis import given, settings, strategies as st
from tests.support.any_process import VARIANTS, processes
from tests.support.tables import approve, row, seal, table

from motcua.calendars import clock
from motcua.calendars.calendar import national_calendar
from motcua.kernel.time import ZONE
from motcua.processes.checks import parse
from motcua.processes.forecast import Forecast, Stays, Verdict, explain, forecast
from motcua.processes.graph import branches, members, onward
from motcua.processes.routing import Course
from motcua.processes.shapes import ProcessVersion

CALENDAR = national_calendar()
START = datetime(2026, 11, 2, 9, tzinfo=ZONE)
HOUR = timedelta(hours=1)


def on(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=ZONE)


def course(process: ProcessVersion, at: datetime, days: str, variant: str = "") -> Course:
    return Course(
        process=process,
        variant=variant or process.variants[0].code,
        promise_value=days,
        promise_unit="working_day",
        start=START,
        at=at,
        calendar=CALENDAR,
        facts={"variant": variant, "channel": "counter", "assisted": False, "answers": {}, "quantities": {}},
    )


def due_of(days: str) -> datetime:
    found = clock.compute(
        start=START, limit=clock.Limit(Decimal(days), "working_day"), calendar=CALENDAR
    ).due_at
    assert found is not None
    return found


def branched() -> ProcessVersion:
    """2 begins, branches of 4 days (3) and 2 days (4), 5 gathers, 6 approves, 7 seals: 9 days."""
    return parse(
        table(
            row("begin", time="0.5"),
            row("long", branch="a.1", time="4"),
            row("short", branch="a.2", time="2"),
            row("gather", time="1"),
            approve(time="2"),
            seal(),
        )
    )


def seen(at: datetime, *rows: int, **known: object) -> Forecast:
    return forecast(course(branched(), at, "9"), open_rows=rows, due_at=due_of("9"), **known)  # type: ignore[arg-type]


def test_nothing_late_ends_with_the_promise() -> None:
    found = seen(on(2, 10), 2)
    assert (found.ends_at, found.verdict) == (found.due_at, Verdict.FINE) == (on(13, 17), Verdict.FINE)
    assert [one.step.order for one in found.ahead] == [2, 3, 4, 5, 6, 7, 8]
    assert explain(found)[-1].vi == "Dự kiến xong đúng hẹn: 17:00, thứ Sáu 13/11/2026."


def test_what_an_open_step_is_late_comes_on_top() -> None:
    found = seen(on(4, 11), 2)  # due on the 3rd at 17:00
    assert (found.ends_at, found.verdict) == (datetime(2026, 11, 16, 11, tzinfo=ZONE), Verdict.LATE)
    lines = [one.vi for one in explain(found)]
    assert lines[0].endswith(
        "hạn 17:00, thứ Ba 03/11/2026, dự kiến xong 11:00, thứ Tư 04/11/2026 nếu xong ngay bây giờ."
    )
    assert lines[-1] == (
        "Hẹn trả 17:00, thứ Sáu 13/11/2026 không kịp; dự kiến xong 11:00, thứ Hai 16/11/2026"
        " nếu xong ngay bây giờ, vì bước 2 quá hạn từ 17:00, thứ Ba 03/11/2026."
    )


def test_in_the_evening_the_forecast_is_a_moment_at_which_somebody_works() -> None:
    """A cell merged over all rows: nothing is left for what follows, so all are likely done at the next opening."""
    whole = table(row("look"), approve(), seal())
    for step in whole["steps"]:
        for time in step["times"]:
            if step["order"] == 1:
                time.update(value="1")
            else:
                del time["value"], time["unit"]
                time["merged_with_previous"] = True
    late = course(parse(whole), on(23, 22) + timedelta(minutes=16), "1")
    found = forecast(late, open_rows={2}, due_at=on(13, 17))
    opening = CALENDAR.deemed_opening(late.at)
    assert (found.ends_at, found.verdict) == (opening, Verdict.LATE)
    assert opening.astimezone(ZONE).date() == on(25).date(), "the 24th is a holiday"
    assert {one.ends_at for one in found.ahead} == {opening}
    assert "thứ Tư 25/11/2026 nếu xong ngay bây giờ, vì bước 2 quá hạn" in explain(found)[-1].vi
    behind = seen(on(17, 22), 2)  # nine days less half a one for the rows that follow it
    assert behind.ends_at == CALENDAR.add_office_time(
        on(18, 0), CALENDAR.office_time_between(on(3, 17), on(13, 17))
    )


def test_a_branch_with_time_to_spare_puts_the_date_at_risk_before_it_is_late() -> None:
    dues = {one.step.order: one.due_at for one in seen(on(4), 3, 4).ahead}
    assert (dues[3], dues[4]) == (on(9, 17), on(5, 17))
    assert seen(on(6), 3, 4).verdict is Verdict.AT_RISK
    assert seen(on(6), 3, 4).ends_at == seen(on(6), 3, 4).due_at
    assert seen(on(10), 4).verdict is Verdict.LATE
    assert [one.step.order for one in seen(on(10), 4).ahead][:2] == [4, 5]  # the other branch is over
    assert seen(on(10), 4).ends_at == on(16), (
        "what it has to spare before the branches meet is not lost again"
    )
    assert time_behind(course(branched(), on(10), "9"), 4, due_of("9")) == 32 * HOUR


def test_a_step_that_waits_for_an_opinion_ends_with_it() -> None:
    held = Stays(held={2: on(5, 17)})
    found = seen(on(2, 10), 2, stays=held)
    assert (found.ends_at, found.verdict) == (datetime(2026, 11, 17, 17, tzinfo=ZONE), Verdict.LATE)
    assert explain(found)[0].vi.endswith("dự kiến xong 17:00, thứ Năm 05/11/2026, vì chờ ý kiến.")
    whole = seen(on(2, 10), 2, waits_until=on(20))
    assert (whole.ends_at, whole.verdict) == (on(20), Verdict.LATE)
    assert "chậm nhất đến 09:00, thứ Sáu 20/11/2026" in explain(whole)[-2].vi


def test_what_a_step_usually_takes_here_puts_the_date_at_risk() -> None:
    """The approval has two days and takes four as a rule: two days later, though nobody is late by the table."""
    usual = Stays(usual={6: timedelta(hours=32), 5: HOUR})
    found = seen(on(10, 10), 5, stays=usual)
    assert (found.ends_at, found.verdict) == (datetime(2026, 11, 17, 17, tzinfo=ZONE), Verdict.AT_RISK)
    assert any("thường mất 32 giờ làm việc" in one.vi for one in explain(found))
    opened = Stays(usual={5: 30 * HOUR}, opened={5: on(10, 8)})
    assert seen(on(10, 10), 5, stays=opened).ahead[0].ends_at > seen(on(10, 10), 5).ahead[0].ends_at


def time_behind(here: Course, number: int, due_at: datetime) -> timedelta:
    """The office time that is left when row `number` ends, without what its branch has to spare before all meet."""
    dues = [due.due_at or due_at for due in here.dues(due_at)]
    step = here.process.steps[number - 1]
    group = members(here.process, step) or (step,)
    lane = next((lane for lane in branches(group).values() if step in lane), group)
    of_branch = CALENDAR.office_time_between(dues[number - 1], dues[lane[-1].order - 1])
    met_at = max(dues[one.order - 1] for one in group)
    return of_branch + CALENDAR.office_time_between(met_at, due_at)


@st.composite
def standing(draw: st.DrawFn) -> tuple[Course, set[int], datetime]:
    """A process, rows of it that are open together, and a moment."""
    process = draw(processes(most=4))
    variant = draw(st.sampled_from(VARIANTS))
    days = str(draw(st.integers(1, 40)))
    at = START + timedelta(hours=draw(st.integers(0, 24 * 80)))
    here = course(process, at, days, variant)
    rows = {process.running[0].order}
    for _ in range(draw(st.integers(0, 12))):
        done = draw(st.sampled_from(sorted(rows)))
        facts = {**here.facts, "outcome": "granted"}
        opened = onward(process, done, beside=rows - {done}, facts=facts).opened
        if rows - {done} or opened:
            rows = (rows - {done}) | set(opened)
    return here, rows, due_of(days)


@settings(max_examples=30, deadline=None)
@given(standing(), st.integers(0, 400), st.data())
def test_of_every_table(drawn: tuple[Course, set[int], datetime], hours: int, data: st.DataObject) -> None:
    here, rows, due_at = drawn
    found = forecast(here, open_rows=rows, due_at=due_at)
    assert found.ends_at >= max(here.at, due_at)
    if found.ends_at != due_at:  # somebody works then, or it is the moment at which they close
        assert CALENDAR.office_time_between(found.ends_at - HOUR / 60, found.ends_at + HOUR / 60)
    for number in rows:
        due = here.due_of(here.process.steps[number - 1], due_at)
        if due is not None and due < here.at and len(rows) == 1:
            left = time_behind(here, number, due_at)
            assert CALENDAR.office_time_between(here.at, found.ends_at) >= left
    dues = [step_due for one in found.ahead if one.is_open for step_due in [one.due_at]]
    assert len(dues) == len(rows)
    if here.at <= min(dues):
        assert (found.ends_at, found.verdict) == (due_at, Verdict.FINE)
    else:
        assert found.verdict is not Verdict.FINE
    later = forecast(replace(here, at=here.at + hours * HOUR), open_rows=rows, due_at=due_at)
    assert later.ends_at >= found.ends_at
    one = data.draw(st.sampled_from(sorted(rows)))
    for known in (
        Stays(held={one: here.at + hours * HOUR}),
        Stays(usual=dict.fromkeys([one, one + 1], hours * HOUR), opened={one: here.at}),
    ):
        longer = forecast(here, open_rows=rows, due_at=due_at, stays=known)
        assert longer.ends_at >= found.ends_at
        assert all(a.ends_at >= b.ends_at for a, b in zip(longer.ahead, found.ahead, strict=True))
    assert explain(found)
