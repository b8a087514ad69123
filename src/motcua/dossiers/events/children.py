"""An inter-agency procedure: a dossier has children at other agencies, and gets their results back. Frozen: a change is
a new version, never an edit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from motcua.dossiers.events.steps import ResultPaper
from motcua.dossiers.facts import (
    ComponentFact,
    DueFact,
    FormFact,
    GivenFact,
    HolderFact,
    LimitFact,
    PartyFact,
    StepDueFact,
    StepFact,
    TextRef,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildReceived:
    """A child dossier begins at the agency that settles its part. `parent`: the dossier the applicant has, `child`:
    which part of its process, `lead_agency`: the desk that tells the applicant and hands over. It takes no number of
    its own, and the applicant is given neither its code nor its date. `given`: to whom the rule of its first step gave
    it, and why; version 1 asked none."""

    TYPE: ClassVar[str] = "dossier_child_received"
    VERSION: ClassVar[int] = 2

    code: str
    parent: UUID
    child: str
    lead_agency: str
    procedure: str
    procedure_version: UUID
    variant: str
    channel: str
    desk_agency: str
    competent_agency: str
    process_version: UUID
    limit: LimitFact
    promise: LimitFact
    calendar_edition: str
    due_at: datetime | None
    limit_due_at: datetime | None
    provisional: bool
    parties: tuple[PartyFact, ...]
    components: tuple[ComponentFact, ...]
    tracking_version: int
    occurred_at: datetime
    holder: HolderFact
    step: StepFact
    answers: Mapping[str, str] = field(default_factory=dict)
    form: FormFact | None = None
    given: tuple[GivenFact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildOpened:
    """The parent's side: its part `child` was begun at `agency`, as `code`, due there at `due_at`."""

    TYPE: ClassVar[str] = "dossier_child_opened"
    VERSION: ClassVar[int] = 1

    child: str
    dossier: UUID
    code: str
    agency: str
    due_at: datetime | None
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildEnded:
    """The parent's side: its part `child` ended, with `outcome` granted, partly, refused or stopped and the papers of
    its result; `reasons` where it was not granted whole. Where its agency still waited for papers, they are asked for
    no more: the parent goes on as `due`, `holder`, `step_due_at` and `beside_due` say. Version 1 knew no steps beside
    the leading one."""

    TYPE: ClassVar[str] = "dossier_child_ended"
    VERSION: ClassVar[int] = 2

    child: str
    outcome: str
    papers: tuple[ResultPaper, ...]
    basis: str
    reasons: TextRef | None
    occurred_at: datetime
    goes_on: bool = False
    answer_due_at: datetime | None = None
    due: DueFact | None = None
    step_due_at: datetime | None = None
    holder: HolderFact | None = None
    beside_due: tuple[StepDueFact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildReturned:
    """The child's side: its result went back to the lead's desk, which hands everything over at once."""

    TYPE: ClassVar[str] = "dossier_child_returned"
    VERSION: ClassVar[int] = 1

    to: str
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildCalledOff:
    """The child's side: the parent ended without a result (`how`: the state it ended in), and the child with it."""

    TYPE: ClassVar[str] = "dossier_child_called_off"
    VERSION: ClassVar[int] = 1

    how: str
    occurred_at: datetime


EVENTS = (ChildReceived, ChildOpened, ChildEnded, ChildReturned, ChildCalledOff)
