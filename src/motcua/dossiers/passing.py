"""What an agency has in hand that goes over to its successor, and a person to whom comes after them."""

import json
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from motcua.dossiers.open_steps import open_steps
from motcua.dossiers.record import as_row
from motcua.dossiers.states import State

# Open, or closed with papers still to be given back; each part is an index range.
_NAMED = """
SELECT id FROM dossiers_dossier WHERE desk_agency = %(agency)s AND ended_at IS NULL
UNION SELECT id FROM dossiers_dossier WHERE competent_agency = %(agency)s AND ended_at IS NULL
UNION SELECT id FROM dossiers_dossier WHERE elsewhere = %(agency)s AND elsewhere <> '' AND ended_at IS NULL
UNION SELECT id FROM dossiers_dossier WHERE gave = %(agency)s AND gave <> '' AND ended_at IS NULL
UNION SELECT id FROM dossiers_dossier WHERE parent IS NOT NULL AND lead_agency = %(agency)s AND ended_at IS NULL
UNION SELECT id FROM dossiers_dossier WHERE desk_agency = %(agency)s AND papers_owed
"""


@dataclass(frozen=True, slots=True)
class Held:
    """So many dossiers stand in one state and wait for one of these kinds of seat."""

    state: State
    kinds: tuple[str, ...]
    count: int


def held_by_agency(agency: str) -> list[Held]:
    """What `agency` has in hand, counted by state and by the seats of the open step. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT state, CASE WHEN competent_agency = %(agency)s THEN step_kinds ELSE '[]' END::text AS kinds, count(*)"  # noqa: S608, E501
            f" FROM dossiers_dossier WHERE id IN ({_NAMED}) GROUP BY 1, 2 ORDER BY 1, 2",
            {"agency": agency},
        )
        return [Held(State(state), tuple(json.loads(kinds)), n) for state, kinds, n in cursor.fetchall()]


def named_in(agency: str, *, after: UUID | None, limit: int) -> list[UUID]:
    """Ids of the dossiers that go over, in keyset order; for the duty. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id FROM ({_NAMED}) d WHERE %(after)s::uuid IS NULL OR id > %(after)s"  # noqa: S608 - fixed text
            " ORDER BY id LIMIT %(limit)s",
            {"agency": agency, "after": after, "limit": limit},
        )
        return [row[0] for row in cursor.fetchall()]


def in_the_name_of(account: UUID, *, agency: str, limit: int = 500) -> list[tuple[str, frozenset[str]]]:
    """The codes of the dossiers of which a person has an open step of `agency` in their name, with the seats of these
    steps. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT d.* FROM dossiers_dossier d WHERE ended_at IS NULL AND (holder_account = %(account)s"
            " OR (beside <> '[]' AND beside @> %(entry)s::jsonb)) ORDER BY id LIMIT %(limit)s",
            {"account": account, "entry": json.dumps([{"account": str(account)}]), "limit": limit},
        )
        names = [c.name for c in cursor.description]
        rows = [as_row(names, values) for values in cursor.fetchall()]
    found = []
    for row in rows:
        own = [s for s in open_steps(row) if s.holder.account == account and s.holder.agency == agency]
        if own:
            found.append((row["code"], frozenset(kind for step in own for kind in step.kinds)))
    return found
