"""What follows for a payment order: something else is owed, or its time is up."""

from contextlib import suppress
from uuid import UUID

from motcua.flows.online_money import expire, follow_debt
from motcua.kernel.actor import SYSTEM
from motcua.kernel.time import Clock
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.chain import Envelope
from motcua.ledger.operations import AlreadyDone
from motcua.payments.online import orders_over
from motcua.reactions.reception import ENTERED_LATER

_PAGE = 500


def follow_the_debt(envelope: Envelope, *, position: int, clock: Clock) -> None:
    """Cancel the order of a dossier that owes something else since this event. Idempotent: it is cancelled once; money
    that is faster meets the dossier itself, which knows what it owes."""
    request, at = Request.of(f"{position}/order"), clock()
    origin = "live" if envelope.origin in ENTERED_LATER else envelope.origin
    with unit_of_work(actor=SYSTEM, at=at, request=request, origin=origin), suppress(AlreadyDone):
        follow_debt(dossier=envelope.stream, actor=SYSTEM, at=at)


def end_orders(*, clock: Clock, origin: str = "live") -> int:
    """End the orders whose time is up, one unit of work each; returns how many."""
    after: UUID | None = None
    ended = 0
    while page := orders_over(at=clock(), after=after, limit=_PAGE):
        for order in page:
            request, at = Request.of(f"expired/{order}"), clock()
            with unit_of_work(actor=SYSTEM, at=at, request=request, origin=origin), suppress(AlreadyDone):
                ended += expire(order=order, actor=SYSTEM, at=at) is not None
        after = page[-1]
    return ended
