"""Received, decided and handed over at once. Frozen: a change is a new version, never an edit."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from motcua.dossiers.events.steps import ResultPaper, Signer
from motcua.dossiers.facts import ComponentFact, FeeFact, LimitFact, PaperMark, PartyFact


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierExpress:
    """One dossier came in, was decided and went out in one transaction; it is due at that very moment.

    `parties` may be empty where the law asks nobody's name (a certified copy). `limit` is the version's, for the
    record: nothing ran. `handed_to` says to whom: the requester, as they stood at the desk. Version 1 had no
    exemptions in the fee order.
    """

    TYPE: ClassVar[str] = "dossier_express"
    VERSION: ClassVar[int] = 2

    code: str
    procedure: str
    procedure_version: UUID
    variant: str
    channel: str
    desk_agency: str
    competent_agency: str
    parties: tuple[PartyFact, ...]
    components: tuple[ComponentFact, ...]
    limit: LimitFact
    fee_order: tuple[FeeFact, ...]
    visit: UUID | None
    tracking_version: int
    outcome: str
    papers: tuple[ResultPaper, ...]
    signer: Signer
    basis: str
    handed_to: str
    occurred_at: datetime
    paper: PaperMark | None = None


EVENTS = (DossierExpress,)
