"""What goes on by itself once it was asked for: what another version of a process would change is measured, and running
dossiers are moved to a version, as was ordered."""

from motcua.flows.process_moves import move
from motcua.kernel.actor import SYSTEM
from motcua.kernel.errors import Refusal
from motcua.kernel.time import Clock
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.processes.impact import jobs, moves
from motcua.processes.impact.moves import Due, Order
from motcua.processes.moving import Stays

_AT_ONCE = 50


def measure_on(*, clock: Clock, origin: str = "live") -> int:
    """Measure the next batch; returns how many dossiers it saw. A batch is a transaction of its own, so that what is
    stopped, or killed, has lost one batch at most, and events wait no longer than for one."""
    at = clock()
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin=origin):
        return jobs.go_on(at=at)


def move_on(*, clock: Clock, origin: str = "live") -> int:
    """Move the next dossiers that were ordered to, each in a unit of work of its own, with its outcome; returns how
    many were looked at, and 1 where that was the end. Killed, it goes on where it stopped; one that refuses keeps no
    other waiting."""
    order = moves.next_order()
    if order is None:
        return 0
    lines = list(moves.due(order, limit=_AT_ONCE))
    for one in lines:
        _one(one, order, clock, origin)
    if not lines:
        at = clock()
        with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin=origin):
            moves.finish(order, actor=SYSTEM, at=at)
    return len(lines) or 1


def _one(one: Due, order: Order, clock: Clock, origin: str) -> None:
    at = clock()
    try:
        with unit_of_work(
            actor=SYSTEM, at=at, request=Request.of(f"process-move/{order.id}/{one.code}"), origin=origin
        ):
            if moves.claim_line(order, one):
                moves.note(one, move(one=one, order=order, actor=SYSTEM, at=at))
    except Refusal:
        with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin=origin):
            moves.note(one, Stays.CHANGED)
