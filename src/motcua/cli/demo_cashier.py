"""The cashier of a demonstration: fees of those who come to the counter, and the box counted each evening."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID

from motcua.calendars.calendar import WorkCalendar
from motcua.dossiers.operations import open_charges
from motcua.dossiers.row import Row
from motcua.flows import day_books
from motcua.kernel.actor import Actor
from motcua.kernel.errors import NotAllowedNow
from motcua.kernel.time import ZONE, local
from motcua.payments.cash import DENOMINATIONS
from motcua.payments.operations import Count
from motcua.payments.record import Recorded
from motcua.payments.selectors import open_book, totals_of

CASHIER = ("cashier",)
BEFORE_CLOSING, FLOAT = timedelta(minutes=5), 200_000
BY_CARD = 6  # one in so many pays by card


def tender(row: Row, number: int, payer: str) -> dict[str, object] | None:
    """How the dossier of life `number` is paid; None where it owes nothing, or an amount nobody has set."""
    amounts = [charge["amount"] for charge in open_charges(row)]
    if not amounts or None in amounts:
        return None
    if number % BY_CARD == 0:
        return {"means": "card", "slip": f"{number:06}", "payer": payer}
    notes = (note for note in reversed(DENOMINATIONS) if note >= sum(amounts))
    return {"means": "cash", "given": next(notes, sum(amounts)), "payer": payer}


def closings(calendar: WorkCalendar, *, first: date, last: date) -> Iterator[datetime]:
    """When the box is counted: shortly before the office closes, on each working day."""
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        opening = calendar.deemed_opening(datetime.combine(day, time(), ZONE))
        closing = calendar.closing(day)
        if local(opening).date() == day and closing is not None:
            yield datetime.combine(day, closing, ZONE) - BEFORE_CLOSING


def close(*, agency: str, actor: Actor, at: datetime) -> Recorded:
    """Count the box of the open book, to the đồng, and keep some change. Raises NotAllowedNow where none is open."""
    book = open_book(agency)
    if book is None or book["opened_at"] > at:
        raise NotAllowedNow("Không có sổ quỹ nào đang mở.", "No cash book is open.")
    expected = totals_of(book).expected
    count = Count(notes=notes_of(expected), handed_in=max(0, expected - FLOAT))
    stream: UUID = book["id"]
    return day_books.close_book(book=stream, count=count, actor=actor, at=at)


def notes_of(amount: int) -> dict[int, int]:
    """`amount` in as few notes as it takes; what no note makes is left out."""
    notes = {}
    for note in DENOMINATIONS:
        notes[note], amount = divmod(amount, note)
    return notes
