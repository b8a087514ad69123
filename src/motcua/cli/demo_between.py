"""What goes between agencies in a demonstration: one dossier received for the neighbour and accepted there, one that
waits for its acceptance, and one handed on whose papers are on the road."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from motcua.agencies.selectors import agency as agency_facts
from motcua.calendars.calendar import WorkCalendar
from motcua.cli.demo_lives import Part
from motcua.cli.demo_people import Crowd
from motcua.cli.demo_stage import ORIGIN, Person, as_it_was, people_of
from motcua.cli.demo_stories import Story
from motcua.flows import transfers
from motcua.flows.installation import DemoRun
from motcua.flows.reception import Intake, receive
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Refusal
from motcua.kernel.time import local
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import claimed
from motcua.processes.selectors import agencies_running

REASON = "Người nộp đã chuyển nơi cư trú; thẩm quyền thuộc xã bên cạnh."


@dataclass(slots=True, kw_only=True)
class BetweenAgencies:
    """Played after the lives; a run broken off is played again, and what was done is not done twice."""

    run: DemoRun
    calendar: WorkCalendar
    staff: Mapping[str, list[Person]]
    acts: int = 0
    _done: Mapping[str, tuple[UUID, int]] = field(default_factory=dict)

    def play(self, lives: Sequence[tuple[Story, Part]]) -> int:
        """Returns how many acts; none where no neighbour runs what is received here."""
        clerks = self.staff.get("reception_officer", [])
        found = next(filter(None, (self._sent_to(part) for _, part in lives)), None)
        if not clerks or found is None:
            return 0
        whole, neighbour = found
        there = people_of(neighbour, at=self.run.terms.until)["reception_officer"][0].actor
        here = clerks[0].actor
        self._done = claimed(f"demo/{self.run.number}/between/")
        crowd = Crowd(
            f"{self.run.terms.seed}/between",
            place=agency_facts(neighbour).place,
            today=local(self.run.terms.until).date(),
        )
        try:
            for days, play in ((5, self._accepted), (1, self._waiting), (2, self._on_the_road)):
                who = (("applicant", crowd.adult()),)
                play(self._opening(days), replace(whole, people=who), neighbour, here, there)
        except Refusal:  # another demonstration of the same days was here: nobody writes into its past
            return self.acts
        return self.acts

    def _sent_to(self, part: Part) -> tuple[Intake, str] | None:
        if part.is_online:
            return None
        running = agencies_running(
            procedure=part.intake.procedure,
            variant=part.intake.variant,
            on=local(self.run.terms.until).date(),
        )
        others = [code for code in running if code != self.run.terms.agency]
        return (replace(part.intake, code=None, visit=None), others[0]) if others else None

    def _accepted(self, at: datetime, whole: Intake, to: str, here: Actor, there: Actor) -> None:
        code = self._act("accepted/1", here, at, receive, intake=replace(whole, competent=to))
        self._act("accepted/2", here, self._later(at, 20), transfers.transfer, code=code, to=to)
        self._act("accepted/3", there, self._later(at, 150), transfers.accept, code=code)
        self._act("accepted/4", here, self._later(at, 200), transfers.tell, code=code, way="phone")

    def _waiting(self, at: datetime, whole: Intake, to: str, here: Actor, there: Actor) -> None:
        code = self._act("waiting/1", here, at, receive, intake=replace(whole, competent=to))
        self._act("waiting/2", here, self._later(at, 15), transfers.transfer, code=code, to=to)

    def _on_the_road(self, at: datetime, whole: Intake, to: str, here: Actor, there: Actor) -> None:
        code = self._act("road/1", here, at, receive, intake=whole)
        sending = {"to": to, "way": "manifest", "manifest": f"BG-{local(at):%d%m}-01", "reason": REASON}
        self._act("road/2", here, self._later(at, 240), transfers.transfer, code=code, **sending)

    def _opening(self, days: int) -> datetime:
        """Within the first hours of an office day, `days` working days before the end."""
        day = local(self.run.terms.until).replace(hour=0, minute=0, second=0, microsecond=0)
        opening = day
        while days:
            day -= timedelta(days=1)
            opening = self.calendar.deemed_opening(day)
            days -= local(opening).date() == day.date()
        return self._later(opening, 75)

    def _later(self, at: datetime, minutes: int) -> datetime:
        later = self.calendar.add_office_time(at, timedelta(minutes=minutes))
        return self.calendar.deemed_opening(later).replace(microsecond=0)

    def _act(self, key: str, actor: Actor, at: datetime, flow: Callable[..., Any], **told: Any) -> str:
        """Do it once, where its time has come; gives the dossier's code."""
        key = f"demo/{self.run.number}/between/{key}"
        if key in self._done:
            return str(as_it_was(*self._done[key])["code"])
        if at > self.run.terms.until:
            return str(told.get("code", ""))
        with unit_of_work(actor=actor, at=at, request=Request.of(key), origin=ORIGIN):
            row = flow(actor=actor, at=at, **told).row
        self.acts += 1
        return str(row["code"])
