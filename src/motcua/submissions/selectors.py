"""Reading drafts: only their owner's, and what somebody is asked to confirm. Anybody else's is not found."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from motcua.submissions.confirmations import Asked, asked_of, nothing_to_confirm
from motcua.submissions.models import Confirmation, Draft
from motcua.submissions.operations import AlreadySubmitted, Kept, no_such_draft, opened

MOST_WAITING = 50


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


def asked_about(draft: UUID) -> list[Asked]:
    """Who was asked to confirm a draft, for its owner. One statement."""
    rows = Confirmation.objects.filter(draft_id=draft).select_related("draft")
    return [asked_of(row) for row in rows.order_by("field")]


def waiting_for(asked: bytes, *, at: datetime) -> list[Asked]:
    """What somebody (`asked_as`) is asked to confirm and is not handed in yet, the newest first; as many as anybody
    reads. One statement."""
    rows = Confirmation.objects.filter(asked=asked, draft__submitted_as="", draft__expires_at__gt=at)
    return [asked_of(row) for row in rows.select_related("draft").order_by("-asked_at", "-id")[:MOST_WAITING]]


def confirmation(confirmation_id: UUID, *, asked: bytes, at: datetime) -> Asked:
    """What somebody (`asked_as`) is asked to confirm. One statement. Raises NotFound, and AlreadySubmitted with the
    code it was handed in as."""
    rows = Confirmation.objects.filter(id=confirmation_id, asked=asked, draft__expires_at__gt=at)
    row = rows.select_related("draft").first()
    if row is None:
        raise nothing_to_confirm()
    if row.draft.submitted_as:
        raise AlreadySubmitted(row.draft.submitted_as)
    return asked_of(row)
