"""What a measurement found, for those who may see it: the figures, and the dossiers behind each, a page at a time."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import connection

from motcua.catalogue.policy import announcing_seat, officer_seats
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import Denied, NotFound
from motcua.kernel.say import Say, say_of
from motcua.processes.impact.tally import Sums, summed
from motcua.processes.models import Impact, Version

PAGE = 50
_COLUMNS = (
    "id", "draft_id", "version_id", "agency", "document", "fingerprint", "asked_by", "asked_at", "state", "total",
    "result", "ordered", "trouble", "ended_at",
)  # fmt: skip
AT_WORK = frozenset({"waiting", "measuring", "moving"})


@dataclass(frozen=True)
class Measured:
    """A measurement as it stands: of a draft, or of a published version in an agency."""

    id: UUID
    draft: UUID | None
    version: UUID | None
    agency: str
    document: Mapping[str, Any]
    fingerprint: str
    asked_by: str
    asked_at: datetime
    state: str
    total: int
    result: dict[str, Any]
    ordered: Mapping[str, Any] | None
    trouble: Mapping[str, str] | None
    ended_at: datetime | None

    @property
    def is_at_work(self) -> bool:
        """Whether it is still going on."""
        return self.state in AT_WORK

    @property
    def agencies(self) -> list[str]:
        """The agencies whose dossiers were seen."""
        return sorted(self.result.get("agencies", {}))

    @cached_property
    def sums(self) -> Sums:
        """What was counted in all."""
        return summed(self.result)

    def sums_of(self, agency: str) -> Sums:
        """What was counted in one agency; in all for ""."""
        return summed(self.result, agency) if agency else self.sums


@dataclass(frozen=True, slots=True)
class Listed:
    """A dossier for which something would change (tally.Line); `outcome`: what became of it when it was moved."""

    code: str
    agency: str
    is_running: bool
    told: Mapping[str, Any]
    outcome: str


@dataclass(frozen=True, slots=True)
class ListedPage:
    """A page of them; `following`: the key of the next page."""

    lines: tuple[Listed, ...]
    following: str | None


def of_draft(draft: UUID, *, viewer: Viewer) -> Measured | None:
    """What was measured of a draft last; None where nothing was. One statement. Raises Denied."""
    announcing_seat(viewer)
    row = Impact.objects.filter(draft=draft).values_list(*_COLUMNS).first()
    return None if row is None else Measured(*row)


def of_version(version: UUID, *, agency: str, viewer: Viewer) -> Measured | None:
    """What was measured of a version in an agency last; None where nothing was. One statement. Raises Denied for who
    does not keep its catalogue."""
    if agency not in {seat.agency for seat in officer_seats(viewer)}:
        raise Denied(
            "Chỉ cán bộ danh mục của chính cơ quan xem được.",
            "Only the agency's own catalogue officer may see it.",
        )
    row = Impact.objects.filter(version=version, agency=agency).values_list(*_COLUMNS).first()
    return None if row is None else Measured(*row)


def measured(impact: UUID, *, viewer: Viewer) -> Measured:
    """A measurement by its id. One statement. Raises Denied; NotFound where it is no more, or another agency's."""
    seats = {seat.agency for seat in officer_seats(viewer)}
    row = Impact.objects.filter(id=impact).values_list(*_COLUMNS).first()
    found = None if row is None else Measured(*row)
    if found is not None and found.draft is not None:
        announcing_seat(viewer)
    if found is None or (found.version is not None and found.agency not in seats):
        raise NotFound(
            "Không còn kết quả này: đã tính lại, hoặc bản soạn đã được công bố.",
            "This result is no more: it was reckoned anew, or the draft was published.",
        )
    return found


def listed(of: Measured, *, group: str, agency: str = "", outcome: str = "", after: str = "") -> ListedPage:
    """The dossiers of a group (tally) by code, of one agency or of all; those of one `outcome` where it is named. The
    caller may see `of`. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code, agency, is_running, told, outcome FROM processes_impactline WHERE impact_id = %(impact)s"
            " AND code > %(after)s AND groups @> %(group)s::jsonb AND %(agency)s IN ('', agency)"
            " AND %(outcome)s IN ('', outcome) ORDER BY code LIMIT %(limit)s",
            {
                "impact": of.id,
                "after": after,
                "group": json.dumps([group]),
                "agency": agency,
                "outcome": outcome,
                "limit": PAGE + 1,
            },
        )
        lines = [Listed(c, a, r, json.loads(told), o) for c, a, r, told, o in cursor.fetchall()]
    return ListedPage(tuple(lines[:PAGE]), lines[PAGE - 1].code if len(lines) > PAGE else None)


def outcomes(of: Measured) -> dict[str, int]:
    """How many dossiers of a move that was ordered ended how: "moved", why they stayed, "" for those still to come. One
    statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT outcome, count(*) FROM processes_impactline WHERE impact_id = %s AND groups @> '[\"moves\"]'"
            " GROUP BY outcome ORDER BY outcome",
            [of.id],
        )
        return dict(cursor.fetchall())


def row_names(of: Measured) -> dict[str, Say]:
    """What the rows are called, by code, under the version that was measured and those before it. One statement."""
    bodies = (
        Version.objects.filter(code=of.document["code"])
        .order_by("number")
        .values_list("body__steps", flat=True)
    )
    found: dict[str, Say] = {}
    for steps in (*bodies, of.document["steps"]):
        found |= {step["code"]: say_of(step["work"]) for step in steps}
    return found
