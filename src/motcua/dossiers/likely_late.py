"""What is likely late, for those who lead: without a letter of apology, with one that waits, with one that was sent."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from motcua.agencies.positions import LEADS
from motcua.dossiers.load import LED, leading, led
from motcua.dossiers.moved import MOST_COUNTED
from motcua.dossiers.selectors import PAGE
from motcua.dossiers.slack import ORDER
from motcua.dossiers.worklist import WorkPage, page_of, read_lines
from motcua.kernel.actor import Viewer

_NO_LETTER = "d.late_from IS NOT NULL AND d.delay IS NULL"
# By the date promised, as the indexes dossiers_no_letter and dossiers_apologised are; what is past it is late.
_ORDER = "d.due_at"
SHOWS: Mapping[str, str] = {
    # of letters: none, and the promised date is ahead; none, and it has passed; prepared; sent
    "ahead": f"{_NO_LETTER} AND d.late_from < %(at)s AND d.due_at >= %(at)s",
    "past": f"{_NO_LETTER} AND d.due_at < %(at)s",
    "unsigned": "d.delay -> 'signed' = 'false'::jsonb",
    "sent": "d.late_from < %(at)s AND d.delay -> 'signed' = 'true'::jsonb",
}


def likely_late(*, viewer: Viewer, at: datetime, show: str, after: str | None = None) -> WorkPage:
    """The dossiers that `viewer` leads and that are likely late (`show`: a key of SHOWS), by the date promised, the
    earliest first; unsigned letters in the order of a work list. Keyset paging; one statement, an index range for each
    agency. Raises Denied for who leads nothing."""
    arguments = led(viewer, at)
    order = ORDER if show == "unsigned" else _ORDER
    found = read_lines(
        _sources(arguments, show), arguments, viewer=viewer, at=at, after=after, limit=PAGE + 1, order=order
    )
    return page_of(found)


def _sources(arguments: dict[str, Any], show: str) -> list[str]:
    """What `show` reads of each agency, by itself: only so it comes in the order of its index."""
    sources = []
    for n, agency in enumerate(arguments["agencies"]):
        arguments[f"agency{n}"] = agency
        sources.append(f"FROM {leading(f'= %(agency{n})s')} WHERE {LED} AND {SHOWS[show]}")
    return sources


def counts(*, viewer: Viewer, at: datetime) -> dict[str, int]:
    """How many there are of each of SHOWS, counted to MOST_COUNTED. One statement. Raises Denied for who leads
    nothing."""
    return _counted(led(viewer, at), tuple(SHOWS))


def without_letter(*, viewer: Viewer, at: datetime) -> int:
    """How many of them have no letter of apology while their date is still ahead. Counted to MOST_COUNTED; one
    statement, none for who leads nothing."""
    if not any(c.kind in LEADS for c in viewer.capacities):
        return 0
    return _counted(led(viewer, at), ("ahead",))["ahead"]


def _counted(arguments: dict[str, Any], shows: tuple[str, ...]) -> dict[str, int]:
    figures = []
    for show in shows:
        every = " UNION ALL ".join(f"SELECT 1 {source}" for source in _sources(arguments, show))
        figures.append(f"(SELECT count(*) FROM ({every} LIMIT {MOST_COUNTED}) few)")  # noqa: S608 - fixed parts
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(figures)}", arguments)
        return dict(zip(shows, cursor.fetchone(), strict=True))
