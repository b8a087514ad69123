"""Who keeps the catalogue, and who of them announces. As data (ADR 0034)."""

from motcua.agencies.selectors import stands_first
from motcua.kernel.actor import Actor, Capacity, Viewer
from motcua.kernel.errors import Denied

OFFICER = "catalogue_officer"


def officer_seats(viewer: Viewer) -> list[Capacity]:
    """The seats in which `viewer` keeps the catalogue, each for its own agency. Raises Denied for who has none."""
    seats = [c for c in viewer.capacities if c.kind == OFFICER]
    if not seats:
        raise Denied(
            "Chỉ cán bộ danh mục thủ tục mở được trang này.", "Only a catalogue officer may open this page."
        )
    return seats


def announces(viewer: Viewer) -> bool:
    """Whether one of the seats of `viewer` says what procedures are, for everybody here."""
    return any(c.kind == OFFICER and stands_first(c.agency) for c in viewer.capacities)


def announcing_seat(viewer: Viewer) -> Capacity:
    """The seat in which `viewer` drafts, decides and publishes. Raises Denied for who has none."""
    seat = next((c for c in viewer.capacities if c.kind == OFFICER and stands_first(c.agency)), None)
    if seat is None:
        raise _denied()
    return seat


def check_announcer(actor: Actor) -> None:
    """Raise Denied unless `actor` is catalogue officer of the agency that stands above the others here: procedures are
    announced by ministries and provinces (ND 63/2010 art. 13, 15), and hold for everybody below."""
    if actor.position_kind != OFFICER or not stands_first(actor.agency):
        raise _denied()


def check_officer(actor: Actor, agency: str) -> None:
    """Raise Denied unless `actor` is the catalogue officer of `agency`."""
    if actor.position_kind != OFFICER or agency != actor.agency:
        raise Denied(
            "Chỉ cán bộ danh mục thủ tục của chính cơ quan làm được việc này.",
            "Only a catalogue officer of the agency itself may do this.",
        )


def _denied() -> Denied:
    return Denied(
        "Chỉ cán bộ danh mục thủ tục của cơ quan cấp trên cùng ở đây mới soạn, quyết định và công bố thủ tục; "
        "cơ quan cấp dưới đặt nội dung riêng của mình.",
        "Only the catalogue officer of the agency above all others here drafts, decides and publishes procedures; the "
        "agencies below set what is theirs.",
    )
