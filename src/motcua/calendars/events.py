"""What is decided on a calendar edition's stream."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarPublished:
    """An edition was published; open dossiers it moves are moved by an event each."""

    TYPE: ClassVar[str] = "calendar_published"
    VERSION: ClassVar[int] = 1

    agency: str
    code: str
    body_digest: bytes
    basis: str
