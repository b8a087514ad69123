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
