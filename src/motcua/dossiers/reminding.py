"""Whom time alone makes worth a word: half the time is over, a result waits, papers are still missing."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection

from motcua.dossiers.record import as_row
from motcua.dossiers.results import SHOWS, TELL_AFTER_DAYS
from motcua.dossiers.row import Row
from motcua.dossiers.windows import SUPPLEMENT_DAYS
from motcua.kernel.time import local

# A word half-way says something only of what takes days; and only on the day on which it is half-way.
SHORTEST_TOLD_HALF_WAY = 4
# A supplement that nobody brought is reminded of twice, and three days before its window ends; a rule of the house, not
# of the law.
REMIND_PAPERS_AFTER_DAYS = (5, 15)
REMIND_PAPERS_BEFORE_DAYS = 3

HALF_WAY, COLLECT, PAPERS, PAPERS_OVER = "half_way", "collect", "papers_again", "papers_over"
_ASKED = (
    "d.state = 'supplement_requested' AND (d.supplement ->> 'since')::timestamptz"
    " BETWEEN %(at)s - make_interval(days => %(days)s + 1) AND %(at)s - make_interval(days => %(days)s)"
)
_DUE: Mapping[str, str] = {
    HALF_WAY: (
        "d.ended_at IS NULL AND d.decided_at IS NULL AND d.reopened IS NULL AND d.state IN ('received', 'in_process')"
        " AND NOT d.suspended AND NOT d.paused AND d.due_at > %(at)s"
        " AND d.due_at - d.clock_from >= make_interval(days => %(shortest)s)"
        " AND d.clock_from + (d.due_at - d.clock_from) / 2 BETWEEN %(at)s - make_interval(days => 1) AND %(at)s"
    ),
    # The first word, that it is there, follows the act itself.
    COLLECT: f"d.return_way = 'desk' AND d.reminders >= 1 AND {SHOWS['tell']}",
    PAPERS: _ASKED,
    PAPERS_OVER: _ASKED,
}


def papers_occasions() -> tuple[tuple[str, int], ...]:
    """What is told of a supplement how many days after it was asked for; what its window has to do with it, for each
    length that windows have had. Pure."""
    lengths = sorted({days for _, days in SUPPLEMENT_DAYS})
    return (
        *((PAPERS, days) for days in REMIND_PAPERS_AFTER_DAYS),
        *((PAPERS, days - REMIND_PAPERS_BEFORE_DAYS) for days in lengths),
        *((PAPERS_OVER, days + 1) for days in lengths),
    )


def due_for(what: str, *, at: datetime, after: UUID | None, limit: int, days: int = 0) -> list[Row]:
    """Rows of the dossiers of which `what` (HALF_WAY, COLLECT, PAPERS asked for `days` ago) is due to be told at `at`,
    in keyset order. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT d.* FROM dossiers_dossier d WHERE d.parent IS NULL AND {_DUE[what]}"  # noqa: S608 - fixed parts
            " AND (%(after)s::uuid IS NULL OR d.id > %(after)s) ORDER BY d.id LIMIT %(limit)s",
            {
                "at": at,
                "today": local(at).date(),
                "after_days": list(TELL_AFTER_DAYS),
                "shortest": SHORTEST_TOLD_HALF_WAY,
                "days": days,
                "after": after,
                "limit": limit,
            },
        )
        names = [c.name for c in cursor.description]
        return [as_row(names, values) for values in cursor.fetchall()]
