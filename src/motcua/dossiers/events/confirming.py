"""Several people apply, and each confirms. Frozen: a change is a new version, never an edit."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from motcua.dossiers.facts import TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierConfirmed:
    """`party`, whom `field` of the form names, signed in and confirmed, at `occurred_at`, exactly what the snapshot
    holds; it was handed in like that."""

    TYPE: ClassVar[str] = "dossier_confirmed_by_party"
    VERSION: ClassVar[int] = 1

    party: UUID
    field: str
    snapshot: UUID
    snapshot_digest: bytes
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalAgreed:
    """`party`, one of several applicants, wants to withdraw the dossier; it ends when all of them have said so."""

    TYPE: ClassVar[str] = "dossier_withdrawal_agreed"
    VERSION: ClassVar[int] = 1

    party: UUID
    reason: TextRef | None
    occurred_at: datetime


EVENTS = (DossierConfirmed, WithdrawalAgreed)
