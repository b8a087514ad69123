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
from typing import NamedTuple

from motcua.calendars.calendar import WorkCalendar, instant, moment_of
from motcua.calendars.editions import DAY
from motcua.calendars.terms import (
    BARE_UNITS,
    DAY_UNITS,
    HOUR_UNITS,
    TERMS,
    UNITS,
    Extension,
    Limit,
    Line,
    Pause,
    Remaining,
    Term,
    microseconds,
    whole,
)
from motcua.kernel.errors import Invalid

__all__ = ["HOUR_UNITS", "UNITS", "Due", "Extension", "Limit", "Line", "Pause", "Remaining", "compute"]


@dataclass(frozen=True, slots=True)
class Due:
    """The answer. `due_at` is None for an open pause (then `remaining` is set) and for the unit `none`."""

    due: int | None  # an instant of calendar.py
    remaining: Remaining | None
    provisional: bool
    ignored: tuple[Extension, ...]
    lines: tuple[Line, ...]
    calendar: WorkCalendar = field(compare=False, repr=False)

    @property
    def due_at(self) -> datetime | None:
        """The due moment in Asia/Ho_Chi_Minh, exact to the microsecond (print it rounded up)."""
        return None if self.due is None else moment_of(self.due)


class _Stop(NamedTuple):
    """A pause made ready: merged, not before the event; `end` None while open."""

    start: int
    end: int | None
    reason: str


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
    event = instant(start, "received_at")
    _check_limit(limit)
    stops, dropped = _merge(event, pauses)
    grants = [_grant(extension, limit) for extension in extensions]
    lines: list[Line] = []
    if limit.unit == "none":
        lines.append(("no_due", (event,)))
        return Due(None, None, provisional=False, ignored=(), lines=tuple(lines), calendar=calendar)
    term: Term = TERMS[limit.unit](event, limit, calendar, lines)
    lines += [("pause_dropped", figures) for figures in dropped]

    held: _Stop | None = None
    ignored: list[Extension] = []
    timeline = [(stop.start, 0, i) for i, stop in enumerate(stops)]
    timeline += [(at, 1, i) for i, at in enumerate(grants)]
    for at, is_extension, i in sorted(timeline):
        if is_extension:
            if at <= term.due:
                term.extend(extensions[i], at)
            else:
                ignored.append(extensions[i])
                lines.append(("extension_ignored", (at, extensions[i].ground, term.due)))
        elif at > term.due:
            lines.append(("pause_without_effect", (at, stops[i].reason, term.due)))
        elif (end := stops[i].end) is None:
            held = stops[i]
            lines.append(("held", (at, held.reason)))
        else:
            term.pause(at, end, stops[i].reason)

    until = held.start if held else term.due
    years = calendar.undecreed(event // DAY, max(event, until) // DAY) if limit.unit != "hour" else ()
    remaining = term.remaining(held.start) if held else None
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


def _merge(event: int, pauses: Sequence[Pause]) -> tuple[list[_Stop], list[tuple[int, int, str]]]:
    """The pauses of rule 4, in order of time, and those dropped because they ended by the event."""
    dropped: list[tuple[int, int, str]] = []
    kept: list[_Stop] = []
    for pause in pauses:
        start = instant(pause.start, "pauses")
        end = None if pause.end is None else instant(pause.end, "pauses")
        if end is not None and end < start:
            raise Invalid(
                "Tạm dừng kết thúc trước khi bắt đầu; hãy đổi lại hai mốc.",
                "A pause ends before it begins; swap its two moments.",
                field="pauses",
            )
        if end is not None and end <= event:
            dropped.append((start, end, pause.reason))
        else:
            kept.append(_Stop(max(start, event), end, pause.reason))
    if len(kept) < 2:
        return kept, dropped
    merged: list[_Stop] = []
    for stop in sorted(kept, key=lambda stop: stop.start):
        last = merged[-1] if merged else None
        if last is None or (last.end is not None and stop.start > last.end):
            merged.append(stop)
            continue
        end = None if last.end is None or stop.end is None else max(last.end, stop.end)
        reasons = dict.fromkeys(text for text in (last.reason, stop.reason) if text)
        merged[-1] = _Stop(last.start, end, "; ".join(reasons))
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


def _grant(extension: Extension, limit: Limit) -> int:
    """The instant of an extension that rule 5 allows for this limit."""
    allowed = DAY_UNITS if limit.unit in DAY_UNITS else (limit.unit,) if limit.unit in HOUR_UNITS else ()
    if extension.unit not in allowed:
        raise Invalid(
            f"Thời hạn “{limit.unit}” không gia hạn được bằng “{extension.unit}”; "
            f"{'dùng: ' + ', '.join(allowed) if allowed else 'loại này không gia hạn'}.",
            f"A limit in “{limit.unit}” cannot be extended in “{extension.unit}”; "
            f"{'use: ' + ', '.join(allowed) if allowed else 'it takes no extension'}.",
            field="extensions",
        )
    if limit.unit in DAY_UNITS:
        whole(extension.value, "extensions")
    else:
        microseconds(extension.value, "extensions")
    return instant(extension.at, "extensions")
