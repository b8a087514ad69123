"""What another version of its process would change for one dossier. Pure: it reads a row and its stays."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from motcua.calendars.calendar import WorkCalendar
from motcua.calendars.clock import compute
from motcua.calendars.terms import Limit as ClockLimit
from motcua.dossiers.due import due_fact
from motcua.dossiers.interests import barred
from motcua.dossiers.open_steps import open_steps
from motcua.dossiers.row import Row as Row
from motcua.kernel.codec import encode
from motcua.kernel.time import parse_utc
from motcua.processes.acting import course_of, facts_of
from motcua.processes.assigning import Staff, done_by
from motcua.processes.dues import step_dues
from motcua.processes.impact.comparing import (
    Alike,
    Kind,
    chosen_ways,
    compared,
    facts_read,
    known,
    promised,
    serves,
)
from motcua.processes.moving import Fate, fate
from motcua.processes.shapes import Consultation, ProcessVersion, Step

UNIT, NOBODY = "unit/", "nobody"
MOST_MOMENTS = 2**14


@dataclass(frozen=True, slots=True)
class Done:
    """A step that was done: the code of its row, by whom, when, and for whom where somebody stood in."""

    code: str
    by: str
    at: datetime
    decides: bool = False
    acting_for: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What would change for a dossier. `alike`: None where the other version does not serve its variant; `dates`: rows
    by code with the moment they are due and the one they would be; `due`: the same of the dossier; `late` and `eased`:
    rows that would be (have been) late, and late no longer; `hands`: who does (did) each row, by code."""

    running: bool
    alike: Alike | None
    dates: tuple[tuple[str, datetime, datetime], ...] = ()
    due: tuple[datetime, datetime] | None = None
    late: tuple[str, ...] = ()
    eased: tuple[str, ...] = ()
    hands: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_none(self) -> bool:
        """Whether nothing would change."""
        return self.alike is not None and self.alike.is_same and self.due is None


class Remembered:
    """A calendar that remembers what it was asked: dossiers of one day are asked for the same moments."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self.working_days_between = lru_cache(MOST_MOMENTS)(calendar.working_days_between)
        self.next_working_day = lru_cache(MOST_MOMENTS)(calendar.next_working_day)
        self.office_time_between = lru_cache(MOST_MOMENTS)(calendar.office_time_between)
        self.add_office_time = lru_cache(MOST_MOMENTS)(calendar.add_office_time)


class Scales:
    """Weighs dossiers against `after` at one moment; what they have in common is worked out once. `version`, `calendar`
    and `staff` answer by id and by agency, and are asked once for each."""

    def __init__(
        self,
        after: ProcessVersion,
        *,
        at: datetime,
        version: Callable[[UUID], ProcessVersion],
        calendar: Callable[[str], WorkCalendar],
        staff: Callable[[str], Staff],
    ) -> None:
        self.after, self.at = after, at
        self.version, self.calendar, self.staff = cache(version), cache(calendar), cache(staff)
        self._read = cache(lambda process: facts_read(self.version(process), after))
        self._office = cache(lambda agency: Remembered(self.calendar(agency)))
        self._limit = cache(promised)
        self._times = cache(
            lambda process, variant: (after if process is None else self.version(process)).times(variant)
        )
        self._alike = cache(lambda process, kind: compared(self.version(process), after, kind))

    def weigh(self, row: Row, done: Sequence[Done]) -> Effect:
        """What would change for `row`, whose steps done are `done`, oldest first."""
        before = self.version(row["process_version"])
        steps = open_steps(row)
        running = bool(steps)
        if not serves(self.after, row["variant"]):
            return Effect(running=running, alike=None)
        kind = Kind(
            variant=row["variant"],
            facts=known(self._read(row["process_version"]), facts_of(row)),
            open=tuple(step.number for step in steps),
            ways=() if running else chosen_ways(before, (one.code for one in done)),
            said=row["outcome"] or "granted",
            promise_value=row["promise_value"],
            promise_unit=row["promise_unit"],
        )
        alike = self._alike(row["process_version"], kind)
        ended = {one.code: one for one in done}
        dates = self._dates(row, alike)
        due = self._due(row, alike, ended)
        late, eased = self._lateness(dates, {one.number for one in steps}, before, ended)
        if running:
            hands = {
                before.steps[s.number - 1].code: str(s.holder.account) for s in steps if s.holder.account
            }
        else:
            hands = {one.code: one.by for one in done}
        return Effect(running=running, alike=alike, dates=dates, due=due, late=late, eased=eased, hands=hands)

    def hands(self, agency: str, step: Step) -> str:
        """Who would do `step`: the account of the only person in its seats, else UNIT and the unit of the list on which
        it would lie; NOBODY where nobody sits there."""
        seats = self.staff(agency).seats
        people = [one for kind in step.positions for one in seats.get(kind, ())]
        if not people:
            return NOBODY
        account, unit = people[0]
        return str(account) if len({one for one, _ in people}) == 1 else f"{UNIT}{unit}"

    def fate(self, row: Row, done: Sequence[Done], runs: Collection[str]) -> Fate:
        """What becomes of the running dossier `row` when it is moved (moving.fate)."""
        before, agency = self.version(row["process_version"]), row["competent_agency"]
        hands = ((one.code, who) for one in done if not one.decides for who in (one.by, one.acting_for))
        did = done_by((code, who) for code, who in hands if who)
        people = replace(
            self.staff(agency), did=did, barred=frozenset(UUID(account) for account in barred(row))
        )
        way = course_of(row, self.after, at=self.at, calendar=self.calendar(agency))
        return fate(row, before, way, staff=people, runs=runs, at=self.at)

    def _dates(self, row: Row, alike: Alike) -> tuple[tuple[str, datetime, datetime], ...]:
        timed = alike.timed
        if not timed.codes or row["due_at"] is None or row["clock_from"] is None:
            return ()
        calendar = self._office(row["competent_agency"])
        limit = self._limit(row["promise_value"], row["promise_unit"])

        def dues(version: UUID | None, spent: Sequence[Any]) -> list[datetime]:
            found = step_dues(
                times=self._times(version, row["variant"]),
                limit=limit,
                start=row["clock_from"],
                due_at=row["due_at"],
                at=self.at,
                calendar=calendar,
                spent=spent,
            )
            return [one.due_at or row["due_at"] for one in found[:-1]]

        old, new = dues(row["process_version"], timed.before), dues(None, timed.after)
        return tuple((c, a, b) for c, a, b in zip(timed.codes, old, new, strict=True) if a != b)

    def _lateness(
        self,
        dates: tuple[tuple[str, datetime, datetime], ...],
        open_rows: set[int],
        before: ProcessVersion,
        ended: Mapping[str, Done],
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        late, eased = [], []
        for code, old, new in dates:
            if open_rows:
                when = self.at if before.step(code).order in open_rows else None
            else:
                when = ended[code].at if code in ended else None
            if when is None:
                continue
            if new < when <= old:
                late.append(code)
            elif old < when <= new:
                eased.append(code)
        return tuple(late), tuple(eased)

    def _due(self, row: Row, alike: Alike, ended: Mapping[str, Done]) -> tuple[datetime, datetime] | None:
        """The dossier's due moment and the one it would have, where an opinion that stops the clock is added or
        dropped: one that is added takes all its time, from when its step begins."""
        dropped = {one.code for _, one in alike.dropped if one.pauses}
        added = [(code, one) for code, one in alike.added if one.pauses]
        if not (dropped or added) or row["due_at"] is None or row["clock_from"] is None:
            return None
        calendar = self.calendar(row["competent_agency"])
        asked = {one["asked_at"] for one in row["consultations"] if one["plan"] in dropped}
        pauses = [p for p in row["pauses"] if not (p["kind"] == "consultation" and p["from"] in asked)]
        if any(p["to"] is None for p in pauses):
            return None
        for code, one in added:
            pauses.append(_paused(row, code, one, alike, ended, pauses, calendar))
        new = due_fact(row, calendar, pauses=pauses).due_at
        return (row["due_at"], new) if new is not None and new != row["due_at"] else None


def _paused(
    row: Row,
    code: str,
    asked: Consultation,
    alike: Alike,
    ended: Mapping[str, Done],
    pauses: Sequence[Row],
    calendar: WorkCalendar,
) -> dict[str, Any]:
    """The pause that `asked`, in the row `code`, would be: from the end of the row before, behind every other."""
    codes = [step.code for step in alike.after]
    earlier = [ended[c].at for c in codes[: codes.index(code)] if c in ended]
    begins = max([row["clock_from"], *earlier, *(parse_utc(p["to"]) for p in pauses)])
    limit = ClockLimit(asked.limit.value, asked.limit.unit.value)
    ends = compute(start=begins, limit=limit, calendar=calendar).due_at or begins
    return {"from": encode(begins), "to": encode(ends), "kind": "consultation", "ground": ""}
