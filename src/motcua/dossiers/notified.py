"""Who is told of a dossier, and where: whom the reception named for it, else who asks."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from motcua.dossiers.people import Told, told
from motcua.dossiers.record import as_row
from motcua.dossiers.row import Row

# The first with a telephone or an e-mail address is told; where nobody has one, the first is who would be.
ROLES = ("notified", "applicant", "representative", "submitter")


@dataclass(frozen=True, slots=True)
class Notified:
    """Who is told: what the reception wrote down, "" as far as it did not."""

    party: UUID
    kind: str
    email: str
    phone: str


def notified(dossier: UUID) -> Notified | None:
    """Who is told of `dossier`; None where nobody is named, or everybody was erased. One statement."""
    people = told([dossier])
    return _first([one for role in ROLES for one in people if one.role == role])


def _first(people: Sequence[Told]) -> Notified | None:
    found = [
        Notified(
            one.party,
            *(str(one.fields.get(name) or "") for name in ("kind", "email", "phone")),
        )
        for one in people
    ]
    return next((one for one in found if one.email or one.phone), found[0] if found else None)


def row_of(dossier: UUID) -> Row | None:
    """The dossier's row as it stands, for who follows its events. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM dossiers_dossier WHERE id = %s", [dossier])
        found = cursor.fetchone()
        return as_row([c.name for c in cursor.description], found) if found else None
