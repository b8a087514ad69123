"""Open steps on the working days ahead: nothing lost, no day fuller than its hours but by one's own hand, by due."""

from datetime import timedelta

from hypothesis import given, strategies as st
from tests.support.acts import moment

from motcua.calendars.calendar import national_calendar
from motcua.workday.laying import Task, lay

CALENDAR = national_calendar()
AT = moment(24, 10)  # a Monday; the office closes at 17:00
HOUR = timedelta(hours=1)
TASKS = st.lists(
    st.builds(
        Task,
        key=st.uuids().map(str),
        takes=st.integers(1, 32).map(lambda quarters: quarters * HOUR / 4),
        due_at=st.none() | st.integers(-20, 200).map(lambda hours: AT + hours * HOUR),
        day=st.none() | st.integers(-3, 6).map(lambda days: (AT + timedelta(days=days)).date()),
        place=st.integers(0, 9),
    ),
    max_size=12,
    unique_by=lambda task: task.key,
)


@given(TASKS)
def test_all_is_laid_within_the_hours_by_due(tasks):
    laid = lay(tasks, at=AT, until=AT.date(), calendar=CALENDAR)
    done: dict[str, timedelta] = {}
    for day in laid.days:
        by_hand = sum((p.takes for p in day.pieces if _of(tasks, p.key).day), timedelta())
        whole = sum((p.takes for p in day.pieces), timedelta())
        assert whole <= max(day.office, by_hand)
        for piece in day.pieces:
            done[piece.key] = done.get(piece.key, timedelta()) + piece.takes
    assert done == {t.key: t.takes for t in tasks if t.day or t.due_at}, "what waits for others is on no day"
    free = [t for t in tasks if t.day is None and t.due_at]
    order = [key for key in done if _of(tasks, key).day is None]
    assert order == [t.key for t in sorted(free, key=lambda t: (t.due_at, t.key))]
    assert set(laid.late) <= {t.key for t in tasks if t.due_at}
    assert all(ended is None or ended > _of(tasks, key).due_at for key, ended in laid.late.items())


def _of(tasks, key):
    return next(t for t in tasks if t.key == key)


def test_a_day_is_filled_and_what_does_not_fit_is_told():
    first = Task("first", 5.5 * HOUR, moment(24, 17))
    second = Task("second", 4 * HOUR, moment(25, 9))
    own = Task("own", 9 * HOUR, None, day=moment(26, 8).date())
    laid = lay([second, own, first], at=AT, until=moment(27, 8).date(), calendar=CALENDAR)
    monday, tuesday, wednesday, thursday = laid.days
    assert [(p.key, p.takes) for p in monday.pieces] == [("first", 5.5 * HOUR)]
    assert monday.pieces[0].ends_at == moment(24, 17)
    assert [(p.key, p.takes) for p in tuesday.pieces] == [("second", 4 * HOUR)]
    assert laid.late == {"second": moment(25, 11, 30)}
    assert (wednesday.over, thursday.pieces) == (HOUR, ())
