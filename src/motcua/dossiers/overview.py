"""A desk's day in figures, and the dossiers behind each: what to accept, what is due, what is late and with whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from motcua.agencies.positions import LEADERS
from motcua.dossiers.keyset import moment_key
from motcua.dossiers.sight import NAME, eyes
from motcua.dossiers.states import State
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import Denied
from motcua.kernel.time import local

PAGE = 50
READERS = LEADERS | {"desk_manager", "inspector"}
LONG_UNCOLLECTED = timedelta(days=10)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a desk has in hand at one moment: dossiers that are not ended, and any that still owe money."""

    accept: int
    accept_late: int
    today: int
    late: int
    paused: int
    uncollected: int
    uncollected_long: int
    by_post: int
    helped: int
    to_pay: int


@dataclass(frozen=True, slots=True)
class Watched:
    """A dossier behind a figure, with who holds it. `due_at`: of the answer before acceptance, else of the result."""

    id: UUID
    code: str
    name: str
    procedure_version: UUID
    state: State
    due_at: datetime | None
    holder_kind: str
    holder_account: UUID | None
    holder_unit: UUID | None
    queue: str
    holder_since: datetime | None
    apology: bool
    paused: bool


@dataclass(frozen=True, slots=True)
class WatchedPage:
    """One page and the key of the next one (None: no more)."""

    lines: tuple[Watched, ...]
    following: str | None


def desks(viewer: Viewer) -> list[str]:
    """The agencies whose desks `viewer` watches: their own, and for an inspector those below. Raises Denied."""
    found = sorted(viewer.agencies(READERS))
    if not found:
        raise Denied("Vị trí của bạn không xem bảng điều hành.", "Your position does not watch the desk.")
    return found


def figures(*, agency: str, viewer: Viewer, at: datetime) -> Figures:
    """The desk's figures. One statement over the dossiers of the desk that are not ended."""
    _check(agency, viewer)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE state = 'submitted'),"
            " count(*) FILTER (WHERE state = 'submitted' AND answer_due_at < %(at)s),"
            " count(*) FILTER (WHERE decided_at IS NULL AND due_on = %(today)s AND due_at >= %(at)s),"
            " count(*) FILTER (WHERE decided_at IS NULL AND due_at < %(at)s),"
            " count(*) FILTER (WHERE paused),"
            " count(*) FILTER (WHERE state = 'decided' AND manifest = ''),"
            " count(*) FILTER (WHERE state = 'decided' AND manifest = '' AND available_at < %(long)s),"
            " count(*) FILTER (WHERE state = 'decided' AND manifest <> ''),"
            " count(*) FILTER (WHERE assisted),"
            " (SELECT count(*) FROM dossiers_dossier WHERE desk_agency = %(agency)s AND fee_open)"
            " FROM dossiers_dossier WHERE desk_agency = %(agency)s AND ended_at IS NULL",
            {
                "at": at,
                "today": local(at).date(),
                "long": at - LONG_UNCOLLECTED,
                "agency": agency,
            },
        )
        return Figures(*cursor.fetchone())


def _check(agency: str, viewer: Viewer) -> None:
    if agency not in desks(viewer):
        raise Denied("Ngoài phạm vi của bạn.", "Outside your scope.")


_RUNNING = "d.ended_at IS NULL AND d.decided_at IS NULL"
SHOWS: Mapping[str, tuple[str, str]] = {
    # what is shown, and the moment it is sorted by
    "accept": ("d.ended_at IS NULL AND d.state = 'submitted'", "d.answer_due_at"),
    "today": (f"{_RUNNING} AND d.due_on = %(today)s AND d.due_at >= %(at)s", "d.due_at"),
    "late": (f"{_RUNNING} AND d.due_at < %(at)s", "d.due_at"),
    "paused": ("d.ended_at IS NULL AND d.paused", "d.holder_since"),
    "helped": ("d.ended_at IS NULL AND d.assisted", "coalesce(d.submitted_at, d.received_at)"),
    # what is due when handing in is owed before anything is received
    "pay": ("d.fee_open", "coalesce(d.received_at, d.submitted_at)"),
}


def watched(*, agency: str, viewer: Viewer, at: datetime, show: str, after: str = "") -> WatchedPage:
    """The dossiers behind a figure (`show`: a key of SHOWS), the most urgent first. Keyset paging; one statement."""
    _check(agency, viewer)
    condition, key = SHOWS[show]
    moment, last = moment_key(after)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT d.id, d.code, {NAME}, d.procedure_version, d.state, {key}, d.holder_kind,"  # noqa: S608
            " d.holder_account, d.holder_unit, d.queue, d.holder_since, d.apology_date IS NOT NULL, d.paused"
            " FROM dossiers_dossier d LEFT JOIN dossiers_label l ON l.dossier = d.id"
            f" WHERE d.desk_agency = %(agency)s AND {condition}"
            f" AND ({key}, d.id) > (%(moment)s::timestamptz, %(last)s::uuid) ORDER BY {key}, d.id LIMIT %(limit)s",
            {
                **eyes(viewer),
                "agency": agency,
                "at": at,
                "today": local(at).date(),
                "moment": moment,
                "last": last,
                "limit": PAGE + 1,
            },
        )
        lines = [
            Watched(dossier, code, name, version, State(state), *rest)
            for dossier, code, name, version, state, *rest in cursor.fetchall()
        ]
    more = len(lines) > PAGE
    end = lines[PAGE - 1] if more else None
    return WatchedPage(
        tuple(lines[:PAGE]), f"{end.due_at.isoformat()}_{end.id}" if end and end.due_at else None
    )
