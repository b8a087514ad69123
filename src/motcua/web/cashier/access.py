"""In which seat somebody does a deed of money, and the lines that reading names leaves."""

from datetime import datetime

from motcua.access_log.operations import note
from motcua.kernel.actor import Actor, Viewer
from motcua.kernel.errors import Denied, Invalid
from motcua.payments.operations.keeping import keeper_of
from motcua.payments.policy import SEATS, Deed, seat_for


def acting(viewer: Viewer, deed: Deed, agency: str = "") -> Actor:
    """`viewer` as the actor of `deed`, at `agency`; "" their only one. Raises Denied, and Invalid where they hold seats
    for it at several and said none: what is done for an agency is never a matter of which seat came first."""
    held = {c.agency: c for c in reversed(viewer.capacities) if c.kind in SEATS[deed]}
    if agency in held:
        return viewer.actor(held[agency])
    if not agency and len(held) > 1:
        raise Invalid(
            "Bạn có vị trí ở nhiều cơ quan; hãy chọn làm cho cơ quan nào.",
            "You hold seats at several agencies; choose for which one this is done.",
            field="agency",
        )
    return viewer.actor(seat_for(viewer, deed))


def keeping(viewer: Viewer, agency: str, at: datetime) -> str:
    """Who goes on with the money of `agency`: itself, or whom it was merged into."""
    return keeper_of(agency, {c.agency for c in viewer.capacities}, at)


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
