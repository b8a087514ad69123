"""What is decided on a procedure version's stream."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureVersionPublished:
    """A version was published and is immutable from now on."""

    TYPE: ClassVar[str] = "procedure_version_published"
    VERSION: ClassVar[int] = 1

    procedure: str
    number: int
    body_digest: bytes
    decision: str
    effective_from: date
    gaps: tuple[str, ...]


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
