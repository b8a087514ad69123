"""What is decided on numbered paper pads, on the agency's stream. Frozen: a change is a new version."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class PadIssued:
    """A pad was printed and given out."""

    TYPE: ClassVar[str] = "pad_issued"
    VERSION: ClassVar[int] = 1

    pad: UUID
    code: str
    form: str
    first: int
    last: int
    enter_within: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PadSheetVoided:
    """A sheet was spoiled, lost or printed wrong, and is never entered."""

    TYPE: ClassVar[str] = "pad_sheet_voided"
    VERSION: ClassVar[int] = 1

    pad: UUID
    number: int
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LateEntryAllowed:
    """The desk manager allows a sheet to be entered after its time."""

    TYPE: ClassVar[str] = "pad_late_entry_allowed"
    VERSION: ClassVar[int] = 1

    pad: UUID
    number: int
    ground: str
