"""Who keeps the catalogue. As data."""

from motcua.kernel.actor import Actor, Capacity, Viewer
from motcua.kernel.errors import Denied

OFFICER = "catalogue_officer"


def deciding_seat(viewer: Viewer) -> Capacity:
    """The first seat in which `viewer` keeps the catalogue. Raises Denied for who has none."""
    return officer_seats(viewer)[0]


def officer_seats(viewer: Viewer) -> list[Capacity]:
    """The seats in which `viewer` keeps the catalogue, each for its own agency. Raises Denied for who has none."""
    seats = [c for c in viewer.capacities if c.kind == OFFICER]
    if not seats:
        raise _denied()
    return seats


def check_officer(actor: Actor, agency: str = "") -> None:
    """Raise Denied unless `actor` sits in a catalogue officer's seat, of `agency` where one is named."""
    if actor.position_kind != OFFICER or agency not in ("", actor.agency):
        raise _denied()


def _denied() -> Denied:
    return Denied(
        "Chỉ cán bộ danh mục thủ tục của chính cơ quan làm được việc này.",
        "Only a catalogue officer of the agency itself may do this.",
    )
