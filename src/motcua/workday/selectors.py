"""What one person keeps for their own working day."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from motcua.workday.models import SavedFilter


@dataclass(frozen=True, slots=True)
class Saved:
    """A way to look at the work list; `is_default`: the list opens with it."""

    id: UUID
    name: str
    fields: Mapping[str, str]
    is_default: bool


def filters_of(account: UUID) -> tuple[Saved, ...]:
    """The filters of one person, as they were saved. One statement."""
    rows = SavedFilter.objects.filter(account=account).order_by("place")
    return tuple(Saved(row.id, row.name, row.fields, row.is_default) for row in rows)
