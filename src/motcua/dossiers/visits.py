"""A visit: one person at the desk, several dossiers, one slip. A visit is no row: it is what dossiers share."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.agencies.positions import WORKING
from motcua.dossiers.people import Told, told
from motcua.dossiers.sight import NAME, eyes
from motcua.kernel.actor import Viewer

MOST = 500


@dataclass(frozen=True, slots=True)
class Visited:
    """One dossier of a visit; `people` are (role, what was told of the party) as far as not erased."""

    id: UUID
    code: str
    procedure_version: UUID
    variant: str
    received_at: datetime
    due_at: datetime | None
    fee_total: int | None
    owes: bool
    name: str
    people: tuple[tuple[str, Mapping[str, Any]], ...]


_VISIT = f"""
SELECT d.id, d.code, d.procedure_version, d.variant, d.received_at, d.due_at, d.fee_total, d.fee_open, {NAME}
FROM dossiers_dossier d LEFT JOIN dossiers_label l ON l.dossier = d.id
WHERE d.visit = %(visit)s AND d.received_at IS NOT NULL AND (d.desk_agency = ANY(%(agencies)s)
   OR (d.desk_agency, d.competent_agency) IN (SELECT * FROM unnest(%(desks)s::text[], %(by)s::text[])))
ORDER BY d.id LIMIT %(most)s
"""  # noqa: S608 - fixed parts


def of_visit(visit: UUID, *, viewer: Viewer) -> list[Visited]:
    """The dossiers received in `visit` at a desk whose dossiers `viewer` works on, in the order of reception; their
    people out of each dossier's own snapshots. A representative has those of their agency. Two statements."""
    asked: dict[str, Any] = {"visit": visit, "most": MOST, "agencies": sorted(viewer.agencies(WORKING))}
    with connection.cursor() as cursor:
        cursor.execute(_VISIT, asked | viewer.posted() | eyes(viewer))
        rows = cursor.fetchall()
    people: dict[UUID, list[Told]] = {}
    for one in told((row[0] for row in rows), viewer=viewer):
        people.setdefault(one.dossier, []).append(one)
    return [
        Visited(dossier, code, version, variant, received_at, due_at, fee, owes, name, _of(people, dossier))
        for dossier, code, version, variant, received_at, due_at, fee, owes, name in rows
    ]


_OTHERS = """
SELECT EXISTS (SELECT FROM dossiers_dossier d WHERE d.visit = %(visit)s AND (d.desk_agency, d.competent_agency)
               NOT IN (SELECT * FROM unnest(%(desks)s::text[], %(by)s::text[])))
"""


def has_others(visit: UUID, *, viewer: Viewer) -> bool:
    """Whether a visit holds a dossier that is not of an agency `viewer` represents at its desk. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_OTHERS, {"visit": visit, **viewer.posted()})
        return bool(cursor.fetchone()[0])


def _of(people: Mapping[UUID, list[Told]], dossier: UUID) -> tuple[tuple[str, Mapping[str, Any]], ...]:
    return tuple((one.role, one.fields) for one in people.get(dossier, ()))
