"""From events to rows: of a receipt, a refund, a day's book, an order, money that came in. The act at work and the
replay use the same functions."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.kernel.codec import decode, encode
from motcua.ledger.chain import Envelope
from motcua.payments import events as e
from motcua.payments.ordering import Source, State

Row = dict[str, Any]
# What has streams of its own; nothing here is projected from what stands on an agency's.
TYPES: dict[str, type[Any]] = {kind.TYPE: kind for kind in e.EVENTS if kind not in e.OF_THE_AGENCY}
Issued = e.ReceiptIssued | e.ElectronicReceiptIssued


@dataclass(frozen=True, slots=True)
class Meta:
    """What the envelope knows beside the event's data."""

    stream: UUID
    seq: int
    hash: bytes
    at: datetime
    by: str
    acting_for: str


def _issued(row: Row, event: e.ReceiptIssued, meta: Meta) -> Row:
    return {
        "agency": event.agency,
        "book": event.book,
        "series": event.number.series,
        "year": event.number.year,
        "number": event.number.number,
        "at": event.occurred_at,
        "means": event.means,
        "total": event.total,
        "given": event.given,
        "slip": event.slip,
        "payer": event.payer.content,
        "cashier": meta.by,
        "replaces": event.replaces,
        "replaced_by": None,
        "voided_at": None,
        "voided_by": "",
        "void_why": None,
    }


def _issued_by_itself(row: Row, event: e.ElectronicReceiptIssued, meta: Meta) -> Row:
    return {
        "agency": event.agency,
        "book": None,
        "series": event.number.series,
        "year": event.number.year,
        "number": event.number.number,
        "at": event.occurred_at,
        "means": event.means,
        "total": event.total,
        "given": event.total,
        "slip": event.slip,
        "payer": event.payer.content,
        "cashier": meta.by,
        "replaces": None,
        "replaced_by": None,
        "voided_at": None,
        "voided_by": "",
        "void_why": None,
    }


def _voided(row: Row, event: e.ReceiptVoided, meta: Meta) -> Row:
    return {
        "voided_at": event.occurred_at,
        "voided_by": meta.by,
        "void_why": event.reason.content,
        "replaced_by": event.replaced_by,
    }


def _asked(row: Row, event: e.RefundAsked, meta: Meta) -> Row:
    return {
        "agency": event.agency,
        "receipt": event.receipt,
        "lines": encode(event.lines),
        "total": event.total,
        "ground": event.ground,
        "reason": event.reason.content,
        "asked_at": event.occurred_at,
        "asked_by": meta.by,
        "asked_for": meta.acting_for,
        "approval": event.approval,
        "approved_by": "",
        "declined_by": "",
        "paid_at": None,
        "paid_by": "",
        "book": None,
        "series": "",
        "year": None,
        "number": None,
        "means": "",
        "slip": "",
        "recipient": None,
    }


def _paid(row: Row, event: e.RefundPaid, meta: Meta) -> Row:
    return {
        "paid_at": event.occurred_at,
        "paid_by": meta.by,
        "book": event.book,
        "series": event.number.series,
        "year": event.number.year,
        "number": event.number.number,
        "means": event.means,
        "slip": event.slip,
        "recipient": event.recipient.content,
    }


_NOT_CLOSED: Row = {
    "closed_at": None,
    "closed_by": "",
    "closed_for": "",
    "cash_in": 0,
    "cash_out": 0,
    "card_in": 0,
    "card_out": 0,
    "receipts": 0,
    "voided": 0,
    "counts": {},
    "counted": 0,
    "expected": 0,
    "handed_in": 0,
    "faulty": None,
    "note": None,
    "seconded": False,
    "confirmed_by": "",
    "reopening_by": "",
    "reopening_for": "",
    "reopening_why": None,
}


def _opened(row: Row, event: e.BookOpened, meta: Meta) -> Row:
    return {
        "agency": event.agency,
        "number": event.number,
        "opened_at": event.occurred_at,
        "carried": event.carried,
        "reopened": 0,
        **_NOT_CLOSED,
    }


def _closed(row: Row, event: e.BookClosed, meta: Meta) -> Row:
    return {
        "closed_at": event.occurred_at,
        "closed_by": meta.by,
        "closed_for": meta.acting_for,
        "cash_in": event.cash_in,
        "cash_out": event.cash_out,
        "card_in": event.card_in,
        "card_out": event.card_out,
        "receipts": event.receipts,
        "voided": event.voided,
        "counts": dict(event.counts),
        "counted": event.counted,
        "expected": event.expected,
        "handed_in": event.handed_in,
        "faulty": event.faulty,
        "note": event.note.content if event.note else None,
        "seconded": event.seconded,
    }


def _reopening(row: Row, event: e.ReopeningAsked, meta: Meta) -> Row:
    return {
        "reopening_by": meta.by,
        "reopening_for": meta.acting_for,
        "reopening_why": event.reason.content,
    }


def _order(row: Row, event: e.OrderOpened, meta: Meta) -> Row:
    return {
        "agency": event.agency,
        "reference": event.reference,
        "text": event.text,
        "lines": encode(event.lines),
        "total": event.total,
        "account": encode(event.account),
        "state": State.OPEN,
        "opened_at": event.occurred_at,
        "stands_until": event.stands_until,
        "credit": None,
        "receipt": None,
        "closed_at": None,
    }


def _order_paid(row: Row, event: e.OrderPaid, meta: Meta) -> Row:
    return {
        "state": State.PAID,
        "credit": event.credit,
        "receipt": event.receipt,
        "closed_at": event.occurred_at,
    }


def _credit(row: Row, event: e.CreditReceived, meta: Meta) -> Row:
    return {
        "agency": event.agency,
        "source": event.source,
        "number": event.number,
        "amount": event.amount,
        "booked_on": event.booked_on,
        "at": event.occurred_at,
        "told": event.told.content,
        "order": event.order,
        "same": event.same,
        "attempt": event.attempt,
        "outcome": event.outcome,
        "receipt": None,
        "slip": "",
        "settled_at": None,
        "settled_by": "",
    }


def _settlement(row: Row, event: e.SettlementClosed, meta: Meta) -> Row:
    return {
        "agency": event.agency,
        "payee": event.payee,
        "series": event.series,
        "year": event.year,
        "number": event.number,
        "day": event.day,
        "count": len(event.lines),
        "taken": event.taken,
        "back": event.back,
        "total": event.taken - event.back,
        "closed_at": event.occurred_at,
        "closed_by": meta.by,
        "closed_for": meta.acting_for,
        "confirmed_at": None,
        "confirmed_by": "",
        "slip": "",
        "sent_on": None,
        "sent_at": None,
        "sent_by": "",
        "sent_for": "",
        **_NOT_RECEIVED,
    }


_SETTLED = ("paper", "name", "on", "reference", "charge", "rule", "procedure", "amount")
_NOT_RECEIVED: Row = {"received": None, "received_at": None, "received_by": "", "note": None}


def _received(row: Row, event: e.SettlementReceived, meta: Meta) -> Row:
    return {
        "received": event.amount,
        "received_at": event.occurred_at,
        "received_by": meta.by,
        "note": event.note.content if event.note else None,
    }


_PROJECT: Mapping[str, Callable[[Row, Any, Meta], Row]] = {
    e.ReceiptIssued.TYPE: _issued,
    e.ReceiptVoided.TYPE: _voided,
    e.RefundAsked.TYPE: _asked,
    e.RefundApproved.TYPE: lambda row, event, meta: {"approved_by": meta.by},
    e.RefundDeclined.TYPE: lambda row, event, meta: {"declined_by": meta.by},
    e.RefundPaid.TYPE: _paid,
    e.BookOpened.TYPE: _opened,
    e.BookClosed.TYPE: _closed,
    e.BookConfirmed.TYPE: lambda row, event, meta: {"confirmed_by": meta.by},
    e.ReopeningAsked.TYPE: _reopening,
    e.BookReopened.TYPE: lambda row, event, meta: {**_NOT_CLOSED, "reopened": row["reopened"] + 1},
    e.ElectronicReceiptIssued.TYPE: _issued_by_itself,
    e.OrderOpened.TYPE: _order,
    e.OrderPaid.TYPE: _order_paid,
    e.OrderEnded.TYPE: lambda row, event, meta: {"state": event.how, "closed_at": event.occurred_at},
    e.CreditReceived.TYPE: _credit,
    e.CreditAssigned.TYPE: lambda row, event, meta: {
        "receipt": event.receipt,
        "settled_at": event.occurred_at,
        "settled_by": meta.by,
    },
    e.CreditReturned.TYPE: lambda row, event, meta: {
        "slip": event.slip,
        "settled_at": event.occurred_at,
        "settled_by": meta.by,
    },
    e.CreditMatched.TYPE: lambda row, event, meta: {"settled_at": event.occurred_at, "settled_by": meta.by},
    e.SettlementClosed.TYPE: _settlement,
    e.SettlementConfirmed.TYPE: lambda row, event, meta: {
        "confirmed_at": event.occurred_at,
        "confirmed_by": meta.by,
    },
    e.SettlementSent.TYPE: lambda row, event, meta: {
        "slip": event.slip,
        "sent_on": event.on,
        "sent_at": event.occurred_at,
        "sent_by": meta.by,
        "sent_for": meta.acting_for,
        **_NOT_RECEIVED,
    },
    e.SettlementReceived.TYPE: _received,
}
# The first event of a stream tells whose it is.
TABLES: Mapping[str, str] = {
    e.ReceiptIssued.TYPE: "payments_receipt",
    e.RefundAsked.TYPE: "payments_refund",
    e.BookOpened.TYPE: "payments_book",
    e.ElectronicReceiptIssued.TYPE: "payments_receipt",
    e.OrderOpened.TYPE: "payments_order",
    e.CreditReceived.TYPE: "payments_credit",
    e.SettlementClosed.TYPE: "payments_settlement",
}


def project(row: Row | None, event: Any, meta: Meta) -> Row:
    """The columns that `event` changes of `row` (None for the first event of a stream)."""
    columns = _PROJECT[event.TYPE](row or {}, event, meta)
    if row is None:
        columns = {"id": meta.stream, **columns}
    return {**columns, "head_seq": meta.seq, "head_hash": meta.hash, "head_at": meta.at}


def lines_of(receipt: UUID, event: Issued) -> list[Row]:
    """A receipt's lines as their table keeps them."""
    return [
        {"receipt": receipt, "n": n, **encode(line), "standing": True}
        for n, line in enumerate(event.lines, 1)
    ]


def settled_of(settlement: UUID, event: e.SettlementClosed) -> list[Row]:
    """A settlement's lines as their table keeps them."""
    return [
        {"settlement": settlement, "n": n, **{name: getattr(line, name) for name in _SETTLED}}
        for n, line in enumerate(event.lines, 1)
    ]


def matches_of(row: Row, event: e.CreditMatched) -> list[Row]:
    """Which confirmation of the platform reached the account by which line, as their table keeps it."""
    if row["source"] == Source.BANK:
        return [{"credit": other, "line": row["id"]} for other in event.others]
    return [{"credit": row["id"], "line": other} for other in event.others]


def replay(envelopes: Iterable[Envelope]) -> Mapping[str, list[Row]]:
    """The rows of one stream, rebuilt from its events."""
    row: Row | None = None
    lines: list[Row] = []
    matches: list[Row] = []
    settled: list[Row] = []
    table = ""
    for envelope in envelopes:
        event: Any = decode(TYPES[envelope.type], envelope.data)
        by, acting_for = envelope.actor["id"], envelope.actor["for"] or ""
        meta = Meta(envelope.stream, envelope.seq, envelope.hash, envelope.at, by, acting_for)
        table = table or TABLES[envelope.type]
        row = {**(row or {}), **project(row, event, meta)}
        if isinstance(event, Issued):
            lines = lines_of(envelope.stream, event)
        elif isinstance(event, e.ReceiptVoided):
            lines = [{**line, "standing": False} for line in lines]
        elif isinstance(event, e.CreditMatched):
            matches = matches_of(row, event)
        elif isinstance(event, e.SettlementClosed):
            settled = settled_of(envelope.stream, event)
    return {
        table: [row] if row else [],
        "payments_line": lines,
        "payments_match": matches,
        "payments_settledline": settled,
    }
