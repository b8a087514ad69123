"""Who has how much in hand: the running work of an agency by person and seat, for those who lead it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.agencies.positions import LEADERS, LEADS
from motcua.dossiers.listed_beside import BESIDE
from motcua.dossiers.selectors import PAGE
from motcua.dossiers.slack import ORDER
from motcua.dossiers.worklist import WorkPage, page_of, read_lines
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import Denied
from motcua.kernel.time import local

NOBODY = "nobody"
# Whose work it is: who has it, and while the applicant has it, whoever gets it back. The steps beside the leading one
# are work of their own.
_LEADING = """
(SELECT r.*, coalesce(k.kept ->> 'holder_account', r.holder_account::text) AS hand,
    coalesce(k.kept ->> 'queue', r.queue) AS hand_queue,
    coalesce(k.kept ->> 'holder_unit', r.holder_unit::text) AS hand_unit, r.suspended OR k.kept IS NOT NULL AS waits
 FROM dossiers_dossier r CROSS JOIN LATERAL
    (SELECT coalesce(nullif(r.supplement -> 'back_to', 'null'), nullif(r.payment -> 'back_to', 'null')) AS kept) k
 WHERE r.competent_agency {agency} AND r.ended_at IS NULL AND r.decided_at IS NULL
    AND r.process_version IS NOT NULL
    AND r.state IN ('received', 'in_process', 'supplement_requested', 'payment_requested')) d
"""


def leading(agency: str = "= ANY(%(agencies)s)") -> str:
    """The running dossiers with in whose hands the leading step is, to be read as `d`; of one agency alone (`agency`)
    in the order of an index."""
    return _LEADING.format(agency=agency)


_BESIDE = f"""
(SELECT {BESIDE}, b->>'account' AS hand, b->>'queue' AS hand_queue, b->>'unit' AS hand_unit, r.suspended AS waits
 FROM dossiers_dossier r CROSS JOIN LATERAL jsonb_array_elements(r.beside) b
 WHERE r.competent_agency = ANY(%(agencies)s) AND r.ended_at IS NULL AND r.beside <> '[]'
    AND r.state = 'in_process') d
"""  # noqa: S608 - fixed parts
LED = "(d.competent_agency = ANY(%(whole)s) OR d.hand_unit = ANY(%(units)s))"
SHOWS: Mapping[str, str] = {
    "open": "true",
    "today": f"NOT d.waits AND {ORDER} >= %(at)s AND {ORDER} < %(tomorrow)s",
    "late": f"NOT d.waits AND {ORDER} < %(at)s",
    "waits": "d.waits",
    "ahead": "d.late_from < %(at)s",
}


@dataclass(frozen=True, slots=True)
class Load:
    """What one person has in hand in one seat; `account` None: nobody has taken it up from the list `queue`. `waits`:
    for the applicant, or suspended; `ahead`: likely late; `age`: since reception, on the average."""

    account: UUID | None
    queue: str
    open: int
    today: int
    late: int
    waits: int
    ahead: int
    age: timedelta


def led(viewer: Viewer, at: datetime) -> dict[str, Any]:
    """What `viewer` leads, as LED asks for it: whole agencies, of others their own unit. Raises Denied for who leads
    nothing."""
    seats = [c for c in viewer.capacities if c.kind in LEADS]
    if not seats:
        raise Denied(
            "Khối lượng việc dành cho lãnh đạo và trưởng phòng.",
            "The view of load is for leaders and section heads.",
        )
    midnight = local(at).replace(hour=0, minute=0, second=0, microsecond=0)
    return {
        "agencies": sorted({c.agency for c in seats}),
        "whole": sorted({c.agency for c in seats if c.kind in LEADERS}),
        "units": sorted({str(c.unit) for c in seats}),
        "at": at,
        "tomorrow": midnight + timedelta(days=1),
    }


def loads(*, viewer: Viewer, at: datetime) -> list[Load]:
    """Who has how much in hand of what `viewer` leads, the most late first. One statement over the running dossiers of
    their agencies. Raises Denied for who leads nothing."""
    arguments = led(viewer, at)
    columns = f"d.hand, d.hand_queue, d.waits, d.received_at, d.late_from, {ORDER} AS due"
    counts = ", ".join(
        f"count(*) FILTER (WHERE {condition.replace(ORDER, 'd.due')})" for condition in SHOWS.values()
    )
    work = " UNION ALL ".join(f"SELECT {columns} FROM {table} WHERE {LED}" for table in (leading(), _BESIDE))  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT d.hand::uuid, d.hand_queue, {counts}, coalesce(avg(%(at)s - d.received_at), interval '0')"  # noqa: S608
            f" FROM ({work}) d GROUP BY d.hand, d.hand_queue ORDER BY 5 DESC, 3 DESC, d.hand_queue, d.hand",
            arguments,
        )
        return [Load(*row) for row in cursor.fetchall()]


def in_hand(
    *, viewer: Viewer, at: datetime, account: UUID | None, queue: str, show: str, after: str | None = None
) -> WorkPage:
    """The dossiers behind a figure of `loads` (`show`: a key of SHOWS), the least slack first. Keyset paging; one
    statement. Raises Denied for who leads nothing."""
    arguments = led(viewer, at) | {"hand": None if account is None else str(account), "queue": queue}
    asked = f"{LED} AND d.hand_queue = %(queue)s AND d.hand IS NOT DISTINCT FROM %(hand)s AND {SHOWS[show]}"
    sources = [f"FROM {table} WHERE {asked}" for table in (leading(), _BESIDE)]
    return page_of(read_lines(sources, arguments, viewer=viewer, at=at, after=after, limit=PAGE + 1))
