"""Whose task a dossier is: whoever looks at another leaves a line (design, law 7)."""

from motcua.agencies.positions import LEADERS
from motcua.dossiers.mandated import reaching
from motcua.dossiers.open_steps import open_hands
from motcua.dossiers.policy import Row, represents
from motcua.kernel.actor import Viewer


def within_task(viewer: Viewer, row: Row) -> bool:
    """Whether the dossier is on a work list of `viewer`; a look at any other leaves a line (design, law 7)."""
    for capacity in reaching(viewer, row):
        if capacity.agency == row["competent_agency"] and (
            capacity.kind in LEADERS or any(capacity.kind in kinds for kinds, _account in open_hands(row))
        ):
            return True
        at_desk = {row["desk_agency"], row["transfer"]["to"] if row["transfer"] else ""}
        if capacity.agency in at_desk and capacity.kind == "reception_officer":
            return True
        if capacity.agency == row["desk_agency"] and capacity.kind == "cashier" and row["fees"]:
            return True
        if represents(capacity, row):
            return True
    return False
