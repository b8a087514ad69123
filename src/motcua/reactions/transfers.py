"""What follows from time alone: a transfer nobody answered within 8 working hours is accepted, or goes back
where the receiver could not take it over; papers whose arrival nobody noted count as arrived; a transfer whose two ends
were merged is over."""

from uuid import UUID

from motcua.dossiers.moved import silent
from motcua.flows.transfers import end_silent, over
from motcua.kernel.actor import SYSTEM
from motcua.kernel.errors import Refusal
from motcua.kernel.time import Clock
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.operations import AlreadyDone

_PAGE = 500


def end_the_silent(*, clock: Clock, origin: str = "live") -> int:
    """Accept what silence or a merger of both ends has accepted, or send it back, one unit of work each; returns how
    many.

    Idempotent: what is due is looked at again under the dossier's lock; what only waits is not locked. An acceptance
    stands as of the end of the 8 hours however late the worker comes. One that is refused (its agency is about to be
    passed on, or both ends are one that adopted no process) keeps no other waiting, and is tried again in the next
    round.
    """
    after: UUID | None = None
    ended = 0
    while page := silent(at=clock(), after=after, limit=_PAGE):
        for row in over(page, clock()):
            dossier, at = row["id"], clock()
            request = Request.of(f"silence/{dossier}/{row['head_seq']}")
            try:
                with unit_of_work(actor=SYSTEM, at=at, request=request, origin=origin):
                    ended += end_silent(dossier=dossier, actor=SYSTEM, at=at) is not None
            except (AlreadyDone, Refusal):
                continue
        after = page[-1]["id"]
    return ended
