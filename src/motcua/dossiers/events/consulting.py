"""Another body is asked for its opinion, and answers or is silent. Frozen: a change is a new version, never an edit."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from motcua.dossiers.facts import DueFact, FilesFact, HolderFact, LimitFact, PaperMark, StepDueFact, TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedBody:
    """One of those asked, by consultation `id`: an agency (its seats of `kinds`), a unit or a kind of seat of who
    asks; what it was called then, and until when it answers, by its own agency's calendar. `letter`: the number of the
    letter by which a body outside the system is asked; who asks writes its answer down."""

    id: UUID
    agency: str
    unit: UUID | None
    kinds: tuple[str, ...]
    name: str
    name_en: str
    due_at: datetime
    letter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyFact:
    """Whose consultation a later event is about."""

    id: UUID
    agency: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationAsked:
    """Opinions were asked for. `plan`: of which consultation of the process's step, or ""; `parts` (people, form) and
    `papers` (components) are what those asked see. It pauses the clock on `ground`, until `until` at most: then `due`
    is what remains, and `holder` the body that has it now, where none had it before. Version 2 knows
    bodies outside the system."""

    TYPE: ClassVar[str] = "dossier_consultation_asked"
    VERSION: ClassVar[int] = 2

    step: int
    plan: str
    about: TextRef
    parts: tuple[str, ...]
    papers: tuple[str, ...]
    files: tuple[FilesFact, ...]
    bodies: tuple[AskedBody, ...]
    limit: LimitFact
    tacit: bool
    pauses: bool
    ground: str
    basis: str
    until: datetime | None
    holder: HolderFact | None
    due: DueFact | None
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationHandedOn:
    """Inside the body that was asked, `account` is to answer. Version 2 knows None: whoever receives what it is asked,
    because who was to answer has left."""

    TYPE: ClassVar[str] = "dossier_consultation_handed_on"
    VERSION: ClassVar[int] = 2

    body: BodyFact
    account: UUID | None
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationReminded:
    TYPE: ClassVar[str] = "dossier_consultation_reminded"
    VERSION: ClassVar[int] = 1

    body: BodyFact
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationAnswered:
    """The opinion came, signed by somebody under a document's number; `late`: past its due moment. `used_minutes`: of
    that body's office hours since it was asked. With the last one that paused it, the clock goes on at `resumed_at`;
    else `holder` is the next that has it."""

    TYPE: ClassVar[str] = "dossier_consultation_answered"
    VERSION: ClassVar[int] = 1

    body: BodyFact
    outcome: str
    text: TextRef
    signed: TextRef
    number: str
    files: tuple[FilesFact, ...]
    late: bool
    used_minutes: int
    holder: HolderFact | None
    resumed_at: datetime | None
    due: DueFact | None
    step_due_at: datetime | None
    beside_due: tuple[StepDueFact, ...]
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationLapsed:
    """Nobody answered in time: agreement where the process says so (`tacit`), else silence that the lead goes on
    without. It happened when the time was over, whoever wrote it down and when."""

    TYPE: ClassVar[str] = "dossier_consultation_lapsed"
    VERSION: ClassVar[int] = 1

    body: BodyFact
    tacit: bool
    used_minutes: int
    holder: HolderFact | None
    resumed_at: datetime | None
    due: DueFact | None
    step_due_at: datetime | None
    beside_due: tuple[StepDueFact, ...]
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationTakenBack:
    TYPE: ClassVar[str] = "dossier_consultation_taken_back"
    VERSION: ClassVar[int] = 1

    body: BodyFact
    reason: TextRef
    used_minutes: int
    holder: HolderFact | None
    resumed_at: datetime | None
    due: DueFact | None
    step_due_at: datetime | None
    beside_due: tuple[StepDueFact, ...]
    occurred_at: datetime
    paper: PaperMark | None = None


EVENTS = (
    ConsultationAsked,
    ConsultationHandedOn,
    ConsultationReminded,
    ConsultationAnswered,
    ConsultationLapsed,
    ConsultationTakenBack,
)
