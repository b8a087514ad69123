"""Payment orders: what a reference owes, to be paid online. The caller knows what is owed; this, what was asked."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from motcua.kernel.actor import Actor
from motcua.kernel.errors import NotAllowedNow
from motcua.kernel.ids import uuid7
from motcua.payments import events as e
from motcua.payments.ordering import NEXT, STANDS, State, text_of
from motcua.payments.record import Recorded, Row, begin, carry_on, rows

ORDER = "payments_order"


def standing(reference: str) -> Row | None:
    """The open order of a reference, locked; None where none is. The caller holds the reference."""
    found = rows(
        "SELECT * FROM payments_order WHERE reference = %s AND state = 'open' FOR NO KEY UPDATE", [reference]
    )
    return found[0] if found else None


def asks(order: Row, lines: Sequence[e.LineFact]) -> bool:
    """Whether an order asks for exactly these lines."""
    return [e.LineFact(**line) for line in order["lines"]] == list(lines)


def still_good(
    order: Row, *, lines: Sequence[e.LineFact], account: e.AccountFact | None, at: datetime
) -> bool:
    """Whether an open order may be shown to be paid: the same is owed, to the same account, and its time is not up."""
    goes_to = e.AccountFact(**order["account"]) if order["account"] else None
    return asks(order, lines) and goes_to == account and at < order["stands_until"]


def open_order(
    *,
    agency: str,
    reference: str,
    lines: Sequence[e.LineFact],
    account: e.AccountFact | None,
    actor: Actor,
    at: datetime,
) -> Recorded:
    """Ask for `lines` online; the caller has seen to it that no order of the reference is open."""
    stream = uuid7()
    event = e.OrderOpened(
        agency=agency,
        reference=reference,
        text=text_of(stream),
        lines=tuple(lines),
        total=sum(line.amount for line in lines),
        account=account,
        stands_until=at + STANDS,
        occurred_at=at,
    )
    return begin(stream=stream, event=event, agency=agency, actor=actor, at=at, contents=[])


def end(*, order: Row, how: State, actor: Actor, at: datetime) -> Recorded:
    """Show a locked order no more: its time is up, or something else is owed. Raises NotAllowedNow."""
    _refuse_step(order, how)
    event = e.OrderEnded(how=how, occurred_at=max(at, order["head_at"]))
    return carry_on(table=ORDER, row=order, event=event, actor=actor, at=at)


def pay(*, order: Row, credit: UUID, receipt: UUID, actor: Actor, at: datetime) -> Recorded:
    """Note that a locked order's money came in. Raises NotAllowedNow for one that is paid."""
    _refuse_step(order, State.PAID)
    event = e.OrderPaid(credit=credit, receipt=receipt, occurred_at=max(at, order["head_at"]))
    return carry_on(table=ORDER, row=order, event=event, actor=actor, at=at)


def _refuse_step(order: Row, to: State) -> None:
    if to not in NEXT[State(order["state"])]:
        raise NotAllowedNow("Lệnh nộp tiền này đã xong.", "This payment order is done with.")
