"""Which acts are closed to who declared a conflict of interest. Pure."""

from collections.abc import Mapping
from typing import Any

from motcua.dossiers.countersign import PAIRS
from motcua.dossiers.interests import barred
from motcua.dossiers.states import ACTS, Act, Authority
from motcua.kernel.actor import Actor
from motcua.kernel.say import Say

# What is done for the agency that decides, and not at the desk or for it.
_IN_SUBSTANCE = frozenset(
    {Authority.STEP, Authority.HOLDER, Authority.SENDER, Authority.LEAD, Authority.LEADER}
)
NO_PART = Say(
    "Bạn đã khai xung đột lợi ích nên không tham gia giải quyết hồ sơ này.",
    "You declared a conflict of interest, so you take no part in this dossier.",
)


def takes_no_part(actor: Actor, act: Act, row: Mapping[str, Any]) -> bool:
    """Whether `actor`, or for whom they act, declared a conflict of interest, and `act` is of substance."""
    in_substance = bool(ACTS[act].authority & _IN_SUBSTANCE)
    if act in PAIRS:
        in_substance = PAIRS[act].agency == "competent_agency"
    return in_substance and bool(actor.people & barred(row))
