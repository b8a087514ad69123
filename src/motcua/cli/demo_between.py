"""What goes between agencies in a demonstration: one dossier received for the neighbour and accepted there, one that
waits for its acceptance, and one handed on whose papers are on the road. The neighbour's opinion is asked on three:
one waits for it, one has it, one asks elsewhere after silence. Of what the neighbour's representative at the
desk received, one waits to be sent on and one has its result on the shelf."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from motcua.agencies.selectors import agency as agency_facts, viewer_of
from motcua.calendars.calendar import WorkCalendar
from motcua.catalogue.selectors import version as procedure_version
from motcua.cli.demo_lives import Part
from motcua.cli.demo_people import Crowd
from motcua.cli.demo_stage import ORIGIN, Person, as_it_was, people_of
from motcua.cli.demo_stories import Story
from motcua.dossiers.operations import IssuedPaper
from motcua.dossiers.row import Row
from motcua.dossiers.states import State
from motcua.dossiers.untold import untold
from motcua.flows import consultations, progress, results, transfers
from motcua.flows.installation import DemoRun
from motcua.flows.reception import Intake, receive
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Refusal
from motcua.kernel.time import local
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import claimed
from motcua.processes.selectors import agencies_running

REASON = "Người nộp đã chuyển nơi cư trú; thẩm quyền thuộc xã bên cạnh."

QUESTION = (
    "Người này từng thường trú ở xã bên; đề nghị cho biết thông tin hộ tịch đang lưu có khớp với hồ sơ không?"
)
ANSWER, SIGNED = "Thông tin hộ tịch đang lưu khớp với hồ sơ.", "Chủ tịch UBND xã"


@dataclass(slots=True, kw_only=True)
class BetweenAgencies:
    """Played after the lives; a run broken off is played again, and what was done is not done twice."""

    run: DemoRun
    calendar: WorkCalendar
    staff: Mapping[str, list[Person]]
    acts: int = 0
    _done: Mapping[str, tuple[UUID, int]] = field(default_factory=dict)
    _there: Mapping[str, list[Person]] = field(default_factory=dict)

    def play(self, lives: Sequence[tuple[Story, Part]]) -> int:
        """Returns how many acts; none where no neighbour runs what is received here."""
        clerks = self.staff.get("reception_officer", [])
        found = next(filter(None, (self._sent_to(part) for _, part in lives)), None)
        if not clerks or found is None:
            return 0
        whole, neighbour = found
        self._there = people_of(neighbour, at=self.run.terms.until)
        there, here = self._there["reception_officer"][0].actor, clerks[0].actor
        plays = [(5, self._accepted, here), (1, self._waiting, here), (2, self._on_the_road, here)]
        plays += [(4, self._left_silent, here), (3, self._answered, here), (1, self._asked, here)]
        if guest := self._guest(neighbour):
            plays += [(1, self._to_be_sent, guest), (5, self._on_the_shelf, guest)]
        self._done = claimed(f"demo/{self.run.number}/between/")
        crowd = Crowd(
            f"{self.run.terms.seed}/between",
            place=agency_facts(neighbour).place,
            today=local(self.run.terms.until).date(),
        )
        try:
            for days, play, actor in plays:
                who = (("applicant", crowd.adult()),)
                play(self._opening(days), replace(whole, people=who), neighbour, actor, there)
        except Refusal:  # another demonstration of the same days was here: nobody writes into its past
            return self.acts
        return self.acts

    def _sent_to(self, part: Part) -> tuple[Intake, str] | None:
        if part.is_online:
            return None
        running = agencies_running(
            procedure=part.intake.procedure,
            variants=[part.intake.variant],
            on=local(self.run.terms.until).date(),
        )
        others = [code for code in running if code != self.run.terms.agency]
        return (replace(part.intake, code=None, visit=None), others[0]) if others else None

    def _accepted(self, at: datetime, whole: Intake, to: str, here: Actor, there: Actor) -> None:
        code = self._act("accepted/1", here, at, receive, intake=replace(whole, competent=to))
        self._act("accepted/2", here, self._later(at, 20), transfers.transfer, code=code, to=to)
        row = self._row("accepted/3", there, self._later(at, 150), transfers.accept, code=code)
        self._tell("accepted/4", here, self._later(at, 200), row)

    def _waiting(self, at: datetime, whole: Intake, to: str, here: Actor, there: Actor) -> None:
        code = self._act("waiting/1", here, at, receive, intake=replace(whole, competent=to))
        self._act("waiting/2", here, self._later(at, 15), transfers.transfer, code=code, to=to)

    def _on_the_road(self, at: datetime, whole: Intake, to: str, here: Actor, there: Actor) -> None:
        code = self._act("road/1", here, at, receive, intake=whole)
        sending = {"to": to, "way": "manifest", "manifest": f"BG-{local(at):%d%m}-01", "reason": REASON}
        self._act("road/2", here, self._later(at, 240), transfers.transfer, code=code, **sending)

    def _asked(self, at: datetime, whole: Intake, to: str, here: Actor, there: Actor) -> None:
        self._consulted("asked", at, whole, to, here, value="5")

    def _answered(self, at: datetime, whole: Intake, to: str, here: Actor, there: Actor) -> None:
        row = self._consulted("answered", at, whole, to, here, value="2")
        if row is not None:
            (asked,) = row["consultations"]
            opinion = {"outcome": "agree", "text": ANSWER, "signed": SIGNED, "number": "12/UBND-TP"}
            told = {"code": row["code"], "consultation": UUID(asked["id"]), **opinion}
            leader = self._there["chair"][0].actor
            self._act("answered/4", leader, self._later(at, 400), consultations.answer, **told)

    def _left_silent(self, at: datetime, whole: Intake, to: str, here: Actor, there: Actor) -> None:
        row = self._consulted("silent", at, whole, to, here, value="1")
        if row is not None:
            self._ask("silent/4", row, self._later(at, 1_000), "position:chair", value="2")

    def _consulted(
        self, key: str, at: datetime, whole: Intake, to: str, here: Actor, *, value: str
    ) -> Row | None:
        row = self._row(f"{key}/1", here, at, receive, intake=whole)
        if row is None:
            return None
        worker = self._worker(row)
        row = self._row(f"{key}/2", worker, self._later(at, 30), progress.start, code=row["code"])
        return row and self._ask(f"{key}/3", row, self._later(at, 60), f"agency:{to}", value=value)

    def _ask(self, key: str, row: Row, at: datetime, whom: str, *, value: str) -> Row | None:
        asking = {
            "whom": [whom],
            "about": QUESTION,
            "value": value,
            "unit": "working_day",
            "parts": ["people"],
        }
        return self._row(key, self._worker(row), at, consultations.consult, code=row["code"], **asking)

    def _worker(self, row: Row) -> Actor:
        """Somebody here who may do the open step, or may do its start."""
        return next(self.staff[kind][0].actor for kind in row["step_kinds"] if kind in self.staff)

    def _guest(self, neighbour: str) -> Actor | None:
        """Whom the neighbour has posted to this desk."""
        for person in self.staff.get("representative", ()):
            one = viewer_of(UUID(person.actor.id), at=self.run.terms.until)
            for seat in one.capacities:
                if (seat.agency, seat.posted_by) == (self.run.terms.agency, neighbour):
                    return one.actor(seat)
        return None

    def _to_be_sent(self, at: datetime, whole: Intake, to: str, here: Actor, there: Actor) -> None:
        self._act("posted/1", here, self._later(at, 30), receive, intake=replace(whole, competent=to))

    def _on_the_shelf(self, at: datetime, whole: Intake, to: str, here: Actor, there: Actor) -> None:
        opened = self._row("shelf/1", here, self._later(at, 40), receive, intake=replace(whole, competent=to))
        if opened is None:
            return
        code = str(opened["code"])
        self._act("shelf/2", here, self._later(at, 60), transfers.transfer, code=code, to=to)
        row = self._row("shelf/3", there, self._later(at, 100), transfers.accept, code=code)
        told: dict[str, Any] = {}
        clerk = self.staff["reception_officer"][0].actor
        self._tell("shelf/told", clerk, self._later(at, 150), row)
        flow: Callable[..., Any] = progress.start
        number = 3
        while row is not None and row["state"] != State.DECIDED:
            number += 1
            worker = next(self._there[kind][0].actor for kind in row["step_kinds"] if kind in self._there)
            row = self._row(f"shelf/{number}", worker, self._later(at, 60 * number), flow, code=code, **told)
            if row is not None and row["last_step"]:
                flow, told = progress.decide, {"papers": [self._paper(row, at)]}
            else:
                flow, told = progress.step, {"outcome": "granted"}
        if row is not None:
            later = self._later(at, 60 * (number + 1))
            self._act("shelf/ready", here, later, results.make_available, code=code, shelf="B2")

    def _paper(self, row: Row, at: datetime) -> IssuedPaper:
        kind = procedure_version(row["procedure_version"]).result_codes[0]
        day = local(at).date()
        return IssuedPaper(role="result", kind=kind, number=f"1/{day.year}/KQ-UBND", date=day)

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

    def _tell(self, key: str, actor: Actor, at: datetime, row: Row | None) -> None:
        if row is not None:
            words = [word.seq for word in untold(row["to_tell"])]
            self._act(key, actor, at, transfers.tell, code=row["code"], words=words, way="phone")

    def _act(self, key: str, actor: Actor, at: datetime, flow: Callable[..., Any], **told: Any) -> str:
        """Do it once, where its time has come; gives the dossier's code."""
        row = self._row(key, actor, at, flow, **told)
        return str(told.get("code", "") if row is None else row["code"])

    def _row(self, key: str, actor: Actor, at: datetime, flow: Callable[..., Any], **told: Any) -> Row | None:
        """The same, and gives the dossier as it was then; None before its time."""
        key = f"demo/{self.run.number}/between/{key}"
        if key in self._done:
            return as_it_was(*self._done[key])
        if at > self.run.terms.until:
            return None
        with unit_of_work(actor=actor, at=at, request=Request.of(key), origin=ORIGIN):
            row: Row = flow(actor=actor, at=at, **told).row
        self.acts += 1
        return row
