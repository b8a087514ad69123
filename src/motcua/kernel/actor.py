"""Who acts and who looks. No table and no rule stands here."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

ActorKind = Literal["staff", "citizen", "system"]


@dataclass(frozen=True, slots=True)
class Capacity:
    """One seat a signed-in person holds at this moment."""

    position: UUID
    kind: str
    unit: UUID
    agency: str
    # The agencies below, for a seat that oversees them.
    below: frozenset[str] = frozenset()
    # A back-up by date: for whom (an account's id, and the name), who is away now or not, and by which document.
    acting_for: str | None = None
    instead: str = ""
    is_away: bool = False
    mandate: str | None = None
    # Of a representative: the code of the agency that posted them to this desk.
    posted_by: str = ""
    # A mandate that names acts, procedures or sectors is for these alone (empty: for all); it lasts from `since` to
    # `until`.
    acts: frozenset[str] = frozenset()
    procedures: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    since: datetime | None = None
    until: datetime | None = None

    @property
    def is_limited(self) -> bool:
        """Whether it is a mandate for some acts, procedures or sectors alone."""
        return bool(self.acts or self.procedures or self.sectors)

    @property
    def scope(self) -> frozenset[str]:
        """The agencies this seat looks into: its own, and those it oversees."""
        return self.below | {self.agency}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does an act, in which capacity; this is what the ledger writes down."""

    kind: ActorKind
    id: str
    position: UUID | None = None
    position_kind: str = ""
    unit: UUID | None = None
    agency: str = ""
    acting_for: str | None = None
    mandate: str | None = None
    posted_by: str = ""
    acts: frozenset[str] = frozenset()
    procedures: frozenset[str] = frozenset()
    sectors: frozenset[str] = frozenset()
    # Of who acts for another: from when until when.
    since: datetime | None = None
    until: datetime | None = None

    @property
    def people(self) -> frozenset[str]:
        """Who acts, and for whom: of an act of two people they are together one."""
        return frozenset(one for one in (self.id, self.acting_for) if one)

    @property
    def party(self) -> str:
        """Whose dossiers a citizen acts on: their own, or those of the business that gave them a mandate."""
        return self.acting_for if self.kind == "citizen" and self.acting_for else self.id


SYSTEM = Actor(kind="system", id="system")


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is asking: the person, the seats held, and the agencies whose dossiers may be read.

    `limited`: mandates for some acts or procedures alone, which open dossiers' acts and nothing else; `lapsed`:
    mandates that are over since a short while, or soon begin, to say so to who would use them.
    """

    account: UUID
    login: str
    name: str
    capacities: tuple[Capacity, ...]
    scope: frozenset[str]
    session: UUID | None = None
    limited: tuple[Capacity, ...] = ()
    lapsed: tuple[Capacity, ...] = ()

    @property
    def standing_in(self) -> frozenset[str]:
        """For whom this person acts now, by account."""
        return frozenset(c.acting_for for c in self.able if c.acting_for)

    @property
    def able(self) -> tuple[Capacity, ...]:
        """The seats in which acts on dossiers are done: those held, then mandates for some acts or procedures."""
        return self.capacities + self.limited

    def kinds(self, agency: str) -> frozenset[str]:
        """The kinds of seats held in `agency`."""
        return frozenset(c.kind for c in self.capacities if c.agency == agency)

    def agencies(self, kinds: Container[str]) -> frozenset[str]:
        """The agencies that seats of `kinds` look into. What a seat lets its holder see, it lets them see there only:
        another seat somewhere else adds nothing to it."""
        return frozenset(agency for c in self.capacities if c.kind in kinds for agency in c.scope)

    def sees(self, agency: str, kinds: Container[str]) -> bool:
        """Whether a seat of `kinds` looks into `agency`."""
        return any(c.kind in kinds and agency in c.scope for c in self.capacities)

    def posted(self) -> dict[str, list[str]]:
        """Where this person represents which agency, as two columns that go together: `desks`, and `by` whom."""
        held = [c for c in self.capacities if c.posted_by]
        return {"desks": [c.agency for c in held], "by": [c.posted_by for c in held]}

    def actor(self, capacity: Capacity | None = None) -> Actor:
        """This person as an actor, in `capacity` (None: as a person without a seat)."""
        if capacity is None:
            return Actor(kind="staff", id=str(self.account))
        return Actor(
            kind="staff",
            id=str(self.account),
            position=capacity.position,
            position_kind=capacity.kind,
            unit=capacity.unit,
            agency=capacity.agency,
            acting_for=capacity.acting_for,
            mandate=capacity.mandate,
            posted_by=capacity.posted_by,
            acts=capacity.acts,
            procedures=capacity.procedures,
            sectors=capacity.sectors,
            since=capacity.since,
            until=capacity.until,
        )
