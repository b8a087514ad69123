"""What earlier dossiers of one matter say of returns: how often a supplement was asked for, when one had a result."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection


@dataclass(frozen=True, slots=True)
class Before:
    """A dossier of the same procedure at the same desk; `opened_at`: submitted or received."""

    code: str
    supplements: int
    opened_at: datetime
    decided_at: datetime | None


def before(dossiers: Iterable[UUID], *, procedure: str, desk: str) -> list[Before]:
    """Those of `dossiers` that are of `procedure` at the desk of `desk`. One statement, none without dossiers."""
    wanted = list(dossiers)
    if not wanted:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code, supplement_count, coalesce(submitted_at, received_at), decided_at FROM dossiers_dossier"
            " WHERE id = ANY(%s) AND procedure = %s AND desk_agency = %s AND parent IS NULL",
            [wanted, procedure, desk],
        )
        return [Before(*row) for row in cursor.fetchall()]
