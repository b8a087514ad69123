"""What is likely late, for those who lead: without a letter of apology, with one that waits, with one that was sent."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from motcua.agencies.positions import LEADS
from motcua.dossiers.load import LEADING, LED, led
from motcua.dossiers.moved import MOST_COUNTED
from motcua.dossiers.selectors import PAGE
from motcua.dossiers.slack import ORDER
from motcua.dossiers.worklist import WorkPage, page_of, read_lines
from motcua.kernel.actor import Viewer

_NO_LETTER = "d.late_from < %(at)s AND d.delay IS NULL"
# The longest likely late first: index dossiers_late_from.
_ORDER = "d.late_from"
SHOWS: Mapping[str, str] = {
    # of letters: none, and the promised date is ahead; none, and it has passed; prepared; sent
    "ahead": f"{_NO_LETTER} AND d.due_at >= %(at)s",
    "past": f"{_NO_LETTER} AND d.due_at < %(at)s",
    "unsigned": "d.delay -> 'signed' = 'false'::jsonb",
    "sent": "d.late_from < %(at)s AND d.delay -> 'signed' = 'true'::jsonb",
}


def likely_late(*, viewer: Viewer, at: datetime, show: str, after: str | None = None) -> WorkPage:
    """The dossiers that `viewer` leads and that are likely late (`show`: a key of SHOWS), the longest first; unsigned
    letters in the order of a work list. Keyset paging; one statement, which reads what is likely late of each
    agency. Raises Denied for who leads nothing."""
    sources, arguments = _sources(viewer, at, show)
    order = ORDER if show == "unsigned" else _ORDER
    return page_of(
        read_lines(sources, arguments, viewer=viewer, at=at, after=after, limit=PAGE + 1, order=order)
    )


def _sources(viewer: Viewer, at: datetime, show: str) -> tuple[list[str], dict[str, Any]]:
    arguments = led(viewer, at)
    sources = []
    for n, agency in enumerate(arguments["agencies"]):
        arguments[f"agency{n}"] = agency
        sources.append(f"FROM {LEADING} WHERE d.competent_agency = %(agency{n})s AND {LED} AND {SHOWS[show]}")
    return sources, arguments


def without_letter(*, viewer: Viewer, at: datetime) -> int:
    """How many of them have no letter of apology while their date is still ahead. Counted to MOST_COUNTED; one
    statement, none for who leads nothing."""
    if not any(c.kind in LEADS for c in viewer.capacities):
        return 0
    sources, arguments = _sources(viewer, at, "ahead")
    every = " UNION ALL ".join(f"SELECT 1 {source}" for source in sources)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({every} LIMIT {MOST_COUNTED}) few", arguments)  # noqa: S608
        found: int = cursor.fetchone()[0]
        return found
