"""Who puts papers on an agency's wall: those who keep its catalogue, its desk, and who sits there."""

from motcua.kernel.actor import Actor, Viewer
from motcua.kernel.errors import Denied

POSTS = frozenset({"catalogue_officer", "desk_manager", "reception_officer"})


def may_post(actor: Actor, agency: str) -> bool:
    """Whether this seat records what hangs on the wall of `agency`."""
    return actor.kind == "staff" and actor.agency == agency and actor.position_kind in POSTS


def poster(viewer: Viewer, agency: str) -> Actor:
    """`viewer` in the seat that posts for `agency`. Raises Denied where they have none."""
    for capacity in viewer.capacities:
        if may_post(actor := viewer.actor(capacity), agency):
            return actor
    raise Denied(
        "Trang này dành cho cán bộ danh mục, phụ trách Bộ phận Một cửa và công chức tiếp nhận của cơ quan.",
        "This page is for the agency's catalogue officer, desk manager and reception officers.",
    )


def own_agency(viewer: Viewer) -> str:
    """The first agency for which `viewer` posts; "" where there is none."""
    return next((c.agency for c in viewer.capacities if may_post(viewer.actor(c), c.agency)), "")
