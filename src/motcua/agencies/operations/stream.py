"""The agency's own stream: locked, and appended to."""

from datetime import datetime

from motcua.agencies.models import Agency
from motcua.kernel.actor import Actor
from motcua.kernel.errors import NotFound
from motcua.ledger.chain import Head
from motcua.ledger.operations import EventData, append, claim


def decide_on_stream(*, agency: str, event: EventData, actor: Actor, at: datetime) -> None:
    """Append a decision of a module above to the agency's stream, under the agency's lock."""
    append_to(lock(agency), event, actor, at)


def claim_decision(*, agency: str, actor: Actor, at: datetime) -> None:
    """Lock the agency and claim the request for a decision on its stream: a second click decides nothing again.

    Raises NotFound, AlreadyDone, KeyReused.
    """
    row = lock(agency)
    claim(stream=row.stream, seq=row.head_seq + 1, actor=actor, at=at)


def lock(agency: str) -> Agency:
    """The row that owns the agency's stream, locked. Raises NotFound."""
    row = Agency.objects.select_for_update(of=("self",), no_key=True).filter(code=agency).first()
    if row is None:
        raise NotFound(f"Không có cơ quan {agency}.", f"There is no agency {agency}.")
    return row


def append_to(row: Agency, event: EventData, actor: Actor, at: datetime) -> None:
    """Append an event to the stream of an agency whose row is locked."""
    head = Head(stream=row.stream, seq=row.head_seq, hash=bytes(row.head_hash), at=row.head_at)
    new = append(head=head, event=event, agency=row.code, actor=actor, at=at).head
    row.head_seq, row.head_hash, row.head_at = new.seq, new.hash, new.at
    row.save(update_fields=["head_seq", "head_hash", "head_at"])
