"""To whom the post brings a result: whom the reception named; what was not told of them is the applicant's."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.dossiers.content import open_body

# The first that tells a field wins.
ROLES = ("recipient", "applicant")
Parties = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who receives a letter, where, and their telephone; empty as far as never told, or erased."""

    name: str
    address: str
    phone: str


def addressee(parties: Parties, bodies: Mapping[UUID, str | None]) -> Addressee:
    """The addressee among `parties` of one dossier, with their snapshots' opened `bodies`."""
    told: list[Mapping[str, Any]] = [json.loads(bodies.get(s) or "{}") for s in _snapshots(parties)]
    return Addressee(*(_first(told, field) for field in ("name", "address", "phone")))


def addressees(parties: Sequence[Parties]) -> list[Addressee]:
    """The addressee of each of several dossiers, by its parties. One statement."""
    wanted = [snapshot for of_one in parties for snapshot in _snapshots(of_one)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, sealed FROM dossiers_content WHERE id = ANY(%s)", [wanted])
        bodies = {content: open_body(content, sealed) for content, sealed in cursor.fetchall()}
    return [addressee(of_one, bodies) for of_one in parties]


def _snapshots(parties: Parties) -> list[UUID]:
    # Whoever has a copy certified at once may stay nameless.
    found = (next((p for p in parties if p["role"] == role), None) for role in ROLES)
    return [UUID(party["snapshot"]) for party in found if party is not None]


def _first(told: Sequence[Mapping[str, Any]], field: str) -> str:
    return next((str(fields[field]) for fields in told if fields.get(field)), "")
