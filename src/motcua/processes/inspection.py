"""What `ledger check` compares with published processes, whose documents are held against their events: which parts of
a dossier a position sees, as lists ask for it."""

from collections.abc import Iterator

from django.db import connection

from motcua.ledger.chain import Fault

_DIFFERS = """
SELECT process_version, position, s.parts IS NULL, g.parts IS NULL FROM (
    SELECT v.id AS process_version, s ->> 'position' AS position,
           ARRAY(SELECT jsonb_array_elements_text(s -> 'parts') ORDER BY 1) AS parts
    FROM processes_version v CROSS JOIN LATERAL jsonb_array_elements(coalesce(v.body -> 'sees', '[]')) s
) s FULL JOIN (
    SELECT process_version, position, ARRAY(SELECT unnest(parts) ORDER BY 1) AS parts FROM dossiers_sight
) g USING (process_version, position)
WHERE s.parts IS DISTINCT FROM g.parts ORDER BY 1, 2 LIMIT 200
"""


def sights() -> Iterator[Fault]:
    """Positions that see other parts of dossiers in lists than their published process says."""
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERS)
        for version, position, added, deleted in cursor.fetchall():
            how = "added" if added else "deleted" if deleted else "altered"
            yield Fault(version, 1, f"{how}: what {position} sees of its dossiers")
