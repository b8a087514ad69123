"""Which acts are closed to who declared a conflict of interest, or stands in the dossier. Pure."""

from collections.abc import Mapping
from typing import Any

from motcua.dossiers.countersign import PAIRS
from motcua.dossiers.interests import barred, kept_out
from motcua.dossiers.states import ACTS, Act, Authority
from motcua.kernel.actor import Actor
from motcua.kernel.say import ForOthers, Say

# What is done for the agency that decides, and not at the desk or for it.
IN_SUBSTANCE = frozenset(
    {
        Authority.STEP,
        Authority.HOLDER,
        Authority.SENDER,
        Authority.LEAD,
        Authority.LEADER,
        Authority.CONSULTED,
    }
)
# By which who stands in the dossier lets go of what is in their name.
_LETS_GO = frozenset({Act.DECLARE_INTEREST, Act.PUT_BACK})
NO_PART = ForOthers(
    "Bạn đã khai xung đột lợi ích nên không tham gia giải quyết hồ sơ này. Người đang giữ hồ sơ làm việc này, hoặc"
    " lãnh đạo giao người khác: hãy đưa mã hồ sơ cho họ.",
    "You declared a conflict of interest, so you take no part in this dossier. Who has it does this, or a leader gives"
    " it to somebody: hand them its code.",
)
OWN_MATTER = ForOthers(
    "Số định danh bạn đã ghi là của một người trong hồ sơ này, nên bạn không giải quyết hồ sơ; hãy để người khác làm: "
    "việc đang đứng tên bạn thì “Trả về danh sách chung”, việc khác thì đưa mã hồ sơ cho lãnh đạo.",
    "The identity number you gave is that of somebody in this dossier, so you don't work on it; leave it to others:"
    " what is in your name “Put back on the list”, for the rest hand its code to a leader.",
)


def no_part(actor: Actor, act: Act, row: Mapping[str, Any]) -> Say | None:
    """Why `actor` takes no part in `act` of substance, having declared a conflict of interest or standing in
    the dossier themselves, or who they act for; None where they may."""
    in_substance = bool(ACTS[act].authority & IN_SUBSTANCE)
    if act in PAIRS:
        in_substance = PAIRS[act].agency == "competent_agency"
    if not in_substance or not actor.people & kept_out(row):
        return None
    if actor.people & barred(row):
        return NO_PART
    return None if act in _LETS_GO else OWN_MATTER
