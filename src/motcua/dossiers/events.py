"""What happened to a dossier. Each type is frozen: a change is a new version, never an edit.

Personal text stands in content; events carry ids and salted digests.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from motcua.dossiers.facts import (
    ComponentFact as ComponentFact,
    DueFact as DueFact,
    FeeFact as FeeFact,
    HolderFact as HolderFact,
    LimitFact as LimitFact,
    PaperMark as PaperMark,
    PartyFact as PartyFact,
    StepFact as StepFact,
    TextRef as TextRef,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierSubmitted:
    TYPE: ClassVar[str] = "dossier_submitted"
    VERSION: ClassVar[int] = 1

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


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierReceived:
    """The dossier was found complete and valid; the limit starts (ND 118/2025 art. 17(3))."""

    TYPE: ClassVar[str] = "dossier_received"
    VERSION: ClassVar[int] = 1

    code: str
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
    fee_order: tuple[FeeFact, ...]
    visit: UUID | None
    assisted: bool
    tracking_version: int
    paper: PaperMark | None
    occurred_at: datetime
    holder: HolderFact
    step: StepFact


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRefused:
    TYPE: ClassVar[str] = "dossier_refused"
    VERSION: ClassVar[int] = 1

    reason: TextRef
    basis: str
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierStarted:
    TYPE: ClassVar[str] = "dossier_started"
    VERSION: ClassVar[int] = 1

    holder: HolderFact
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTaken:
    """A step was completed; the next one is open. `signed` marks an approval by a leader with signing right."""

    TYPE: ClassVar[str] = "dossier_step_taken"
    VERSION: ClassVar[int] = 1

    done: int
    done_kind: str
    outcome: str
    note: TextRef | None
    basis: str
    signed: bool
    signer_position: str
    holder: HolderFact
    step: StepFact
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepReturned:
    TYPE: ClassVar[str] = "dossier_step_returned"
    VERSION: ClassVar[int] = 1

    done: int
    reason: TextRef
    holder: HolderFact
    step: StepFact
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementItem:
    """One missing or wrong paper; what is wrong with it is content."""

    item: str
    component: str | None
    text: TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementRequested:
    """Everything missing, told once (ND 118/2025 art. 17(2)(a))."""

    TYPE: ClassVar[str] = "dossier_supplement_requested"
    VERSION: ClassVar[int] = 1

    number: int
    stage: str
    items: tuple[SupplementItem, ...]
    counts_as_late: bool
    holder: HolderFact
    due: DueFact
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplied:
    """Papers came in; with the last one the clock goes on."""

    TYPE: ClassVar[str] = "dossier_supplied"
    VERSION: ClassVar[int] = 1

    items: tuple[str, ...]
    complete: bool
    answer_due_at: datetime | None
    holder: HolderFact
    due: DueFact
    step_due_at: datetime | None
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierSuspended:
    TYPE: ClassVar[str] = "dossier_suspended"
    VERSION: ClassVar[int] = 1

    ground: str
    basis: str
    reason: TextRef
    until: datetime | None
    due: DueFact
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierResumed:
    TYPE: ClassVar[str] = "dossier_resumed"
    VERSION: ClassVar[int] = 1

    due: DueFact
    step_due_at: datetime | None
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierExtended:
    TYPE: ClassVar[str] = "dossier_extended"
    VERSION: ClassVar[int] = 1

    value: str
    unit: str
    ground: str
    basis: str
    reason: TextRef
    due: DueFact
    step_due_at: datetime | None
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DelayNotified:
    """Form 04 was signed. Late stays late: no figure reads the apology date."""

    TYPE: ClassVar[str] = "dossier_delay_notified"
    VERSION: ClassVar[int] = 1

    apology_date: date
    reason: TextRef
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultPaper:
    """A paper of the result."""

    role: str
    kind: str
    number: str
    date: date
    medium: str
    file_sha256: str | None = None
    signature_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """Who signed, in which seat, under which mandate."""

    person: str
    position: str
    mandate: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierDecided:
    """A numbered, signed, issued paper exists; the clock stops (national state 9)."""

    TYPE: ClassVar[str] = "dossier_decided"
    VERSION: ClassVar[int] = 1

    outcome: str
    papers: tuple[ResultPaper, ...]
    signer: Signer
    basis: str
    reasons_digest: bytes | None
    reasons: UUID | None
    step: int
    holder: HolderFact
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultAvailable:
    TYPE: ClassVar[str] = "dossier_result_available"
    VERSION: ClassVar[int] = 1

    shelf: str
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierHandedOver:
    TYPE: ClassVar[str] = "dossier_handed_over"
    VERSION: ClassVar[int] = 1

    way: str
    recipient: TextRef
    checked_by: str
    receipt_lost: bool
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierWithdrawn:
    TYPE: ClassVar[str] = "dossier_withdrawn"
    VERSION: ClassVar[int] = 1

    shown_by: str
    reason: TextRef | None
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierStopped:
    TYPE: ClassVar[str] = "dossier_stopped"
    VERSION: ClassVar[int] = 1

    ground: str
    basis: str
    reason: TextRef
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarApplied:
    """A newly published calendar edition moved the due date; both dates stay readable."""

    TYPE: ClassVar[str] = "dossier_calendar_applied"
    VERSION: ClassVar[int] = 1

    edition: str
    old: DueFact
    new: DueFact
    step_due_at: datetime | None
    occurred_at: datetime


EVENTS: tuple[type[Any], ...] = (
    DossierSubmitted,
    DossierReceived,
    DossierRefused,
    DossierStarted,
    StepTaken,
    StepReturned,
    SupplementRequested,
    Supplied,
    DossierSuspended,
    DossierResumed,
    DossierExtended,
    DelayNotified,
    DossierDecided,
    ResultAvailable,
    DossierHandedOver,
    DossierWithdrawn,
    DossierStopped,
    CalendarApplied,
)
