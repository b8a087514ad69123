"""Word of settlements: to who may confirm one, until somebody has; to the payee, that its money was sent."""

from uuid import UUID

from motcua.agencies.positions import LEADERS
from motcua.agencies.selectors import stands_for
from motcua.kernel.time import Clock, local
from motcua.ledger.chain import Envelope
from motcua.payments.policy import SEATS, Deed
from motcua.payments.settlement_events import SettlementClosed, SettlementConfirmed, SettlementSent
from motcua.payments.settling import name_of, of_id
from motcua.processes.selectors import staff
from motcua.reactions.words import NEWS
from motcua.workday import operations

CLOSED, CONFIRMED = SettlementClosed.TYPE, SettlementConfirmed.TYPE
SENT = SettlementSent.TYPE
SETTLED = frozenset({CLOSED, CONFIRMED, SENT})


def tell_second(envelope: Envelope, *, position: int, clock: Clock) -> None:
    """Tell who may confirm a settlement that it waits, never who closed it; and once its money was sent, at the agency
    whose it is, who may say what came. Leaders only where nobody else may. Idempotent, as `words.tell_officers`."""
    at, cause = clock(), str(envelope.stream)
    if envelope.type == CONFIRMED:
        operations.mark_done(what="settlement", cause=cause, at=at)
        return
    if envelope.origin == "import" or at - envelope.at > NEWS:
        return
    row = of_id(envelope.stream)
    what, deed, agency = "settlement", Deed.CONFIRM_SETTLEMENT, row["agency"]
    if envelope.type == SENT:
        what, deed, agency = (
            "settlement_sent",
            Deed.RECEIVE_SETTLEMENT,
            stands_for(row["payee"], on=local(at).date()),
        )
    held = staff(agency=agency, at=at).seats
    own = {envelope.actor["id"], envelope.actor["for"]}
    others, leaders = (
        {one for kind in kinds for one, _unit in held.get(kind, ()) if str(one) not in own}
        for kinds in (SEATS[deed] - LEADERS, SEATS[deed] & LEADERS)
    )
    told = operations.Told(
        cause=cause if what == "settlement" else str(position),  # sent anew, it is said anew
        what=what,
        by=UUID(envelope.actor["id"]),
        facts={"settlement": cause, "name": name_of(row)},
    )
    operations.tell(told, whom=dict.fromkeys(others or leaders).items(), at=at)
