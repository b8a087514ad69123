"""Who is posted to a desk by another agency."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import connection

# Whoever was the desk's own officer meanwhile received as such: what they wrote then is the desk's.
_POSTED = """
SELECT t.account_id::text, t.valid_from, t.valid_to FROM agencies_appointment t
  JOIN agencies_position p ON p.id = t.position_id JOIN agencies_unit u ON u.id = p.unit_id
 WHERE t.posted_by_id = %(by)s AND u.agency_id = %(desk)s AND NOT EXISTS (
    SELECT FROM agencies_appointment o JOIN agencies_position op ON op.id = o.position_id
      JOIN agencies_unit ou ON ou.id = op.unit_id
     WHERE o.account_id = t.account_id AND ou.agency_id = u.agency_id AND op.position_kind = 'reception_officer'
       AND tstzrange(o.valid_from, o.valid_to) && tstzrange(t.valid_from, t.valid_to))
"""
Times = tuple[datetime, datetime | None]


def representatives(*, desk: str, posted_by: str) -> Mapping[str, Sequence[Times]]:
    """The accounts that `posted_by` has ever posted to the desk of agency `desk`, and from when to when. One
    statement."""
    found: dict[str, list[Times]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_POSTED, {"by": posted_by, "desk": desk})
        for account, since, until in cursor.fetchall():
            found.setdefault(account, []).append((since, until))
    return found
