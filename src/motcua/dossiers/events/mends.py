"""Mistakes are mended by acts that show. Frozen: a change is a new version, never an edit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from motcua.dossiers.facts import (
    ComponentFact,
    DueFact,
    FeeFact,
    GivenFact,
    HolderFact,
    LimitFact,
    PaperMark,
    PartyFact,
    StepDueFact,
    StepFact,
    TextRef,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SealedTerms:
    """What is proposed, where it is personal: kept as content."""

    snapshot: UUID
    snapshot_digest: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposer:
    """The first of the two people: who, in which seat, and the event in which they proposed it."""

    by: str
    position: str
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierProposed:
    """A two-person act was proposed; a seat of `agency` confirms or declines it. It lapses with the next act."""

    TYPE: ClassVar[str] = "dossier_proposed"
    VERSION: ClassVar[int] = 1

    act: str
    terms: Mapping[str, str]
    sealed: SealedTerms | None
    reason: TextRef
    agency: str
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalDeclined:
    TYPE: ClassVar[str] = "dossier_proposal_declined"
    VERSION: ClassVar[int] = 1

    act: str
    proposed: Proposer
    reason: TextRef
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalWithdrawn:
    """The first person took it back."""

    TYPE: ClassVar[str] = "dossier_proposal_withdrawn"
    VERSION: ClassVar[int] = 1

    act: str
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptVoided:
    """The receipt is void, its number stays used (ground void)."""

    TYPE: ClassVar[str] = "dossier_receipt_voided"
    VERSION: ClassVar[int] = 1

    reason: TextRef
    proposed: Proposer
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierClosedAsDuplicate:
    """Another dossier is the same request (ground duplicate). `same_applicant`: they have an applicant in common."""

    TYPE: ClassVar[str] = "dossier_closed_as_duplicate"
    VERSION: ClassVar[int] = 1

    of: str
    same_applicant: bool
    reason: TextRef
    proposed: Proposer
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceptionCorrected:
    """Parties, components, variant as they should have been received; never start or code.

    `old` and `due` differ only where the variant changed: then the due moments are computed anew from the same
    start. `holder` and `step` are set where another process applies. `same`: which field (dossiers.degraded) stands
    as which one did before, so that its state stays (None: all do); `degraded`: which have to be looked up anew.
    Version 1 had no exemptions in the fee order, version 2 neither `same` nor `degraded`, version 3 no
    steps beside the leading one; version 5 knows `given`: to whom the rule of the step gave it, and why.
    """

    TYPE: ClassVar[str] = "dossier_reception_corrected"
    VERSION: ClassVar[int] = 5

    number: int
    variant_before: str
    variant: str
    process_version: UUID | None
    limit: LimitFact
    promise: LimitFact
    old: DueFact
    due: DueFact
    step_due_at: datetime | None
    holder: HolderFact | None
    step: StepFact | None
    parties: tuple[PartyFact, ...]
    components: tuple[ComponentFact, ...]
    answers: Mapping[str, str]
    fee_order: tuple[FeeFact, ...]
    reason: TextRef
    proposed: Proposer
    occurred_at: datetime
    same: Mapping[str, str] | None = None
    degraded: tuple[str, ...] = ()
    beside_due: tuple[StepDueFact, ...] = ()
    given: tuple[GivenFact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierReopened:
    """A decided result is worked on again; due date and lateness stay as the first decision left them. Version 2 knows
    `given`: to whom the rule of the step gave it, and why."""

    TYPE: ClassVar[str] = "dossier_reopened"
    VERSION: ClassVar[int] = 2

    fault: str
    reason: TextRef
    holder: HolderFact
    step: StepFact
    proposed: Proposer
    occurred_at: datetime
    given: tuple[GivenFact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRevoked:
    TYPE: ClassVar[str] = "dossier_result_revoked"
    VERSION: ClassVar[int] = 1

    result: str
    basis: str
    reason: TextRef
    occurred_at: datetime
    paper: PaperMark | None = None


EVENTS = (
    DossierProposed,
    ProposalDeclined,
    ProposalWithdrawn,
    ReceiptVoided,
    DossierClosedAsDuplicate,
    ReceptionCorrected,
    DossierReopened,
    ResultRevoked,
)
