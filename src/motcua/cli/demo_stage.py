"""The stage of a demonstration: a small discrete-event simulation over the house's own flows.

What is to be done next waits in a heap by time. Staff work in office hours, one act at a time; each act is its
own unit of work, written by the person who does it, with origin `simulated` and a key of its own. The same
terms play the same acts, so a run that was broken off is played again from the beginning: what is done
already (its key is claimed) is read from the stream instead of written, and the rest follows. No act is ever
half there, and none is there twice.
"""

import heapq
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from operator import itemgetter
from typing import Any
from uuid import UUID

from motcua.agencies.selectors import last_decided, seats, viewer_of
from motcua.calendars.calendar import WorkCalendar
from motcua.cli import demo_cashier
from motcua.cli.demo_lives import CITIZEN, Do, Done, Part, Script
from motcua.cli.demo_stories import Story
from motcua.dossiers.events import PaperMark
from motcua.dossiers.operations import look
from motcua.dossiers.projector import replay
from motcua.dossiers.record import no_such
from motcua.dossiers.row import Row
from motcua.flows.assignment import claim
from motcua.flows.installation import DemoRun
from motcua.flows.reception import receive
from motcua.flows.results import hand_over
from motcua.kernel.actor import SYSTEM, Actor
from motcua.kernel.errors import ClockStepped, Invalid, NotAllowedNow, Refusal
from motcua.kernel.time import local
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import claimed, history
from motcua.pads.operations import issue
from motcua.parties.operations import identify
from motcua.payments.events import ReceiptIssued

AWAY = "Người giữ hồ sơ đang vắng mặt."
ORIGIN = "simulated"
Moment = tuple[datetime, Callable[[], None]]
OUTAGE, PREPARED = timedelta(minutes=80), timedelta(hours=1)
ON_PAPER = (receive, hand_over)  # what a desk writes on its pad while the system is down


@dataclass(slots=True)
class Life:
    """A dossier's life as far as it is told; `row` as it stands, None before its first act."""

    story: Story
    part: Part
    script: Script
    acts: int = 0
    row: Row | None = None
    party: UUID | None = None


@dataclass(frozen=True, slots=True)
class Turned:
    """An act that the house refused: the dossier stays as it was."""

    story: str
    why: str


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff as the stage sees them, and from when to when they are there."""

    name: str
    kind: str
    actor: Actor
    since: datetime | None = None
    until: datetime | None = None

    def is_there(self, at: datetime) -> bool:
        """Whether they sit in the seat at `at`, and are not away."""
        return (self.since is None or self.since <= at) and (self.until is None or at < self.until)


@dataclass(slots=True, kw_only=True)
class Stage:
    """One demonstration while it is played."""

    run: DemoRun
    calendar: WorkCalendar
    outage: datetime | None = None
    staff: Mapping[str, list[Person]] = field(default_factory=dict)
    acts: int = 0
    turned: list[Turned] = field(default_factory=list)
    _done: Mapping[str, tuple[UUID, int]] = field(default_factory=dict)
    _busy: dict[str, datetime] = field(default_factory=dict)
    _waiting: list[tuple[datetime, int, int, Do, datetime | None]] = field(default_factory=list)
    _order: int = 0
    _pad: Mapping[str, Any] | None = None
    _pads: int = 0
    _sheets: int = 0

    def play(self, plays: Sequence[tuple[Story, Part]], *, beside: Iterable[Moment] = ()) -> list[Row]:
        """Play all lives until the end of the run; returns the dossiers as they then stand. What is done `beside`
        them is done at its moment, for the same books are written."""
        if "desk_manager" not in self.staff:
            self.outage = None  # nobody gave out pads to write on
        self._done = claimed(f"demo/{self.run.number}/")
        lives = {part.number: Life(story, part, story.script(part)) for story, part in plays}
        for life in lives.values():
            self._wait(life, next(life.script))
        aside = deque(heapq.merge(self._evenings(), beside, key=itemgetter(0)))
        while self._waiting:
            when, _, number, do, written = heapq.heappop(self._waiting)
            while aside and aside[0][0] <= min(when, self.run.terms.until):
                aside.popleft()[1]()
            if when <= self.run.terms.until:
                self._turn(lives[number], replace(do, at=when), written)
        for at, act in aside:
            if at <= self.run.terms.until:
                act()
        return [life.row for life in lives.values() if life.row is not None]

    def _evenings(self) -> Iterator[Moment]:
        last = local(self.run.terms.until).date()
        first = last - timedelta(days=self.run.terms.days)
        for at in demo_cashier.closings(self.calendar, first=first, last=last):
            yield at, partial(self._close_the_box, at)

    def _close_the_box(self, at: datetime) -> None:
        """The cashier counts the day's money; on a day without any there is nothing to count."""
        key = f"demo/{self.run.number}/closing/{local(at):%y%m%d}"
        cashiers = self.staff.get("cashier", [])
        if key in self._done or not cashiers:
            return
        actor = cashiers[0].actor
        with (
            suppress(NotAllowedNow, ClockStepped),
            unit_of_work(actor=actor, at=at, request=Request.of(key), origin=ORIGIN),
        ):
            demo_cashier.close(agency=self.run.terms.agency, actor=actor, at=at)

    def _wait(self, life: Life, do: Do, written: datetime | None = None) -> None:
        self._order += 1
        when = do.at.replace(microsecond=0)
        heapq.heappush(self._waiting, (when, self._order, life.part.number, do, written))

    def _turn(self, life: Life, do: Do, written: datetime | None) -> None:
        """Do it, or wait until the person is there and free."""
        if do.who == (CITIZEN,):
            self._act(life, do, self._citizen(life, do.at), written)
            return
        person = self._person(do)
        free = self.calendar.deemed_opening(max(do.at, self._busy.get(person.name, do.at)))
        down = self.outage
        if down is not None and down <= free < down + OUTAGE:
            if do.flow in ON_PAPER and written is None:
                written = free.replace(microsecond=0)
            free = down + OUTAGE
        if free > do.at:
            self._wait(life, replace(do, at=free + timedelta(seconds=1)), written)
            return
        self._busy[person.name] = self.calendar.add_office_time(do.at, timedelta(minutes=do.minutes))
        self._act(life, do, person.actor, written)

    def _person(self, do: Do) -> Person:
        seats = [[p for p in self.staff.get(kind, ()) if p.is_there(do.at)] for kind in do.who]
        people = next(filter(None, seats), None)
        if people is None:
            raise Invalid(f"Không có ai giữ vị trí {do.who}.", f"Nobody holds a seat of {do.who}.")
        held = [p for seat in seats for p in seat if p.actor.id == str(do.account)]
        return (held or sorted(people, key=lambda p: (max(do.at, self._busy.get(p.name, do.at)), p.name)))[0]

    def _citizen(self, life: Life, at: datetime) -> Actor:
        """The applicant with an account of their own, known to the house before they first act."""
        if life.party is None:
            people = [p.cleaned() for role, p in life.part.intake.people if role == "applicant"]
            with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin=ORIGIN):
                life.party = identify(people=people, actor=SYSTEM, at=at)[0]
        return Actor(kind="citizen", id=str(life.party))

    def _act(self, life: Life, do: Do, actor: Actor, written: datetime | None) -> None:
        life.acts += 1
        arguments: dict[str, Any] = dict(do.arguments)
        if written is not None:
            arguments["paper"] = self._sheet(written)
        key = f"demo/{self.run.number}/{life.part.number}/{life.acts}"
        try:
            life.row = self._write(key, do, actor, arguments)
        except Refusal as refusal:
            self.turned.append(Turned(life.story.name, refusal.en))
            return
        self.acts += 1
        try:
            self._wait(life, life.script.send(Done(life.row, do.at)))
        except StopIteration:
            return

    def _sheet(self, written: datetime) -> PaperMark:
        """The next sheet of the desk's pads, which the desk manager gave out before the outage."""
        if self._pad is None or self._sheets == self._pad["last"]:
            self._pads += 1
            self._pad = self._issued(f"demo/{self.run.number}/pad/{self._pads}", written - PREPARED)
            self._sheets = self._pad["first"] - 1
        self._sheets += 1
        return PaperMark(pad=self._pad["code"], number=str(self._sheets), occurred_at=written)

    def _issued(self, key: str, at: datetime) -> Mapping[str, Any]:
        if key not in self._done:
            manager = self.staff["desk_manager"][0].actor
            at = max(at, last_decided(self.run.terms.agency) or at)
            with unit_of_work(actor=manager, at=at, request=Request.of(key), origin=ORIGIN):
                pad = issue(form="act", sheets=50, actor=manager, at=at)
            return {"code": pad.code, "first": pad.first, "last": pad.last}
        stream, seq = self._done[key]
        return history(stream, after=seq - 1, limit=1)[0].data

    def _write(self, key: str, do: Do, actor: Actor, arguments: Mapping[str, Any]) -> Row:
        if key in self._done:
            return as_it_was(*self._done[key])
        if do.account is not None and actor.id != str(do.account):
            self._take_over(f"{key}/claim", do, actor)
        with unit_of_work(actor=actor, at=do.at, request=Request.of(key), origin=ORIGIN):
            row: Row = do.flow(actor=actor, at=do.at, **arguments).row
        return row

    def _take_over(self, key: str, do: Do, actor: Actor) -> None:
        """Who has it is away: somebody else of the seat has it first."""
        if key in self._done:
            return
        with unit_of_work(actor=actor, at=do.at, request=Request.of(key), origin=ORIGIN):
            claim(code=do.arguments["code"], reason=AWAY, actor=actor, at=do.at)


def as_it_was(stream: UUID, seq: int) -> Row:
    """A dossier's row right after the event `seq` of its stream; of a receipt's, right after it was paid."""
    events = [e for e in history(stream) if e.seq <= seq]
    if events[0].type == ReceiptIssued.TYPE:
        code = events[0].data["lines"][0]["reference"]
        of_dossier = history(_dossier(code))
        paid = next(e.seq for e in of_dossier if e.data.get("receipt") == str(stream))
        events = [e for e in of_dossier if e.seq <= paid]
    return replay(events)["dossiers_dossier"][0]


def _dossier(code: str) -> UUID:
    row = look(code)
    if row is None:
        raise no_such(code)
    stream: UUID = row["id"]
    return stream


def people_of(agency: str, *, at: datetime) -> dict[str, list[Person]]:
    """Who sits in the agency's seats as their own, by kind of seat."""
    staff: dict[str, list[Person]] = {}
    for seat in seats(agency, at=at):
        for account in seat.accounts:
            one = viewer_of(account, at=at)
            for held in one.capacities:
                if held.position == seat.position and held.acting_for is None:
                    staff.setdefault(seat.kind, []).append(Person(one.name, seat.kind, one.actor(held)))
    return staff


def outage_day(plays: Sequence[tuple[Story, Part]], *, until: datetime) -> datetime | None:
    """The beginning of the one power cut of a demonstration: while the most people stood at the counters."""
    desks = [part.arrival for _, part in plays if not part.is_online]
    beginnings = sorted({a.replace(minute=0, second=0) for a in desks})
    beginnings = [b for b in beginnings if b.hour in (8, 9, 13) and b + 3 * OUTAGE < until]
    return max(beginnings, key=lambda b: sum(b <= a < b + OUTAGE for a in desks), default=None)
