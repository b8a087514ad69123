"""What is decided on an agency's posting, on the agency's stream. Frozen: a change is a new version."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ProceduresPosted:
    """Papers were put on the wall; `digest`: of which procedures in which versions (postings.wall.Change)."""

    TYPE: ClassVar[str] = "procedures_posted"
    VERSION: ClassVar[int] = 1

    print: UUID
    form: str
    sector: str
    whole: bool
    posted: int
    taken_down: int
    digest: bytes
