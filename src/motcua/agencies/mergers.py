"""Which agencies are merged into which, from when."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from motcua.agencies.models import Agency, Merger
from motcua.agencies.policy import CONFIRMS_MERGER, MERGES
from motcua.agencies.selectors import account_names
from motcua.kernel.actor import Capacity, Viewer
from motcua.kernel.errors import Denied, NotFound

MOST = 100


@dataclass(frozen=True, slots=True)
class Succession:
    """A merger that is in force: who stands in whose place since when, by which document."""

    predecessor: str
    successor: str
    since: date
    basis: str


def successions(*, on: date) -> list[Succession]:
    """The mergers in force on a day, in the order in which they came. One statement."""
    rows = Merger.objects.filter(is_confirmed=True, takes_effect__lte=on).order_by("takes_effect", "id")
    return [
        Succession(*row)
        for row in rows.values_list("predecessor_id", "successor_id", "takes_effect", "basis")
    ]


def is_merged(agency: str, *, on: date) -> bool:
    """Whether another agency stands in this one's place on a day. One statement."""
    return Agency.objects.filter(code=agency, succeeded_on__lte=on).exists()


@dataclass(frozen=True, slots=True)
class MergerLine:
    """A merger as it is shown. `answered` is None while it waits for the second person."""

    id: UUID
    predecessor: str
    successor: str
    takes_effect: date
    basis: str
    proposed_by: UUID
    proposed_for: str
    proposer: str
    answered: datetime | None
    is_confirmed: bool


def seat_for(viewer: Viewer, kinds: frozenset[str] = MERGES | CONFIRMS_MERGER) -> Capacity:
    """The seat of `kinds` in which `viewer` sees to mergers. Raises Denied for who holds none."""
    seat = next((c for c in viewer.capacities if c.kind in kinds), None)
    if seat is None:
        raise Denied(
            "Việc sáp nhập cơ quan do cơ quan cấp trên quyết định.",
            "Agencies are merged by the agency above both.",
        )
    return seat


def below(viewer: Viewer) -> list[str]:
    """The agencies that the viewer's agency may merge: those below it that stand alone yet, in order."""
    seat = seat_for(viewer)
    found = Agency.objects.filter(path__contains=f"/{seat.agency}/", succeeded_by=None)
    return list(found.exclude(code=seat.agency).order_by("path").values_list("code", flat=True))


def mergers(*, viewer: Viewer) -> list[MergerLine]:
    """The mergers below the viewer's agency, the newest first; two statements. Raises Denied."""
    seat = seat_for(viewer)
    return _lines(list(_below(seat.agency).order_by("-id")[:MOST]))


def merger(merger_id: UUID, *, viewer: Viewer) -> MergerLine:
    """One of them. Raises Denied, and NotFound for any other."""
    seat = seat_for(viewer)
    row = _below(seat.agency).filter(id=merger_id).first()
    if row is None:
        raise NotFound("Không có đề nghị sáp nhập này.", "There is no such merger.")
    return _lines([row])[0]


def _below(agency: str) -> QuerySet[Merger]:
    return Merger.objects.filter(predecessor__path__contains=f"/{agency}/").exclude(predecessor=agency)


def _lines(rows: list[Merger]) -> list[MergerLine]:
    names = account_names({row.proposed_by for row in rows})
    return [
        MergerLine(
            row.id,
            row.predecessor_id,
            row.successor_id,
            row.takes_effect,
            row.basis,
            row.proposed_by,
            row.proposed_for,
            names.get(row.proposed_by, ""),
            row.answered_at,
            row.is_confirmed,
        )
        for row in rows
    ]
