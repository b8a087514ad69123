"""The day's book of a cashier: closed by one, confirmed by another."""

from datetime import datetime
from uuid import UUID

from motcua.flows.money import claimed
from motcua.kernel.actor import Actor
from motcua.payments import operations as payments
from motcua.payments.operations import Count
from motcua.payments.record import Recorded

BOOK = "payments_book"


def close_book(*, book: UUID, count: Count, actor: Actor, at: datetime) -> Recorded:
    """Close the day on the cash counted; what comes in from now on belongs to the next day."""
    return payments.books.close(book=claimed(BOOK, book, actor, at), count=count, actor=actor, at=at)


def confirm_closing(*, book: UUID, actor: Actor, at: datetime) -> Recorded:
    """The second person's word to a closing."""
    return payments.books.confirm(book=claimed(BOOK, book, actor, at), actor=actor, at=at)


def ask_reopening(*, book: UUID, reason: str, actor: Actor, at: datetime) -> Recorded:
    """Ask that a closed day be opened again."""
    return payments.books.ask_reopening(
        book=claimed(BOOK, book, actor, at), reason=reason, actor=actor, at=at
    )


def reopen_book(*, book: UUID, actor: Actor, at: datetime) -> Recorded:
    """Open a closed day again, as the second person."""
    return payments.books.reopen(book=claimed(BOOK, book, actor, at), actor=actor, at=at)
