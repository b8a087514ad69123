"""On which of a dossier's open steps an act is done."""

from motcua.dossiers import policy
from motcua.dossiers.open_steps import chosen, open_steps
from motcua.dossiers.projector import standing
from motcua.dossiers.states import Act
from motcua.kernel.actor import Viewer
from motcua.web.desk.facts import Facts

# The acts on one open step: a page names which.
STEPWISE = frozenset({Act.STEP, Act.RETURN_STEP, Act.ASSIGN, Act.CLAIM, Act.PUT_BACK})


def focused(act: Act, facts: Facts, *, viewer: Viewer, number: int | None = None) -> Facts:
    """The dossier as `act` looks at it: where that is on one step, the one of this `number`, else the first on which
    `viewer` may do it. Raises NotAllowedNow where the step named is not open any more."""
    if act not in STEPWISE:
        return facts
    if number is not None:
        return facts.from_step(chosen(facts.row, number))
    seen = [facts.from_step(step) for step in open_steps(facts.row)]
    return next((one for one in seen if may(act, one, viewer)), seen[0] if seen else facts)


def numbered(act: Act, facts: Facts) -> dict[str, int]:
    """What the flow of an act on one step takes to know which."""
    return {"number": facts.row["step"]} if act in STEPWISE else {}


def may(act: Act, facts: Facts, viewer: Viewer) -> bool:
    """Whether `viewer` may do `act` on the dossier as `facts` see it."""
    return isinstance(policy.allows(viewer, act, facts.row, standing(facts.row)), policy.Allowed)
