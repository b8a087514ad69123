"""What follows a reception: the desk's list of frequent procedures, its people found again, what they had been told
before closed."""

from motcua.dossiers.events import DossierReceived
from motcua.dossiers.people import told
from motcua.kernel.actor import SYSTEM
from motcua.kernel.codec import decode
from motcua.kernel.time import Clock, local
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.chain import Envelope
from motcua.ledger.operations import AlreadyDone
from motcua.reception.operations.at_hand import count_received, remember
from motcua.reception.operations.guidance import close

# What follows a reception written on paper first is done now.
ENTERED_LATER = frozenset({"paper", "offline"})


def remember_reception(envelope: Envelope, *, position: int, clock: Clock) -> None:
    """Count the reception for the order of the desk's list, and let its people be found by number and telephone.

    Idempotent: counted once for each position, remembered under the same keys. People erased meanwhile are not.
    """
    event = decode(DossierReceived, envelope.data)
    count_received(
        agency=event.desk_agency,
        day=local(event.occurred_at).date(),
        procedure=event.procedure,
        position=position,
    )
    remember(agency=event.desk_agency, people=told([envelope.stream], viewer=None), at=event.occurred_at)


def close_guidance(envelope: Envelope, *, position: int, clock: Clock) -> None:
    """Close the guidance records of the matter that has now been received.

    Idempotent: a closed record is not closed again. People erased meanwhile are not found.
    """
    event = decode(DossierReceived, envelope.data)
    people = [{**one.fields, "role": one.role} for one in told([envelope.stream], viewer=None)]
    request, at = Request.of(f"{position}/guidance"), clock()
    origin = "live" if envelope.origin in ENTERED_LATER else envelope.origin
    try:
        with unit_of_work(actor=SYSTEM, at=at, request=request, origin=origin):
            close(
                agency=event.desk_agency,
                procedure=event.procedure,
                people=people,
                dossier=event.code,
                received_at=event.occurred_at,
                actor=SYSTEM,
                at=at,
            )
    except AlreadyDone:
        return
