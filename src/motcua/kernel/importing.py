"""Taking in what others wrote: where it came from, and what became of each part of it."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What an import did with a part of the file."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Source:
    """The file it came from: its name and SHA-256."""

    file: str
    digest: bytes
