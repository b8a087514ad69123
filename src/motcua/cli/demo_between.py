"""What goes between agencies in a demonstration: one dossier received for the neighbour and accepted there, one that
waits for its acceptance, and one handed on whose papers are on the road. The neighbour's opinion is asked on three:
one waits for it, one has it, one asks elsewhere after silence. Of what the neighbour's representative at the
desk received, one waits to be sent on and one has its result on the shelf."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from motcua.agencies.selectors import agency as agency_facts, viewer_of
from motcua.catalogue.selectors import version as procedure_version
from motcua.cli.demo_lives import Part
from motcua.cli.demo_people import Crowd
from motcua.cli.demo_played import Played
from motcua.cli.demo_stage import Person, people_of
from motcua.cli.demo_stories import Story
from motcua.dossiers.operations import IssuedPaper
from motcua.dossiers.row import Row
from motcua.dossiers.states import State
from motcua.dossiers.untold import untold
from motcua.flows import consultations, progress, results, transfers
from motcua.flows.reception import Intake, receive
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Refusal
from motcua.kernel.time import local
from motcua.processes.selectors import agencies_running

REASON = "Người nộp đã chuyển nơi cư trú; thẩm quyền thuộc xã bên cạnh."

QUESTION = (
    "Người này từng thường trú ở xã bên; đề nghị cho biết thông tin hộ tịch đang lưu có khớp với hồ sơ không?"
)
ANSWER, SIGNED = "Thông tin hộ tịch đang lưu khớp với hồ sơ.", "Chủ tịch UBND xã"


@dataclass(slots=True, kw_only=True)
class BetweenAgencies(Played):
    """Played after the lives."""

    name: ClassVar[str] = "between"
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
        self.begin()
        crowd = Crowd(
            f"{self.run.terms.seed}/between",
            place=agency_facts(neighbour).place,
            today=local(self.run.terms.until).date(),
        )
        try:
            for days, play, actor in plays:
                who = (("applicant", crowd.adult()),)
                play(self.opening(days), replace(whole, people=who), neighbour, actor, there)
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
        code = self.act("accepted/1", here, at, receive, intake=replace(whole, competent=to))
        self.act("accepted/2", here, self.later(at, 20), transfers.transfer, code=code, to=to)
        row = self.row("accepted/3", there, self.later(at, 150), transfers.accept, code=code)
        self._tell("accepted/4", here, self.later(at, 200), row)

    def _waiting(self, at: datetime, whole: Intake, to: str, here: Actor, there: Actor) -> None:
        code = self.act("waiting/1", here, at, receive, intake=replace(whole, competent=to))
        self.act("waiting/2", here, self.later(at, 15), transfers.transfer, code=code, to=to)

    def _on_the_road(self, at: datetime, whole: Intake, to: str, here: Actor, there: Actor) -> None:
        code = self.act("road/1", here, at, receive, intake=whole)
        sending = {"to": to, "way": "manifest", "manifest": f"BG-{local(at):%d%m}-01", "reason": REASON}
        self.act("road/2", here, self.later(at, 240), transfers.transfer, code=code, **sending)

    def _asked(self, at: datetime, whole: Intake, to: str, here: Actor, there: Actor) -> None:
        self._consulted("asked", at, whole, to, here, value="5")

    def _answered(self, at: datetime, whole: Intake, to: str, here: Actor, there: Actor) -> None:
        row = self._consulted("answered", at, whole, to, here, value="2")
        if row is not None:
            (asked,) = row["consultations"]
            opinion = {"outcome": "agree", "text": ANSWER, "signed": SIGNED, "number": "12/UBND-TP"}
            told = {"code": row["code"], "consultation": UUID(asked["id"]), **opinion}
            leader = self._there["chair"][0].actor
            self.act("answered/4", leader, self.later(at, 400), consultations.answer, **told)

    def _left_silent(self, at: datetime, whole: Intake, to: str, here: Actor, there: Actor) -> None:
        row = self._consulted("silent", at, whole, to, here, value="1")
        if row is not None:
            self._ask("silent/4", row, self.later(at, 1_000), "position:chair", value="2")

    def _consulted(
        self, key: str, at: datetime, whole: Intake, to: str, here: Actor, *, value: str
    ) -> Row | None:
        row = self.row(f"{key}/1", here, at, receive, intake=whole)
        if row is None:
            return None
        begins = self.later(at, 30)
        row = self.row(f"{key}/2", self.worker(row, begins), begins, progress.start, code=row["code"])
        return row and self._ask(f"{key}/3", row, self.later(at, 60), f"agency:{to}", value=value)

    def _ask(self, key: str, row: Row, at: datetime, whom: str, *, value: str) -> Row | None:
        asking = {
            "whom": [whom],
            "about": QUESTION,
            "value": value,
            "unit": "working_day",
            "parts": ["people"],
        }
        return self.row(key, self.worker(row, at), at, consultations.consult, code=row["code"], **asking)

    def _guest(self, neighbour: str) -> Actor | None:
        """Whom the neighbour has posted to this desk."""
        for person in self.staff.get("representative", ()):
            one = viewer_of(UUID(person.actor.id), at=self.run.terms.until)
            for seat in one.capacities:
                if (seat.agency, seat.posted_by) == (self.run.terms.agency, neighbour):
                    return one.actor(seat)
        return None

    def _to_be_sent(self, at: datetime, whole: Intake, to: str, here: Actor, there: Actor) -> None:
        self.act("posted/1", here, self.later(at, 30), receive, intake=replace(whole, competent=to))

    def _on_the_shelf(self, at: datetime, whole: Intake, to: str, here: Actor, there: Actor) -> None:
        opened = self.row("shelf/1", here, self.later(at, 40), receive, intake=replace(whole, competent=to))
        if opened is None:
            return
        code = str(opened["code"])
        self.act("shelf/2", here, self.later(at, 60), transfers.transfer, code=code, to=to)
        row = self.row("shelf/3", there, self.later(at, 100), transfers.accept, code=code)
        told: dict[str, Any] = {}
        clerk = self.staff["reception_officer"][0].actor
        self._tell("shelf/told", clerk, self.later(at, 150), row)
        flow: Callable[..., Any] = progress.start
        number = 3
        while row is not None and row["state"] != State.DECIDED:
            number += 1
            worker = next(self._there[kind][0].actor for kind in row["step_kinds"] if kind in self._there)
            row = self.row(f"shelf/{number}", worker, self.later(at, 60 * number), flow, code=code, **told)
            if row is not None and row["last_step"]:
                flow, told = progress.decide, {"papers": [self._paper(row, at)]}
            else:
                flow, told = progress.step, {"outcome": "granted"}
        if row is not None:
            later = self.later(at, 60 * (number + 1))
            self.act("shelf/ready", here, later, results.make_available, code=code, shelf="B2")

    def _paper(self, row: Row, at: datetime) -> IssuedPaper:
        kind = procedure_version(row["procedure_version"]).result_codes[0]
        day = local(at).date()
        return IssuedPaper(role="result", kind=kind, number=f"1/{day.year}/KQ-UBND", date=day)

    def _tell(self, key: str, actor: Actor, at: datetime, row: Row | None) -> None:
        if row is not None:
            words = [word.seq for word in untold(row["to_tell"])]
            self.act(key, actor, at, transfers.tell, code=row["code"], words=words, way="phone")
