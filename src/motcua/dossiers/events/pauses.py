"""What moves a due moment, or asks for it to move. Frozen: a change is a new version, never an edit."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from motcua.dossiers.facts import (
    DueFact,
    FilesFact,
    FormFact,
    HolderFact,
    PaperMark,
    ReplyFact,
    StepDueFact,
    TextRef,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementItem:
    """One missing or wrong paper; what is wrong with it is content. `fault`: a code of dossiers.faults, or "". `topic`:
    the page of the electronic form that is wrong instead, of it the `fields`, or where none are named the whole."""

    item: str
    component: str | None
    text: TextRef
    fault: str = ""
    topic: str = ""
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementRequested:
    """Everything missing, told once (ND 118/2025 art. 17(2)(a)). `child`: for which child dossier the lead's desk asks.
    Version 1 had no faults in its items, version 2 none of the form, version 3 knew no children."""

    TYPE: ClassVar[str] = "dossier_supplement_requested"
    VERSION: ClassVar[int] = 4

    number: int
    stage: str
    items: tuple[SupplementItem, ...]
    counts_as_late: bool
    holder: HolderFact
    due: DueFact
    occurred_at: datetime
    paper: PaperMark | None = None
    child: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplied:
    """Papers came in; with the last one the clock goes on. `form`: the electronic form as it is from now on, of which
    `fields` were answered anew; what it was before stays in the events before. Version 1 had no `files`, version 2 no
    `replies` and no form, version 3 no steps beside the leading one (`beside_due`)."""

    TYPE: ClassVar[str] = "dossier_supplied"
    VERSION: ClassVar[int] = 4

    items: tuple[str, ...]
    complete: bool
    answer_due_at: datetime | None
    holder: HolderFact
    due: DueFact
    step_due_at: datetime | None
    occurred_at: datetime
    paper: PaperMark | None = None
    files: tuple[FilesFact, ...] = ()
    replies: tuple[ReplyFact, ...] = ()
    form: FormFact | None = None
    fields: tuple[str, ...] = ()
    beside_due: tuple[StepDueFact, ...] = ()


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
    """In version 1 no step was open beside the leading one."""

    TYPE: ClassVar[str] = "dossier_resumed"
    VERSION: ClassVar[int] = 2

    due: DueFact
    step_due_at: datetime | None
    occurred_at: datetime
    paper: PaperMark | None = None
    beside_due: tuple[StepDueFact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierExtended:
    """In version 1 no step was open beside the leading one."""

    TYPE: ClassVar[str] = "dossier_extended"
    VERSION: ClassVar[int] = 2

    value: str
    unit: str
    ground: str
    basis: str
    reason: TextRef
    due: DueFact
    step_due_at: datetime | None
    occurred_at: datetime
    paper: PaperMark | None = None
    beside_due: tuple[StepDueFact, ...] = ()


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

    `to_tell`: the applicant is owed a word, as their date comes later; version 1 owed none. Version 2 knew
    no steps beside the leading one.
    """

    TYPE: ClassVar[str] = "dossier_calendar_applied"
    VERSION: ClassVar[int] = 3

    edition: str
    old: DueFact
    new: DueFact
    step_due_at: datetime | None
    occurred_at: datetime
    to_tell: bool = False
    beside_due: tuple[StepDueFact, ...] = ()


EVENTS = (
    ApplicantWrote,
    SupplementRequested,
    Supplied,
    DossierSuspended,
    DossierResumed,
    DossierExtended,
    CalendarApplied,
)
