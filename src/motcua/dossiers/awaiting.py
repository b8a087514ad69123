"""What waits for a second person."""

from django.db import connection

from motcua.dossiers.countersign import PAIRS
from motcua.dossiers.selectors import COLUMNS, PAGE, Line, line_of
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
