"""What is played beside the lives of a demonstration: acts by the clock of the office, each done once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID

from motcua.calendars.calendar import WorkCalendar
from motcua.cli.demo_stage import ORIGIN, Person, as_it_was
from motcua.dossiers.row import Row
from motcua.flows.installation import DemoRun
from motcua.kernel.actor import Actor
from motcua.kernel.time import local
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import claimed, history


@dataclass(slots=True, kw_only=True)
class Played:
    """A run broken off is played again, and what was done is not done twice; `name`: what its acts are called by."""

    name: ClassVar[str]
    run: DemoRun
    calendar: WorkCalendar
    staff: Mapping[str, list[Person]]
    acts: int = 0
    _done: Mapping[str, tuple[UUID, int]] = field(default_factory=dict)

    def begin(self) -> None:
        """Read what was done before."""
        self._done = claimed(f"demo/{self.run.number}/{self.name}/")

    def opening(self, days: int) -> datetime:
        """Within the first hours of an office day, `days` working days before the end."""
        day = local(self.run.terms.until).replace(hour=0, minute=0, second=0, microsecond=0)
        opening = day
        while days:
            day -= timedelta(days=1)
            opening = self.calendar.deemed_opening(day)
            days -= local(opening).date() == day.date()
        return self.later(opening, 75)

    def later(self, at: datetime, minutes: int) -> datetime:
        """So many minutes of office time after `at`."""
        later = self.calendar.add_office_time(at, timedelta(minutes=minutes))
        return self.calendar.deemed_opening(later).replace(microsecond=0)

    def worker(self, row: Row, at: datetime) -> Actor:
        """Who has the open step in their name, else somebody here at `at` who may do it, or may do its start."""
        staff = [person for kind in row["step_kinds"] for person in self.staff.get(kind, ())]
        people = [person.actor for person in staff if person.is_there(at)]
        return next((actor for actor in people if actor.id == str(row["holder_account"])), people[0])

    def act(self, key: str, actor: Actor, at: datetime, flow: Callable[..., Any], **told: Any) -> str:
        """Do it once, where its time has come; gives the dossier's code."""
        row = self.row(key, actor, at, flow, **told)
        return str(told.get("code", "") if row is None else row["code"])

    def row(self, key: str, actor: Actor, at: datetime, flow: Callable[..., Any], **told: Any) -> Row | None:
        """The same, and gives the dossier as it was then; None before its time."""
        key = f"demo/{self.run.number}/{self.name}/{key}"
        if key in self._done:
            return as_it_was(*self._done[key])
        if at > self.run.terms.until:
            return None
        with unit_of_work(actor=actor, at=at, request=Request.of(key), origin=ORIGIN):
            row: Row = flow(actor=actor, at=at, **told).row
        self.acts += 1
        return row

    def note(
        self, key: str, actor: Actor, at: datetime, operation: Callable[..., Any], **told: Any
    ) -> Mapping[str, Any]:
        """Do once what is no act on a dossier; gives what its first event says."""
        whole = f"demo/{self.run.number}/{self.name}/{key}"
        if whole not in self._done:
            with unit_of_work(actor=actor, at=at, request=Request.of(whole), origin=ORIGIN):
                operation(actor=actor, at=at, **told)
            self.acts += 1
            self.begin()
        stream, seq = self._done[whole]
        return history(stream, after=seq - 1, limit=1)[0].data
