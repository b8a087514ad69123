"""The certification desk of a demonstration: copies, signatures and now and then a contract on each working day, and
the day's closing."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import partial
from random import Random
from typing import Any
from uuid import UUID

from motcua.calendars.calendar import WorkCalendar
from motcua.certification import operations as books
from motcua.certification.pricing import Line
from motcua.certification.rules import kind as kind_of
from motcua.cli.demo_cashier import tender
from motcua.cli.demo_stage import ORIGIN, Moment, Person
from motcua.dossiers.operations import Recorded, look
from motcua.flows import certification as desk, money
from motcua.flows.certification_orders import Order
from motcua.flows.installation import DemoRun
from motcua.kernel.actor import Actor
from motcua.kernel.errors import ClockStepped, NotAllowedNow
from motcua.kernel.time import ZONE, local
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import claimed, history
from motcua.parties.operations import Particulars

OFFICE_DAY, UNTIL_SIGNED, UNTIL_PAID = timedelta(hours=8), timedelta(minutes=2), timedelta(minutes=1)
CLOSING = timedelta(hours=7, minutes=50)
NAMELESS = "Người yêu cầu chứng thực"
NAMES = ("Đinh Thị Lụa", "Mai Văn Bảo", "Tạ Thị Hòa", "Lương Văn Chính", "Cao Thị Nhàn")


@dataclass(slots=True, kw_only=True)
class CertificationDesk:
    """The desk while its days are played; a run broken off is played again, and what was done is not done twice."""

    run: DemoRun
    calendar: WorkCalendar
    staff: Mapping[str, list[Person]]
    acts: int = 0
    _done: Mapping[str, tuple[UUID, int]] = field(default_factory=dict)
    _entered: dict[str, tuple[UUID, UUID]] = field(default_factory=dict)
    _signed: dict[str, str] = field(default_factory=dict)

    def moments(self) -> Iterator[Moment]:
        """What is done at the desk on each working day of the run, and when, in order."""
        terms = self.run.terms
        clerks, leaders = self.staff.get("reception_officer", []), self.staff.get("chair", [])
        if not clerks or not leaders:
            return
        self._done = claimed(f"demo/{self.run.number}/certification/")
        chance = Random(terms.seed)  # noqa: S311 - a story, no secret
        lines = max(2, terms.dossiers // terms.days // 2)
        first = local(terms.until).date() - timedelta(days=terms.days)
        for n in range(terms.days + 1):
            day = datetime.combine(first + timedelta(days=n), time(), ZONE)
            opening = self.calendar.deemed_opening(day)
            if local(opening).date() == day.date():
                yield from self._day(opening, lines, clerks, leaders[0], chance)

    def _day(
        self, opening: datetime, lines: int, clerks: list[Person], leader: Person, chance: Random
    ) -> Iterator[Moment]:
        day = f"demo/{self.run.number}/certification/{local(opening):%y%m%d}"
        kinds = set()
        for n in range(lines):
            clerk, order = chance.choice(clerks).actor, self._order(n, UUID(leader.actor.id), chance)
            at = self._moment(opening, OFFICE_DAY * (n + 1) / (lines + 2))
            signed = self._moment(at, UNTIL_SIGNED)
            paid = self._moment(signed, UNTIL_PAID)
            if paid > self.run.terms.until:
                return
            kinds.add(order.kind)
            key = f"{day}/{n}"
            yield at, partial(self._enter, key, clerk, at, order)
            yield signed, partial(self._sign, key, clerk, signed)
            yield paid, partial(self._pay, key, n, paid)
        at = self._moment(opening, CLOSING)
        if at <= self.run.terms.until:
            for kind in sorted(kinds):
                yield at, partial(self._close, day, kind, clerks[0].actor, at)

    def _enter(self, key: str, clerk: Actor, at: datetime, order: Order) -> None:
        told = self._act(f"{key}/enter", clerk, at, desk.enter, order=order)
        if told:
            self._entered[key] = UUID(told["book"]), UUID(told["dossier"])
            self._entered[f"{key.rsplit('/', 1)[0]}/{order.kind}"] = self._entered[key]

    def _sign(self, key: str, clerk: Actor, at: datetime) -> None:
        if key in self._entered:
            told = self._act(f"{key}/sign", clerk, at, desk.hand_over, dossier=self._entered[key][1])
            self._signed |= {key: told["code"]} if told else {}

    def _pay(self, key: str, number: int, at: datetime) -> None:
        """The cashier takes what the copies cost; nobody gave a name."""
        cashiers, row = self.staff.get("cashier", []), look(self._signed.get(key, ""))
        how = tender(row, number, NAMELESS) if row and cashiers else None
        if how is not None:
            self._act(f"{key}/pay", cashiers[0].actor, at, money.pay, code=self._signed[key], **how)

    def _close(self, day: str, kind: str, clerk: Actor, at: datetime) -> None:
        if (entered := self._entered.get(f"{day}/{kind}")) is not None:
            of = local(at).date()
            self._act(f"{day}/{kind}/close", clerk, at, books.close_day, book=entered[0], day=of)

    def _moment(self, since: datetime, later: timedelta) -> datetime:
        at = self.calendar.deemed_opening(self.calendar.add_office_time(since, later))
        return at.replace(microsecond=0)

    def _order(self, n: int, signer: UUID, chance: Random) -> Order:
        if n % 6 == 4:
            return self._transaction(signer, chance)
        if n % 4 == 3:
            asked = _somebody(chance.choice(NAMES), chance)
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

    def _transaction(self, signer: UUID, chance: Random) -> Order:
        """A contract between two people."""
        line = Line(
            paper=chance.choice(kind_of("transaction").papers[:5]), pages=chance.randint(2, 6), count=3
        )
        one, other = (_somebody(name, chance) for name in chance.sample(NAMES, 2))
        return Order(
            agency=self.run.terms.agency,
            kind="transaction",
            lines=(line,),
            asked=one,
            others=(other,),
            signer=signer,
        )

    def _act(
        self, key: str, actor: Actor, at: datetime, flow: Callable[..., Any], **arguments: Any
    ) -> Mapping[str, str]:
        """Do it once; gives the book, dossier and code it was about, as far as it has them. Nothing where the book
        goes on already from another demonstration of the same days: nobody writes into its past."""
        if key in self._done:
            stream, seq = self._done[key]
            return {"book": str(stream), **history(stream, after=seq - 1, limit=1)[0].data}
        try:
            with unit_of_work(actor=actor, at=at, request=Request.of(key), origin=ORIGIN):
                answer = flow(actor=actor, at=at, **arguments)
        except (ClockStepped, NotAllowedNow):
            return {}
        self.acts += 1
        if isinstance(answer, books.Entered):
            return {"book": str(answer.book["id"]), "dossier": str(answer.dossier)}
        return {"code": answer.row["code"]} if isinstance(answer, Recorded) else {}


def _somebody(name: str, chance: Random) -> Particulars:
    return Particulars(name=name, paper="citizen_id", number=f"099{chance.randrange(10**9):09}")
