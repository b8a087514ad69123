"""Who takes no part in a dossier, for a conflict of interest. Frozen: a change is a new version, never an edit."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from motcua.dossiers.events.mends import Proposer
from motcua.dossiers.facts import GivenFact, HolderFact, PaperMark, TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestDeclared:
    """The officer `account` declared a conflict of interest (`kind`: of dossiers.interests) and takes no part in the
    dossier from here on; somebody else holds it, or a lead where nobody else may do the step."""

    TYPE: ClassVar[str] = "dossier_interest_declared"
    VERSION: ClassVar[int] = 1

    account: UUID
    kind: str
    reason: TextRef
    step: int
    holder: HolderFact
    occurred_at: datetime
    given: tuple[GivenFact, ...] = ()
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InterestLifted:
    """Two leads let the officer `account`, who declared a conflict of interest (event `declared`), take part again."""

    TYPE: ClassVar[str] = "dossier_interest_lifted"
    VERSION: ClassVar[int] = 1

    account: UUID
    declared: int
    reason: TextRef
    proposed: Proposer
    occurred_at: datetime


EVENTS = (InterestDeclared, InterestLifted)
