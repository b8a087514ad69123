"""Who makes forms: the catalogue officers, and who of them publishes, as procedures are (ADR 0034)."""

from motcua.agencies.selectors import stands_first
from motcua.kernel.actor import Actor, Viewer
from motcua.kernel.errors import Denied

OFFICER = "catalogue_officer"


def check_reader(viewer: Viewer) -> None:
    """Raise Denied unless `viewer` keeps the catalogue somewhere here."""
    if all(seat.kind != OFFICER for seat in viewer.capacities):
        raise Denied(
            "Chỉ cán bộ danh mục thủ tục mở được trang này.", "Only a catalogue officer may open this page."
        )


def check_drafter(viewer: Viewer) -> None:
    """Raise Denied unless one of the seats of `viewer` drafts forms."""
    check_reader(viewer)
    if all(seat.kind != OFFICER or not stands_first(seat.agency) for seat in viewer.capacities):
        raise _denied()


def check_publisher(actor: Actor) -> None:
    """Raise Denied unless `actor` is catalogue officer of the agency that stands above all others here: a form holds
    for everybody below, as the procedure it belongs to."""
    if actor.position_kind != OFFICER or not stands_first(actor.agency):
        raise _denied()


def _denied() -> Denied:
    return Denied(
        "Chỉ cán bộ danh mục thủ tục của cơ quan cấp trên cùng ở đây mới soạn và công bố tờ khai điện tử.",
        "Only the catalogue officer of the agency above all others here drafts and publishes electronic forms.",
    )
