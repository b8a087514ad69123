"""What a pinned version allows: its grounds for pausing and extending, and how far they reach."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from motcua.calendars.calendar import WorkCalendar
from motcua.calendars.clock import compute
from motcua.calendars.terms import Limit as ClockLimit, Pause
from motcua.catalogue.shapes import Ground, Limit
from motcua.dossiers.due import due_fact, pauses_of
from motcua.dossiers.row import Row
from motcua.kernel.codec import encode
from motcua.kernel.errors import Invalid
from motcua.kernel.time import local

_PLAIN = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4})?")


def clock_limit(limit: Limit) -> ClockLimit:
    """A limit of the catalogue as the clock takes it."""
    return ClockLimit(limit.value, limit.unit.value)


def ground_of(grounds: Sequence[Ground], code: str) -> Ground:
    """The ground `code` of those a variant has. Raises Invalid where it has no such ground, and says which it has."""
    for ground in grounds:
        if ground.code.value == code:
            return ground
    if not grounds:
        raise Invalid(
            "Thủ tục này không có căn cứ nào cho việc ấy.",
            "This procedure has no ground for that.",
            field="ground",
        )
    raise Invalid(
        f"Thủ tục này không có căn cứ đã chọn; chỉ có: {'; '.join(ground.label.vi for ground in grounds)}.",
        f"This procedure does not have that ground, only: {'; '.join(ground.label.en for ground in grounds)}.",
        field="ground",
    )


def pause_end(row: Row, ground: Ground, at: datetime, calendar: WorkCalendar) -> datetime | None:
    """Until when at most a pause of `row` on `ground` that begins at `at` may last; None where the ground does not say.

    All pauses on one ground count together: its time runs from the first, and not between them. Raises Invalid where it
    is used up: of days, once the last of them was begun.
    """
    if ground.maximum is None:
        return None
    before = pauses_of([p for p in row["pauses"] if p["ground"] == ground.code.value])
    limit = clock_limit(ground.maximum)
    if not before:
        return compute(start=at, limit=limit, calendar=calendar).due_at
    begins, ends = [p.start for p in before], [p.end or at for p in before]
    between = [Pause(end, start, "") for end, start in zip(ends, begins[1:], strict=False) if end < start]
    start = begins[0]
    left = compute(start=start, limit=limit, calendar=calendar, pauses=[*between, Pause(ends[-1], None, "")])
    if left.remaining is None or left.remaining.value == 0:
        raise Invalid(
            f"Các lần tạm dừng theo căn cứ này đã hết thời gian cho phép ({ground.basis}).",
            f"The pauses on this ground have used up the time it allows ({ground.basis}).",
            field="ground",
        )
    between += [Pause(ends[-1], at, "")] if ends[-1] < at else []
    return compute(start=start, limit=limit, calendar=calendar, pauses=between).due_at


def extension(
    row: Row, grounds: Sequence[Ground], code: str, value: str, *, at: datetime, calendar: WorkCalendar
) -> tuple[Ground, str, str]:
    """The ground `code`, and the (value, unit) by which it lets the limit of `row` be lengthened, `value` as typed.

    Raises Invalid above the ground's maximum or for a value that is no positive number.
    """
    found = ground_of(grounds, code)
    unit = found.maximum.unit.value if found.maximum else row["promise_unit"]
    amount = amount_of(value)
    if found.maximum and found.maximum.value is not None and amount > found.maximum.value:
        raise Invalid(
            f"Căn cứ này chỉ cho gia hạn tối đa {found.maximum.value}.",
            f"This ground allows at most {found.maximum.value}.",
            field="value",
        )
    added = {"at": encode(at), "value": str(amount), "unit": unit, "ground": code}
    refuse_beyond_whole(row, found, added, calendar)
    return found, str(amount), unit


def refuse_beyond_whole(row: Row, ground: Ground, added: Mapping[str, Any], calendar: WorkCalendar) -> None:
    """Some laws bound the limit with everything added ("in all not over 23 days").

    The due moment with the extension `added` (as the row keeps one) may not lie after the whole's, the same pauses left
    out and the open one in neither (it moves both), whatever units the two are counted in. Raises Invalid where it
    would.
    """
    if ground.whole is None:
        return
    ended = [pause for pause in row["pauses"] if pause["to"]]
    whole = clock_limit(ground.whole)
    latest = compute(start=row["clock_from"], limit=whole, calendar=calendar, pauses=pauses_of(ended)).due_at
    due = due_fact(row, calendar, pauses=ended, extensions=[*row["extensions"], added])
    asked = max((moment for moment in (due.due_at, due.limit_due_at) if moment), default=None)
    if latest and asked and asked > latest:
        apart = (
            (", chưa kể lần đang tạm dừng", ", the pause it is in not counted") if row["paused"] else ("", "")
        )
        raise Invalid(
            f"Kể cả gia hạn, hạn trả không được sau {local(latest):%H:%M %d/%m/%Y}{apart[0]} ({ground.basis}).",
            f"With the extension it may not be due after {local(latest):%H:%M %d/%m/%Y}{apart[1]} ({ground.basis}).",
            field="value",
        )


def amount_of(text: str) -> Decimal:
    """An extension as typed, as a number above 0 and at most 1000. Raises Invalid."""
    plain = text.strip()
    # Decimal reads more than people write: "1_0" is ten to it, and "1e2" a hundred.
    amount = Decimal(plain) if _PLAIN.fullmatch(plain) else Decimal(0)
    if amount <= 0 or amount > 1000:
        raise Invalid("Hãy ghi số ngày gia hạn lớn hơn 0.", "Write a number above 0.", field="value")
    return amount
