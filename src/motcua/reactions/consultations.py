"""What follows from time alone: an opinion nobody gave in time is agreement, or silence that is seen."""

from uuid import UUID

from motcua.dossiers.consultations import past_due
from motcua.flows.consultations import lapse
from motcua.kernel.actor import SYSTEM
from motcua.kernel.errors import Refusal
from motcua.kernel.time import Clock
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.operations import AlreadyDone

_PAGE = 500


def let_lapse(*, clock: Clock, origin: str = "live") -> int:
    """Note the end of each consultation's time, one unit of work for each dossier; returns how many.

    Idempotent: what is noted is looked at again under the dossier's lock, and stands as of the end of its time however
    late the worker comes. One that is refused keeps no other waiting, and is tried again in the next round.
    """
    after: UUID | None = None
    noted = 0
    while page := past_due(at=clock(), after=after, limit=_PAGE):
        for dossier, seq in page:
            request, at = Request.of(f"lapse/{dossier}/{seq}"), clock()
            try:
                with unit_of_work(actor=SYSTEM, at=at, request=request, origin=origin):
                    noted += lapse(dossier=dossier, actor=SYSTEM, at=at)
            except (AlreadyDone, Refusal):
                continue
        after = page[-1][0]
    return noted
