"""What is likely late, for those who lead: without a letter of apology, with one that waits, with one that was sent."""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection

from motcua.agencies.positions import LEADS
from motcua.dossiers.load import LEADING, LED, led
from motcua.dossiers.moved import MOST_COUNTED
from motcua.dossiers.selectors import PAGE
from motcua.dossiers.worklist import WorkPage, page_of, read_lines
from motcua.kernel.actor import Viewer

_NO_LETTER = "d.late_from < %(at)s AND d.delay IS NULL"
SHOWS: Mapping[str, str] = {
    # of the letters: none, and the promised date is ahead; none, and it has passed; prepared; sent
    "ahead": f"{_NO_LETTER} AND d.due_at >= %(at)s",
    "past": f"{_NO_LETTER} AND d.due_at < %(at)s",
    "unsigned": "d.delay -> 'signed' = 'false'::jsonb",
    "sent": "d.late_from < %(at)s AND d.delay -> 'signed' = 'true'::jsonb",
}


def likely_late(*, viewer: Viewer, at: datetime, show: str, after: str | None = None) -> WorkPage:
    """The dossiers that `viewer` leads and that are likely late (`show`: a key of SHOWS), the least slack first. Keyset
    paging; one statement. Raises Denied for who leads nothing."""
    source = f"FROM {LEADING} WHERE {LED} AND {SHOWS[show]}"
    return page_of(read_lines([source], led(viewer, at), viewer=viewer, at=at, after=after, limit=PAGE + 1))


def without_letter(*, viewer: Viewer, at: datetime) -> int:
    """How many of them have no letter of apology while their date is still ahead. Counted to MOST_COUNTED; one
    statement, none for who leads nothing."""
    if not any(c.kind in LEADS for c in viewer.capacities):
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM {LEADING} WHERE {LED} AND {SHOWS['ahead']}"  # noqa: S608
            f" LIMIT {MOST_COUNTED}) few",
            led(viewer, at),
        )
        found: int = cursor.fetchone()[0]
        return found
