"""When a dossier will likely end if each step that remains takes its time (ADR 0061). Pure.

An open step ends at its due, or now where that is past, or when the opinion it waits for comes at the latest. By how
much office time it then is behind is carried on: through the rows that follow it, and over a join as far as its branch
has no slack. So the forecast is the due moment itself while nothing is late, and never before now; now is the next
opening while the office is closed. Rows of a merged cell have one time together, and add none of their own.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from motcua.calendars.words import said_moment
from motcua.kernel.say import Say
from motcua.processes.dues import OfficeTime
from motcua.processes.graph import branches, may_be_met, members
from motcua.processes.routing import Course
from motcua.processes.shapes import Step

_NONE = timedelta()
_HOUR = timedelta(hours=1)
_NOW = Say(" nếu xong ngay bây giờ", " if it is done right now")


class Verdict(StrEnum):
    """`late`: after its date, though each step take no more than its time. `at_risk`: a step is late and others still
    make up for it, or it is after its date if steps take what they usually take here."""

    FINE = "fine"
    AT_RISK = "at_risk"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Stays:
    """What is known of how long steps take, by number of the row: since when the open ones are open, until when one
    waits for others at the latest, and what a step usually takes here, in office time."""

    opened: Mapping[int, datetime] = field(default_factory=dict)
    held: Mapping[int, datetime] = field(default_factory=dict)
    usual: Mapping[int, timedelta] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ahead:
    """A row that remains: when it is due, when it likely ends; `waits_until`: for an opinion; `usual`: what it takes
    here, where that is longer than its time."""

    step: Step
    is_open: bool
    due_at: datetime
    ends_at: datetime
    waits_until: datetime | None
    usual: timedelta | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """When a dossier that is due at `due_at` likely ends, seen from `at`, and of which rows that is made;
    `waits_until`: until when its result waits for other bodies at the latest."""

    at: datetime
    due_at: datetime
    ends_at: datetime
    verdict: Verdict
    ahead: tuple[Ahead, ...]
    waits_until: datetime | None = None


def forecast(
    course: Course,
    *,
    open_rows: Collection[int],
    due_at: datetime,
    stays: Stays | None = None,
    waits_until: datetime | None = None,
) -> Forecast:
    """When a dossier with the rows `open_rows` open likely ends, seen from `course.at`. `waits_until`: its result is
    not issued before. Source: ADR 0061; the dues are those of processes.dues."""
    stays = stays or Stays()
    dues = {
        step.order: due.due_at or due_at
        for step, due in zip(course.process.steps, course.dues(due_at), strict=True)
    }
    by_time = _Walk(course, open_rows, dues, Stays(held=stays.held))
    as_usual = _Walk(course, open_rows, dues, stays) if stays.usual else by_time
    written, ends = (_end(walk, due_at, waits_until) for walk in (by_time, as_usual))
    open_late = any(by_time.ends[number] > dues[number] for number in open_rows)
    if written > due_at:
        verdict = Verdict.LATE
    else:
        verdict = Verdict.AT_RISK if open_late or ends > due_at else Verdict.FINE
    ahead = tuple(_ahead(course, number, as_usual, stays, open_rows) for number in sorted(as_usual.behind))
    return Forecast(course.at, due_at, ends, verdict, ahead, waits_until)


def _end(walk: "_Walk", due_at: datetime, waits_until: datetime | None) -> datetime:
    end = walk.later(due_at, walk.line)
    return walk.not_past(end if waits_until is None else max(end, waits_until))


def _ahead(course: Course, number: int, walk: "_Walk", stays: Stays, open_rows: Collection[int]) -> Ahead:
    due, usual = walk.dues[number], stays.usual.get(number)
    return Ahead(
        step=course.process.steps[number - 1],
        is_open=number in open_rows,
        due_at=due,
        ends_at=walk.ends[number],
        waits_until=stays.held.get(number),
        usual=usual if usual is not None and number in walk.longer else None,
    )


class _Walk:
    """The way from the open rows to the end: by how much office time each row ends behind its due (`behind`), when that
    is (`ends`), which rows take longer than their time as usual (`longer`), and how far behind the end is (`line`)."""

    def __init__(
        self, course: Course, open_rows: Collection[int], dues: Mapping[int, datetime], stays: Stays
    ) -> None:
        self.course, self.open_rows, self.dues, self.stays = course, open_rows, dues, stays
        self.calendar: OfficeTime = course.calendar
        self.behind: dict[int, timedelta] = {}
        self.ends: dict[int, datetime] = {}
        self.longer: set[int] = set()
        self.line = _NONE
        self._go()

    def later(self, due: datetime, behind: timedelta) -> datetime:
        """`due`, that much office time later."""
        return self.calendar.add_office_time(due, behind) if behind else due

    def not_past(self, moment: datetime) -> datetime:
        """`moment`, or where that is past the first one from now on at which somebody works."""
        at = self.course.at
        return moment if moment >= at else self.course.calendar.deemed_opening(at)

    def _go(self) -> None:
        steps = self.course.process.steps
        number = min(self.open_rows, default=len(steps) + 1)
        before: datetime | None = None
        while number <= len(steps):
            group = members(self.course.process, steps[number - 1]) or (steps[number - 1],)
            lanes = list(branches(group).values()) or [group]
            if any(step.order in self.open_rows for step in group):  # branches without an open row are over
                lanes = [rest for lane in lanes if (rest := self._from_open(lane))]
            met_at = max(self.dues[step.order] for step in group)
            arrivals = [self._along(lane, before, met_at) for lane in lanes]
            self.line = max(arrivals, default=self.line)
            before, number = met_at, group[-1].order + 1

    def _from_open(self, lane: Sequence[Step]) -> Sequence[Step]:
        first = next((i for i, step in enumerate(lane) if step.order in self.open_rows), len(lane))
        return lane[first:]

    def _along(self, lane: Sequence[Step], before: datetime | None, met_at: datetime) -> timedelta:
        """How far behind a branch arrives where all meet."""
        late = self.line
        for step in lane:
            number, due = step.order, self.dues[step.order]
            if number in self.open_rows:
                end = self._end_of_open(number, due)
                late = self.calendar.office_time_between(due, end)
                self.ends[number] = max(due, end)
            elif may_be_met(step, self.course.facts):
                late += self._more_than_its_time(number, before, due)
                self.ends[number] = self.not_past(self.later(due, late))
            else:
                continue
            self.behind[number] = late
            before = due
        slack = self.calendar.office_time_between(before, met_at) if before else _NONE
        return max(_NONE, late - slack)

    def _end_of_open(self, number: int, due: datetime) -> datetime:
        moments = [self.not_past(due)]
        if (held := self.stays.held.get(number)) is not None:
            moments.append(held)
        usual, opened = self.stays.usual.get(number), self.stays.opened.get(number)
        if usual is not None and opened is not None:
            as_usual = self.calendar.add_office_time(opened, usual)
            if as_usual > max(moments):
                self.longer.add(number)
            moments.append(as_usual)
        return max(moments)

    def _more_than_its_time(self, number: int, before: datetime | None, due: datetime) -> timedelta:
        usual = self.stays.usual.get(number)
        own = self.calendar.office_time_between(before, due) if before else _NONE
        if usual is None or usual <= own:
            return _NONE
        self.longer.add(number)
        return usual - own


def explain(found: Forecast) -> tuple[Say, ...]:
    """The forecast line by line, for who works on the dossier; the last says when, and why not by its date."""
    lines = [_line(one, found.at) for one in found.ahead]
    if found.waits_until is not None:
        when = said_moment(found.waits_until)
        lines.append(
            Say(
                f"Kết quả chờ ý kiến hoặc phần việc của nơi khác, chậm nhất đến {when.vi}.",
                f"The result waits for the opinion or the part of others, until {when.en} at the latest.",
            )
        )
    lines.append(_last(found))
    return tuple(lines)


def _line(one: Ahead, at: datetime) -> Say:
    due, end = said_moment(one.due_at), said_moment(one.ends_at)
    name = Say(f"{one.step.order}. {one.step.work.vi}", f"{one.step.order}. {one.step.work.en}")
    why = Say("", "")
    if _waits(one, at):
        why = Say(", vì chờ ý kiến", ", as it waits for an opinion")
    elif one.usual is not None:
        hours = f"{one.usual / _HOUR:.1f}".rstrip("0").rstrip(".")
        why = Say(
            f", vì ở đây bước này thường mất {hours.replace('.', ',')} giờ làm việc",
            f", as this step usually takes {hours} working hours here",
        )
    elif one.is_open and one.due_at < at:
        why = _NOW
    if one.ends_at <= one.due_at:
        return Say(f"Bước {name.vi}: xong đúng hạn {due.vi}.", f"Step {name.en}: done by its due, {due.en}.")
    return Say(
        f"Bước {name.vi}: hạn {due.vi}, dự kiến xong {end.vi}{why.vi}.",
        f"Step {name.en}: due {due.en}, likely done {end.en}{why.en}.",
    )


def _waits(one: Ahead, at: datetime) -> bool:
    return one.waits_until is not None and one.waits_until > max(one.due_at, at)


def _last(found: Forecast) -> Say:
    due, end = said_moment(found.due_at), said_moment(found.ends_at)
    if found.ends_at <= found.due_at and found.verdict is Verdict.FINE:
        return Say(f"Dự kiến xong đúng hẹn: {due.vi}.", f"Likely done by the promised date: {due.en}.")
    why = _why(found)
    if found.ends_at <= found.due_at:
        return Say(
            f"Còn kịp hẹn {due.vi} nếu làm ngay{why.vi}.",
            f"Still by the promised {due.en} if done now{why.en}.",
        )
    was = Say("đã qua", "has passed") if found.due_at < found.at else Say("không kịp", "is missed")
    late = any(one.is_open and one.due_at < found.at and not _waits(one, found.at) for one in found.ahead)
    now = _NOW if late and found.ends_at != found.waits_until else Say("", "")
    return Say(
        f"Hẹn trả {due.vi} {was.vi}; dự kiến xong {end.vi}{now.vi}{why.vi}.",
        f"The promised {due.en} {was.en}; likely done {end.en}{now.en}{why.en}.",
    )


def _why(found: Forecast) -> Say:
    """What keeps it: the others that its result waits for, else the first row that is behind."""
    if found.waits_until is not None and found.ends_at == found.waits_until:
        return Say(
            ", vì kết quả chờ ý kiến hoặc phần việc của nơi khác",
            ", as the result waits for the opinion or the part of others",
        )
    for one in found.ahead:
        number = one.step.order
        if _waits(one, found.at) and one.waits_until is not None:
            until = said_moment(one.waits_until)
            return Say(
                f", vì bước {number} chờ ý kiến đến {until.vi}",
                f", as step {number} waits for an opinion until {until.en}",
            )
        if one.is_open and one.due_at < found.at:
            due = said_moment(one.due_at)
            return Say(
                f", vì bước {number} quá hạn từ {due.vi}", f", as step {number} is past its due, {due.en}"
            )
        if one.usual is not None:
            return Say(
                f", vì bước {number} ở đây thường lâu hơn thời gian của nó",
                f", as step {number} usually takes longer than its time here",
            )
    return Say("", "")
