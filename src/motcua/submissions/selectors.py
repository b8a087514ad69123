"""Reading drafts: only their owner's, and what somebody is asked to confirm. Anybody else's is not found."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef

from motcua.kernel.ids import before_id
from motcua.submissions.confirmations import Asked, asked_of, nothing_to_confirm
from motcua.submissions.models import Confirmation, Draft
from motcua.submissions.operations import AT_HOME, AlreadySubmitted, Kept, no_such_draft, opened

PAGE = 30

MOST_WAITING = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A draft as its owner's list shows it; `typist`: who began it for a business; whether somebody who was asked to
    confirm it as it stands `declined`, has not answered (`waits`), or confirmed it."""

    id: UUID
    agency: str
    procedure: str
    touched_at: datetime
    expires_at: datetime
    typist: UUID | None
    declined: bool
    waits: bool
    is_confirmed: bool


def draft(draft_id: UUID, *, owner: UUID, at: datetime) -> Kept:
    """A draft of `owner`'s. One statement. Raises NotFound, and AlreadySubmitted with the code it was handed in as."""
    row = Draft.objects.filter(id=draft_id, owner=owner, expires_at__gt=at).first()
    if row is None:
        raise no_such_draft()
    if row.submitted_as:
        raise AlreadySubmitted(row.submitted_as)
    return opened(row)


def begun_for_others(*, owner: UUID, at: datetime) -> list[Kept]:
    """What `owner` types for people at a screen and has not handed in, the last touched first; there is one as a rule.
    One statement."""
    mine = Draft.objects.filter(owner=owner, submitted_as="", expires_at__gt=at).exclude(filing__in=AT_HOME)
    return [opened(row) for row in mine.order_by("-touched_at", "-id")]


@dataclass(frozen=True, slots=True)
class Submitted:
    """What somebody handed in for another: the draft it was, and its code. `session`: at whose screen that person still
    stands."""

    id: UUID
    code: str
    at: datetime
    session: UUID | None


def handed_in_for_others(
    *, owner: UUID, at: datetime, after: str | None = None
) -> tuple[list[Submitted], str | None]:
    """What `owner` handed in for people at a screen in the last 30 days, newest first, and the key of the page that
    follows. One statement."""
    mine = Draft.objects.filter(owner=owner, expires_at__gt=at, id__lt=before_id(after))
    mine = mine.exclude(submitted_as="").exclude(filing__in=AT_HOME).order_by("-id")
    found = [
        Submitted(*row) for row in mine.values_list("id", "submitted_as", "touched_at", "session")[: PAGE + 1]
    ]
    return found[:PAGE], str(found[PAGE - 1].id) if len(found) > PAGE else None


def handed_in_as(code: str, *, owner: UUID, at: datetime) -> Submitted:
    """What `owner` handed in for somebody else as `code`. One statement. Raises NotFound for anybody else's."""
    mine = Draft.objects.filter(owner=owner, submitted_as=code, expires_at__gt=at).exclude(filing__in=AT_HOME)
    found = mine.values_list("id", "submitted_as", "touched_at", "session").first()
    if not code or found is None:
        raise no_such_draft()
    return Submitted(*found)


def visit_of(code: str) -> UUID | None:
    """The visit in which somebody of the desk typed what was handed in as `code`. One statement."""
    return (
        Draft.objects.filter(submitted_as=code, visit__isnull=False).values_list("visit", flat=True).first()
    )


def drafts(*, owner: UUID, at: datetime) -> list[Line]:
    """What `owner` has not handed in yet, the last touched first; there are never many. One statement."""
    mine = Draft.objects.filter(owner=owner, submitted_as="", expires_at__gt=at).order_by(
        "-touched_at", "-id"
    )
    asked = Confirmation.objects.filter(draft=OuterRef("id"), revision=OuterRef("revision"))
    answers = [Exists(asked.filter(answer=answer)) for answer in ("declined", "", "confirmed")]
    told = mine.values_list("id", "agency", "procedure", "touched_at", "expires_at", "typist", *answers)
    return [Line(*row) for row in told]


def asked_about(draft: UUID) -> list[Asked]:
    """Who was asked to confirm a draft, for its owner. One statement."""
    rows = Confirmation.objects.filter(draft_id=draft).select_related("draft")
    return [asked_of(row) for row in rows.order_by("field")]


def waiting_for(asked: bytes, *, at: datetime) -> list[Asked]:
    """What somebody (`asked_as`) is asked to confirm and is not handed in yet, the newest first; as many as anybody
    reads. One statement."""
    rows = Confirmation.objects.filter(asked=asked, draft__submitted_as="", draft__expires_at__gt=at)
    return [asked_of(row) for row in rows.select_related("draft").order_by("-asked_at", "-id")[:MOST_WAITING]]


def count_waiting(asked: bytes, *, at: datetime) -> int:
    """How many drafts wait for an answer of somebody's (`asked_as`). One statement."""
    rows = Confirmation.objects.filter(asked=asked, answer="", revision=F("draft__revision"))
    return rows.filter(draft__submitted_as="", draft__expires_at__gt=at).count()


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
