"""The register book (form 07 of Circular 03/2025/TT-VPCP): every dossier received at a desk, in order, counted by
nobody: it is read from the dossiers themselves."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.agencies.positions import LEADERS
from motcua.dossiers.assisting import KINDS, FilingKind
from motcua.dossiers.content import open_body
from motcua.dossiers.sight import SHOWN, eyes
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import Denied, Invalid
from motcua.kernel.time import ZONE, local

PAGE = 100
LONGEST_WINDOW_DAYS = 366
# Who keeps the book, and sees it whole as the law wants it; and who reads it besides, each as their position sees the
# dossiers.
KEEPERS = frozenset({"reception_officer", "desk_manager"})
READERS = LEADERS | KEEPERS | {"inspector"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register. Name, address and phone are empty once erased. `filed_by`: who handed it in for its
    applicant (of assisting.KINDS), `organisation` of which; "" where the applicant did."""

    code: str
    procedure_version: UUID
    sets: int
    name: str
    address: str
    phone: str
    competent_agency: str
    received_at: datetime
    due_at: datetime | None
    decided_at: datetime | None
    ended_at: datetime | None
    state: str
    stop_ground: str
    return_way: str
    channel: str
    origin: str
    apology_date: date | None
    filed_by: str
    organisation: str


@dataclass(frozen=True, slots=True)
class EntryPage:
    """One page of the register and the key of the next one (None: no more)."""

    entries: tuple[Entry, ...]
    following: str | None


def may_read(viewer: Viewer) -> list[str]:
    """The agencies whose register `viewer` may read. Raises Denied for seats that keep or watch none."""
    found = viewer.agencies(READERS)
    if not found:
        raise Denied("Vị trí của bạn không xem sổ theo dõi.", "Your position does not read the register.")
    return sorted(found)


def _window(agency: str, viewer: Viewer, first: date, last: date) -> None:
    if agency not in may_read(viewer):
        raise Denied("Ngoài phạm vi của bạn.", "Outside your scope.")
    if last < first:
        raise Invalid(
            "Ngày cuối phải sau hoặc bằng ngày đầu.", "The last day comes after the first.", field="last"
        )
    if (last - first).days > LONGEST_WINDOW_DAYS:
        raise Invalid(
            f"Mỗi lần xem nhiều nhất {LONGEST_WINDOW_DAYS} ngày.",
            f"At most {LONGEST_WINDOW_DAYS} days at a time.",
            field="last",
        )


_INSIDE = (
    "WHERE d.desk_agency = %(agency)s AND d.received_on BETWEEN %(first)s AND %(last)s"
    # What was certified at once stands in the certification books.
    # A child dossier is a part of one that stands in the book of the desk that received it.
    " AND NOT d.express AND d.parent IS NULL"
)
_SELECT = (
    "SELECT d.id, d.code, d.procedure_version, d.sets,"  # noqa: S608
    f" CASE WHEN %(keeps)s OR {SHOWN} THEN d.parties ELSE '[]' END, d.competent_agency, d.received_at, d.due_at,"
    " d.decided_at, d.ended_at, d.state, d.stop_ground, d.return_way, d.channel, d.origin,"
    " d.apology_date, coalesce(d.filing ->> 'kind', ''), coalesce(d.filing ->> 'organisation', '')"
    f" FROM dossiers_dossier d {_INSIDE} AND d.received_on >= %(day)s"
    " AND (d.received_on, d.received_at, d.id) > (%(day)s, %(moment)s, %(after)s::uuid)"
    " ORDER BY d.received_on, d.received_at, d.id LIMIT %(limit)s"
)
_FIRST_ID = "00000000-0000-0000-0000-000000000000"


def register(
    *, agency: str, first: date, last: date, viewer: Viewer, after: str = "", limit: int = PAGE
) -> EntryPage:
    """The dossiers received at the desk of `agency` from `first` to `last`, both inside, in the order of reception.

    Without people whom their process hides from who only reads the book. Keyset paging; two statements. Raises Denied,
    Invalid for a window backwards or longer than a year.
    """
    _window(agency, viewer, first, last)
    moment, _, dossier = after.partition("_")
    try:
        since, following = local(datetime.fromisoformat(moment)), str(UUID(dossier))
    except (ValueError, OverflowError):
        since, following = datetime.combine(first, time.min, ZONE), _FIRST_ID
    with connection.cursor() as cursor:
        cursor.execute(
            _SELECT,
            {
                **eyes(viewer),
                "keeps": bool(viewer.kinds(agency) & KEEPERS),
                "agency": agency,
                "first": first,
                "last": last,
                "limit": limit + 1,
                "day": since.date(),
                "moment": since,
                "after": following,
            },
        )
        rows = cursor.fetchall()
        shown = rows[:limit]
        people = _applicants(cursor, [values[4] for values in shown])
    entries = tuple(_entry(values, person) for values, person in zip(shown, people, strict=True))
    if len(rows) <= limit:
        return EntryPage(entries, None)
    received, dossier_id = shown[-1][6], shown[-1][0]
    return EntryPage(entries, f"{received.isoformat()}_{dossier_id}")


_FILED = (
    f"SELECT d.filing ->> 'kind', count(*) FROM dossiers_dossier d {_INSIDE} AND d.assisted"  # noqa: S608
    " AND d.filing IS NOT NULL GROUP BY 1"
)


def filed_for_others(*, agency: str, first: date, last: date, viewer: Viewer) -> Mapping[FilingKind, int]:
    """How many of the same dossiers somebody handed in for their applicant, by who did. One statement. Raises Denied,
    Invalid as `register`."""
    _window(agency, viewer, first, last)
    with connection.cursor() as cursor:
        cursor.execute(_FILED, {"agency": agency, "first": first, "last": last})
        found = dict(cursor.fetchall())
    return {kind: found[kind] for kind in KINDS if kind in found}


def whole(*, agency: str, first: date, last: date, viewer: Viewer) -> Iterator[Entry]:
    """The whole window, page by page; for exports."""
    after = ""
    while True:
        page = register(agency=agency, first=first, last=last, viewer=viewer, after=after, limit=2_000)
        yield from page.entries
        if page.following is None:
            return
        after = page.following


def _entry(values: tuple[Any, ...], person: Mapping[str, Any]) -> Entry:
    _, code, version, sets, _, competent, *rest = values
    return Entry(
        code,
        version,
        sets,
        str(person.get("name", "")),
        str(person.get("address", "")),
        str(person.get("phone", "")),
        competent,
        *rest,
    )


def _applicants(cursor: Any, parties: list[str]) -> list[Mapping[str, Any]]:
    # Whoever has a copy certified at once may stay nameless.
    wanted = [
        next((UUID(p["snapshot"]) for p in json.loads(of_one) if p["role"] == "applicant"), None)
        for of_one in parties
    ]
    cursor.execute(
        "SELECT id, sealed FROM dossiers_content WHERE id = ANY(%s)",
        [[content for content in wanted if content]],
    )
    opened = {content: open_body(content, sealed) for content, sealed in cursor.fetchall()}
    return [json.loads((content and opened.get(content)) or "{}") for content in wanted]
