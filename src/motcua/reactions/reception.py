"""What follows a reception: the desk's list of frequent procedures, and its people found again."""

from motcua.dossiers.events import DossierReceived
from motcua.dossiers.people import told
from motcua.kernel.codec import decode
from motcua.kernel.time import Clock, local
from motcua.ledger.chain import Envelope
from motcua.reception.operations.at_hand import count_received, remember


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
    remember(agency=event.desk_agency, people=told([envelope.stream]), at=event.occurred_at)
