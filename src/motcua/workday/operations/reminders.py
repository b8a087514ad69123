"""What is to be told of steps that come near their due: planned where a due moves, told once, gone with its step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection


@dataclass(frozen=True, slots=True)
class Planned:
    """That rule `rule` of step `number`, due at `due_at`, tells at `tell_at`."""

    number: int
    due_at: datetime
    rule: int
    tell_at: datetime


def plan(dossier: UUID, wanted: Sequence[Planned], *, due: Sequence[tuple[int, datetime]]) -> None:
    """Let `wanted` be planned for a dossier whose open steps are `due`. What is planned already stays as it is, told or
    not; what is of no open step and due any more goes. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH gone AS (DELETE FROM workday_reminder WHERE dossier = %(dossier)s AND (number, due_at) NOT IN"
            " (SELECT * FROM unnest(%(open)s::int[], %(due)s::timestamptz[])))"
            " INSERT INTO workday_reminder (dossier, number, due_at, rule, tell_at)"
            " SELECT %(dossier)s, * FROM unnest(%(numbers)s::int[], %(dues)s::timestamptz[], %(rules)s::int[],"
            " %(tells)s::timestamptz[]) ON CONFLICT DO NOTHING",
            {
                "dossier": dossier,
                "open": [number for number, _due in due],
                "due": [moment for _number, moment in due],
                "numbers": [one.number for one in wanted],
                "dues": [one.due_at for one in wanted],
                "rules": [one.rule for one in wanted],
                "tells": [one.tell_at for one in wanted],
            },
        )


@dataclass(frozen=True, slots=True)
class Due:
    """A reminder whose time has come."""

    dossier: UUID
    number: int
    due_at: datetime
    rule: int


def due_now(*, at: datetime, limit: int) -> list[Due]:
    """The first `limit` reminders whose time has come and that nobody was told. One statement, an index range."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT dossier, number, due_at, rule FROM workday_reminder WHERE told_at IS NULL AND tell_at <= %s"
            " ORDER BY tell_at, dossier, number, rule LIMIT %s",
            [at, limit],
        )
        return [Due(*row) for row in cursor.fetchall()]


def note_told(one: Due, *, at: datetime) -> bool:
    """Write down that it is told, in the transaction that tells it; False where that is done, or it is planned no
    more."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE workday_reminder SET told_at = %s WHERE (dossier, number, due_at, rule) = (%s, %s, %s, %s)"
            " AND told_at IS NULL",
            [at, one.dossier, one.number, one.due_at, one.rule],
        )
        return bool(cursor.rowcount)
