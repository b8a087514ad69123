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
class ReadyNotified:
    """The applicant was told, or tried to be told, that the result is there; from the second time on a reminder."""

    TYPE: ClassVar[str] = "dossier_ready_notified"
    VERSION: ClassVar[int] = 1

    number: int
    way: str
    reached: bool
    note: TextRef | None
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersMoved:
    """The result, or the papers handed in, went to another place: shelf, officer or post. One link of their chain."""

    TYPE: ClassVar[str] = "dossier_papers_moved"
    VERSION: ClassVar[int] = 1

    what: str
    to: str
    place: str
    manifest: str
    tracking_number: str
    reason: TextRef | None
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierHandedOver:
    """The result was given out. `proof`: what shows that it was (signature on paper or screen, photo, postal slip).

    `tracking_version` is the new one where the receipt is lost, so that a finder's QR opens nothing. Version 1 had
    none of the fields from `authority` on.
    """

    TYPE: ClassVar[str] = "dossier_handed_over"
    VERSION: ClassVar[int] = 2

    way: str
    recipient: TextRef
    checked_by: str
    receipt_lost: bool
    occurred_at: datetime
    paper: PaperMark | None = None
    authority: TextRef | None = None
    proof: str = "paper"
    proof_file: str | None = None
    tracking_number: str = ""
    with_originals: bool = False
    tracking_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersGivenBack:
    """The papers of a dossier that ended without a result went back to the applicant."""

    TYPE: ClassVar[str] = "dossier_papers_given_back"
    VERSION: ClassVar[int] = 1

    recipient: TextRef
    checked_by: str
    proof: str
    proof_file: str | None
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


EVENTS = (
    ResultAvailable,
    ReadyNotified,
    PapersMoved,
    DossierHandedOver,
    PapersGivenBack,
    DossierWithdrawn,
    DossierStopped,
)
