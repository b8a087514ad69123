"""Form 04: why a dossier is late, what a new date may be, and from when on one is likely late (ADR 0061). Pure."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from motcua.calendars.calendar import WorkCalendar, outside_years
from motcua.calendars.editions import LAST_YEAR
from motcua.dossiers.consulted import open_ones
from motcua.dossiers.states import DELAYED_IN, State
from motcua.kernel.errors import Invalid
from motcua.kernel.say import Say
from motcua.kernel.time import ZONE, local, parse_utc

Row = Mapping[str, Any]
OTHER = "other"
_DAY = timedelta(days=1)
CAUSES: Mapping[str, Say] = {
    "opinion": Say(
        "chờ ý kiến hoặc kết quả của cơ quan khác", "another agency's opinion or result is awaited"
    ),
    "verification": Say("việc xác minh cần thêm thời gian", "verifying takes more time"),
    "workload": Say("nhiều hồ sơ cùng lúc, thiếu người giải quyết", "many dossiers at once, too few people"),
    "absence": Say("người giải quyết hoặc người ký đi vắng", "who works on it or signs it is away"),
    "system": Say("hệ thống hoặc đường truyền gặp sự cố", "a system or the network failed"),
    OTHER: Say("lý do khác, ghi trong văn bản", "another reason, told in the letter"),
}


def waits(row: Row) -> bool:
    """Whether a letter is prepared and no leader has answered yet."""
    return row["delay"] is not None and not row["delay"]["signed"]


def known_cause(cause: str) -> str:
    """`cause` when it is one of CAUSES. Raises Invalid."""
    if cause not in CAUSES:
        raise Invalid("Hãy chọn lý do chậm.", "Choose why it is late.", field="cause")
    return cause


def check_day(
    day: date, *, row: Row, calendar: WorkCalendar, when: datetime, at: datetime | None = None
) -> None:
    """Raise Invalid unless `day` may be promised at `when`: ahead, after the date promised before, a working day. What
    was written on paper at `when` comes in at `at`, when the day is still ahead."""
    if day <= local(when).date():
        raise Invalid(
            f"Ngày hẹn lại {day:%d/%m/%Y} đã đến hoặc đã qua; phải là một ngày ở phía trước.",
            f"The new date {day:%d/%m/%Y} has come or passed; it must be ahead.",
            field="apology_date",
        )
    if at is not None and day <= local(at).date():
        raise Invalid(
            f"Ngày hẹn lại {day:%d/%m/%Y} ghi trên giấy đã qua khi nhập, không còn là lời hẹn; "
            "hãy soạn văn bản mới với ngày ở phía trước.",
            f"The new date on paper, {day:%d/%m/%Y}, had passed when it was entered and promises nothing; "
            "write another letter with a date ahead.",
            field="apology_date",
        )
    if row["due_at"] is not None and day <= local(row["due_at"]).date():
        due = local(row["due_at"]).date()
        raise Invalid(
            f"Ngày hẹn lại phải sau ngày đã hẹn ({due:%d/%m/%Y}).",
            f"The new date must be after the promised one ({due:%d/%m/%Y}).",
            field="apology_date",
        )
    if day.year > LAST_YEAR:  # the letter names the hour at which that day's office closes
        raise outside_years("apology_date")
    if not calendar.is_working_day(day):
        following = calendar.next_working_day(day)
        raise Invalid(
            f"Ngày {day:%d/%m/%Y} cơ quan không làm việc; ngày làm việc kế tiếp là {following:%d/%m/%Y}.",
            f"The office is closed on {day:%d/%m/%Y}; the next working day is {following:%d/%m/%Y}.",
            field="apology_date",
        )


def day_prepared(row: Row) -> date | None:
    """The new date in the letter that waits; None where none does."""
    return date.fromisoformat(row["delay"]["apology_date"]) if waits(row) else None


def stale(row: Row, *, calendar: WorkCalendar, at: datetime) -> Say | None:
    """Why the letter that waits can't be signed as it stands at `at`: its date has passed, or the dossier moved on."""
    day = day_prepared(row)
    if day is None:
        return None
    try:
        check_day(day, row=row, calendar=calendar, when=at)
    except Invalid as fault:
        return Say(fault.vi, fault.en)
    return None


def sign_by(row: Row, calendar: WorkCalendar) -> list[datetime]:
    """By when the letter that waits is to be signed: before the date promised passes, and on the last working day on
    which its own new date may still be promised."""
    day = day_prepared(row)
    if day is None:
        return []
    last = day - _DAY
    while not calendar.is_working_day(last):
        last -= _DAY
    closes = calendar.closing(last)
    moments = {datetime.combine(last, closes, ZONE)} if closes else set()
    return sorted(moments | ({row["due_at"]} if row["due_at"] is not None else set()))


def first_day(row: Row, *, calendar: WorkCalendar, at: datetime, likely: datetime | None = None) -> date:
    """The first date that may be promised at `at` and is not before the dossier is `likely` done."""
    latest = max(local(moment).date() for moment in (at, row["due_at"]) if moment is not None)
    day = calendar.next_working_day(latest)
    if likely is None or local(likely).date() <= day:
        return day
    found = local(likely).date()
    return found if calendar.is_working_day(found) else calendar.next_working_day(found)


def after_due(row: Row, when: datetime) -> bool:
    """Whether a letter signed at `when` comes after the promised date."""
    return row["due_at"] is not None and when > row["due_at"]


def late_from(row: Row) -> datetime | None:
    """From when on the dossier is likely late if nothing more is done: an open step is past its due then, or what it
    waits for of others may come after it. None while nothing runs. By how much: processes.forecast."""
    if State(row["state"]) not in DELAYED_IN or row["decided_at"] is not None or row["due_at"] is None:
        return None
    dues: dict[int | None, datetime] = {None: row["due_at"]}
    if row["step_due_at"] is not None:
        dues[row["step"]] = row["step_due_at"]
    dues |= {x["number"]: parse_utc(x["due_at"]) for x in row["beside"] if x["due_at"]}
    asked = [
        parse_utc(one["asked_at"])
        for one in open_ones(row)
        if not one["pauses"] and parse_utc(one["due_at"]) > dues.get(one["step"], dues[None])
    ]
    parts = [
        parse_utc(child["since"])
        for child in row["children"]
        if child["due_at"] and not child["ended_at"] and parse_utc(child["due_at"]) > dues[None]
    ]
    return min([*dues.values(), *asked, *parts])
