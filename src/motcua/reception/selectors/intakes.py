"""Intakes half done, as the desk lists them and as their officer goes on with them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.kernel.actor import Capacity
from motcua.kernel.text import clean, mask_name
from motcua.reception.models import Kept
from motcua.reception.operations.intakes import fields_of, no_such_intake

MOST = 20


@dataclass(frozen=True, slots=True)
class Waiting:
    """An intake to go on with; its person's name is masked."""

    id: UUID
    name: str
    procedure: str
    since: datetime
    parked: bool
    shared: bool

    def minutes(self, at: datetime) -> int:
        """How long the person has waited."""
        return max(int((at - self.since).total_seconds()) // 60, 0)


def waiting(*, account: UUID, seat: Capacity, at: datetime) -> list[Waiting]:
    """One's own intakes and those the desk shares, the longest waiting first. One statement."""
    found = Kept.objects.filter(agency=seat.agency, closed_at=None, expires_at__gt=at)
    listed = [row for row in found.order_by("started_at")[: 5 * MOST] if row.account in (account, None)]
    return [_line(row) for row in listed[:MOST]]


def _line(row: Kept) -> Waiting:
    told = {
        name: values[-1] for name, values in fields_of(row.id, bytes(row.sealed or b"")).items() if values
    }
    return Waiting(
        id=row.id,
        name=mask_name(clean(told.get("applicant-0-name", ""))),
        procedure=told.get("procedure", ""),
        since=row.parked_at or row.started_at,
        parked=row.parked_at is not None,
        shared=row.account is None,
    )


def count_waiting(agency: str, *, at: datetime) -> int:
    """How many people wait beside a desk with an intake half done; for the manager's board. One statement."""
    parked = Kept.objects.filter(agency=agency, closed_at=None, expires_at__gt=at, parked_at__isnull=False)
    return parked.count()


def typed_so_far(intake: UUID, *, account: UUID, at: datetime) -> dict[str, list[str]]:
    """What was typed into an intake of one's own. One statement. Raises NotFound."""
    row = Kept.objects.filter(id=intake, account=account, closed_at=None, expires_at__gt=at).first()
    if row is None or row.sealed is None:
        raise no_such_intake()
    return fields_of(intake, bytes(row.sealed))
