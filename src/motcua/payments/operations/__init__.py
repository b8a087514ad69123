"""What is done with money: take it, void a receipt, refund, close the day; order it online, write down what comes in;
settle with others. Each writes one event and projects it."""

from motcua.payments.operations import (
    accounts,
    attempts,
    books,
    incoming,
    orders,
    receipts,
    refunds,
    settlements,
    statements,
)
from motcua.payments.operations.books import Count
from motcua.payments.operations.incoming import Incoming
from motcua.payments.operations.receipts import Order, Tender
from motcua.payments.record import Recorded, lock

__all__ = [
    "Count",
    "Incoming",
    "Order",
    "Recorded",
    "Tender",
    "accounts",
    "attempts",
    "books",
    "incoming",
    "lock",
    "orders",
    "receipts",
    "refunds",
    "settlements",
    "statements",
]
