"""What follows in an inter-agency procedure: a part begins when what it waits for is done, its end is noted on the
dossier the applicant has, and a dossier that ends takes its parts with it."""

from motcua.dossiers import events as e
from motcua.flows import children
from motcua.kernel.actor import SYSTEM
from motcua.kernel.time import Clock
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.chain import Envelope
from motcua.ledger.operations import AlreadyDone
from motcua.reactions.reception import ENTERED_LATER

BEGINNING = (e.DossierReceived, e.TransferAccepted, e.StepTaken, e.ChildEnded)
ENDING = (e.DossierDecided, e.DossierStopped)
CALLING_OFF = (e.DossierWithdrawn, e.DossierStopped, e.ReceiptVoided, e.DossierClosedAsDuplicate)


def begin_children(envelope: Envelope, *, position: int, clock: Clock) -> None:
    """Begin the parts that this event lets begin, one unit of work each. Idempotent: under the parent's lock a part is
    begun once, and the table holds it to that. A refusal (nobody in the first seat) is tried again."""
    for child in children.waiting_to_begin(envelope.stream, at=clock()):
        at, request = clock(), Request.of(f"{position}/child/{child}")
        try:
            with unit_of_work(actor=SYSTEM, at=at, request=request, origin=_origin(envelope)):
                children.begin(dossier=envelope.stream, child=child, actor=SYSTEM, at=at)
        except AlreadyDone:
            continue


def settle_child(envelope: Envelope, *, position: int, clock: Clock) -> None:
    """Note the end of a child on its parent. Idempotent: it is noted once under the parent's lock."""
    at, request = clock(), Request.of(f"{position}/settled")
    with unit_of_work(actor=SYSTEM, at=at, request=request, origin=_origin(envelope)):
        children.settle(child=envelope.stream, actor=SYSTEM, at=at)


def call_off_children(envelope: Envelope, *, position: int, clock: Clock) -> None:
    """End the children of a dossier that has ended without a result. Idempotent: what has ended stays."""
    at, request = clock(), Request.of(f"{position}/called_off")
    with unit_of_work(actor=SYSTEM, at=at, request=request, origin=_origin(envelope)):
        children.call_off(parent=envelope.stream, actor=SYSTEM, at=at)


def _origin(envelope: Envelope) -> str:
    return "live" if envelope.origin in ENTERED_LATER else envelope.origin
