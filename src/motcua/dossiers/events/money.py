"""What a dossier costs, from being asked for to being settled. Frozen: a change is a new version, never an edit.

The money itself is written down where it is taken (payments); here stands what of it concerns the dossier.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from motcua.dossiers.facts import DueFact, HolderFact, PaperMark, StepDueFact, TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargeFact:
    """One charge of the dossier: its code among the dossier's charges, the fee rule, the amount in đồng."""

    charge: str
    rule: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRequested:
    """The payer is asked for money before the matter goes on (national state 6).

    `pauses`: the pinned fee rule stops the clock until it is paid; `due` only where a running clock was stopped.
    """

    TYPE: ClassVar[str] = "dossier_payment_requested"
    VERSION: ClassVar[int] = 1

    charges: tuple[ChargeFact, ...]
    pauses: bool
    holder: HolderFact
    due: DueFact | None
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargedAtReturn:
    """The result waits until these charges are settled."""

    TYPE: ClassVar[str] = "dossier_charged_at_return"
    VERSION: ClassVar[int] = 1

    charges: tuple[ChargeFact, ...]
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChargedAtSubmission:
    """These charges are paid when the dossier is handed in, before the desk has looked at it; its answer waits for
    none of them."""

    TYPE: ClassVar[str] = "dossier_charged_at_submission"
    VERSION: ClassVar[int] = 1

    charges: tuple[ChargeFact, ...]
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPaid:
    """Charges were paid; `receipt` is the money's own stream, `number` what stands on it. With the last charge
    that was asked for the dossier goes on (`complete`): to `holder`, with the due moments as they are then. Version 1
    knew no steps beside the leading one."""

    TYPE: ClassVar[str] = "dossier_paid"
    VERSION: ClassVar[int] = 2

    charges: tuple[ChargeFact, ...]
    receipt: UUID
    number: str
    complete: bool
    holder: HolderFact | None
    due: DueFact | None
    step_due_at: datetime | None
    answer_due_at: datetime | None
    occurred_at: datetime
    paper: PaperMark | None = None
    beside_due: tuple[StepDueFact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierWaived:
    """A leader let the payer off, on evidence. As with `DossierPaid`, the dossier goes on with the last charge.
    Version 1 knew no steps beside the leading one."""

    TYPE: ClassVar[str] = "dossier_waived"
    VERSION: ClassVar[int] = 2

    charges: tuple[str, ...]
    basis: str
    evidence: TextRef
    complete: bool
    holder: HolderFact | None
    due: DueFact | None
    step_due_at: datetime | None
    answer_due_at: datetime | None
    occurred_at: datetime
    paper: PaperMark | None = None
    beside_due: tuple[StepDueFact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeSet:
    """The amount of a charge that nobody had set, out of the council's decision."""

    TYPE: ClassVar[str] = "dossier_fee_set"
    VERSION: ClassVar[int] = 1

    charge: str
    amount: int
    decision: str
    occurred_at: datetime
    paper: PaperMark | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeRecounted:
    """A charge was counted anew, because some of what it was counted by was struck out, or came back. What was paid
    before stays on its receipt: the receipt is voided, or the money refunded, by acts of their own."""

    TYPE: ClassVar[str] = "dossier_fee_recounted"
    VERSION: ClassVar[int] = 1

    charge: str
    amount: int
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentUndone:
    """The receipt of these charges was voided (and maybe replaced), or the money went back."""

    TYPE: ClassVar[str] = "dossier_payment_undone"
    VERSION: ClassVar[int] = 1

    charges: tuple[str, ...]
    receipt: UUID
    how: str
    replaced_by: UUID | None
    number: str
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeAdded:
    """A rule comes to more than was paid by it: the rest is a charge of its own, for what is paid stands on its
    receipt."""

    TYPE: ClassVar[str] = "dossier_fee_added"
    VERSION: ClassVar[int] = 1

    charge: str
    rule: str
    amount: int
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OverpaymentReturned:
    """What was paid beyond what `charges`, counted anew, come to went back (their amounts); the rest stays paid."""

    TYPE: ClassVar[str] = "dossier_overpayment_returned"
    VERSION: ClassVar[int] = 1

    charges: tuple[ChargeFact, ...]
    receipt: UUID
    occurred_at: datetime


EVENTS = (
    PaymentRequested,
    ChargedAtReturn,
    ChargedAtSubmission,
    DossierPaid,
    DossierWaived,
    FeeSet,
    FeeRecounted,
    PaymentUndone,
    FeeAdded,
    OverpaymentReturned,
)
