"""Two-person acts as data: who proposes, who confirms, whose agency's seats (design, section 4). Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from motcua.agencies.positions import LEADERS, LEADS
from motcua.dossiers.states import Act


@dataclass(frozen=True, slots=True)
class Pair:
    """The kinds of seats at the two ends of an act; `agency` is the dossier's column that names whose seats.

    Nobody is ever both ends, whatever seats they hold.
    """

    propose: frozenset[str]
    confirm: frozenset[str]
    agency: str


_DESK = Pair(frozenset({"reception_officer"}), frozenset({"desk_manager"}), "desk_agency")
# A result is taken back by the leader; whoever found the fault proposes it.
_RESULT = Pair(
    frozenset(
        {
            "reception_officer",
            "desk_manager",
            "justice_officer",
            "economic_section",
            "culture_society_section",
            "clerk",
        }
    )
    | LEADERS,
    LEADERS,
    "competent_agency",
)
# Whoever leads here may see no conflict of interest; a leader confirms.
_LEADS = Pair(LEADS, LEADERS, "competent_agency")
PAIRS: Mapping[Act, Pair] = {
    Act.VOID_RECEIPT: _DESK,
    Act.CLOSE_AS_DUPLICATE: _DESK,
    Act.CORRECT_RECEPTION: _DESK,
    Act.REOPEN_FOR_CORRECTION: _RESULT,
    Act.LIFT_INTEREST: _LEADS,
}
# Whose fault a result was that is opened again.
FAULTS = ("office", "applicant")
