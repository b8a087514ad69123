"""The house of a test: people in every seat, a calendar, a dossier at reception. None of it stands anywhere."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from motcua.agencies.positions import LEADS, WORKING
from motcua.calendars.calendar import WorkCalendar
from motcua.catalogue.shapes import Limit, ProcedureVersion
from motcua.dossiers import events as e
from motcua.dossiers.due import RULE, due_fact
from motcua.dossiers.facts import PartyFact
from motcua.dossiers.operations.reception import Opening, may_open
from motcua.dossiers.policy import SEATS
from motcua.dossiers.recorded import Imagined, Recorded, imagine
from motcua.dossiers.row import EMPTY
from motcua.dossiers.states import Act, Authority
from motcua.kernel.actor import Actor
from motcua.kernel.time import ZONE
from motcua.processes import routing
from motcua.processes.acting import course_of
from motcua.processes.assigning import Staff
from motcua.processes.shapes import STEP_POSITIONS, ProcessVersion
from motcua.processes.testing.shapes import MOST_PEOPLE, ActRow, ProcessTest

AGENCY, OTHER_DESK = "TEST", "TEST.2"
APPLICANT = uuid5(UUID(int=0), "applicant")
UNIT = uuid5(UUID(int=0), "unit")
_AT_THE_DESK = SEATS[Authority.DESK] | SEATS[Authority.CASHIER] | SEATS[Authority.MANAGER]


def person(position: str, number: int) -> UUID:
    """One of the people in a kind of seat."""
    return uuid5(UNIT, f"{position}/{number}")


@functools.cache
def seats() -> Mapping[str, tuple[tuple[UUID, UUID], ...]]:
    """Who sits where: so many in every kind of seat that a test can name."""
    people = range(1, MOST_PEOPLE + 1)
    return {kind: tuple((person(kind, n), UNIT) for n in people) for kind in STEP_POSITIONS | LEADS | WORKING}


@functools.cache
def calendar() -> WorkCalendar:
    """The nation's calendar as it is shipped, so that a test says the same in every house."""
    return WorkCalendar()


@dataclass(slots=True)
class House:
    """A test under way: `process` and the `procedure` in force (None: none is), the dossier's `row` once it is
    received, the time `at`, who `did` which step."""

    test: ProcessTest
    process: ProcessVersion
    procedure: ProcedureVersion | None
    at: datetime
    row: Imagined | None = None
    did: dict[str, frozenset[UUID]] = field(default_factory=dict)

    @property
    def staff(self) -> Staff:
        """Who sits where, with who did which step of this dossier."""
        return Staff(seats(), did=self.did)

    @property
    def dossier(self) -> Imagined:
        """The dossier, which is received first."""
        assert self.row is not None  # noqa: S101 - a test begins with its reception (testing.checking)
        return self.row

    @property
    def course(self) -> routing.Course:
        """The course of the dossier now."""
        return course_of(self.dossier, self.process, at=self.at, calendar=calendar())

    @property
    def facts(self) -> Mapping[str, Any]:
        """What conditions read (processes.shapes.FACTS)."""
        told = self.test.facts
        return {
            "variant": told.variant,
            "channel": told.channel.value,
            "assisted": told.assisted,
            "outside": told.outside,
            "answers": {one.question: one.option for one in told.answers},
            "quantities": {one.name: one.count for one in told.quantities},
        }

    @property
    def desk_agency(self) -> str:
        """Where the dossier came in."""
        return OTHER_DESK if self.test.facts.outside else AGENCY

    def went(self, recorded: Recorded) -> Recorded:
        """The dossier stands as an act left it."""
        assert isinstance(recorded.row, Imagined)  # noqa: S101 - dossiers.record gives back what it was given
        self.row = recorded.row
        return recorded

    def actor(self, row: ActRow) -> Actor:
        """Who does a row: the applicant, or a person in a seat."""
        if row.position is None:
            return Actor(kind="citizen", id=str(APPLICANT))
        return Actor(
            kind="staff",
            id=str(person(row.position, row.person)),
            position=person(row.position, 0),
            position_kind=row.position,
            unit=UNIT,
            agency=self.desk_agency if row.position in _AT_THE_DESK else AGENCY,
        )

    def limit(self) -> Limit:
        """The limit that reception pins: the published one, else what the process says."""
        told = self.test.facts
        if self.procedure is not None and told.variant in {one.code for one in self.procedure.variants}:
            channel = self.procedure.channel(told.variant, told.channel)
            if channel is not None:
                return channel.limit
        return next(one.limit for one in self.process.variants if one.code == told.variant)


def begins_at(test: ProcessTest) -> datetime:
    """When the dossier of a test is received."""
    return datetime.fromisoformat(test.begins).replace(tzinfo=ZONE)


def receive(house: House, actor: Actor) -> Recorded:
    """Receive the dossier as a desk does (flows.reception.receive), without what a process does not look at: papers,
    people, fees. Raises Denied for who may not."""
    told, limit = house.test.facts, house.limit()
    opening = Opening(
        procedure=house.process.procedure,
        procedure_version=UUID(int=0),
        variant=told.variant,
        channel=told.channel.value,
        desk_agency=house.desk_agency,
        competent_agency=AGENCY,
        code_template="",
        people=(),
        components=(),
    )
    may_open(actor, Act.RECEIVE, opening)
    fact = e.LimitFact(
        value=None if limit.value is None else str(limit.value), unit=limit.unit.value, rule=RULE
    )
    clock = {
        **EMPTY,
        "clock_from": house.at,
        "limit_value": fact.value or "",
        "limit_unit": fact.unit,
        "promise_value": fact.value or "",
        "promise_unit": fact.unit,
    }
    due = due_fact(clock, calendar())
    course = routing.Course(
        process=house.process,
        variant=told.variant,
        promise_value=fact.value or "",
        promise_unit=fact.unit,
        start=house.at,
        at=house.at,
        calendar=calendar(),
        facts=house.facts,
    )
    first = routing.first_step(house.process)
    holder, given = routing.given(first, AGENCY, house.staff)
    event = e.DossierReceived(
        code="TEST",
        procedure=opening.procedure,
        procedure_version=opening.procedure_version,
        variant=told.variant,
        channel=opening.channel,
        desk_agency=opening.desk_agency,
        competent_agency=AGENCY,
        process_version=UUID(int=0),
        limit=fact,
        promise=fact,
        calendar_edition=due.calendar_edition,
        due_at=due.due_at,
        limit_due_at=due.limit_due_at,
        provisional=due.provisional,
        parties=(
            PartyFact(role="applicant", party=APPLICANT, snapshot=UUID(int=0), snapshot_digest=bytes(32)),
        ),
        components=(),
        fee_order=(),
        visit=None,
        assisted=told.assisted,
        tracking_version=1,
        paper=None,
        occurred_at=house.at,
        holder=holder,
        step=course.fact(first, due.due_at),
        answers=house.facts["answers"],
        quantities=house.facts["quantities"],
        given=given,
    )
    return imagine(event, row=None, actor=actor, at=house.at)
