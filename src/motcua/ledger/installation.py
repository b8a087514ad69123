"""The installation's own row and stream: made once, trial or live for ever."""

from datetime import datetime
from uuid import UUID

from motcua.kernel.actor import Actor
from motcua.kernel.errors import NotAllowedNow
from motcua.kernel.ids import uuid7
from motcua.kernel.unit_of_work import current
from motcua.ledger.chain import GENESIS, Head
from motcua.ledger.models import Installation
from motcua.ledger.operations import EventData, append


def stream() -> UUID | None:
    """The id of the installation's stream; None before it was made."""
    return Installation.objects.values_list("id", flat=True).first()


def make(*, event: EventData, actor: Actor, at: datetime) -> UUID:
    """Open the installation's stream with `event`, and say on its row what it is; returns the stream's id.

    The caller has seen that there is none: a second row is refused by the table.
    """
    what = current(actor=actor, at=at).installation
    row = Installation(id=uuid7(), what=what, made_at=at, head_hash=GENESIS)
    _append(row, event, actor, at)
    row.save(force_insert=True)
    return row.id


def record(*, event: EventData, actor: Actor, at: datetime) -> None:
    """Append `event` to the installation's stream, under its lock. Raises NotAllowedNow before it was made."""
    row = Installation.objects.select_for_update(no_key=True).first()
    if row is None:
        raise NotAllowedNow(
            "Hệ thống chưa được khởi tạo: chạy `motcua up` hoặc `motcua init --live` trước.",
            "The installation is not made yet: run `motcua up` or `motcua init --live` first.",
        )
    _append(row, event, actor, at)
    row.save(update_fields=["head_seq", "head_hash", "head_at"])


def _append(row: Installation, event: EventData, actor: Actor, at: datetime) -> None:
    head = Head(stream=row.id, seq=row.head_seq, hash=bytes(row.head_hash), at=row.head_at)
    new = append(head=head, event=event, agency="", actor=actor, at=at).head
    row.head_seq, row.head_hash, row.head_at = new.seq, new.hash, new.at
