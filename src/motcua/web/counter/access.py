"""Who may receive, and who may print what a dossier's papers say."""

from datetime import datetime

from motcua.access_log.operations import note
from motcua.agencies.positions import WORKING
from motcua.dossiers.policy import SEATS, represented
from motcua.dossiers.record import no_such
from motcua.dossiers.row import Row
from motcua.dossiers.sight import hidden
from motcua.dossiers.states import Authority
from motcua.dossiers.tasks import within_task
from motcua.kernel.actor import Capacity, Viewer
from motcua.kernel.errors import Denied


def desk_seat(viewer: Viewer) -> Capacity:
    """The seat in which `viewer` receives dossiers. Raises Denied for everybody else."""
    for capacity in viewer.capacities:
        if capacity.kind in SEATS[Authority.DESK]:
            return capacity
    raise Denied(
        "Chỉ công chức tiếp nhận của Bộ phận Một cửa được tiếp nhận hồ sơ.",
        "Only the reception officers of a one-stop desk receive dossiers.",
    )


def receiving_seat(viewer: Viewer) -> Capacity:
    """The seat in which `viewer` receives: of the desk's own officers, else of a representative, whose `posted_by` is
    the agency they receive for and no other. Raises Denied for everybody else."""
    for capacity in viewer.capacities:
        if capacity.posted_by and not is_at_desk(viewer):
            return capacity
    return desk_seat(viewer)


def receives(viewer: Viewer) -> bool:
    """Whether `viewer` receives: the desk's own, or for the agency that posted them."""
    return is_at_desk(viewer) or any(c.posted_by for c in viewer.capacities)


def is_at_desk(viewer: Viewer) -> bool:
    """Whether `viewer` receives dossiers at all: pages told as absent to everybody else ask this."""
    return any(c.kind in SEATS[Authority.DESK] for c in viewer.capacities)


def check_prints(viewer: Viewer, row: Row) -> None:
    """Raise NotFound unless `viewer` works on dossiers for the agency at whose desk this one came in, or represents
    the agency there that decides on it.

    Its papers carry the citizen's PIN and token: who only oversees reads the dossier, not its receipt. They show
    everything, so nobody prints them from whom its process hides a part.
    """
    works_there = viewer.sees(row["desk_agency"], WORKING) or represented(viewer, row)
    if not works_there or hidden(viewer, row):
        raise no_such(row["code"])


def leave_line(viewer: Viewer, row: Row, *, what: str, at: datetime) -> None:
    """A look at personal data outside one's own task leaves a line (design, law 7)."""
    if not within_task(viewer, row):
        note(who=str(viewer.account), what=what, at=at, subject=row["code"], agency=row["desk_agency"])
