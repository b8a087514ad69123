"""The certification desk of a demonstration: copies and signatures on each working day, and the day's closing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from motcua.calendars.calendar import WorkCalendar
from motcua.certification import operations as books
from motcua.certification.pricing import Line
from motcua.certification.rules import kind as kind_of
from motcua.cli.demo_stage import ORIGIN, Person
from motcua.flows import certification as desk
from motcua.flows.certification import Order
from motcua.flows.installation import DemoRun
from motcua.kernel.actor import Actor
from motcua.kernel.errors import ClockStepped, NotAllowedNow
from motcua.kernel.time import ZONE, local
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import claimed, history
from motcua.parties.operations import Particulars

OFFICE_DAY, UNTIL_SIGNED, CLOSING = timedelta(hours=8), timedelta(minutes=2), timedelta(hours=7, minutes=55)
NAMES = ("Đinh Thị Lụa", "Mai Văn Bảo", "Tạ Thị Hòa", "Lương Văn Chính", "Cao Thị Nhàn")


@dataclass(slots=True, kw_only=True)
class CertificationDesk:
    """The desk while its days are played; a run broken off is played again, and what was done is not done twice."""

    run: DemoRun
    calendar: WorkCalendar
    staff: Mapping[str, list[Person]]
    acts: int = 0
    _done: Mapping[str, tuple[UUID, int]] = field(default_factory=dict)

    def play(self) -> int:
        """Play each working day of the run; returns how many acts."""
        terms = self.run.terms
        clerks, leaders = self.staff.get("reception_officer", []), self.staff.get("chair", [])
        if not clerks or not leaders:
            return 0
        self._done = claimed(f"demo/{self.run.number}/certification/")
        chance = Random(terms.seed)  # noqa: S311 - a story, no secret
        lines = max(2, terms.dossiers // terms.days // 2)
        first = local(terms.until).date() - timedelta(days=terms.days)
        for n in range(terms.days + 1):
            day = datetime.combine(first + timedelta(days=n), time(), ZONE)
            opening = self.calendar.deemed_opening(day)
            if local(opening).date() == day.date():
                self._day(opening, lines, clerks, leaders[0], chance)
        return self.acts

    def _day(
        self, opening: datetime, lines: int, clerks: list[Person], leader: Person, chance: Random
    ) -> None:
        touched: dict[str, UUID] = {}
        for n in range(lines):
            clerk, order = chance.choice(clerks).actor, self._order(n, UUID(leader.actor.id), chance)
            at = self._moment(opening, OFFICE_DAY * (n + 1) / (lines + 2))
            signed = self._moment(at, UNTIL_SIGNED)
            if signed > self.run.terms.until:
                return
            key = f"demo/{self.run.number}/certification/{local(opening):%y%m%d}/{n}"
            entered = self._act(f"{key}/enter", clerk, at, desk.enter, order=order)
            if entered is None:
                continue
            touched[order.kind], dossier = entered
            self._act(f"{key}/sign", clerk, signed, desk.hand_over, dossier=dossier)
        at = self._moment(opening, CLOSING)
        if at > self.run.terms.until:
            return
        for kind, book in touched.items():
            key = f"demo/{self.run.number}/certification/{local(opening):%y%m%d}/{kind}/close"
            day = local(opening).date()
            self._act(key, clerks[0].actor, at, books.close_day, book=book, day=day)

    def _moment(self, since: datetime, later: timedelta) -> datetime:
        at = self.calendar.deemed_opening(self.calendar.add_office_time(since, later))
        return at.replace(microsecond=0)

    def _order(self, n: int, signer: UUID, chance: Random) -> Order:
        if n % 4 == 3:
            asked = Particulars(
                name=chance.choice(NAMES), paper="citizen_id", number=f"099{chance.randrange(10**9):09}"
            )
            papers = kind_of("signature").papers
            line = Line(paper=chance.choice(papers[:3]), pages=chance.randint(1, 4))
            return Order(
                agency=self.run.terms.agency, kind="signature", lines=(line,), asked=asked, signer=signer
            )
        papers = kind_of("copy").papers[:10]
        lines = tuple(
            Line(paper=chance.choice(papers), pages=chance.randint(1, 6), count=chance.randint(1, 5))
            for _ in range(chance.choice((1, 1, 2, 3)))
        )
        return Order(agency=self.run.terms.agency, kind="copy", lines=lines, signer=signer)

    def _act(
        self, key: str, actor: Actor, at: datetime, flow: Callable[..., Any], **arguments: Any
    ) -> tuple[UUID, UUID] | None:
        """Do it once; gives the book and the dossier of what was entered. None where the book goes on already from
        another demonstration of the same days: nobody writes into its past."""
        if key not in self._done:
            try:
                with unit_of_work(actor=actor, at=at, request=Request.of(key), origin=ORIGIN):
                    answer = flow(actor=actor, at=at, **arguments)
            except (ClockStepped, NotAllowedNow):
                return None
            self.acts += 1
            if isinstance(answer, books.Entered):
                return answer.book["id"], answer.dossier
            return UUID(int=0), UUID(int=0)
        stream, seq = self._done[key]
        told = history(stream, after=seq - 1, limit=1)[0].data
        return stream, UUID(told.get("dossier", str(stream)))
