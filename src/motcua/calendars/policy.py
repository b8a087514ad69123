"""Who may read a calendar and publish an edition of it (ADR 0027). As data."""

from motcua.kernel.actor import Actor, Capacity, Viewer
from motcua.kernel.errors import Denied

# The head of an agency orders its closures; who keeps its accounts types in what was ordered.
PUBLISHERS = frozenset({"chair", "vice_chair", "director", "deputy_director", "technical_administrator"})
NOT_READERS = frozenset({"hotline"})


def readable(viewer: Viewer) -> list[str]:
    """The agencies whose calendars `viewer` reads: their own seats' first. Raises Denied for who has none."""
    kinds = {c.kind for c in viewer.capacities} - NOT_READERS
    own = sorted({c.agency for c in viewer.capacities if c.kind in kinds})
    if not own:
        raise Denied("Vị trí của bạn không xem lịch làm việc.", "Your position does not see the calendar.")
    return [*own, *sorted(viewer.agencies(kinds) - set(own))]


def publishing_seats(viewer: Viewer) -> list[Capacity]:
    """The seats in which `viewer` publishes, each for its own agency. Raises Denied for who has none."""
    seats = [c for c in viewer.capacities if c.kind in PUBLISHERS]
    if not seats:
        raise _denied()
    return seats


def publishes(viewer: Viewer, agency: str) -> bool:
    """Whether a seat of `viewer` publishes for `agency`."""
    return any(c.kind in PUBLISHERS and c.agency == agency for c in viewer.capacities)


def check_publisher(actor: Actor, agency: str) -> None:
    """Raise Denied unless `actor` may publish for `agency` ("" for the nation): its own head or administrator, or
    the installation itself."""
    if actor.kind == "system":
        return
    if not agency or actor.agency != agency or actor.position_kind not in PUBLISHERS:
        raise _denied()


def _denied() -> Denied:
    return Denied(
        "Chỉ lãnh đạo hoặc quản trị kỹ thuật của chính cơ quan công bố lịch của cơ quan.",
        "Only an agency's own leaders or technical administrator publish its calendar.",
    )
