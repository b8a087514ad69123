"""Who is posted to a desk by another agency."""

from django.db import connection


def representatives(*, desk: str, posted_by: str) -> frozenset[str]:
    """The accounts that `posted_by` has ever posted to the desk of agency `desk`. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT t.account_id::text FROM agencies_appointment t"
            " JOIN agencies_position p ON p.id = t.position_id JOIN agencies_unit u ON u.id = p.unit_id"
            " WHERE t.posted_by_id = %s AND u.agency_id = %s",
            [posted_by, desk],
        )
        return frozenset(row[0] for row in cursor.fetchall())
