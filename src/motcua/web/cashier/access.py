"""In which seat somebody does a deed of money, and the lines that reading names leaves."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from motcua.access_log.operations import note
from motcua.dossiers.sight import unseen
from motcua.kernel.actor import Actor, Viewer
from motcua.kernel.errors import Invalid
from motcua.payments import selectors
from motcua.payments.operations.keeping import keeper_of
from motcua.payments.policy import SEATS, Deed, no_reader, seat_for
from motcua.payments.record import no_such
from motcua.payments.selectors import ReceiptShown, RefundShown


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
        raise no_reader()


def payers_unseen(viewer: Viewer, agency: str, codes: Collection[str]) -> frozenset[str]:
    """Of what was paid at `agency` the dossiers whose payers `viewer` is not shown. Who keeps its cash book, or signs
    for it, sees it whole; others as their position sees the dossiers (ADR 0067). One statement for those."""
    return frozenset() if viewer.sees(agency, SEATS[Deed.CONFIRM]) else unseen(codes, viewer=viewer)


def receipt_for(receipt: UUID, *, viewer: Viewer, prints: bool = False) -> ReceiptShown:
    """A receipt as `viewer` sees it: without its payer where they are not shown one. Raises NotFound as
    `selectors.receipt`, and then for who `prints` it: a paper shows everything."""
    shown = selectors.receipt(receipt, viewer=viewer)
    if not payers_unseen(viewer, shown.row["agency"], {line.reference for line in shown.lines}):
        return shown
    if prints:
        raise no_such()
    return replace(shown, payer="")


def refund_for(refund: UUID, *, viewer: Viewer, prints: bool = False) -> RefundShown:
    """The same for a refund, its reason and who took it."""
    shown = selectors.refund(refund, viewer=viewer)
    if not payers_unseen(viewer, shown.row["agency"], {line["reference"] for line in shown.row["lines"]}):
        return shown
    if prints:
        raise no_such()
    return replace(shown, payer="", recipient="", reason="")


def leave_line(viewer: Viewer, agency: str, *, what: str, subject: str, at: datetime) -> None:
    """A look at a payer's name outside one's own task leaves a line (design, law 7)."""
    if not is_cashier(viewer, agency):
        note(who=str(viewer.account), what=what, at=at, subject=subject, agency=agency)
