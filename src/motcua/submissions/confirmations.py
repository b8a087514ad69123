"""Several people apply with one draft: each is asked to confirm it as it stands, and answers. All of it holds the
draft first, so that nobody confirms, saves and hands in past one another."""

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.kernel.contents import digest_of
from motcua.kernel.errors import Invalid, NotAllowedNow, NotFound
from motcua.kernel.ids import uuid7
from motcua.kernel.seals import decrypt, encrypt, mac
from motcua.kernel.text import clean, fold
from motcua.submissions.models import Confirmation, Draft
from motcua.submissions.operations import AlreadySubmitted, Kept, lock

LONGEST_REASON = 500
_PURPOSE = "declined"


class ChangedSince(NotAllowedNow):
    """The draft is no longer the one that was to be confirmed."""

    def __init__(self) -> None:
        super().__init__(
            "Hồ sơ đã được sửa sau khi gửi cho ông/bà, nên chưa xác nhận được. Người soạn cần gửi lại để xác nhận.",
            "The dossier was changed after it was sent to you, so it can't be confirmed. Its writer has to send it "
            "again.",
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who was asked; `field` names them in the form. `is_current`: the draft has not been saved since, and
    what they confirmed is what there is to confirm. `is_overtaken`: the draft is the same, but not its procedure, form,
    fees, or who applies. `salt`, `digest`: of what they confirmed."""

    id: UUID
    draft: UUID
    owner: UUID
    agency: str
    procedure: str
    field: str
    revision: int
    is_current: bool
    answer: str
    reason: str
    asked_at: datetime
    answered_at: datetime | None
    salt: bytes = b""
    digest: bytes = b""
    is_overtaken: bool = False

    def beside(self, seen: bytes) -> "Asked":
        """The same beside what there is to confirm now: who confirmed something else is asked again."""
        if not self.is_confirmed or digest_of(self.salt, seen) == self.digest:
            return self
        return replace(self, is_current=False, is_overtaken=True)

    @property
    def is_confirmed(self) -> bool:
        """Whether they confirmed the draft as it stands now."""
        return self.is_current and self.answer == "confirmed"


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Who confirmed, when, and the salted digest of what they saw."""

    field: str
    party: UUID
    salt: bytes
    digest: bytes
    at: datetime


def asked_as(*, name: str, number: str) -> bytes:
    """What somebody is found by who is asked: their number and name together, so that a mistyped number shows a
    stranger nothing."""
    return mac("confirming", f"{number}/{fold(name)}".encode())


def ask(*, kept: Kept, people: Mapping[str, bytes], seen: bytes, at: datetime) -> Mapping[str, UUID]:
    """Ask `people` (field -> `asked_as`) to confirm the draft at the revision of `kept`, which comes to `seen`, and
    nobody else; returns what is new (field -> confirmation). Who answered for just this has answered. Raises NotFound,
    AlreadySubmitted, SavedElsewhere."""
    with transaction.atomic():
        lock(draft=kept.id, owner=kept.owner, revision=kept.revision, at=at)
        before = Confirmation.objects.filter(draft_id=kept.id).select_related("draft")
        there = {
            bytes(row.asked): row.id
            for row in before
            if bytes(row.asked) in people.values() and asked_of(row).beside(seen).is_current
        }
        before.exclude(id__in=there.values()).delete()
        new = Confirmation.objects.bulk_create(
            Confirmation(
                id=uuid7(),
                draft_id=kept.id,
                field=field,
                asked=asked,
                revision=kept.revision,
                asked_at=at,
            )
            for field, asked in people.items()
            if asked not in there
        )
    return {one.field: one.id for one in new}


def confirm(
    *, confirmation: UUID, asked: bytes, party: UUID, revision: int, seen: bytes, at: datetime
) -> UUID:
    """`party`, who signed in as the one who was `asked`, agrees to `seen`: what the draft holds at `revision`. Returns
    the draft.

    Raises NotFound, AlreadySubmitted, ChangedSince.
    """
    with transaction.atomic():
        draft = _hold(confirmation, asked, revision, at)
        salt = os.urandom(16)
        Confirmation.objects.filter(id=confirmation).update(
            answer="confirmed",
            party=party,
            salt=salt,
            digest=digest_of(salt, seen),
            reason=None,
            answered_at=at,
        )
    return draft


def decline(
    *, confirmation: UUID, asked: bytes, party: UUID, revision: int, reason: str, at: datetime
) -> UUID:
    """`party` does not agree, and says why. Returns the draft. Raises Invalid without a reason; else as `confirm`."""
    why = clean(reason)
    if not why or len(why) > LONGEST_REASON:
        raise Invalid(
            f"Hãy ghi lý do không xác nhận, không quá {LONGEST_REASON} chữ, để người soạn biết mà sửa.",
            f"Say why you don't confirm, in at most {LONGEST_REASON} letters, so that its writer can mend it.",
            field="reason",
        )
    with transaction.atomic():
        draft = _hold(confirmation, asked, revision, at)
        Confirmation.objects.filter(id=confirmation).update(
            answer="declined",
            party=party,
            salt=None,
            digest=None,
            reason=encrypt(_PURPOSE, why.encode(), bound_to=confirmation.bytes),
            answered_at=at,
        )
    return draft


def _hold(confirmation: UUID, asked: bytes, revision: int, at: datetime) -> UUID:
    drafts = Draft.objects.filter(confirmation__id=confirmation, expires_at__gt=at)
    draft = drafts.select_for_update(of=("self",)).first()
    if draft is None:
        raise nothing_to_confirm()
    mine = (
        Confirmation.objects.filter(id=confirmation, asked=asked).values_list("revision", flat=True).first()
    )
    if mine is None:
        raise nothing_to_confirm()
    if draft.submitted_as:
        raise AlreadySubmitted(draft.submitted_as)
    if not draft.revision == mine == revision:
        raise ChangedSince
    return draft.id


def confirmed_by(*, draft: UUID, revision: int, people: Collection[bytes]) -> list[Confirmed] | None:
    """The confirmations of all `people` for the draft, locked, at `revision`; None where one is lacking. One
    statement."""
    found = {
        bytes(row.asked): row
        for row in Confirmation.objects.filter(draft_id=draft, revision=revision, answer="confirmed")
    }
    if any(one not in found for one in people):
        return None
    return [_confirmed(found[one]) for one in people]


def _confirmed(row: Confirmation) -> Confirmed:
    if row.party is None or row.answered_at is None:
        raise TypeError("a confirmation names who gave it, and when: the table's own constraint")
    return Confirmed(row.field, row.party, bytes(row.salt or b""), bytes(row.digest or b""), row.answered_at)


def asked_of(row: Confirmation) -> Asked:
    """A row with its draft, as it is told."""
    draft = row.draft
    reason = row.reason and decrypt(_PURPOSE, bytes(row.reason), bound_to=row.id.bytes).decode()
    return Asked(
        id=row.id,
        draft=draft.id,
        owner=draft.owner,
        agency=draft.agency,
        procedure=draft.procedure,
        field=row.field,
        revision=row.revision,
        is_current=row.revision == draft.revision,
        answer=row.answer,
        reason=reason or "",
        asked_at=row.asked_at,
        answered_at=row.answered_at,
        salt=bytes(row.salt or b""),
        digest=bytes(row.digest or b""),
    )


def nothing_to_confirm() -> NotFound:
    """The refusal for what waits for somebody else, or for nobody any more; the two are told alike."""
    return NotFound(
        "Không có hồ sơ nào ở địa chỉ này chờ ông/bà xác nhận: đã bỏ, đã quá 30 ngày, hoặc họ tên, số định danh trong "
        "tờ khai không phải của tài khoản này.",
        "Nothing here waits for you to confirm: it was given up, is older than 30 days, or the name and number in the "
        "form are not those of this account.",
    )
