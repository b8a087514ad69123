"""The result goes out, or the dossier ends without one. Frozen: a change is a new version, never an edit."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from motcua.dossiers.facts import PaperMark, TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultAvailable:
    TYPE: ClassVar[str] = "dossier_result_available"
    VERSION: ClassVar[int] = 1

    shelf: str
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierHandedOver:
    TYPE: ClassVar[str] = "dossier_handed_over"
    VERSION: ClassVar[int] = 1

    way: str
    recipient: TextRef
    checked_by: str
    receipt_lost: bool
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierWithdrawn:
    TYPE: ClassVar[str] = "dossier_withdrawn"
    VERSION: ClassVar[int] = 1

    shown_by: str
    reason: TextRef | None
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierStopped:
    TYPE: ClassVar[str] = "dossier_stopped"
    VERSION: ClassVar[int] = 1

    ground: str
    basis: str
    reason: TextRef
    occurred_at: datetime
    paper: PaperMark | None = None


EVENTS = (ResultAvailable, DossierHandedOver, DossierWithdrawn, DossierStopped)
