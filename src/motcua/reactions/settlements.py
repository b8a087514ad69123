"""Word to who may confirm a settlement, until somebody has."""

from uuid import UUID

from motcua.agencies.positions import LEADERS
from motcua.kernel.time import Clock
from motcua.ledger.chain import Envelope
from motcua.payments.policy import SEATS, Deed
from motcua.payments.settlement_events import SettlementClosed, SettlementConfirmed
from motcua.payments.settling import name_of
from motcua.processes.selectors import staff
from motcua.reactions.words import NEWS
from motcua.workday import operations

CLOSED, CONFIRMED = SettlementClosed.TYPE, SettlementConfirmed.TYPE
SETTLED = frozenset({CLOSED, CONFIRMED})
MAY = SEATS[Deed.CONFIRM_SETTLEMENT]


def tell_second(envelope: Envelope, *, position: int, clock: Clock) -> None:
    """Tell who may confirm a settlement that it waits, leaders only where nobody else may; never who closed it.
    Idempotent, as `words.tell_officers`."""
    at, data, cause = clock(), envelope.data, str(envelope.stream)
    if envelope.type == CONFIRMED:
        operations.mark_done(what="settlement", cause=cause, at=at)
        return
    if envelope.origin == "import" or at - envelope.at > NEWS:
        return
    held = staff(agency=data["agency"], at=at).seats
    closed_by = {envelope.actor["id"], envelope.actor["for"]}
    others, leaders = (
        {one for kind in kinds for one, _unit in held.get(kind, ()) if str(one) not in closed_by}
        for kinds in (MAY - LEADERS, MAY & LEADERS)
    )
    told = operations.Told(
        cause=cause,
        what="settlement",
        by=UUID(envelope.actor["id"]),
        facts={"settlement": cause, "name": name_of(dict(data))},
    )
    operations.tell(told, whom=dict.fromkeys(others or leaders).items(), at=at)
