"""A dossier goes to a named person, or to another agency. Frozen: a change is a new version, never an edit."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from motcua.dossiers.facts import (
    DueFact,
    GivenFact,
    HolderFact,
    LimitFact,
    PaperMark,
    StepDueFact,
    StepFact,
    TextRef,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierAssigned:
    """A lead gave the open step to a person of its seats, or (no account in `holder`) back to their shared list.

    `starts`: it had been received only, and is in process from here on.
    """

    TYPE: ClassVar[str] = "dossier_assigned"
    VERSION: ClassVar[int] = 1

    step: int
    starts: bool
    holder: HolderFact
    reason: TextRef
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierClaimed:
    """Somebody of the step's seats took it into their own name, without beginning: from the shared list, or out of the
    name of `before`, with a reason. In version 1 it was always on the list."""

    TYPE: ClassVar[str] = "dossier_claimed"
    VERSION: ClassVar[int] = 2

    step: int
    holder: HolderFact
    occurred_at: datetime
    paper: PaperMark | None = None
    before: UUID | None = None
    reason: TextRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPutBack:
    """Who had it in their name gave it back to the shared list of the step's seats."""

    TYPE: ClassVar[str] = "dossier_put_back"
    VERSION: ClassVar[int] = 1

    step: int
    holder: HolderFact
    reason: TextRef
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierTransferred:
    """The dossier is given to another agency: to the competent one (`use` non_territorial, ND 118/2025 art. 17(3)),
    or because this one is not (competence). The giver holds until delivery, and is charged the pause.

    `answer_by`: silence until then is acceptance; None while papers are under way with a manifest.
    """

    TYPE: ClassVar[str] = "dossier_transferred"
    VERSION: ClassVar[int] = 1

    use: str
    giver: str
    to: str
    stage: str
    way: str
    manifest: str
    reason: TextRef | None
    answer_by: datetime | None
    holder: HolderFact
    due: DueFact
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferDelivered:
    """The receiving desk noted that the papers are there; version 2 knows `presumed`: it said nothing of them for two
    working days."""

    TYPE: ClassVar[str] = "dossier_transfer_delivered"
    VERSION: ClassVar[int] = 2

    answer_by: datetime
    holder: HolderFact
    occurred_at: datetime
    paper: PaperMark | None = None
    presumed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferAccepted:
    """The receiving agency is competent from here on, under its own process. The limit starts, if it has not yet
    (`starts`), else it goes on; never anew. `silent`: 8 working hours passed without an answer.

    `left_step`: the giver's step that was open; `given`: to whom the rule of the first step gave it, and why. In
    version 1 no step had a rule.
    """

    TYPE: ClassVar[str] = "dossier_transfer_accepted"
    VERSION: ClassVar[int] = 2

    silent: bool
    starts: bool
    giver: str
    agency: str
    process_version: UUID
    limit: LimitFact
    promise: LimitFact
    due: DueFact
    left_step: int | None
    step: StepFact
    holder: HolderFact
    occurred_at: datetime
    paper: PaperMark | None = None
    given: tuple[GivenFact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferDeclined:
    """The receiving desk sent it back with a reason; the giver goes on where it stood. `silent`: it said nothing for 8
    working hours and could not take it over; `came`: its papers, on a manifest of paper alone, are there. Version 1
    knew no steps beside the leading one, version 2 no silence, version 3 no papers."""

    TYPE: ClassVar[str] = "dossier_transfer_declined"
    VERSION: ClassVar[int] = 4

    agency: str
    reason: TextRef
    holder: HolderFact
    due: DueFact
    step_due_at: datetime | None
    answer_due_at: datetime | None
    occurred_at: datetime
    paper: PaperMark | None = None
    beside_due: tuple[StepDueFact, ...] = ()
    silent: bool = False
    came: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicantTold:
    """The applicant was told what they were owed a word about: by the desk, or by a message that arrived.

    `word`: the event that made the word owed; version 1 told all there was to tell.
    """

    TYPE: ClassVar[str] = "dossier_applicant_told"
    VERSION: ClassVar[int] = 2

    about: str
    way: str
    due_at: datetime | None
    occurred_at: datetime
    paper: PaperMark | None = None
    word: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicantNotReached:
    """No message reached whom it was for: the desk owes them a word (`about`: papers, payment, delay, due_moved,
    received, refused, stopped)."""

    TYPE: ClassVar[str] = "dossier_applicant_not_reached"
    VERSION: ClassVar[int] = 1

    about: str
    occurred_at: datetime


EVENTS = (
    DossierAssigned,
    DossierClaimed,
    DossierPutBack,
    DossierTransferred,
    TransferDelivered,
    TransferAccepted,
    TransferDeclined,
    ApplicantTold,
    ApplicantNotReached,
)
