"""What follows from time alone: on the day of a merger the successor takes over what the predecessor has in hand."""

from motcua.agencies.mergers import Succession, successions
from motcua.dossiers.passing import named_in
from motcua.flows.mergers import pass_drafts_on, pass_on
from motcua.kernel.actor import SYSTEM
from motcua.kernel.errors import Refusal
from motcua.kernel.time import Clock, local
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.operations import AlreadyDone

_PAGE = 200


def pass_merged_on(*, clock: Clock, origin: str = "live") -> int:
    """Let successors stand in their predecessors' places, a dossier in each unit of work; returns how many.

    Idempotent: what went over is not found again, and each dossier is looked at anew under its lock; killed, it goes on
    where it stopped. One that refuses keeps no other waiting.
    """
    return sum(_one(each, clock, origin) for each in successions(on=local(clock()).date()))


def _one(succession: Succession, clock: Clock, origin: str) -> int:
    passed, after = 0, None
    while page := named_in(succession.predecessor, after=after, limit=_PAGE):
        for dossier in page:
            at = clock()
            request = Request.of(f"merger/{succession.predecessor}/{dossier}/{at.isoformat()}")
            try:
                with unit_of_work(actor=SYSTEM, at=at, request=request, origin=origin):
                    passed += pass_on(dossier=dossier, succession=succession, actor=SYSTEM, at=at) is not None
            except (AlreadyDone, Refusal):
                continue
        after = page[-1]
    at = clock()
    request = Request.of(f"merger/{succession.predecessor}/drafts/{at.isoformat()}")
    with unit_of_work(actor=SYSTEM, at=at, request=request, origin=origin):
        return passed + pass_drafts_on(succession=succession, at=at)
