"""What officers write to themselves and to each other about a dossier. Frozen: a change is a new version, never an
edit."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from motcua.dossiers.facts import TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFact:
    """From where somebody writes: their seat's agency and unit."""

    agency: str
    unit: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddresseeFact:
    """Whom a message is for: a person, a unit or an agency, and what they were called then."""

    agency: str
    unit: UUID | None
    account: UUID | None
    name: str
    name_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWritten:
    """A note; `whose`: own (for who wrote it) or unit (for the unit of their seat)."""

    TYPE: ClassVar[str] = "dossier_note_written"
    VERSION: ClassVar[int] = 1

    whose: str
    place: PlaceFact
    text: TextRef
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageWritten:
    """A message to somebody who takes part; `answers`: the event with the message it answers, 0 for none."""

    TYPE: ClassVar[str] = "dossier_message_written"
    VERSION: ClassVar[int] = 1

    place: PlaceFact
    to: AddresseeFact
    answers: int
    text: TextRef
    occurred_at: datetime


EVENTS = (NoteWritten, MessageWritten)
