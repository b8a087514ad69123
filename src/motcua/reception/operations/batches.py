"""Batches: a list is kept with what is wrong in it; its good lines become dossiers one by one, each once."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from motcua.kernel.actor import Capacity
from motcua.kernel.errors import NotFound
from motcua.kernel.ids import uuid7
from motcua.kernel.seals import decrypt, encrypt
from motcua.reception.models import Batch, BatchRow
from motcua.reception.operations.intakes import end_of_next_day

MOST_ROWS = 500
_SEAL = "reception-batch"


@dataclass(frozen=True, slots=True)
class NewRow:
    """One line: what it says of the applicant, and the findings (column, what, how to mend) in two languages."""

    line: int
    fields: Mapping[str, str]
    findings: Sequence[Mapping[str, Mapping[str, str]]]


def open_batch(
    *, fields: Mapping[str, list[str]], rows: Iterable[NewRow], account: UUID, seat: Capacity, at: datetime
) -> UUID:
    """Keep a list, sealed, with its findings. Nothing is received yet."""
    batch = Batch(
        id=uuid7(),
        agency=seat.agency,
        account=account,
        sealed=b"",
        created_at=at,
        expires_at=end_of_next_day(seat.agency, at),
    )
    batch.sealed = _sealed(dict(fields), batch.id)
    with transaction.atomic():
        batch.save(force_insert=True)
        BatchRow.objects.bulk_create(
            BatchRow(
                batch=batch,
                line=row.line,
                sealed=_sealed(dict(row.fields), batch.id),
                findings=list(row.findings),
            )
            for row in rows
        )
    return batch.id


def _sealed(body: object, batch: UUID) -> bytes:
    return encrypt(_SEAL, json.dumps(body, ensure_ascii=False).encode(), bound_to=batch.bytes)


def opened(sealed: bytes, batch: UUID) -> Any:
    """What was sealed in a batch."""
    return json.loads(decrypt(_SEAL, sealed, bound_to=batch.bytes))


def start(*, batch: UUID) -> None:
    """Receiving has begun: the page goes on by itself until all good lines are dossiers."""
    Batch.objects.filter(id=batch).update(started=True)


def take(*, batch: UUID, line: int) -> bool:
    """Lock a line that is no dossier yet, in the unit of work that receives it.

    Of two officers who receive one list the second waits here, and is told that nothing is left to receive.
    """
    waiting = BatchRow.objects.select_for_update().filter(batch_id=batch, line=line, code="")
    return waiting.values_list("line").first() is not None


def mark(*, batch: UUID, line: int, code: str) -> None:
    """The line, taken before, has become the dossier `code`."""
    if BatchRow.objects.filter(batch_id=batch, line=line, code="").update(code=code) != 1:
        raise no_such_batch()


def refuse(*, batch: UUID, line: int, finding: Mapping[str, Mapping[str, str]]) -> None:
    """The line could not be received, and why; what became a dossier meanwhile stays one."""
    BatchRow.objects.filter(batch_id=batch, line=line, code="").update(findings=[finding])


def drop(*, batch: UUID) -> None:
    """Give a list up. What was received stays received."""
    Batch.objects.filter(id=batch).delete()


def sweep(*, at: datetime) -> int:
    """Remove lists that have expired; returns how many rows went."""
    return Batch.objects.filter(expires_at__lte=at).delete()[0]


def no_such_batch() -> NotFound:
    """The refusal for a list that is gone or another desk's."""
    return NotFound(
        "Danh sách này không còn, hoặc của quầy khác. Hồ sơ đã tiếp nhận vẫn có trong danh sách hồ sơ.",
        "This list is gone, or another desk's. Dossiers received from it stand in the list of dossiers.",
    )
