"""What was sent, how it went, and how people want to be told."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.kernel.actor import Viewer
from motcua.kernel.errors import Denied
from motcua.kernel.ids import before_id
from motcua.notifications.letters import Sealed, Unreadable, unseal
from motcua.notifications.models import STATES, ReferencePreference
from motcua.notifications.rules import ACCOUNT, CHANNELS, LEAVES_THE_HOUSE

PAGE = 50
MOST_OF_ONE = 100
READERS = frozenset({"desk_manager", "technical_administrator"})


@dataclass(frozen=True, slots=True)
class Wish:
    """How somebody wants to be told: in which language, and by which channels; none means not at all."""

    language: str = "vi"
    channels: frozenset[str] = frozenset(CHANNELS)


_WISHES = """
SELECT DISTINCT ON (addressee) addressee, language, channels FROM (
    SELECT addressee, language, channels, false AS is_general FROM notifications_referencepreference
     WHERE reference = %(reference)s
     UNION ALL
    SELECT addressee, language, channels, true FROM notifications_preference
) p WHERE addressee = ANY(%(addressees)s) ORDER BY addressee, is_general
"""


def wishes(addressees: Collection[UUID], *, reference: str = "") -> Mapping[UUID, Wish]:
    """What each of `addressees` asked for of `reference`, else of everything; who never did is left out. One
    statement."""
    with connection.cursor() as cursor:
        cursor.execute(_WISHES, {"reference": reference, "addressees": list(addressees)})
        return {
            addressee: Wish(language, frozenset(channels))
            for addressee, language, channels in cursor.fetchall()
        }


def told_otherwise(addressee: UUID) -> tuple[str, ...]:
    """The references, newest first, of which `addressee` is told otherwise than of everything, as who opened one with
    its receipt asked for. One statement."""
    found = ReferencePreference.objects.filter(addressee=addressee).order_by("-changed_at")
    return tuple(found.values_list("reference", flat=True)[:MOST_OF_ONE])


@dataclass(frozen=True, slots=True)
class Line:
    """One message as lists show it; `to` is masked. `letter`: what it says, for who may read it; None once erased,
    and where it `is_damaged`."""

    id: UUID
    reference: str
    about: str
    channel: str
    to: str
    state: str
    attempts: int
    made_at: datetime
    due_at: datetime | None
    sent_at: datetime | None
    ended_at: datetime | None
    fault: str
    letter: Sealed | None
    is_damaged: bool


_LINE = """
SELECT m.id, n.reference, n.about, m.channel, m.state, m.attempts, n.made_at, m.due_at, m.sent_at, m.ended_at, m.fault,
       l.sealed
  FROM notifications_message m JOIN notifications_notice n ON n.id = m.notice_id
  JOIN notifications_letter l ON l.message_id = m.id
"""


def log(*, viewer: Viewer, state: str = "", after: str = "") -> tuple[tuple[Line, ...], str | None]:
    """A page of what left the house, or was to, for the agencies that the viewer's seats look after; newest first.
    One statement. Raises Denied for other seats."""
    agencies = sorted(viewer.agencies(READERS))
    if not agencies:
        raise Denied(
            "Nhật ký gửi tin dành cho phụ trách Bộ phận Một cửa và quản trị kỹ thuật.",
            "The log of messages is for the desk manager and the technical administrator.",
        )
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_LINE} WHERE m.agency = ANY(%(agencies)s) AND m.channel = ANY(%(channels)s)"
            " AND m.state = ANY(%(states)s) AND m.id < %(before)s ORDER BY m.id DESC LIMIT %(limit)s",
            {
                "agencies": agencies,
                "channels": list(LEAVES_THE_HOUSE),
                "states": [state] if state in STATES else list(STATES),
                "before": before_id(after),
                "limit": PAGE + 1,
            },
        )
        lines = [_line(values) for values in cursor.fetchall()]
    return tuple(lines[:PAGE]), str(lines[PAGE - 1].id) if len(lines) > PAGE else None


def of_reference(reference: str) -> tuple[Line, ...]:
    """The newest messages of a reference, addresses masked; who may see them is their owner's policy."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_LINE} WHERE n.reference = %(reference)s ORDER BY n.made_at DESC, m.id LIMIT %(limit)s",
            {"reference": reference, "limit": MOST_OF_ONE},
        )
        return tuple(_line(values) for values in cursor.fetchall())


_LAST_FAULTS = """
SELECT DISTINCT ON (n.reference) n.reference, m.channel, m.fault
  FROM notifications_message m JOIN notifications_notice n ON n.id = m.notice_id
 WHERE n.reference = ANY(%s) AND m.state = 'failed' ORDER BY n.reference, m.ended_at DESC NULLS LAST, m.id DESC
"""


def last_faults(references: Collection[str]) -> Mapping[str, tuple[str, str]]:
    """The channel and the fault of the last message that failed, by reference; none where none did. Who may see them
    is their owner's policy. One statement, none for no references."""
    if not references:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_LAST_FAULTS, [list(references)])
        return {reference: (channel, fault) for reference, channel, fault in cursor.fetchall()}


def _line(values: Sequence[Any]) -> Line:
    name, _reference, _about, channel, *_rest, sealed = values
    letter, is_damaged = _opened(name, sealed)
    to = letter.masked(channel) if letter and channel != ACCOUNT else ""
    return Line(*[*values[:4], to, *values[4:-1], letter, is_damaged])


def _opened(message: UUID, sealed: bytes | None) -> tuple[Sealed | None, bool]:
    """What a message says, and whether it is damaged: one that is must hide no other."""
    try:
        return unseal(message, sealed), False
    except Unreadable:
        return None, True


@dataclass(frozen=True, slots=True)
class InAccount:
    """A message as the person it is for reads it; None: it is damaged."""

    made_at: datetime
    letter: Sealed | None


_IN_ACCOUNT = """
SELECT n.made_at, m.id, l.sealed FROM notifications_notice n
  CROSS JOIN LATERAL (SELECT x.id FROM notifications_message x WHERE x.notice_id = n.id AND x.channel = %(account)s
                       ORDER BY x.addressee IS NOT DISTINCT FROM %(addressee)s DESC, x.id LIMIT 1) m
  JOIN notifications_letter l ON l.message_id = m.id AND l.sealed IS NOT NULL
 WHERE n.reference = %(reference)s ORDER BY n.made_at DESC, m.id LIMIT %(limit)s
"""


def in_account(reference: str, *, addressee: UUID | None = None) -> tuple[InAccount, ...]:
    """What the account of whoever opened `reference` holds, newest first; each as it was told to `addressee`, where it
    was. One statement."""
    told = {"account": ACCOUNT, "reference": reference, "addressee": addressee, "limit": MOST_OF_ONE}
    with connection.cursor() as cursor:
        cursor.execute(_IN_ACCOUNT, told)
        return tuple(
            InAccount(made_at, _opened(message, sealed)[0]) for made_at, message, sealed in cursor.fetchall()
        )


def made_for(occasions: Sequence[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Those of `occasions` (a reference and a cause) for which a notice was made. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reference, cause FROM notifications_notice JOIN unnest(%s::text[], %s::text[]) o(reference, cause)"
            " USING (reference, cause)",
            [[reference for reference, _ in occasions], [cause for _, cause in occasions]],
        )
        return frozenset(cursor.fetchall())


@dataclass(frozen=True, slots=True)
class Settled:
    """A notice whose messages have come to their end: by which channel it reached everybody who was to be told, ""
    where it missed somebody, None where nobody wants it any more."""

    id: UUID
    reference: str
    about: str
    as_of: int
    way: str | None


_SETTLED = """
SELECT n.id, n.reference, n.about, n.as_of, (
    SELECT CASE WHEN bool_and(each.way <> '') THEN min(each.way) WHEN count(*) > 0 THEN '' END FROM (
        SELECT coalesce(min(m.channel) FILTER (WHERE m.channel = ANY(%(leave)s)
                                                 AND m.state IN ('sent', 'delivered')), '') AS way,
               bool_or(m.fault = 'unwanted') AS unwanted
          FROM notifications_message m WHERE m.notice_id = n.id GROUP BY m.addressee
    ) each WHERE each.way <> '' OR NOT each.unwanted
) FROM notifications_notice n
 WHERE n.settled_at IS NULL
   AND NOT EXISTS (SELECT FROM notifications_message m WHERE m.notice_id = n.id AND m.due_at IS NOT NULL)
 ORDER BY n.id LIMIT %(limit)s
"""


def settled(*, limit: int) -> list[Settled]:
    """Notices of which nothing is under way any more, and what follows was not done yet. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            _SETTLED,
            {"leave": list(LEAVES_THE_HOUSE), "limit": limit},
        )
        return [Settled(*values) for values in cursor.fetchall()]
