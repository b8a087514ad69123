"""What happened to money at a desk, and to money sent. Frozen: a change is a new version, never an edit.

A receipt, a refund, a day's cash book, a payment order and each sum that came in by itself have a stream each. Names,
reasons and what a payer wrote stand in content. In version 1 of what has lines they named no payee.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from motcua.kernel.contents import TextRef
from motcua.payments.agency_events import (
    OF_THE_AGENCY as OF_THE_AGENCY,
    AccountFact as AccountFact,
    ReceivingAccountProposed as ReceivingAccountProposed,
    ReceivingAccountSet as ReceivingAccountSet,
    StatementEntered as StatementEntered,
    StatementProposed as StatementProposed,
    StatementWithdrawn as StatementWithdrawn,
)
from motcua.payments.settlement_events import (
    OF_SETTLEMENTS as OF_SETTLEMENTS,
    SettledFact as SettledFact,
    SettlementClosed as SettlementClosed,
    SettlementConfirmed as SettlementConfirmed,
    SettlementReceived as SettlementReceived,
    SettlementSent as SettlementSent,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineFact:
    """One line of a receipt: whose charge (`reference`, `charge` are its own words), by which fee rule, in đồng;
    `payee`: whose money it is where it is not the agency's that took it."""

    reference: str
    charge: str
    rule: str
    amount: int
    payee: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberFact:
    """A number of a gap-free series of an agency's year."""

    series: str
    year: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptIssued:
    """Money was taken. `given`: what was put on the counter, in cash; `slip`: the terminal's number, by card."""

    TYPE: ClassVar[str] = "payment_receipt_issued"
    VERSION: ClassVar[int] = 2

    agency: str
    book: UUID
    number: NumberFact
    lines: tuple[LineFact, ...]
    total: int
    means: str
    given: int
    slip: str
    payer: TextRef
    replaces: UUID | None
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptVoided:
    TYPE: ClassVar[str] = "payment_receipt_voided"
    VERSION: ClassVar[int] = 1

    reason: TextRef
    replaced_by: UUID | None
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundAsked:
    """Money is to go back. `approval`: a leader has to agree first."""

    TYPE: ClassVar[str] = "payment_refund_asked"
    VERSION: ClassVar[int] = 2

    agency: str
    receipt: UUID
    lines: tuple[LineFact, ...]
    total: int
    ground: str
    reason: TextRef
    approval: bool
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundApproved:
    TYPE: ClassVar[str] = "payment_refund_approved"
    VERSION: ClassVar[int] = 1

    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundDeclined:
    TYPE: ClassVar[str] = "payment_refund_declined"
    VERSION: ClassVar[int] = 1

    reason: TextRef
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundPaid:
    """Money went back, by a numbered voucher, out of the cash box or through the terminal."""

    TYPE: ClassVar[str] = "payment_refund_paid"
    VERSION: ClassVar[int] = 1

    book: UUID
    number: NumberFact
    means: str
    slip: str
    recipient: TextRef
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BookOpened:
    """A day's cash book began, with what the last one carried over."""

    TYPE: ClassVar[str] = "payment_book_opened"
    VERSION: ClassVar[int] = 1

    agency: str
    number: int
    carried: int
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BookClosed:
    """The cash was counted against the ledger. `counts`: denomination -> how many; `handed_in` left the box.

    `faulty` is the receipt at which a difference was found; `seconded`: another person has to confirm.
    """

    TYPE: ClassVar[str] = "payment_book_closed"
    VERSION: ClassVar[int] = 1

    cash_in: int
    cash_out: int
    card_in: int
    card_out: int
    receipts: int
    voided: int
    counts: Mapping[str, int]
    counted: int
    expected: int
    handed_in: int
    faulty: UUID | None
    note: TextRef | None
    seconded: bool
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BookConfirmed:
    TYPE: ClassVar[str] = "payment_book_confirmed"
    VERSION: ClassVar[int] = 1

    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReopeningAsked:
    TYPE: ClassVar[str] = "payment_book_reopening_asked"
    VERSION: ClassVar[int] = 1

    reason: TextRef
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BookReopened:
    """A second person agreed: the day's book is open again."""

    TYPE: ClassVar[str] = "payment_book_reopened"
    VERSION: ClassVar[int] = 1

    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderOpened:
    """What a reference owes may be paid online: the lines, the text a transfer carries, the account it goes to (None:
    only through the platform)."""

    TYPE: ClassVar[str] = "payment_order_opened"
    VERSION: ClassVar[int] = 2

    agency: str
    reference: str
    text: str
    lines: tuple[LineFact, ...]
    total: int
    account: AccountFact | None
    stands_until: datetime
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderPaid:
    """The money of an order came in."""

    TYPE: ClassVar[str] = "payment_order_paid"
    VERSION: ClassVar[int] = 1

    credit: UUID
    receipt: UUID
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderEnded:
    """An order is shown no more. `how`: expired, cancelled (what is owed has changed)."""

    TYPE: ClassVar[str] = "payment_order_ended"
    VERSION: ClassVar[int] = 1

    how: str
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditReceived:
    """Money came in by itself. `told`: what the bank or the platform says of it; `number`: its number there;
    `same`: the credit of the other source that this is the same money as.

    Version 2 adds `attempt`: the attempt on the platform by which it was paid ("" none: a transfer of its own).
    """

    TYPE: ClassVar[str] = "payment_credit_received"
    VERSION: ClassVar[int] = 2

    agency: str
    source: str
    number: str
    amount: int
    booked_on: date
    told: TextRef
    order: UUID | None
    same: UUID | None
    outcome: str
    occurred_at: datetime
    attempt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditAssigned:
    """The cashier found out for what money had come in, and a receipt was given for it."""

    TYPE: ClassVar[str] = "payment_credit_assigned"
    VERSION: ClassVar[int] = 1

    receipt: UUID
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditReturned:
    """Money that was not owed went back. `slip`: the number of the bank's payment order."""

    TYPE: ClassVar[str] = "payment_credit_returned"
    VERSION: ClassVar[int] = 1

    slip: str
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditMatched:
    """The cashier found that a sum is the money which the other source told of as `others`: a statement's line in which
    the platform handed over what it had collected, or one confirmation and the line it came with. Nothing is paid by
    it."""

    TYPE: ClassVar[str] = "payment_credit_matched"
    VERSION: ClassVar[int] = 1

    others: tuple[UUID, ...]
    occurred_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ElectronicReceiptIssued:
    """Money that came in by itself is receipted: no cashier took it, and it is in no cash book. `slip`: its number at
    the bank or the platform."""

    TYPE: ClassVar[str] = "payment_electronic_receipt_issued"
    VERSION: ClassVar[int] = 2

    agency: str
    number: NumberFact
    lines: tuple[LineFact, ...]
    total: int
    means: str
    slip: str
    payer: TextRef
    credit: UUID
    occurred_at: datetime


EVENTS: tuple[type[Any], ...] = (
    ReceiptIssued,
    ReceiptVoided,
    RefundAsked,
    RefundApproved,
    RefundDeclined,
    RefundPaid,
    BookOpened,
    BookClosed,
    BookConfirmed,
    ReopeningAsked,
    BookReopened,
    *OF_THE_AGENCY,
    *OF_SETTLEMENTS,
    OrderOpened,
    OrderPaid,
    OrderEnded,
    CreditReceived,
    CreditAssigned,
    CreditReturned,
    CreditMatched,
    ElectronicReceiptIssued,
)
