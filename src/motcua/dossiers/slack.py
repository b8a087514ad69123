"""What comes first on a work list, and why it stands where it stands. Pure: no database, no clock of its own."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from motcua.calendars.calendar import WorkCalendar
from motcua.calendars.words import office_amount
from motcua.dossiers.states import State
from motcua.kernel.say import Say
from motcua.kernel.time import local

# What a work list is ordered by, as `moment` gives it, for the database: index `dossiers_worklist` stands on it.
ORDER = (
    "coalesce(d.step_due_at, CASE WHEN NOT d.suspended AND d.available_at IS NULL THEN d.due_at END,"
    " 'infinity'::timestamptz)"
)
# One word for one state, in lists and on the dossier's page.
LIKELY_LATE = Say("có nguy cơ trễ hẹn", "may be late")
PAST = Say("đã quá hẹn trả", "past the promised date")
# Somebody who handed it in at the counter today is told the result before the office closes: they wait for it.
_MOMENT = timedelta(seconds=1)
WAITS_HERE = "d.promise_unit = 'same_day' AND d.channel = 'counter' AND d.return_way = 'desk'"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """What of a dossier says how urgent it is. `same_day`: handed in at the counter, to be collected there the same
    day; `available`: its result lies at the desk; `returned`: the open step came back from a later one; `late_from`:
    since when it is likely late; `letter_day`: the new date in a letter of apology that waits to be signed."""

    id: UUID
    state: State
    step_due_at: datetime | None
    due_at: datetime | None
    received_at: datetime | None
    suspended: bool = False
    available: bool = False
    same_day: bool = False
    returned: bool = False
    step: int = 0
    late_from: datetime | None = None
    letter_day: date | None = None


def moment(one: Waits) -> datetime | None:
    """When what is open is due: the step, else the dossier. None for what waits for others, which comes last."""
    if one.step_due_at is not None or one.suspended or one.available:
        return one.step_due_at
    return one.due_at


def order(one: Waits) -> tuple[bool, float, UUID, int]:
    """The place in the list, less slack first. Office hours grow with the clock, so one calendar's least slack is its
    earliest moment; moments that the same office hours are left to stand in their own order, equal ones by id, two
    steps of one dossier by their number."""
    due = moment(one)
    return due is None, due.timestamp() if due else 0.0, one.id, one.step


def waits_here(one: Waits, at: datetime) -> bool:
    """Whether somebody waits for it at the desk at `at`."""
    return one.same_day and one.received_at is not None and local(one.received_at).date() == local(at).date()


def reasons(one: Waits, *, at: datetime, calendar: WorkCalendar) -> tuple[Say, ...]:
    """Why it stands where it stands, beyond what the mark of its step's due says itself: what is due where that is no
    step, then what makes it more than that."""
    found = [] if (due := _of_due(one, at, calendar)) is None else [due]
    if waits_here(one, at) and calendar.office_time_between(at, at + _MOMENT):
        found.append(Say("người dân đang chờ tại quầy", "the person is waiting at the desk"))
    if one.returned:
        found.append(Say("được trả lại", "came back"))
    open_now = one.state in (State.RECEIVED, State.IN_PROCESS) and not one.suspended
    if open_now and one.due_at is not None:
        if one.due_at < at:
            found.append(PAST)
        elif local(one.due_at).date() == local(at).date():
            found.append(Say("hẹn trả hôm nay", "promised for today"))
        if one.late_from is not None and one.late_from < at <= one.due_at:
            found.append(LIKELY_LATE)
    if one.letter_day is not None:
        found.append(_of_letter(one.letter_day, one.due_at, at))
    return tuple(found)


def is_stale(day: date, due_at: datetime | None, at: datetime) -> bool:
    """Whether a letter of apology can't be signed at `at` with its new date `day`, which is not ahead."""
    return day <= max(local(moment).date() for moment in (at, due_at) if moment is not None)


def _of_letter(day: date, due_at: datetime | None, at: datetime) -> Say:
    if not is_stale(day, due_at, at):
        return Say(
            f"văn bản xin lỗi chờ ký, hẹn lại {day:%d/%m/%Y}",
            f"apology to be signed, new date {day:%d/%m/%Y}",
        )
    return Say(
        f"văn bản xin lỗi hẹn ngày {day:%d/%m/%Y} không ký được nữa: đặt ngày mới hoặc trả lại",
        f"the apology's new date {day:%d/%m/%Y} can't be signed any more: set another or give it back",
    )


def _of_due(one: Waits, at: datetime, calendar: WorkCalendar) -> Say | None:
    if one.suspended:
        return Say("đang tạm dừng", "suspended")
    if one.available:
        return Say("chờ người dân đến nhận", "waits to be collected")
    if one.step_due_at is not None:
        return _NO_STEP.get(one.state)
    due = moment(one)
    if due is None:
        return Say("chưa có hạn", "no due date yet")
    amount = office_amount(calendar.office_time_between(*sorted((due, at))))
    if due < at:
        return Say(f"hẹn trả quá hạn {amount.vi}", f"promise late by {amount.en}")
    return Say(f"hẹn trả còn {amount.vi}", f"promise due in {amount.en}")


_NO_STEP = {
    State.SUBMITTED: Say("hạn trả lời người nộp", "due to be answered"),
    State.TRANSFERRED: Say("hạn nhận chuyển", "due to be accepted"),
}
