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
from motcua.notifications.models import Preference
from motcua.notifications.outlets import Outgoing
from motcua.notifications.rules import ACCOUNT, CHANNELS, asked_again_at, is_quiet, tried_again_at

# How long a message is one worker's: well above what an outlet waits. After a kill it is taken up again.
LEASE = timedelta(minutes=2)
LANGUAGES = ("vi", "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNotice:
    """One thing to be told of `reference`, because of `cause`, by the channels of `letters`."""

    reference: str
    cause: str
    about: str
    agency: str
    language: str
    asked_for: bool
    letters: Sequence[tuple[str, Sealed]]


_NOTICE = """
INSERT INTO notifications_notice (id, reference, cause, about, agency, language, asked_for, made_at, outcome)
VALUES (%(id)s, %(reference)s, %(cause)s, %(about)s, %(agency)s, %(language)s, %(asked_for)s, %(at)s, '')
ON CONFLICT (reference, cause) DO NOTHING
"""
_MESSAGES = """
WITH made AS (
    INSERT INTO notifications_message
           (id, notice_id, agency, channel, state, attempts, due_at, sent_at, ended_at, provider_id, fault)
    SELECT m.id, %(notice)s, %(agency)s, m.channel, CASE WHEN kept THEN 'delivered' ELSE 'queued' END, 0,
           CASE WHEN kept THEN NULL ELSE %(at)s END, CASE WHEN kept THEN %(at)s END, CASE WHEN kept THEN %(at)s END,
           '', ''
      FROM unnest(%(ids)s::uuid[], %(channels)s::text[]) m(id, channel),
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
                "about": notice.about,
                "language": notice.language,
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
                "channels": [channel for channel, _ in notice.letters],
                "sealed": [seal(each, letter) for each, (_, letter) in zip(ids, notice.letters, strict=True)],
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
    SELECT m.id, n.language, n.made_at FROM notifications_message m JOIN notifications_notice n ON n.id = m.notice_id
     WHERE m.due_at <= %(at)s AND m.channel <> ALL(%(without)s::text[])
       AND (m.sent_at IS NOT NULL OR n.asked_for OR NOT %(quiet)s)
     ORDER BY m.due_at, m.id LIMIT 1 FOR NO KEY UPDATE OF m SKIP LOCKED
)
UPDATE notifications_message m SET due_at = %(until)s, attempts = m.attempts + 1
  FROM due, notifications_letter l WHERE m.id = due.id AND l.message_id = m.id
RETURNING m.id, m.channel, due.language, m.attempts, due.made_at, m.sent_at, m.provider_id, l.sealed
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


def settle(notice: UUID, *, outcome: str, at: datetime) -> None:
    """What follows from a notice's outcome was done."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE notifications_notice SET outcome = %s, settled_at = %s WHERE id = %s AND settled_at IS NULL",
            [outcome, at, notice],
        )


def prefer(*, addressee: UUID, language: str, channels: Sequence[str], at: datetime) -> None:
    """Note how somebody wants to be told from now on; no channel: not at all. Raises Invalid."""
    if language not in LANGUAGES:
        raise Invalid("Hãy chọn ngôn ngữ.", "Choose a language.", field="language")
    if unknown := set(channels) - set(CHANNELS):
        raise Invalid("Hãy chọn kênh nhận tin.", f"Unknown channel {min(unknown)}.", field="channels")
    Preference.objects.update_or_create(
        addressee=addressee,
        defaults={"language": language, "channels": sorted(set(channels)), "changed_at": at},
    )
