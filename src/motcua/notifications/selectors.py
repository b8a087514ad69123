"""What was sent, how it went, and how people want to be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.kernel.actor import Viewer
from motcua.kernel.errors import Denied
from motcua.kernel.ids import before_id
from motcua.notifications.letters import Sealed, unseal
from motcua.notifications.models import STATES, Preference
from motcua.notifications.rules import ACCOUNT, CHANNELS, LEAVES_THE_HOUSE

PAGE = 50
READERS = frozenset({"desk_manager", "technical_administrator"})


@dataclass(frozen=True, slots=True)
class Wish:
    """How somebody wants to be told: in which language, and by which channels; none means not at all."""

    language: str = "vi"
    channels: tuple[str, ...] = CHANNELS


def wish_of(addressee: UUID) -> Wish | None:
    """What somebody asked for; None where they never did. One statement."""
    found = Preference.objects.filter(addressee=addressee).first()
    return Wish(found.language, tuple(found.channels)) if found else None


@dataclass(frozen=True, slots=True)
class Line:
    """One message as lists show it; `to` is masked. `letter`: what it says, for who may read it."""

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


_LINE = """
SELECT m.id, n.reference, n.about, m.channel, m.state, m.attempts, n.made_at, m.due_at, m.sent_at, m.ended_at, m.fault,
       l.sealed
  FROM notifications_message m JOIN notifications_notice n ON n.id = m.notice_id
  JOIN notifications_letter l ON l.message_id = m.id
"""
MOST_OF_ONE = 100


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


def _line(values: Sequence[Any]) -> Line:
    name, _reference, _about, channel, *_rest, sealed = values
    letter = unseal(name, sealed)
    to = letter.masked(channel) if letter and channel != ACCOUNT else ""
    return Line(*[*values[:4], to, *values[4:-1], letter])


@dataclass(frozen=True, slots=True)
class InAccount:
    """A message as the person it is for reads it."""

    made_at: datetime
    letter: Sealed


def in_account(reference: str) -> tuple[InAccount, ...]:
    """What the account of whoever opened `reference` holds, newest first. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n.made_at, m.id, l.sealed FROM notifications_notice n"
            " JOIN notifications_message m ON m.notice_id = n.id AND m.channel = %s"
            " JOIN notifications_letter l ON l.message_id = m.id AND l.sealed IS NOT NULL"
            " WHERE n.reference = %s ORDER BY n.made_at DESC, m.id LIMIT %s",
            [ACCOUNT, reference, MOST_OF_ONE],
        )
        found = [(made_at, unseal(message, sealed)) for made_at, message, sealed in cursor.fetchall()]
    return tuple(InAccount(made_at, letter) for made_at, letter in found if letter)


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
    """A notice whose messages have come to their end: by which channel it reached the person, "" for none."""

    id: UUID
    reference: str
    about: str
    way: str


def settled(*, limit: int) -> list[Settled]:
    """Notices of which nothing is under way any more, and what follows was not done yet. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n.id, n.reference, n.about, coalesce((SELECT min(r.channel) FROM notifications_message r"
            "  WHERE r.notice_id = n.id AND r.channel = ANY(%(leave)s) AND r.state IN ('sent', 'delivered')), '')"
            " FROM notifications_notice n WHERE n.settled_at IS NULL AND NOT EXISTS (SELECT FROM"
            "  notifications_message m WHERE m.notice_id = n.id AND m.due_at IS NOT NULL)"
            " ORDER BY n.id LIMIT %(limit)s",
            {"leave": list(LEAVES_THE_HOUSE), "limit": limit},
        )
        return [Settled(*values) for values in cursor.fetchall()]
