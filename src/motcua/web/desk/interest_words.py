"""Conflicts of interest on a dossier's page: who takes no part, and what a viewer should think of."""

from dataclasses import dataclass
from uuid import UUID

from motcua.dossiers.interests import KINDS, TYPED, barred, typed_by
from motcua.dossiers.states import Act
from motcua.kernel.actor import Viewer
from motcua.kernel.say import Say
from motcua.web.desk.facts import Facts
from motcua.web.desk.focus import may
from motcua.web.desk.known import staff_names


@dataclass(frozen=True, slots=True)
class Barred:
    """Who declared a conflict of interest (with the event `seq`), of which kind, and in which words."""

    seq: int
    name: str
    kind: Say
    reason: str


def barred_people(facts: Facts) -> list[Barred]:
    """Who takes no part in the dossier, in the order in which they said so."""
    found = facts.row["barred"]
    names = staff_names([UUID(one["account"]) for one in found])
    return [
        Barred(one["seq"], names[UUID(one["account"])], KINDS[one["kind"]], facts.text(one["reason"]))
        for one in found
    ]


def to_think_of(facts: Facts, *, viewer: Viewer) -> Say | None:
    """What `viewer`, who may declare a conflict of interest, should think of first; None where nothing shows."""
    account = str(viewer.account)
    shows = (
        facts.row["step"] is not None and typed_by(facts.row, account) and account not in barred(facts.row)
    )
    return TYPED if shows and may(Act.DECLARE_INTEREST, facts, viewer) else None
