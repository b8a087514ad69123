"""The dossiers of which something waits for a register, for the duty that asks it."""

from uuid import UUID

from django.db import connection

from motcua.dossiers.record import as_row
from motcua.dossiers.row import Row
from motcua.dossiers.states import ANSWERED_IN


def unanswered(*, after: UUID | None, upto: UUID | None, limit: int) -> list[Row]:
    """Rows of the dossiers of which a register has said nothing yet, in keyset order: after `after` (None: from the
    first on), `upto` the last one (None: to the end). One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM dossiers_dossier WHERE degraded IS NOT NULL AND state = ANY(%(states)s)"
            """ AND degraded @> '[{"outcome": ""}]'"""
            " AND (%(after)s::uuid IS NULL OR id > %(after)s) AND (%(upto)s::uuid IS NULL OR id <= %(upto)s)"
            " ORDER BY id LIMIT %(limit)s",
            {
                "states": sorted(s.value for s in ANSWERED_IN),
                "after": after,
                "upto": upto,
                "limit": limit,
            },
        )
        names = [c.name for c in cursor.description]
        return [as_row(names, values) for values in cursor.fetchall()]


def id_of(code: str) -> UUID | None:
    """The id of the dossier `code`; None where there is none. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM dossiers_dossier WHERE code = %s", [code])
        found = cursor.fetchone()
    return found[0] if found else None
