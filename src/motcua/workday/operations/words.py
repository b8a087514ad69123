"""Words to officers in the house. Each stands once for each person and cause, however often it is told."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from motcua.accounts.operations import count_unread
from motcua.kernel.ids import uuid7

KEPT = timedelta(days=90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A word: `what` of workday.says with its `facts`, about dossier `code` or of none. `cause`: what it is worth once;
    `by`: the officer who did it, None where nobody did."""

    cause: str
    what: str
    dossier: UUID | None = None
    code: str = ""
    by: UUID | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


def tell(told: Told, *, whom: Iterable[tuple[UUID, UUID | None]], at: datetime) -> int:
    """Keep the word for each of `whom`: a person, and whose place they take where it came to them as a stand-in. Who
    has it already gets it no second time. Returns for how many it was new. Two statements, none for nobody."""
    people = dict(whom)
    if not people:
        return 0
    rows: list[tuple[Any, ...]] = [
        (
            uuid7(),
            account,
            instead,
            told.cause,
            told.what,
            told.dossier,
            told.code,
            told.by,
            Jsonb(told.facts),
            at,
        )
        for account, instead in people.items()
    ]
    values = ", ".join([f"({', '.join(['%s'] * len(rows[0]))})"] * len(rows))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO workday_word (id, account, instead_of, cause, what, dossier, code, by, facts, at)"  # noqa: S608
            f" VALUES {values} ON CONFLICT (account, cause, what) DO NOTHING RETURNING account",
            [value for row in rows for value in row],
        )
        new = [account for (account,) in cursor.fetchall()]
        count_unread(dict.fromkeys(new, 1))
    return len(new)


def mark_seen(*, account: UUID, at: datetime, words: Collection[UUID] | None = None) -> int:
    """Mark words of one's own as seen (None: all of them); returns how many were not. Others' are left alone."""
    named = "" if words is None else " AND id = ANY(%(words)s)"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE workday_word SET seen_at = %(at)s"  # noqa: S608 - fixed parts
            f" WHERE account = %(account)s AND seen_at IS NULL{named}",
            {"account": account, "at": at, "words": list(words or ())},
        )
        seen = int(cursor.rowcount)
        count_unread({account: -seen} if seen else {})
    return seen


def mark_done(*, what: str, cause: str, at: datetime) -> int:
    """Mark a word as seen for everybody who was told it: somebody did what it asked for. Returns for how many. Two
    statements."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE workday_word SET seen_at = %s WHERE what = %s AND cause = %s AND seen_at IS NULL RETURNING account",
            [at, what, cause],
        )
        done = [account for (account,) in cursor.fetchall()]
        count_unread(dict.fromkeys(done, -1))
    return len(done)


def sweep(*, at: datetime) -> int:
    """Let words go that are older than KEPT; returns how many."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "WITH gone AS (DELETE FROM workday_word WHERE at < %s RETURNING account, seen_at)"
            " SELECT account, count(*), count(*) FILTER (WHERE seen_at IS NULL) FROM gone GROUP BY account",
            [at - KEPT],
        )
        gone = cursor.fetchall()
        count_unread({account: -unseen for account, _all, unseen in gone if unseen})
    return sum(int(count) for _account, count, _unseen in gone)
