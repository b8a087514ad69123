"""What moves a due moment, or asks for it to move. Frozen: a change is a new version, never an edit."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from motcua.dossiers.facts import DueFact, FilesFact, HolderFact, PaperMark, TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementItem:
    """One missing or wrong paper; what is wrong with it is content. `fault`: a code of dossiers.faults, or ""."""

    item: str
    component: str | None
    text: TextRef
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementRequested:
    """Everything missing, told once (ND 118/2025 art. 17(2)(a)). Version 1 had no faults in its items."""

    TYPE: ClassVar[str] = "dossier_supplement_requested"
    VERSION: ClassVar[int] = 2

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
    """Papers came in; with the last one the clock goes on. Version 1 had no `files`."""

    TYPE: ClassVar[str] = "dossier_supplied"
    VERSION: ClassVar[int] = 2

    items: tuple[str, ...]
    complete: bool
    answer_due_at: datetime | None
    holder: HolderFact
    due: DueFact
    step_due_at: datetime | None
    occurred_at: datetime
    paper: PaperMark | None = None
    files: tuple[FilesFact, ...] = ()


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
class ApplicantWrote:
    """While the agency waits for them, the person wrote to it."""

    TYPE: ClassVar[str] = "dossier_applicant_wrote"
    VERSION: ClassVar[int] = 1

    text: TextRef
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarApplied:
    """A newly published calendar edition moved the due date; both dates stay readable.

    `to_tell`: the applicant is owed a word, as their date comes later; version 1 owed none.
    """

    TYPE: ClassVar[str] = "dossier_calendar_applied"
    VERSION: ClassVar[int] = 2

    edition: str
    old: DueFact
    new: DueFact
    step_due_at: datetime | None
    occurred_at: datetime
    to_tell: bool = False


EVENTS = (
    ApplicantWrote,
    SupplementRequested,
    Supplied,
    DossierSuspended,
    DossierResumed,
    DossierExtended,
    DelayNotified,
    CalendarApplied,
)
