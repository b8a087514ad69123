"""A dossier goes through its process, up to the decision. Frozen: a change is a new version, never an edit."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from motcua.dossiers.facts import BesideFact, FilesFact, GivenFact, HolderFact, PaperMark, StepFact, TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierStarted:
    TYPE: ClassVar[str] = "dossier_started"
    VERSION: ClassVar[int] = 1

    holder: HolderFact
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTaken:
    """A step was completed; `step` is the leading one of those that are open now, held by `holder`. `signed` marks an
    approval by a leader with signing right; `given`: to whom the rules of those that opened gave them, and why.

    `goes_on`: the leading one was open already, in another branch; `beside`: what opened beside it; `way`: the named
    outcome; `passed_over`: rows whose condition did not hold; `files`: the papers that the step made. In version 1 no
    step had a rule, in version 2 one step was open at a time, in version 3 none made a paper.
    """

    TYPE: ClassVar[str] = "dossier_step_taken"
    VERSION: ClassVar[int] = 4

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
    given: tuple[GivenFact, ...] = ()
    way: str = ""
    passed_over: tuple[int, ...] = ()
    beside: tuple[BesideFact, ...] = ()
    goes_on: bool = False
    files: tuple[FilesFact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StepReturned:
    """A step was given back; the earlier one is open again. `left`: the open steps of other branches that ended with
    it; `goes_on` and `beside` as in `StepTaken`. In version 1 one step was open at a time."""

    TYPE: ClassVar[str] = "dossier_step_returned"
    VERSION: ClassVar[int] = 2

    done: int
    reason: TextRef
    holder: HolderFact
    step: StepFact
    occurred_at: datetime
    paper: PaperMark | None = None
    left: tuple[int, ...] = ()
    beside: tuple[BesideFact, ...] = ()
    goes_on: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRecalled:
    """Who completed step `number` took it back before any whom it came to had opened the dossier: it is open again,
    what it had opened (`closed`) is not. `left` was the leading step, `step` is it now; `goes_on` and `beside` as in
    `StepTaken`. In version 1 one step was open at a time: `step` was recalled, `left` closed."""

    TYPE: ClassVar[str] = "dossier_step_recalled"
    VERSION: ClassVar[int] = 2

    left: int
    holder: HolderFact
    step: StepFact
    occurred_at: datetime
    paper: PaperMark | None = None
    number: int = 0
    closed: tuple[int, ...] = ()
    beside: tuple[BesideFact, ...] = ()
    goes_on: bool = False

    @property
    def ended(self) -> tuple[int, ...]:
        """The steps that are not open any more."""
        return self.closed if self.number else (self.left,)


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
    """A numbered, signed, issued paper exists; the clock stops (national state 9). `files`: the papers that the last
    step made beside it; in version 1 it made none."""

    TYPE: ClassVar[str] = "dossier_decided"
    VERSION: ClassVar[int] = 2

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
    files: tuple[FilesFact, ...] = ()


EVENTS = (DossierStarted, StepTaken, StepReturned, StepRecalled, DossierDecided)
