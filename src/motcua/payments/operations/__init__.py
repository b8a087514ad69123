"""What is done with money: take it, void a receipt, refund, close the day. Each writes one event and projects it."""

from motcua.payments.operations import books, receipts, refunds
from motcua.payments.operations.books import Count
from motcua.payments.operations.receipts import Order, Tender
from motcua.payments.record import Recorded, lock

__all__ = ["Count", "Order", "Recorded", "Tender", "books", "lock", "receipts", "refunds"]
