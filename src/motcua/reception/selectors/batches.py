"""A batch as its page shows it, and as it is received."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.dossiers.policy import SEATS
from motcua.dossiers.states import Authority
from motcua.kernel.actor import Viewer
from motcua.reception.models import Batch, BatchRow
from motcua.reception.operations.batches import no_such_batch, opened


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list."""

    line: int
    fields: Mapping[str, str]
    findings: tuple[Mapping[str, Mapping[str, str]], ...]
    code: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A list with its lines."""

    id: UUID
    agency: str
    started: bool
    fields: Mapping[str, list[str]]
    rows: tuple[Row, ...]

    @property
    def bad(self) -> list[Row]:
        """Lines with findings."""
        return [row for row in self.rows if row.findings and not row.code]

    @property
    def pending(self) -> list[Row]:
        """Good lines that are no dossiers yet."""
        return [row for row in self.rows if not row.findings and not row.code]

    @property
    def done(self) -> list[Row]:
        """Lines that are dossiers."""
        return [row for row in self.rows if row.code]


def batch(which: UUID, *, viewer: Viewer, at: datetime) -> Shown:
    """A list of the viewer's own desk. Two statements. Raises NotFound."""
    agencies = viewer.agencies(SEATS[Authority.DESK])
    row = Batch.objects.filter(id=which, agency__in=agencies, expires_at__gt=at).first()
    if row is None:
        raise no_such_batch()
    lines = BatchRow.objects.filter(batch_id=which).order_by("line")
    fields: Any = opened(bytes(row.sealed), which)
    return Shown(
        id=which,
        agency=row.agency,
        started=row.started,
        fields=fields,
        rows=tuple(Row(x.line, opened(bytes(x.sealed), which), tuple(x.findings), x.code) for x in lines),
    )
