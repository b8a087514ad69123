"""What follows a published calendar edition: every open dossier it moves is moved, by an event of its own."""

from datetime import datetime

from motcua.dossiers.selectors import running_after
from motcua.flows.progress import apply_calendar
from motcua.kernel.actor import SYSTEM
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.chain import Envelope
from motcua.ledger.operations import AlreadyDone

_PAGE = 500


def move_open_dossiers(envelope: Envelope, *, position: int, at: datetime) -> None:
    """Recompute the due moments of the running dossiers of the agencies concerned, one unit of work each.

    Idempotent: a dossier that is where the calendar says gets no event, and each move carries a key made of
    the position and the dossier.
    """
    after = None
    while page := running_after(agency=envelope.data["agency"], after=after, limit=_PAGE):
        for dossier in page:
            request = Request.of(f"{position}/calendar/{dossier}")
            try:
                with unit_of_work(actor=SYSTEM, at=at, request=request, origin=envelope.origin):
                    apply_calendar(dossier=dossier, actor=SYSTEM, at=at)
            except AlreadyDone:
                continue
        after = page[-1]
