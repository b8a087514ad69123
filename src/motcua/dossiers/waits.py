"""What waits for an officer beside the work list, counted."""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from motcua.agencies.positions import LEADERS, WORKING
from motcua.dossiers.manifested import DIFFERS, OPEN
from motcua.dossiers.moved import AT_DESK, MOST_COUNTED, TO_TELL, WAITING
from motcua.dossiers.selectors import FILTERS
from motcua.kernel.actor import Viewer


@dataclass(frozen=True, slots=True)
class Waits:
    """Each counted to MOST_COUNTED. At the viewer's desks: dossiers to be accepted, applicants who are owed a word; for
    a leader: dossiers supplied once that lie open, as a second request for any of them is theirs (ND 63/2010 art.
    20(4)); at the viewer's units: paper manifests to sign for, lines that differ."""

    transfers: int = 0
    to_tell: int = 0
    supplied_once: int = 0
    to_sign: int = 0
    differ: int = 0


_HERE = "t.to_unit = ANY(%(units)s)"
_QUERIES = (
    f"dossiers_dossier d WHERE {WAITING}",
    f"dossiers_dossier d WHERE {TO_TELL}",
    f"dossiers_dossier d WHERE d.competent_agency = ANY(%(led)s) AND {FILTERS['supplied_once']}",
    f"dossiers_travel t WHERE t.to_agency = ANY(%(works)s) AND {_HERE} AND {OPEN} GROUP BY t.manifest",
    f"dossiers_travel t WHERE {DIFFERS} AND ({_HERE} OR t.from_unit = ANY(%(units)s))",
)
_COUNTS = ", ".join(
    f"(SELECT count(*) FROM (SELECT 1 FROM {query} LIMIT {MOST_COUNTED}) few)"  # noqa: S608 - fixed parts
    for query in _QUERIES
)


def waits(*, viewer: Viewer) -> Waits:
    """What waits for `viewer`. One statement, none for who works on no dossiers."""
    works = [c for c in viewer.capacities if c.kind in WORKING]
    if not works:
        return Waits()
    told: dict[str, Any] = {
        "agencies": sorted({c.agency for c in works if c.kind in AT_DESK}),
        "led": sorted({c.agency for c in works if c.kind in LEADERS}),
        "works": sorted({c.agency for c in works}),
        "units": [c.unit for c in works],
    }
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_COUNTS}", told)
        return Waits(*cursor.fetchone())
