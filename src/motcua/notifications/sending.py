"""The worker's own part: what is due goes out, one message at a time, outside any transaction.

What is claimed is sent and then noted: a kill in between may send a message twice, and loses none. Both outlets pass on
the message's own id, by which the other side can drop the second (ADR 0039).
"""

from collections.abc import Callable

from motcua.kernel.time import Clock
from motcua.notifications import operations
from motcua.notifications.letters import Unreadable
from motcua.notifications.operations import Claimed
from motcua.notifications.outlets import CannotNow, Never, mail, offered, sms
from motcua.notifications.rules import EMAIL

MOST_IN_A_ROUND = 50
# Why a message may not go to this address any more, as a fault; "" where it may. It may raise Unreadable.
Hindrance = Callable[[Claimed, str], str]


def send_due(*, clock: Clock, hindrance: Hindrance, most: int = MOST_IN_A_ROUND) -> int:
    """Send what is due, and ask after what was sent; returns how many were tried. What `hindrance` says is looked at
    last, when the message is ours: a word said before then counts. A channel that is out is left for the next round, so
    that an outage costs one attempt a round and no other channel waits for it."""
    operations.rest(at=clock())
    out: set[str] = set()
    for tried in range(most):
        claimed = operations.claim(without=out, at=clock())
        if claimed is None:
            return tried
        try:
            _go(claimed, clock, hindrance)
        except Never as never:
            operations.note_failed(claimed, fault=never.fault, at=clock())
        except CannotNow as cannot:
            operations.note_put_off(claimed, fault=cannot.fault, at=clock())
            if cannot.whole:
                out.add(claimed.channel)
        except Unreadable:
            operations.note_put_off(claimed, fault="unreadable", at=clock())
    return most


def _go(claimed: Claimed, clock: Clock, hindrance: Hindrance) -> None:
    outgoing = claimed.outgoing
    if outgoing is None:
        raise Never("erased")
    if claimed.channel not in offered():
        raise CannotNow("not_offered")
    if claimed.sent_at is not None:
        operations.note_arrived(claimed, arrived=sms.arrived(claimed.provider_id), at=clock())
        return
    if fault := hindrance(claimed, outgoing.letter.to):
        raise Never(fault)
    outlet = mail if claimed.channel == EMAIL else sms
    taken = outlet.send(outgoing)
    operations.note_taken(
        claimed,
        provider_id=taken.provider_id,
        arrived=taken.arrived,
        may_be_asked=taken.may_be_asked,
        at=clock(),
    )
