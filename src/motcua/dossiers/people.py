"""The people of dossiers, out of each dossier's own snapshots: for the slip, and to find somebody again.

What is read here is whole; who shows it masks it and leaves a line (design, law 7).
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.dossiers.content import open_body
from motcua.dossiers.numbering import normalise_code

MOST = 40
_WILD = str.maketrans({"%": "\\%", "_": "\\_", "\\": "\\\\"})


@dataclass(frozen=True, slots=True)
class Told:
    """A party of a dossier as it was told then; `is_helped`: somebody handed it in for who applies, who has said that
    they asked nobody to where it `is_objected`."""

    dossier: UUID
    code: str
    agency: str
    competent: str
    received_at: datetime
    role: str
    party: UUID
    snapshot: UUID
    fields: Mapping[str, Any]
    is_helped: bool
    is_objected: bool


_TOLD = """
SELECT d.id, d.code, d.desk_agency, d.competent_agency, coalesce(d.received_at, d.submitted_at), p.value->>'role',
       (p.value->>'party')::uuid, c.id, c.sealed,
       d.filing IS NOT NULL, coalesce(d.filing->'objected' <> 'null', false)
FROM dossiers_dossier d CROSS JOIN LATERAL jsonb_array_elements(d.parties) p
JOIN dossiers_content c ON c.id = (p.value->>'snapshot')::uuid AND c.sealed IS NOT NULL
"""
_OF_DOSSIERS = f"{_TOLD} WHERE d.id = ANY(%(wanted)s) ORDER BY d.id"
_OF_SNAPSHOTS = f"""{_TOLD}
WHERE d.id IN (SELECT dossier FROM dossiers_content WHERE id = ANY(%(wanted)s)) AND c.id = ANY(%(wanted)s)
"""  # noqa: S608 - fixed parts only


def told(dossiers: Iterable[UUID]) -> list[Told]:
    """The people of `dossiers` as far as not erased. One statement."""
    return _read(_OF_DOSSIERS, list(dossiers))


def snapshots(wanted: Iterable[UUID]) -> list[Told]:
    """The people whose snapshots are `wanted`, as far as not erased. One statement."""
    return _read(_OF_SNAPSHOTS, list(wanted))


def _read(query: str, wanted: list[UUID]) -> list[Told]:
    if not wanted:
        return []
    with connection.cursor() as cursor:
        cursor.execute(query, {"wanted": wanted})
        return [
            Told(
                dossier,
                code,
                agency,
                competent,
                received_at,
                role,
                party,
                snapshot,
                _fields(snapshot, sealed),
                *filing,
            )
            for dossier, code, agency, competent, received_at, role, party, snapshot, sealed, *filing in (
                cursor.fetchall()
            )
        ]


def _fields(snapshot: UUID, sealed: bytes) -> Mapping[str, Any]:
    fields: Mapping[str, Any] = json.loads(open_body(snapshot, sealed) or "{}")
    return fields


def labelled(name: str, *, agency: str) -> list[UUID]:
    """The newest dossiers at the desk of `agency` whose first applicant's folded name holds
    each word of `name`. One statement."""
    words = [w.translate(_WILD) for w in name.split()[:10]]
    alike = " AND ".join(["name_folded LIKE %s"] * len(words))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT dossier FROM dossiers_label WHERE agency = %s AND {alike}"  # noqa: S608 - fixed parts only
            " ORDER BY dossier DESC LIMIT %s",
            [agency, *(f"%{word}%" for word in words), MOST],
        )
        return [row[0] for row in cursor.fetchall()]


def of_code(code: str, *, agency: str) -> UUID | None:
    """The dossier `code` that came in at the desk of `agency`. One statement."""
    if normalise_code(code) != code:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM dossiers_dossier WHERE code = %s AND desk_agency = %s", [code, agency])
        found = cursor.fetchone()
    return found[0] if found else None
