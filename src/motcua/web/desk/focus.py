"""On which of a dossier's open steps an act is done."""

from motcua.dossiers import policy, recalls
from motcua.dossiers.open_steps import chosen, open_steps
from motcua.dossiers.projector import standing
from motcua.dossiers.states import Act
from motcua.kernel.actor import Viewer
from motcua.web.desk.facts import Facts

# The acts on one open step: a page names which.
STEPWISE = frozenset({Act.STEP, Act.RETURN_STEP, Act.ASSIGN, Act.CLAIM, Act.PUT_BACK})


def focused(act: Act, facts: Facts, *, viewer: Viewer, number: int | None = None) -> Facts:
    """The dossier as `act` looks at it: where that is on one step, the one of this `number`, else the first on which
    `viewer` may do it; to take one back, as who sent that one on sees it. Raises NotAllowedNow where the step named is
    not open, or can't be recalled, any more."""
    if act is Act.RECALL:
        return _recalled(facts, viewer, number)
    if act not in STEPWISE:
        return facts
    if number is not None:
        return facts.from_step(chosen(facts.row, number))
    seen = [facts.from_step(step) for step in open_steps(facts.row)]
    return next((one for one in seen if may(act, one, viewer)), seen[0] if seen else facts)


def _recalled(facts: Facts, viewer: Viewer, number: int | None) -> Facts:
    """The dossier as if only this step had been sent on: the one of this `number`, else the last that nobody whom it
    came to has opened."""
    capacities = [c for c in viewer.able if recalls.own(facts.row, c, str(viewer.account))]
    if not capacities:
        return facts
    if number is not None:
        return facts.only_sent(recalls.chosen(facts.row, number, actor=viewer.actor(capacities[0])))
    own = sorted(
        (one for c in capacities for one in recalls.own(facts.row, c, str(viewer.account))),
        key=lambda one: (one["seq"] in facts.row["opened"], -one["seq"]),
    )
    return facts.only_sent(own[0])


def numbered(act: Act, facts: Facts) -> dict[str, int]:
    """What the flow of an act on one step takes to know which."""
    if act is Act.RECALL:
        return {"number": facts.row["sent"][0]["step"]}
    return {"number": facts.row["step"]} if act in STEPWISE else {}


def may(act: Act, facts: Facts, viewer: Viewer) -> bool:
    """Whether `viewer` may do `act` on the dossier as `facts` see it."""
    return isinstance(policy.allows(viewer, act, facts.row, standing(facts.row)), policy.Allowed)
