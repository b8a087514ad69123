"""Form 04: why a dossier is late, what a new date may be, and from when on one is likely late (ADR 0061). Pure."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from motcua.calendars.calendar import WorkCalendar, outside_years
from motcua.calendars.editions import LAST_YEAR
from motcua.dossiers.consulted import open_ones
from motcua.dossiers.states import DELAYED_IN, State
from motcua.kernel.errors import Invalid
from motcua.kernel.say import Say
from motcua.kernel.time import local, parse_utc

Row = Mapping[str, Any]
OTHER = "other"
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


def check_day(day: date, *, row: Row, calendar: WorkCalendar, when: datetime) -> None:
    """Raise Invalid unless `day` may be promised at `when`: ahead, after the date promised before, a working day."""
    if day <= local(when).date():
        raise Invalid("Ngày hẹn lại phải ở phía trước.", "The new date must be ahead.", field="apology_date")
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
