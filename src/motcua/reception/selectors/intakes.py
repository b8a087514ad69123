"""Intakes half done, as the desk lists them and as their officer goes on with them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from motcua.kernel.actor import Capacity
from motcua.kernel.text import clean, fold, mask_name
from motcua.reception.models import Kept
from motcua.reception.operations.intakes import fields_of, no_such_intake, shares

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
    """One's own intakes and those the desk shares, the longest waiting first; of what saved itself twice the newest.
    Of more than fit, those typed last: what a power cut took is never among the others. One statement."""
    may = Q(account=account) | Q(account=None) if shares(seat) else Q(account=account)
    found = Kept.objects.filter(may, agency=seat.agency, closed_at=None, expires_at__gt=at)
    listed = list(found.order_by("-touched_at", "-id")[: 5 * MOST])
    told = {row.id: _told(row) for row in listed}
    own = [row for row in listed if row.account == account]
    again = {
        row.id
        for row in own
        if row.parked_at is None
        and any(_is_later(one, row) and _alike(told[one.id], told[row.id]) for one in own)
    }
    last = [row for row in listed if row.id not in again][:MOST]
    return [_line(row, told[row.id]) for row in sorted(last, key=lambda row: row.started_at)]


def saved_again(fields: Mapping[str, str], *, account: UUID, seat: Capacity, at: datetime) -> list[UUID]:
    """The other intakes that saved themselves for the matter of `fields`: same officer, person and procedure, as after
    a page was loaded anew. One statement."""
    mine = Kept.objects.filter(
        agency=seat.agency, account=account, closed_at=None, parked_at=None, expires_at__gt=at
    )
    return [row.id for row in mine.order_by("-touched_at")[: 5 * MOST] if _alike(_told(row), fields)]


def _is_later(one: Kept, row: Kept) -> bool:
    return (one.touched_at, one.id) > (row.touched_at, row.id)


def _alike(one: Mapping[str, str], two: Mapping[str, str]) -> bool:
    """Whether both are of one person, as far as typed, and one procedure."""
    names = [fold(each.get("applicant-0-name", "")) for each in (one, two)]
    numbers = {each.get("applicant-0-number", "").replace(" ", "") for each in (one, two)} - {""}
    same = one.get("procedure") == two.get("procedure") and names[0] == names[1] != ""
    return same and len(numbers) <= 1


def _told(row: Kept) -> dict[str, str]:
    fields = fields_of(row.id, bytes(row.sealed or b""))
    return {name: values[-1] for name, values in fields.items() if values}


def _line(row: Kept, told: Mapping[str, str]) -> Waiting:
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
