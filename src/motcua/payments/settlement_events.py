"""What was collected for another agency, settled with it: a stream for each settlement. Frozen: a change is a new
version, never an edit."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from motcua.kernel.contents import TextRef


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledFact:
    """One line of a receipt that is the other agency's, or (an amount below nought) of a refund that gave it back.
    `paper`: the receipt or refund, `name` its number, `on` its day."""

    paper: UUID
    name: str
    on: date
    reference: str
    charge: str
    rule: str
    procedure: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementClosed:
    """The cashier closed what the agency collected for `payee`: everything counted that no settlement had. One for each
    payee and `day`. `taken` less `back` is what is to be handed over."""

    TYPE: ClassVar[str] = "payment_settlement_closed"
    VERSION: ClassVar[int] = 1

    agency: str
    payee: str
    series: str
    year: int
    number: int
    day: date
    lines: tuple[SettledFact, ...]
    taken: int
    back: int
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementConfirmed:
    """Another person of the collecting agency held it against the receipts."""

    TYPE: ClassVar[str] = "payment_settlement_confirmed"
    VERSION: ClassVar[int] = 1

    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementSent:
    """The money was handed over, on day `on`, by the payment order `slip`; the last one said holds."""

    TYPE: ClassVar[str] = "payment_settlement_sent"
    VERSION: ClassVar[int] = 1

    slip: str
    on: date
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementReceived:
    """The agency whose money it is says how much came; a difference has a note and stays open until said anew."""

    TYPE: ClassVar[str] = "payment_settlement_received"
    VERSION: ClassVar[int] = 1

    amount: int
    note: TextRef | None
    occurred_at: datetime


OF_SETTLEMENTS: tuple[type[Any], ...] = (
    SettlementClosed,
    SettlementConfirmed,
    SettlementSent,
    SettlementReceived,
)
