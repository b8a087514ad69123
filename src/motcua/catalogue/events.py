"""What is decided on a procedure version's stream."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureVersionPublished:
    """A version was published and is immutable from now on. `transition`: what becomes of the dossiers that run
    (catalogue.transition), on `transition_basis`; version 1 let all of them stay."""

    TYPE: ClassVar[str] = "procedure_version_published"
    VERSION: ClassVar[int] = 2

    procedure: str
    number: int
    body_digest: bytes
    decision: str
    effective_from: date
    gaps: tuple[str, ...]
    transition: str = "stay"
    transition_basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureVersionWithdrawn:
    """A version was taken back before the day it would have come into force, on `basis`."""

    TYPE: ClassVar[str] = "procedure_version_withdrawn"
    VERSION: ClassVar[int] = 1

    procedure: str
    number: int
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TransitionSettled:
    """Every dossier that ran when the version came into force was seen to: so many moved to it, so many stayed."""

    TYPE: ClassVar[str] = "procedure_transition_settled"
    VERSION: ClassVar[int] = 1

    procedure: str
    number: int
    moved: int
    stayed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureImported:
    """The version was made from a record of the national catalogue; `findings`: the kinds of what was found in it."""

    TYPE: ClassVar[str] = "procedure_imported"
    VERSION: ClassVar[int] = 1

    procedure: str
    file: str
    file_digest: bytes
    line: int
    record_digest: bytes
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureClosed:
    """The catalogue names the procedure no more: nothing is received for it from that day on."""

    TYPE: ClassVar[str] = "procedure_closed"
    VERSION: ClassVar[int] = 1

    procedure: str
    closed_on: date
    file: str
    file_digest: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureReopened:
    """The catalogue names a procedure again that was closed."""

    TYPE: ClassVar[str] = "procedure_reopened"
    VERSION: ClassVar[int] = 1

    procedure: str
    file: str
    file_digest: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureLocalised:
    """The agency set something of a procedure, for itself and those below it, from a day on. It stands on the agency's
    stream. `what`: promise, fees, place or handled_in; `terms`: what is set ("variant.channel", a fee rule)
    and to what."""

    TYPE: ClassVar[str] = "procedure_localised"
    VERSION: ClassVar[int] = 1

    procedure: str
    what: str
    terms: Mapping[str, str]
    basis: str
    valid_from: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingDecided:
    """A catalogue officer decided what the words at a place of an announcement mean; `digest`: of the decision's row,
    `replaces`: the earlier decision on words that stand there no more."""

    TYPE: ClassVar[str] = "finding_decided"
    VERSION: ClassVar[int] = 1

    procedure: str
    decision: UUID
    what: str
    where: str
    digest: bytes
    replaces: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingReopened:
    """A decision was taken back: what it was about is nobody's to guess again."""

    TYPE: ClassVar[str] = "finding_reopened"
    VERSION: ClassVar[int] = 1

    procedure: str
    decision: UUID
    what: str
    where: str
    digest: bytes
    replaces: UUID


EVENTS = (
    ProcedureVersionPublished,
    ProcedureImported,
    ProcedureClosed,
    ProcedureReopened,
    ProcedureVersionWithdrawn,
    TransitionSettled,
    ProcedureLocalised,
    FindingDecided,
    FindingReopened,
)
