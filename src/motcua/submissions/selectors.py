"""Reading drafts: only their owner's. Somebody else's is not found."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.submissions.models import Draft
from motcua.submissions.operations import AlreadySubmitted, Kept, no_such_draft, opened


@dataclass(frozen=True, slots=True)
class Line:
    """A draft as its owner's list shows it."""

    id: UUID
    agency: str
    procedure: str
    touched_at: datetime
    expires_at: datetime


def draft(draft_id: UUID, *, owner: UUID, at: datetime) -> Kept:
    """A draft of `owner`'s. One statement. Raises NotFound, and AlreadySubmitted with the code it was handed in as."""
    row = Draft.objects.filter(id=draft_id, owner=owner, expires_at__gt=at).first()
    if row is None:
        raise no_such_draft()
    if row.submitted_as:
        raise AlreadySubmitted(row.submitted_as)
    return opened(row)


def drafts(*, owner: UUID, at: datetime) -> list[Line]:
    """What `owner` has not handed in yet, the last touched first; there are never many. One statement."""
    mine = Draft.objects.filter(owner=owner, submitted_as="", expires_at__gt=at).order_by(
        "-touched_at", "-id"
    )
    return [Line(*row) for row in mine.values_list("id", "agency", "procedure", "touched_at", "expires_at")]
