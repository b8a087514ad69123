"""A person's open steps laid on the working days ahead: what they put on a day themselves first, then the rest by due.
Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Protocol

from motcua.kernel.time import ZONE

_NOTHING, _DAY = timedelta(), timedelta(days=1)
# The time in a process is what a step may take, much of which is waiting: no more than an office day is laid for it,
# unless its officer says otherwise.
MOST = timedelta(hours=8)
FARTHEST = 120  # days of the calendar that are looked at


class OfficeTime(Protocol):
    """What of a calendar is needed here."""

    def office_time_between(self, start: datetime, end: datetime) -> timedelta: ...

    def add_office_time(self, start: datetime, amount: timedelta) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Task:
    """An open step: what it takes, when it is due (None: it waits), and the day it was put on by hand with its place
    there."""

    key: str
    takes: timedelta
    due_at: datetime | None
    day: date | None = None
    place: int = 0


@dataclass(frozen=True, slots=True)
class Piece:
    """What of a task is done on a day; `ends_at`: when it is done, None where it goes on another day."""

    key: str
    takes: timedelta
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class LaidDay:
    """A day: its office time (of today what is left), its pieces in order, and what was put on it beyond that."""

    day: date
    office: timedelta
    pieces: tuple[Piece, ...]

    @property
    def over(self) -> timedelta:
        """How much more was put on the day than it has."""
        return max(_NOTHING, sum((one.takes for one in self.pieces), _NOTHING) - self.office)


@dataclass(frozen=True, slots=True)
class Laid:
    """The plan: the working days, and the tasks that are done after their due (`late`), which do not fit, with when
    they would be done; None: not within the days looked at."""

    days: tuple[LaidDay, ...]
    late: Mapping[str, datetime | None]


def lay(tasks: Sequence[Task], *, at: datetime, until: date, calendar: OfficeTime) -> Laid:
    """Lay `tasks` on the working days from `at` on, which are told up to `until` at least. What was put on a day by
    hand is done that day, in its own order, beyond the office hours, too; a day that is over counts as today. The rest
    follows by due, the earliest first, in the hours that are left, and goes on over several days where it has to."""
    today = at.astimezone(ZONE).date()
    by_hand = sorted((t for t in tasks if t.day is not None), key=lambda t: (t.day or today, t.place))
    left = {t.key: t.takes for t in sorted(_free(tasks), key=lambda t: (t.due_at or at, t.key))}
    ends: dict[str, datetime] = {}
    days: list[LaidDay] = []
    for n in range(FARTHEST):
        day = today + n * _DAY
        begins = max(at, datetime.combine(day, time.min, ZONE))
        office = calendar.office_time_between(begins, datetime.combine(day + _DAY, time.min, ZONE))
        mine = [t for t in by_hand if max(t.day or today, today) == day]
        if not office and not mine:
            continue
        pieces, used = [], _NOTHING
        for key, takes in [*((t.key, t.takes) for t in mine), *left.items()]:
            own = key not in left
            part = takes if own else min(takes, max(_NOTHING, office - used))
            if not part and not own:
                break
            used += part
            whole = own or part == left[key]
            ended = calendar.add_office_time(begins, min(used, office)) if office else begins
            pieces.append(Piece(key, part, ended if whole else None))
            if whole:
                ends[key] = ended
        left = {key: takes - _part(pieces, key) for key, takes in left.items() if key not in ends}
        days.append(LaidDay(day, office, tuple(pieces)))
        if not left and day >= until and all((t.day or today) <= day for t in by_hand):
            break
    dues = {t.key: t.due_at for t in tasks if t.due_at is not None}
    late = {key: ends.get(key) for key, due in dues.items() if (done := ends.get(key)) is None or done > due}
    return Laid(tuple(days), late)


def _free(tasks: Sequence[Task]) -> list[Task]:
    """What nobody put on a day; what waits for others is not laid."""
    return [t for t in tasks if t.day is None and t.due_at is not None]


def _part(pieces: Sequence[Piece], key: str) -> timedelta:
    return sum((one.takes for one in pieces if one.key == key), _NOTHING)
