"""Notices are made, claimed, sent and come to their end. Nothing here talks to the world outside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.kernel.errors import Invalid
from motcua.kernel.ids import uuid7
from motcua.notifications.letters import Sealed, seal, unseal
from motcua.notifications.models import Preference, ReferencePreference
from motcua.notifications.outlets import Outgoing
from motcua.notifications.rules import (
    ACCOUNT,
    CHANNELS,
    KEPT_FOR,
    asked_again_at,
    is_quiet,
    quiet_until,
    tried_again_at,
)

# How long a message is one worker's: well above what an outlet waits. After a kill it is taken up again.
LEASE = timedelta(minutes=2)
LANGUAGES = ("vi", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLetter:
    """What one person is told through one channel; `addressee` None: at an address that somebody else typed."""

    addressee: UUID | None
    channel: str
    language: str
    letter: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNotice:
    """One thing to be told of `reference`, because of `cause`; one of `letters` for each person and channel. `as_of`:
    the owner's count of what had happened by then."""

    reference: str
    cause: str
    as_of: int
    about: str
    agency: str
    asked_for: bool
    letters: Sequence[NewLetter]


_NOTICE = """
INSERT INTO notifications_notice (id, reference, cause, as_of, about, agency, asked_for, made_at, outcome)
VALUES (%(id)s, %(reference)s, %(cause)s, %(as_of)s, %(about)s, %(agency)s, %(asked_for)s, %(at)s, '')
ON CONFLICT (reference, cause) DO NOTHING
"""
_MESSAGES = """
WITH made AS (
    INSERT INTO notifications_message
           (id, notice_id, agency, addressee, channel, language, state, attempts, due_at, sent_at, ended_at,
            provider_id, fault)
    SELECT m.id, %(notice)s, %(agency)s, m.addressee, m.channel, m.language,
           CASE WHEN kept THEN 'delivered' ELSE 'queued' END, 0, CASE WHEN kept THEN NULL ELSE %(at)s END,
           CASE WHEN kept THEN %(at)s END, CASE WHEN kept THEN %(at)s END,
           '', ''
      FROM unnest(%(ids)s::uuid[], %(addressees)s::uuid[], %(channels)s::text[], %(languages)s::text[])
           m(id, addressee, channel, language),
           LATERAL (SELECT m.channel = %(account)s AS kept) k
)
INSERT INTO notifications_letter (message_id, sealed) SELECT * FROM unnest(%(ids)s::uuid[], %(sealed)s::bytea[])
"""


def make(notice: NewNotice, *, at: datetime) -> bool:
    """Make a notice with its messages, once for each reference and cause; whether it was new. In the account it is
    there at once. Two statements."""
    if not notice.letters:
        return False
    name = uuid7()
    told: dict[str, Any] = {"agency": notice.agency, "at": at}
    with connection.cursor() as cursor:
        cursor.execute(
            _NOTICE,
            {
                **told,
                "id": name,
                "reference": notice.reference,
                "cause": notice.cause,
                "as_of": notice.as_of,
                "about": notice.about,
                "asked_for": notice.asked_for,
            },
        )
        if cursor.rowcount == 0:
            return False
        ids = [uuid7() for _ in notice.letters]
        cursor.execute(
            _MESSAGES,
            {
                **told,
                "notice": name,
                "account": ACCOUNT,
                "ids": ids,
                "addressees": [one.addressee for one in notice.letters],
                "channels": [one.channel for one in notice.letters],
                "languages": [one.language for one in notice.letters],
                "sealed": [seal(each, one.letter) for each, one in zip(ids, notice.letters, strict=True)],
            },
        )
    return True


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that is ours until the lease ends. `sent_at` set: it is only asked whether it arrived."""

    id: UUID
    channel: str
    language: str
    attempts: int
    reference: str
    about: str
    addressee: UUID | None
    made_at: datetime
    sent_at: datetime | None
    provider_id: str
    sealed: bytes | None

    @property
    def outgoing(self) -> Outgoing | None:
        """The message as an outlet takes it; None once its text was erased. Raises Unreadable."""
        letter = unseal(self.id, self.sealed)
        return Outgoing(self.id, self.channel, letter, self.language) if letter else None


_CLAIM = """
WITH due AS (
    SELECT m.id, n.made_at, n.reference, n.about
      FROM notifications_message m JOIN notifications_notice n ON n.id = m.notice_id
     WHERE m.due_at <= %(at)s AND m.channel <> ALL(%(without)s::text[])
       AND (m.sent_at IS NOT NULL OR n.asked_for OR NOT %(quiet)s)
     ORDER BY m.due_at, m.id LIMIT 1 FOR NO KEY UPDATE OF m SKIP LOCKED
)
UPDATE notifications_message m SET due_at = %(until)s, attempts = m.attempts + 1
  FROM due, notifications_letter l WHERE m.id = due.id AND l.message_id = m.id
RETURNING m.id, m.channel, m.language, m.attempts, due.reference, due.about, m.addressee, due.made_at,
          m.sent_at, m.provider_id, l.sealed
"""


def claim(*, without: Iterable[str], at: datetime) -> Claimed | None:
    """The message that has waited longest, ours for a while; None where none is due. `without`: channels that are
    out. At night only what was asked for. One statement, committed by itself."""
    with connection.cursor() as cursor:
        cursor.execute(
            _CLAIM, {"at": at, "until": at + LEASE, "quiet": is_quiet(at), "without": sorted(without)}
        )
        found = cursor.fetchone()
    return None if found is None else Claimed(*found)


_REST = """
WITH due AS (
    SELECT m.id FROM notifications_message m JOIN notifications_notice n ON n.id = m.notice_id
     WHERE m.due_at <= %(at)s AND m.sent_at IS NULL AND NOT n.asked_for ORDER BY m.id FOR NO KEY UPDATE OF m SKIP LOCKED
)
UPDATE notifications_message m SET due_at = %(until)s FROM due WHERE m.id = due.id
"""


def rest(*, at: datetime) -> None:
    """In quiet hours, put what may not go out now off until they are over, so that no claim looks at it all night. One
    statement, none by day."""
    if is_quiet(at):
        with connection.cursor() as cursor:
            cursor.execute(_REST, {"at": at, "until": quiet_until(at)})


def note_taken(
    claimed: Claimed, *, provider_id: str, arrived: bool, may_be_asked: bool, at: datetime
) -> None:
    """The other side took it: sent, and delivered where it says so. Asked again where it can be."""
    ask = None if arrived or not may_be_asked else asked_again_at(sent_at=at, attempts=1, at=at)
    _change(
        claimed,
        state="delivered" if arrived else "sent",
        due_at=ask,
        sent_at=at,
        ended_at=at if arrived else None,
        provider_id=provider_id,
        fault="",
    )


def note_arrived(claimed: Claimed, *, arrived: bool, at: datetime) -> None:
    """What the other side answered when asked: delivered, or asked again until it is left at that."""
    sent_at = claimed.sent_at or at
    due_at = None if arrived else asked_again_at(sent_at=sent_at, attempts=claimed.attempts, at=at)
    _change(
        claimed,
        state="delivered" if arrived else "sent",
        due_at=due_at,
        sent_at=sent_at,
        ended_at=at if arrived else None,
        provider_id=claimed.provider_id,
        fault="",
    )


def note_put_off(claimed: Claimed, *, fault: str, at: datetime) -> None:
    """It could not go now: tried again later, and failed for good once it is too old."""
    due_at = tried_again_at(made_at=claimed.made_at, attempts=claimed.attempts, at=at)
    if claimed.sent_at is not None:
        due_at = asked_again_at(sent_at=claimed.sent_at, attempts=claimed.attempts, at=at)
    elif due_at is None:
        note_failed(claimed, fault=fault, at=at)
        return
    _change(
        claimed,
        state="sent" if claimed.sent_at else "queued",
        due_at=due_at,
        sent_at=claimed.sent_at,
        ended_at=None,
        provider_id=claimed.provider_id,
        fault=fault,
    )


def note_failed(claimed: Claimed, *, fault: str, at: datetime) -> None:
    """It will never arrive."""
    _change(
        claimed,
        state="failed",
        due_at=None,
        sent_at=claimed.sent_at,
        ended_at=at,
        provider_id=claimed.provider_id,
        fault=fault,
    )


_CHANGE = """
UPDATE notifications_message SET state = %(state)s, due_at = %(due_at)s, sent_at = %(sent_at)s, ended_at = %(ended_at)s,
       provider_id = %(provider_id)s, fault = %(fault)s
 WHERE id = %(id)s AND attempts = %(attempts)s
"""


def _change(claimed: Claimed, **values: Any) -> None:
    # Whoever took it up after our lease has counted one attempt more: theirs is what counts then.
    with connection.cursor() as cursor:
        cursor.execute(_CHANGE, {**values, "id": claimed.id, "attempts": claimed.attempts})


_SETTLE = "UPDATE notifications_notice SET outcome = %s, settled_at = %s WHERE id = %s AND settled_at IS NULL"


def settle(notice: UUID, *, outcome: str, at: datetime) -> bool:
    """Take it upon this transaction to do what follows from a notice's outcome; whether it fell to us. Another that
    is at it is waited for, and takes it from us when it commits."""
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, [outcome, at, notice])
        return bool(cursor.rowcount == 1)


_ERASE = """
WITH old AS (
    SELECT id FROM notifications_notice WHERE erased_at IS NULL AND made_at < %(before)s
     ORDER BY made_at LIMIT %(most)s FOR NO KEY UPDATE SKIP LOCKED
), gone AS (
    UPDATE notifications_letter l SET sealed = NULL FROM old, notifications_message m
     WHERE m.notice_id = old.id AND l.message_id = m.id
)
UPDATE notifications_notice n SET erased_at = %(at)s FROM old WHERE n.id = old.id
"""


def erase_texts(*, at: datetime, most: int) -> int:
    """Erase what notices said and where they went once they are KEPT_FOR old; that they went stays. Returns how many,
    `most` at a time. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_ERASE, {"at": at, "before": at - KEPT_FOR, "most": most})
        return int(cursor.rowcount)


def prefer(
    *, addressee: UUID, language: str, channels: Iterable[str], at: datetime, reference: str = ""
) -> None:
    """Note how somebody wants to be told from now on, of `reference`, or of everything, in place of what was noted for
    single references; no channel: not at all. Raises Invalid."""
    if language not in LANGUAGES:
        raise Invalid("Hãy chọn ngôn ngữ.", "Choose a language.", field="language")
    if unknown := set(channels) - set(CHANNELS):
        raise Invalid("Hãy chọn kênh nhận tin.", f"Unknown channel {min(unknown)}.", field="channels")
    told = {"language": language, "channels": sorted(set(channels)), "changed_at": at}
    if reference:
        ReferencePreference.objects.update_or_create(reference=reference, addressee=addressee, defaults=told)
    else:
        Preference.objects.update_or_create(addressee=addressee, defaults=told)
        ReferencePreference.objects.filter(addressee=addressee).delete()
