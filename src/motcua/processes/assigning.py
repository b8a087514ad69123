"""Which of the people who may do a step gets it: whoever has least, whose turn it is, who serves the place. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import UUID

from motcua.dossiers.events import GivenFact
from motcua.dossiers.no_part import NO_PART, OWN_MATTER
from motcua.kernel.say import ForOthers, Say
from motcua.processes.shapes import Assignment, Step, StepKind

# What an open step weighs: within so many days of its due moment, or past it; in order, the first that fits.
WEIGHTS = ((1, 3), (3, 2))
LIGHTEST = 1
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Load:
    """What is in somebody's name: how many open steps, what they weigh together, when the last one came."""

    steps: int = 0
    weight: int = 0
    since: datetime | None = None


NOTHING = Load()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a dossier lies, as its reception said (`area`: a code, "" where it did not), what that is called, and who
    serves it."""

    area: str = ""
    name: str = ""
    account: UUID | None = None


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Staff:
    """Who sits in which kind of seat of an agency: kind -> (account, unit)s; with what a dossier adds to that.

    `away`: who is absent now, and is given nothing new; `locked`: who sits in no seat while their account is locked,
    though what they gave by a mandate goes on; `barred`: who may do nothing of it; `own`: who stands in it
    themselves; `did`: who completed which step of its process (codes); `loads` and `place`: what the rules of
    assignment look at; `proposed`: who proposed the result, and is given no approval.
    """

    seats: Mapping[str, tuple[tuple[UUID, UUID], ...]]
    away: frozenset[UUID] = frozenset()
    locked: frozenset[UUID] = frozenset()
    barred: frozenset[UUID] = frozenset()
    own: frozenset[UUID] = frozenset()
    did: Mapping[str, frozenset[UUID]] = field(default_factory=dict)
    loads: Mapping[UUID, Load] = field(default_factory=dict)
    place: Place = NOWHERE
    proposed: frozenset[UUID] = frozenset()

    def of(self, step: Step) -> list[tuple[str, UUID, UUID]]:
        """Who may do `step`, as (kind, account, unit), in the order of its seats."""
        return [
            (kind, account, unit)
            for kind in step.positions
            for account, unit in self.seats.get(kind, ())
            if self.why_not(account, step) is None
        ]

    def here(self, step: Step) -> list[tuple[str, UUID, UUID]]:
        """The same of those who are not absent."""
        return [one for one in self.of(step) if one[1] not in self.away]

    def sit(self, step: Step) -> bool:
        """Whether anybody sits in a seat of `step`, whatever bars them."""
        return any(self.seats.get(kind) for kind in step.positions)

    def after(self, step: Step, account: UUID) -> "Staff":
        """The same once `account` has done `step`; who doesn't sign, proposes."""
        proposing = frozenset() if step.kind is StepKind.APPROVE else frozenset({account})
        did = {**self.did, step.code: self.did.get(step.code, frozenset()) | {account}}
        return replace(self, did=did, proposed=self.proposed | proposing)

    def why_not(self, account: UUID, step: Step) -> Say | None:
        """Why `account` may not do `step` of this dossier though they hold its seat; None when they may."""
        if account in self.barred:
            return NO_PART
        if account in self.own:
            return OWN_MATTER
        if any(account in self.did.get(code, ()) for code in step.apart_from):
            return APART
        return None


def done_by(stays: Iterable[tuple[str, str]]) -> dict[str, frozenset[UUID]]:
    """Who completed which row: (code, account)s by code."""
    found: dict[str, frozenset[UUID]] = {}
    for code, account in stays:
        found[code] = found.get(code, frozenset()) | {UUID(account)}
    return found


APART = ForOthers(
    "Người đã làm bước trước của hồ sơ này không được làm bước này; cần một người khác: đồng nghiệp cùng vị trí làm,"
    " hoặc lãnh đạo phân công.",
    "Who did an earlier step of this dossier may not do this one; somebody else is needed: a colleague of the seat,"
    " or whom a leader gives it to.",
)


def choose(step: Step, staff: Staff) -> GivenFact | None:
    """To whom, of those who may do `step`, its rule gives it, and why; None where the step has no rule, or there is
    nobody to choose between.

    `load`: who has least, by weight, then who was given nothing for longest. `rotation`: who was given nothing for
    longest, somebody new first; who was passed over while away keeps their turn. `territory`: who serves the place;
    nobody, so that it waits on the shared list, where the place is not known, or whoever serves it may not do it.
    """
    there = list(dict.fromkeys(account for _, account, _ in staff.here(step)))
    not_theirs = staff.proposed if step.kind is StepKind.APPROVE else frozenset()
    people = [one for one in there if one not in not_theirs]
    if len(there) < 2 or not people or step.assignment is Assignment.SHARED:
        return None
    if step.assignment is Assignment.TERRITORY:
        place = staff.place
        account = place.account if place.account in people else None
        return GivenFact(
            step=step.order, rule=step.assignment.value, account=account, area=place.name or place.area
        )

    def turn(one: UUID) -> tuple[datetime, str]:
        return (staff.loads.get(one, NOTHING).since or _NEVER, str(one))

    def burden(one: UUID) -> tuple[int, datetime, str]:
        return (staff.loads.get(one, NOTHING).weight, *turn(one))

    chosen = min(people, key=burden if step.assignment is Assignment.LOAD else turn)
    load = staff.loads.get(chosen, NOTHING)
    return GivenFact(
        step=step.order, rule=step.assignment.value, account=chosen, steps=load.steps, since=load.since
    )
