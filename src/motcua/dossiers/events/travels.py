"""Paper dossiers and results go from hand to hand on a numbered manifest. Frozen: a change is a new version, never an
edit."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from motcua.dossiers.facts import TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersSent:
    """The giver signed that the papers (`what`: papers or result) left their unit for another on `manifest`: so many
    originals and copies, by an officer or a `carrier` with its number."""

    TYPE: ClassVar[str] = "dossier_papers_sent"
    VERSION: ClassVar[int] = 1

    what: str
    manifest: str
    from_agency: str
    from_unit: UUID
    to_agency: str
    to_unit: UUID
    originals: int
    copies: int
    carrier: str
    tracking_number: str
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersSigned:
    """The receiver signed for what the event `sent` sent: received, missing or damaged."""

    TYPE: ClassVar[str] = "dossier_papers_signed"
    VERSION: ClassVar[int] = 1

    sent: int
    manifest: str
    outcome: str
    note: TextRef | None
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersSettled:
    """What both sides said differently is settled, or the giver took it back before it was signed for. `way`: found (by
    the receiver), returned (it is with the giver), recorded (a written record of both sides)."""

    TYPE: ClassVar[str] = "dossier_papers_settled"
    VERSION: ClassVar[int] = 1

    sent: int
    manifest: str
    way: str
    note: TextRef
    occurred_at: datetime


EVENTS = (PapersSent, PapersSigned, PapersSettled)
