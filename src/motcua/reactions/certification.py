"""What follows the end of a dossier at the certification desk: its papers wait for numbers no longer."""

from motcua.flows.certification import end_waiting
from motcua.kernel.actor import SYSTEM
from motcua.kernel.time import Clock
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.chain import Envelope
from motcua.ledger.operations import AlreadyDone
from motcua.reactions.reception import ENTERED_LATER


def let_papers_go(envelope: Envelope, *, position: int, clock: Clock) -> None:
    """Take the papers of a dossier that ended from those that wait. Idempotent: they are taken off once."""
    request, at = Request.of(f"{position}/certification"), clock()
    origin = "live" if envelope.origin in ENTERED_LATER else envelope.origin
    try:
        with unit_of_work(actor=SYSTEM, at=at, request=request, origin=origin):
            end_waiting(dossier=envelope.stream, actor=SYSTEM, at=at)
    except AlreadyDone:
        return
