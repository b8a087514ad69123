"""A dossier's agency is merged into another, or who has it leaves. Frozen: a change is a new version, never an edit."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from motcua.dossiers.facts import BesideFact, GivenFact, HolderFact


@dataclass(frozen=True, slots=True, kw_only=True)
class BackFact:
    """Who holds it again once what it waits for is over: `waits` is supplement, payment, transfer or consulting."""

    waits: str
    holder: HolderFact


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitFact:
    """A unit of the predecessor, and the one of the successor that has its papers."""

    before: UUID
    after: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPassedOn:
    """By the document `basis`, agency `successor` stands in the place of `predecessor` everywhere in the dossier. Code,
    dates, clock and process stay. `holder` is None where nobody of the predecessor holds it;
    `beside`: the steps beside the leading one, and who holds them now. Version 2 knows `units`: which unit of the
    successor has the papers that lay at, came to or had left one of the predecessor's; version 3 `given`: to whom the
    rules of open steps gave them, and why."""

    TYPE: ClassVar[str] = "dossier_passed_on"
    VERSION: ClassVar[int] = 3

    predecessor: str
    successor: str
    basis: str
    holder: HolderFact | None
    backs: tuple[BackFact, ...]
    beside: tuple[BesideFact, ...]
    occurred_at: datetime
    units: tuple[UnitFact, ...] = ()
    given: tuple[GivenFact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierHandedOn:
    """The account `leaver` leaves a seat: the open step goes to the person `holder` names, or to its shared list.
    Version 2 knows `waits` (as BackFact): the step comes back to `holder` once that is over."""

    TYPE: ClassVar[str] = "dossier_handed_on"
    VERSION: ClassVar[int] = 2

    step: int
    leaver: UUID
    holder: HolderFact
    occurred_at: datetime
    waits: str = ""


EVENTS = (DossierPassedOn, DossierHandedOn)
