"""In which seat somebody does a deed of money, and the lines that reading names leaves."""

from datetime import datetime

from motcua.access_log.operations import note
from motcua.kernel.actor import Actor, Viewer
from motcua.kernel.errors import Denied
from motcua.payments.policy import SEATS, Deed, seat_for


def acting(viewer: Viewer, deed: Deed, agency: str = "") -> Actor:
    """`viewer` as the actor of `deed`, at `agency` (any of theirs where it is not said). Raises Denied."""
    for capacity in viewer.capacities:
        if capacity.kind in SEATS[deed] and agency in ("", capacity.agency):
            return viewer.actor(capacity)
    return viewer.actor(seat_for(viewer, deed))


def is_cashier(viewer: Viewer, agency: str) -> bool:
    """Whether names of payers are part of the viewer's own task."""
    return any(c.kind in SEATS[Deed.TAKE] and c.agency == agency for c in viewer.capacities)


def check_reads(viewer: Viewer) -> None:
    """Raise Denied unless `viewer` holds a seat that looks at money."""
    if not any(c.kind in SEATS[Deed.READ] for c in viewer.capacities):
        raise Denied("Vị trí của bạn không xem sổ quỹ.", "Your position does not look at cash books.")


def leave_line(viewer: Viewer, agency: str, *, what: str, subject: str, at: datetime) -> None:
    """A look at a payer's name outside one's own task leaves a line (design, law 7)."""
    if not is_cashier(viewer, agency):
        note(who=str(viewer.account), what=what, at=at, subject=subject, agency=agency)
