"""What waits for others than who works on it: for a second person, and for a leader."""

from django.db import connection

from motcua.agencies.positions import LEADERS
from motcua.dossiers.countersign import PAIRS
from motcua.dossiers.moved import MOST_COUNTED
from motcua.dossiers.selectors import COLUMNS, FILTERS, PAGE, Line, line_of
from motcua.dossiers.sight import eyes
from motcua.kernel.actor import Viewer


def awaiting(*, viewer: Viewer) -> tuple[Line, ...]:
    """Dossiers on which somebody else has proposed what `viewer` may confirm, oldest first; one statement, or none
    for seats that confirm nothing."""
    ends = sorted(
        {(c.agency, act.value) for c in viewer.capacities for act, p in PAIRS.items() if c.kind in p.confirm}
    )
    if not ends:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {COLUMNS}, l.name FROM dossiers_dossier d"  # noqa: S608 - fixed parts
            " LEFT JOIN dossiers_label l ON l.dossier = d.id"
            " WHERE d.pending IS NOT NULL AND d.pending ->> 'agency' = ANY(%(agencies)s)"
            " AND (d.pending ->> 'agency') || '/' || (d.pending ->> 'act') = ANY(%(ends)s)"
            " AND d.pending ->> 'by' <> %(me)s ORDER BY d.pending ->> 'at', d.id LIMIT %(limit)s",
            {
                "agencies": sorted({agency for agency, _ in ends}),
                "ends": [f"{agency}/{act}" for agency, act in ends],
                "me": str(viewer.account),
                "limit": PAGE,
                **eyes(viewer),
            },
        )
        return tuple(line_of(row) for row in cursor.fetchall())


def supplied_once(*, viewer: Viewer) -> int:
    """How many dossiers of `viewer`'s, a leader's, agencies were supplied once and lie open: a second request for any
    of them is a leader's (ND 63/2010 art. 20(4)). Counted to MOST_COUNTED; one statement for leaders, none for
    others."""
    led = sorted({c.agency for c in viewer.capacities if c.kind in LEADERS})
    if not led:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM (SELECT 1 FROM dossiers_dossier d WHERE d.competent_agency = ANY(%(led)s)"  # noqa: S608
            f" AND {FILTERS['supplied_once']} LIMIT {MOST_COUNTED}) few",
            {"led": led},
        )
        found: int = cursor.fetchone()[0]
        return found
