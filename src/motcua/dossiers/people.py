"""The people of dossiers, out of each dossier's own snapshots: for the slip, and to find somebody again.

What is read here is whole; who shows it masks it and leaves a line (design, law 7). Whoever reads it for somebody names
them, and gets nobody whom a process hides from their seats.
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
from motcua.dossiers.sight import SHOWN, eyes
from motcua.kernel.actor import Viewer

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
_OF_DOSSIERS = "d.id = ANY(%(wanted)s)"
_OF_SNAPSHOTS = (
    "d.id IN (SELECT dossier FROM dossiers_content WHERE id = ANY(%(wanted)s)) AND c.id = ANY(%(wanted)s)"
)


def told(dossiers: Iterable[UUID], *, viewer: Viewer | None) -> list[Told]:
    """The people of `dossiers` as far as not erased, and as `viewer` sees them; None: for the house itself. One
    statement."""
    return _read(_OF_DOSSIERS, list(dossiers), viewer)


def snapshots(wanted: Iterable[UUID], *, viewer: Viewer) -> list[Told]:
    """The people whose snapshots are `wanted`, as far as not erased, and as `viewer` sees them. One statement."""
    return _read(_OF_SNAPSHOTS, list(wanted), viewer)


def _read(which: str, wanted: list[UUID], viewer: Viewer | None) -> list[Told]:
    if not wanted:
        return []
    condition, arguments = (SHOWN, eyes(viewer)) if viewer else ("true", {})
    with connection.cursor() as cursor:
        cursor.execute(
            f"{_TOLD} WHERE {which} AND {condition} ORDER BY d.id",
            {"wanted": wanted, **arguments},
        )
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


def label_of(dossier: UUID) -> str:
    """The name that a dossier is listed by; "" where it has none. For the house itself. One statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM dossiers_label WHERE dossier = %s", [dossier])
        found = cursor.fetchone()
    return found[0] if found else ""


def labelled(name: str, *, agency: str, viewer: Viewer) -> list[UUID]:
    """The newest dossiers at the desk of `agency` whose first applicant's folded name holds
    each word of `name`, and whose people `viewer` sees. One statement."""
    words = [f"%{word.translate(_WILD)}%" for word in name.split()[:10]]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT l.dossier FROM dossiers_label l JOIN dossiers_dossier d ON d.id = l.dossier"  # noqa: S608
            f" WHERE l.agency = %(agency)s AND l.name_folded LIKE ALL(%(words)s::text[]) AND {SHOWN}"
            " ORDER BY l.dossier DESC LIMIT %(most)s",
            {"agency": agency, "words": words, "most": MOST, **eyes(viewer)},
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
