"""Results that wait at the desk, what the post has, and papers still owed: the desk's lists of what goes out."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection

from motcua.agencies.positions import LEADERS
from motcua.dossiers.addressees import addressees
from motcua.dossiers.at_desk import not_at_desk
from motcua.dossiers.keyset import moment_key
from motcua.dossiers.papers_at import outside
from motcua.dossiers.sight import NAME, SHOWN, eyes
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import Denied, NotFound
from motcua.kernel.say import Say
from motcua.kernel.text import clean, fold
from motcua.kernel.time import local

PAGE = 50
# The applicant is told at once and reminded after so many days; a rule of the house, not of the law.
TELL_AFTER_DAYS = (0, 3, 10, 30)
READERS = LEADERS | {"reception_officer", "desk_manager", "inspector", "postal_officer"}
ONLY_POST = frozenset({"postal_officer"})
# The lists a representative works with; the post and the papers in custody are the desk's.
REPRESENTED = frozenset({"", "tell"})


@dataclass(frozen=True, slots=True)
class Waiting:
    """A result that waits, or papers that are owed. `since`: at the desk, or the end of the dossier; `away`: why it
    can't be given out yet, as it is not at the desk."""

    away: Say | None
    id: UUID
    code: str
    name: str
    procedure_version: UUID
    outcome: str
    since: datetime
    available_at: datetime | None
    shelf: str
    manifest: str
    reminders: int
    notified_at: datetime | None
    return_way: str

    def days(self, at: datetime) -> int:
        """How many days it has waited."""
        return (local(at).date() - local(self.since).date()).days

    @property
    def tell_on(self) -> date | None:
        """The day on which the applicant is to be told next; None when no reminder is left."""
        if self.available_at is None or self.reminders >= len(TELL_AFTER_DAYS):
            return None
        return local(self.available_at).date() + timedelta(days=TELL_AFTER_DAYS[self.reminders])


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """One page and the key of the next one (None: no more)."""

    lines: tuple[Waiting, ...]
    following: str | None


_TELL = (
    "d.available_at IS NOT NULL AND d.manifest = '' AND d.reminders < cardinality(%(after_days)s::int[])"
    " AND (d.available_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
    " + (%(after_days)s::int[])[d.reminders + 1] <= %(today)s"
)
SHOWS: Mapping[str, str] = {
    "": "d.state = 'decided'",
    "tell": f"d.state = 'decided' AND {_TELL}",
    "post": "d.state = 'decided' AND d.return_way = 'post' AND d.manifest = '' AND d.available_at IS NOT NULL",
    "in_post": "d.state = 'decided' AND d.manifest <> ''",
    "papers": "d.papers_owed",
}
_SINCE = {"papers": "d.ended_at"}


# A code's beginning where there is a figure, else the applicant's name without accents.
_BY_CODE = " AND d.code LIKE %(code)s"
_BY_NAME = (
    " AND EXISTS (SELECT FROM dossiers_label l WHERE l.dossier = d.id AND l.name_folded LIKE %(name)s)"
    f" AND {SHOWN}"
)


def waiting(*, viewer: Viewer, at: datetime, show: str = "", words: str = "", after: str = "") -> WaitingPage:
    """What waits at the desks of the viewer's scope, the longest wait first. Keyset paging; one statement, two
    for papers that are owed.

    `show` is a key of SHOWS; `words` with a figure in them match a code's beginning, others the applicant's name
    without accents; whoever is posted by the post office sees only what goes by post, a representative what
    waits of their own agency. Raises Denied for seats that give nothing out and watch nobody who does.
    """
    posted = viewer.posted()
    if posted["desks"] and not _desks(viewer):
        agencies, by, show = posted["desks"], posted["by"], show if show in REPRESENTED else ""
    else:
        agencies, show = _agencies(viewer, show)
        by = [""] * len(agencies)
    since = _SINCE.get(show, "d.decided_at")
    what = "papers" if show == "papers" else "result"
    moment, last = moment_key(after)
    folded = fold(clean(words))[:100]
    alike = "" if not folded else _BY_CODE if any(c.isdigit() for c in folded) else _BY_NAME
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT d.desk_agency, d.travels, d.id, d.code,"  # noqa: S608
            f" {NAME}, d.procedure_version, d.outcome, d.since, d.available_at,"
            " d.shelf, d.manifest, d.reminders, d.notified_at, d.return_way FROM (SELECT q.* FROM"
            " unnest(%(agencies)s::text[], %(by)s::text[]) a(code, by) CROSS JOIN LATERAL ("
            f"SELECT d.*, {since} AS since FROM dossiers_dossier d WHERE d.desk_agency = a.code"
            " AND (a.by = '' OR d.competent_agency = a.by)"
            f" AND {SHOWS.get(show, SHOWS[''])}{alike} AND ({since}, d.id) > (%(moment)s::timestamptz, %(last)s::uuid)"
            f" ORDER BY {since}, d.id LIMIT %(limit)s) q ORDER BY q.since, q.id LIMIT %(limit)s) d"
            " LEFT JOIN dossiers_label l ON l.dossier = d.id ORDER BY d.since, d.id",
            {
                **eyes(viewer),
                "agencies": agencies,
                "by": by,
                "after_days": list(TELL_AFTER_DAYS),
                "today": local(at).date(),
                "moment": moment,
                "last": last,
                "limit": PAGE + 1,
                "code": f"{_like(folded.upper())}%",
                "name": f"%{_like(folded)}%",
            },
        )
        found = [
            ({"desk_agency": desk, "travels": json.loads(travels)}, values)
            for desk, travels, *values in cursor.fetchall()
        ]
    gone = outside({values[0]: row["travels"] for row, values in found}) if what == "papers" else {}
    lines = [Waiting(not_at_desk(what, row, gone.get(values[0])), *values) for row, values in found]
    more = len(lines) > PAGE
    key = f"{lines[PAGE - 1].since.isoformat()}_{lines[PAGE - 1].id}" if more else None
    return WaitingPage(tuple(lines[:PAGE]), key)


def _like(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _agencies(viewer: Viewer, show: str) -> tuple[list[str], str]:
    desks = _desks(viewer)
    if not desks:
        raise Denied("Vị trí của bạn không xem kết quả chờ trả.", "Your position does not look at results.")
    if show in ("post", "in_post"):
        return desks, show
    whole = sorted(viewer.agencies(READERS - ONLY_POST))
    return (whole, show) if whole else (desks, "in_post")


def _desks(viewer: Viewer) -> list[str]:
    return sorted(viewer.agencies(READERS))


@dataclass(frozen=True, slots=True)
class Sent:
    """One line of a manifest: `outcome` is "" while the post has it, given when delivered, moved when it came back."""

    code: str
    procedure_version: UUID
    result_number: str
    name: str
    address: str
    phone: str
    outcome: str
    until: datetime | None
    place: str
    since: datetime


@dataclass(frozen=True, slots=True)
class ManifestLine:
    """A manifest in the list of them."""

    number: str
    agency: str
    since: datetime
    count: int
    open: int


def manifests(*, viewer: Viewer, after: str = "") -> tuple[tuple[ManifestLine, ...], str | None]:
    """The manifests of the viewer's desks, newest first, and the key of the next page. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT manifest, agency, min(since), count(*), count(*) FILTER (WHERE until IS NULL)"
            " FROM dossiers_custody WHERE agency = ANY(%(agencies)s) AND manifest <> ''"
            " AND (%(after)s = '' OR manifest < %(after)s)"
            " GROUP BY agency, manifest ORDER BY manifest DESC, agency LIMIT %(limit)s",
            {"agencies": _agencies(viewer, "in_post")[0], "after": clean(after)[:40], "limit": PAGE + 1},
        )
        lines = [ManifestLine(*values) for values in cursor.fetchall()]
    return tuple(lines[:PAGE]), lines[PAGE - 1].number if len(lines) > PAGE else None


def manifest(number: str, *, viewer: Viewer) -> tuple[Sent, ...]:
    """The lines of a manifest with where each is to be delivered, in the order of codes. Two statements.

    Raises NotFound outside the viewer's desks.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT d.id, d.code, d.procedure_version, d.result_number,"  # noqa: S608 - fixed parts
            f" CASE WHEN {SHOWN} THEN d.parties ELSE '[]' END, c.outcome, c.until, c.place, c.since"
            " FROM dossiers_custody c JOIN dossiers_dossier d ON d.id = c.dossier"
            " WHERE c.agency = ANY(%(desks)s) AND c.manifest = %(number)s ORDER BY d.code",
            {"desks": _desks(viewer), "number": number, **eyes(viewer)},
        )
        found = cursor.fetchall()
        if not found:
            raise NotFound("Không có bảng kê này.", "There is no such manifest.")
    people = addressees([json.loads(values[4]) for values in found])
    return tuple(
        Sent(
            code=code,
            procedure_version=version,
            result_number=result,
            name=person.name,
            address=person.address,
            phone=person.phone,
            outcome=outcome,
            until=until,
            place=place,
            since=since,
        )
        for (_, code, version, result, _, outcome, until, place, since), person in zip(
            found, people, strict=True
        )
    )
