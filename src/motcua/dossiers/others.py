"""Other dossiers than the one an act is done on: looked at, kept as they stand, or locked with it."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from motcua.dossiers.record import as_row
from motcua.dossiers.row import Row


def look(code: str) -> Row | None:
    """The row of another dossier than the locked one, as it stands; None where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM dossiers_dossier WHERE code = %s", [code])
        found = cursor.fetchone()
        return None if found is None else as_row([c.name for c in cursor.description], found)


def look_by_id(dossier: UUID) -> Row | None:
    """The same by its id."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM dossiers_dossier WHERE id = %s", [dossier])
        found = cursor.fetchone()
        return None if found is None else as_row([c.name for c in cursor.description], found)


def hold(other: Row) -> bool:
    """Keep another dossier than the locked one as it was read, until the end of the unit of work; whether nobody is at
    work on it and nothing happened to it since. It never waits: two that hold each other would do so for ever."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT FROM dossiers_dossier WHERE id = %s AND head_seq = %s FOR SHARE SKIP LOCKED",
            [other["id"], other["head_seq"]],
        )
        return bool(cursor.rowcount)


def lock_several(codes: Sequence[str]) -> dict[str, Row]:
    """The rows of several dossiers by code, locked in one order so that nobody waits in a ring; what is none is
    left out. The caller claims and checks."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM dossiers_dossier WHERE code = ANY(%s) ORDER BY id FOR NO KEY UPDATE",
            [sorted(set(codes))],
        )
        names = [c.name for c in cursor.description]
        found = [as_row(names, values) for values in cursor.fetchall()]
    return {row["code"]: row for row in found}
