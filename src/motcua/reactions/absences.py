"""Word to who is noted as absent by another: whoever stands in acts for them from then on."""

from uuid import UUID

from motcua.agencies.events import AbsenceNoted
from motcua.kernel.time import Clock
from motcua.ledger.chain import Envelope
from motcua.reactions.words import NEWS
from motcua.workday import operations

NOTED = frozenset({AbsenceNoted.TYPE})


def tell_absent(envelope: Envelope, *, position: int, clock: Clock) -> None:
    """Tell a person that, and by whom, an absence of theirs was noted; not what they noted themselves. Idempotent, as
    `words.tell_officers`."""
    at, data = clock(), envelope.data
    if envelope.origin == "import" or at - envelope.at > NEWS or envelope.actor["id"] == data["account"]:
        return
    told = operations.Told(
        cause=str(position),
        what="absent",
        by=UUID(envelope.actor["id"]),
        facts={"since": data["valid_from"], "until": data["valid_to"]},
    )
    operations.tell(told, whom=[(UUID(data["account"]), None)], at=at)
