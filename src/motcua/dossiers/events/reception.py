"""A dossier comes in. Frozen: a change is a new version, never an edit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from motcua.dossiers.facts import (
    ClaimFact,
    ComponentFact,
    FeeFact,
    FilingFact,
    FormFact,
    GivenFact,
    HolderFact,
    LimitFact,
    PaperMark,
    PartyFact,
    StepFact,
    TextRef,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierSubmitted:
    """The dossier was handed in; the desk answers within 8 working hours. `answers` are question -> option of the
    version, `form` what was answered in its form, `degraded` what is still to be looked up, `claims` the exemptions
    that the applicant asks for, `filing` who handed it in for the applicant. Version 1 had none of the fields from
    `answers` on, version 2 not the last three, version 3 no `filing`: nobody helped then."""

    TYPE: ClassVar[str] = "dossier_submitted"
    VERSION: ClassVar[int] = 4

    code: str
    procedure: str
    procedure_version: UUID
    variant: str
    channel: str
    desk_agency: str
    competent_agency: str
    parties: tuple[PartyFact, ...]
    components: tuple[ComponentFact, ...]
    assisted: bool
    tracking_version: int
    answer_due_at: datetime
    holder: HolderFact
    occurred_at: datetime
    paper: PaperMark | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    quantities: Mapping[str, int] = field(default_factory=dict)
    return_way: str = "desk"
    form: FormFact | None = None
    degraded: tuple[str, ...] = ()
    claims: tuple[ClaimFact, ...] = ()
    filing: FilingFact = FilingFact(kind="self")


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierReceived:
    """The dossier was found complete and valid; the limit starts (ND 118/2025 art. 17(3)).

    Where the desk's agency is not competent there is no process, step or due moment yet: the limit starts when the
    competent desk accepts the transfer, and the receipt shows `expected_at`. `answers` are question -> option of
    the version, `quantities` what fees are counted by, `return_way` how the result is to come back, `degraded`
    what could not be looked up, `given` to whom the rule of the first step gave it, and why. Version 1 had none of the
    fields from `answers` on; version 2 no exemptions in the fee order; version 3 no rules.
    """

    TYPE: ClassVar[str] = "dossier_received"
    VERSION: ClassVar[int] = 4

    code: str
    procedure: str
    procedure_version: UUID
    variant: str
    channel: str
    desk_agency: str
    competent_agency: str
    process_version: UUID | None
    limit: LimitFact
    promise: LimitFact
    calendar_edition: str
    due_at: datetime | None
    limit_due_at: datetime | None
    provisional: bool
    parties: tuple[PartyFact, ...]
    components: tuple[ComponentFact, ...]
    fee_order: tuple[FeeFact, ...]
    visit: UUID | None
    assisted: bool
    tracking_version: int
    paper: PaperMark | None
    occurred_at: datetime
    holder: HolderFact
    step: StepFact | None
    answers: Mapping[str, str] = field(default_factory=dict)
    quantities: Mapping[str, int] = field(default_factory=dict)
    sets: int = 1
    return_way: str = "desk"
    expected_at: datetime | None = None
    degraded: tuple[str, ...] = ()
    given: tuple[GivenFact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRefused:
    TYPE: ClassVar[str] = "dossier_refused"
    VERSION: ClassVar[int] = 1

    reason: TextRef
    basis: str
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingObjected:
    """An applicant says that they asked nobody to hand it in for them."""

    TYPE: ClassVar[str] = "dossier_filing_objected"
    VERSION: ClassVar[int] = 1

    reason: TextRef | None
    occurred_at: datetime


EVENTS = (DossierSubmitted, DossierReceived, DossierRefused, FilingObjected)
