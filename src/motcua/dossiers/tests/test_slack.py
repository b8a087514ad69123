"""What comes first on a work list: a total order, and the reason said beside each line."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given, strategies as st

from motcua.calendars.calendar import WorkCalendar
from motcua.dossiers.slack import Waits, moment, order, reasons
from motcua.dossiers.states import OPEN, State
from motcua.kernel.time import ZONE

CALENDAR = WorkCalendar()
NOW = datetime(2026, 8, 26, 9, tzinfo=ZONE)  # a Wednesday morning
_few = st.integers(0, 40).map(lambda n: datetime(2026, 8, 20, tzinfo=UTC) + n * timedelta(hours=7))
WAITS = st.builds(
    Waits,
    id=st.uuids(),
    state=st.sampled_from(sorted(OPEN)),
    step_due_at=st.none() | _few,
    due_at=st.none() | _few,
    received_at=st.none() | _few,
    suspended=st.booleans(),
    available=st.booleans(),
    same_day=st.booleans(),
    returned=st.booleans(),
    step=st.integers(1, 3),
)


@given(st.lists(WAITS, unique_by=lambda one: (one.id, one.step)), st.randoms())
def test_the_order_is_total_and_what_shows_the_least_office_time_stands_first(found, random):
    listed = sorted(found, key=order)
    shuffled = list(found)
    random.shuffle(shuffled)
    assert sorted(shuffled, key=order) == listed
    assert len({order(one) for one in listed}) == len(listed)
    due = [moment(one) for one in listed]
    timed = [at for at in due if at is not None]
    assert due == timed + [None] * (len(due) - len(timed)), "what waits for others comes last"
    left = [
        CALENDAR.office_time_between(NOW, at) if at >= NOW else -CALENDAR.office_time_between(at, NOW)
        for at in timed
    ]
    assert left == sorted(left), "office time left grows along the list"


@given(st.lists(WAITS, unique_by=lambda one: (one.id, one.step)), st.integers(1, 7), st.integers(0, 50))
def test_pages_by_key_are_the_list_whatever_ends_meanwhile(found, size, gone):
    listed = sorted(found, key=order)
    walked, key, left = [], None, list(listed)
    while page := [one for one in left if key is None or order(one) > key][:size]:
        walked += page
        key = order(page[-1])
        left = [one for one in left if one is not page[gone % len(page)]]  # somebody does one behind us
    assert walked == listed


@given(WAITS)
def test_every_line_says_why_in_both_languages(one):
    said = reasons(one, at=NOW, calendar=CALENDAR)
    assert said or one.step_due_at, "but where the mark of the step's due does"
    assert all(each.vi and each.en for each in said)


def waits(**told) -> Waits:
    base = {"id": UUID(int=1), "state": State.IN_PROCESS, "step_due_at": None, "due_at": None}
    return Waits(**{**base, "received_at": NOW - timedelta(days=1), **told})


def said(**told) -> list[str]:
    return [each.vi for each in reasons(waits(**told), at=NOW, calendar=CALENDAR)]


def test_the_words():
    at = NOW.replace
    later = NOW + timedelta(days=9)
    assert said(step_due_at=at(day=24, hour=9), due_at=later) == [], "the mark of the due says it"
    assert said(step_due_at=at(hour=11), due_at=at(hour=16)) == ["hẹn trả hôm nay"]
    assert said(step_due_at=at(day=25), due_at=at(day=25)) == ["đã quá hẹn trả"]
    assert said(step_due_at=at(day=24), due_at=later, late_from=at(day=24)) == ["có nguy cơ trễ hẹn"]
    assert said(state=State.SUBMITTED, step_due_at=at(hour=11)) == ["hạn trả lời người nộp"]
    assert said(state=State.TRANSFERRED, step_due_at=at(hour=11)) == ["hạn nhận chuyển"]
    assert said(state=State.DECIDED, due_at=at(hour=16)) == ["hẹn trả còn 5 giờ làm việc"]
    assert said(state=State.DECIDED, due_at=at(day=27), available=True) == ["chờ người dân đến nhận"]
    assert said(suspended=True, due_at=at(day=27)) == ["đang tạm dừng"]
    assert said() == ["chưa có hạn"]
    here = said(step_due_at=at(hour=11), due_at=at(hour=17), same_day=True, received_at=at(hour=8))
    assert here == ["người dân đang chờ tại quầy", "hẹn trả hôm nay"]
    assert "được trả lại" in said(step_due_at=at(hour=11), returned=True)
    waiting = waits(step_due_at=at(hour=11), same_day=True, received_at=at(hour=8))
    closed = [each.vi for each in reasons(waiting, at=at(hour=23), calendar=CALENDAR)]
    assert "người dân đang chờ tại quầy" not in closed, "nobody waits where the desk is closed"
    yesterday = said(step_due_at=at(hour=11), same_day=True)
    assert "người dân đang chờ tại quầy" not in yesterday
