"""The clock: a due date as a pure function of the event, the limit, pauses, extensions and a calendar (D7).

`compute` answers to the microsecond and says how, as `Line`s that `explain.py` puts into words when somebody
reads them. Nothing here reads a clock, a database or a setting.

How the clauses are read where the words leave a choice:

- *The date of an event* is its date in Asia/Ho_Chi_Minh, whatever offset it came with.
- *Pauses*: an end before the beginning is refused before anything is dropped. A pause of no length counts
  like any other: at or before the due moment it lifts a day limit to "the first working day on or after
  date(r)".
- *Begins not after the due moment*: in day units a pause at the very minute of closing still counts. In hour
  units a closed pause there changes nothing, as nothing is left to cut; an open one still means there is no
  due date (the clause on open pauses names all units), with 0 remaining.
- *After an open pause* no later pause is left (they merge into it); an extension is compared with the due
  moment as it stood when the pause began, and adds to what remains (D4, `extend`).
- *What remains*: working days (or calendar days) in (date(p), unrolled day], so that resuming on day r gives
  the same answer as the closed pause; for hour units the time from p to the due moment; for `same_day` the
  whole limit again.
- *Extensions* are checked against the limit's unit even when they come too late; one dated before the event
  counts.
- *Provisional*: a year between the event and the due moment (or the open pause) has no decreed edition.
  `hour` and `none` never ask the calendar and are never provisional.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import itemgetter

from motcua.calendars.calendar import WorkCalendar, instant, moment_of
from motcua.calendars.editions import DAY
from motcua.calendars.terms import (
    BARE_UNITS,
    DAY_UNITS,
    HOUR_UNITS,
    TERMS,
    UNITS,
    Extension,
    Grant,
    Limit,
    Line,
    Pause,
    Remaining,
    Stop,
    Term,
    microseconds,
    whole,
)
from motcua.kernel.errors import Invalid

__all__ = [
    "HOUR_UNITS",
    "UNITS",
    "Due",
    "Extension",
    "Limit",
    "Line",
    "Pause",
    "Remaining",
    "compute",
    "reckon",
]

_begins = itemgetter(0)


@dataclass(frozen=True, slots=True)
class Due:
    """The answer. `due_at` is None for an open pause (then `remaining` is set) and for the unit `none`."""

    due: int | None  # an instant of calendar.py
    remaining: Remaining | None
    provisional: bool
    ignored: tuple[int, ...]  # the places of extensions that came too late
    lines: tuple[Line, ...]
    calendar: WorkCalendar = field(compare=False, repr=False)

    @property
    def due_at(self) -> datetime | None:
        """The due moment in Asia/Ho_Chi_Minh, exact to the microsecond (print it rounded up)."""
        return None if self.due is None else moment_of(self.due)


def compute(
    *,
    start: datetime,
    limit: Limit,
    calendar: WorkCalendar,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extension] = (),
) -> Due:
    """The due moment of an event at `start` (D7). Raises Invalid with the field at fault.

    All moments are aware; pauses and extensions may come in any order.
    """
    return reckon(
        event=instant(start, "received_at"),
        limit=limit,
        calendar=calendar,
        pauses=[
            (instant(p.start, "pauses"), None if p.end is None else instant(p.end, "pauses"), p.reason)
            for p in pauses
        ],
        extensions=[(instant(e.at, "extensions"), e.value, e.unit, e.ground) for e in extensions],
    )


def reckon(
    *,
    event: int,
    limit: Limit,
    calendar: WorkCalendar,
    pauses: Sequence[Stop] = (),
    extensions: Sequence[Grant] = (),
) -> Due:
    """`compute` on instants of calendar.py instead of datetimes."""
    _check_limit(limit)
    for grant in extensions:
        _check_grant(grant, limit)
    stops, dropped = _merge(event, pauses)
    if limit.unit == "none":
        return Due(
            None, None, provisional=False, ignored=(), lines=(("no_due", (event,)),), calendar=calendar
        )
    lines: list[Line] = []
    term: Term = TERMS[limit.unit](event, limit, calendar, lines)
    lines += [("pause_dropped", stop) for stop in dropped]
    held: Stop | None = None
    ignored: list[int] = []
    timeline = [(stop[0], 0, i) for i, stop in enumerate(stops)]
    timeline += [(grant[0], 1, i) for i, grant in enumerate(extensions)]
    for at, is_extension, i in sorted(timeline):
        if is_extension:
            if at <= term.due:
                term.extend(extensions[i])
            else:
                ignored.append(i)
                lines.append(("extension_ignored", (at, extensions[i][3], term.due)))
            continue
        _, end, reason = stops[i]
        if at > term.due:
            lines.append(("pause_without_effect", (at, reason, term.due)))
        elif end is None:
            held = stops[i]
            lines.append(("held", (at, reason)))
        else:
            term.pause(at, end, reason)

    until = held[0] if held else term.due
    years = calendar.undecreed(event // DAY, max(event, until) // DAY) if limit.unit != "hour" else ()
    remaining = term.remaining(held[0]) if held else None
    if remaining is None:
        term.close()
    if years:
        lines.append(("provisional", (years,)))
    if remaining is None:
        lines.append(("due" if limit.unit in HOUR_UNITS else "due_at_closing", (term.due,)))
    elif remaining.value is None:
        lines.append(("remains_whole", ()))
    else:
        lines.append(("remains", ((remaining.value, remaining.unit),)))
    return Due(
        due=None if held else term.due,
        remaining=remaining,
        provisional=bool(years),
        ignored=tuple(ignored),
        lines=tuple(lines),
        calendar=calendar,
    )


def _merge(event: int, pauses: Sequence[Stop]) -> tuple[list[Stop], list[Stop]]:
    """The pauses of rule 4, in order of time, and those dropped because they ended by the event."""
    dropped: list[Stop] = []
    kept: list[Stop] = []
    for stop in pauses:
        start, end, reason = stop
        if end is not None and end < start:
            raise Invalid(
                "Tạm dừng kết thúc trước khi bắt đầu; hãy đổi lại hai mốc.",
                "A pause ends before it begins; swap its two moments.",
                field="pauses",
            )
        if end is not None and end <= event:
            dropped.append(stop)
        else:
            kept.append(stop if start >= event else (event, end, reason))
    if len(kept) < 2:
        return kept, dropped
    merged: list[Stop] = []
    for start, end, reason in sorted(kept, key=_begins):
        last = merged[-1] if merged else None
        if last is None or (last[1] is not None and start > last[1]):
            merged.append((start, end, reason))
            continue
        reasons = dict.fromkeys(text for text in (last[2], reason) if text)
        longer = None if last[1] is None or end is None else max(last[1], end)
        merged[-1] = (last[0], longer, "; ".join(reasons))
    return merged, dropped


def _check_limit(limit: Limit) -> None:
    if limit.unit not in UNITS:
        raise Invalid(
            f"Đơn vị “{limit.unit}” lạ; dùng một trong: {', '.join(UNITS)}.",
            f"Unknown unit “{limit.unit}”; use one of: {', '.join(UNITS)}.",
            field="limit.unit",
        )
    if limit.unit in BARE_UNITS and limit.value is not None:
        raise Invalid(
            f"Thời hạn “{limit.unit}” không có số; hãy bỏ “value”.",
            f"A limit of “{limit.unit}” takes no number; leave “value” out.",
            field="limit.value",
        )


def _check_grant(grant: Grant, limit: Limit) -> None:
    """Rule 5: which extension a limit takes, whether or not it comes in time."""
    _, value, unit, _ = grant
    allowed = DAY_UNITS if limit.unit in DAY_UNITS else (limit.unit,) if limit.unit in HOUR_UNITS else ()
    if unit not in allowed:
        raise Invalid(
            f"Thời hạn “{limit.unit}” không gia hạn được bằng “{unit}”; "
            f"{'dùng: ' + ', '.join(allowed) if allowed else 'loại này không gia hạn'}.",
            f"A limit in “{limit.unit}” cannot be extended in “{unit}”; "
            f"{'use: ' + ', '.join(allowed) if allowed else 'it takes no extension'}.",
            field="extensions",
        )
    if unit in DAY_UNITS:
        whole(value, "extensions")
    else:
        microseconds(value, "extensions")
