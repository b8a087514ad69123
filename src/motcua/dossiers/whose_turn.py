"""Whose turn an act is among those whose seat may do it: in whose name the step is, who has not done the act's other
end. Pure."""

from collections.abc import Mapping
from typing import Any

from motcua.agencies.positions import LEADERS
from motcua.dossiers.delays import waits
from motcua.dossiers.mandated import sides
from motcua.dossiers.open_steps import open_hands
from motcua.dossiers.states import Act
from motcua.kernel.actor import Actor
from motcua.kernel.say import ForOthers, Say

Row = Mapping[str, Any]

# What takes a step out of the hands it is in: done by who has it in their name, or by anybody of its seats while it is
# on their list (ADR 0058).
_OUT_OF_HANDS = frozenset({Act.START, Act.STEP, Act.RETURN_STEP, Act.DECIDE})

IN_OTHER_HANDS = ForOthers(
    "Bước này đang đứng tên người khác. Nếu phải làm thay, hãy “Nhận về mình” trước, kèm lý do.",
    "This step is in another person's name. If you have to do it in their place, “Claim” it first, with a reason.",
)
PROPOSED = ForOthers(
    "Người trình không được tự duyệt; cần một lãnh đạo khác: hãy đưa mã hồ sơ cho người đó.",
    "Who proposed may not approve; another leader is needed: hand them the dossier's code.",
)
_IN_ONES_OWN = Say("Bước này đã đứng tên bạn.", "This step is in your name already.")


def not_ones_turn(actor: Actor, act: Act, row: Row) -> Say | None:
    """Why `actor`, whose seat may do `act` on the dossier `row`, is not the one to do it; None where they are."""
    return _hands(actor, act, row) or _both_ends(actor, act, row)


def _hands(actor: Actor, act: Act, row: Row) -> Say | None:
    """Who stands in for the one who has it acts with their hands."""
    if act not in _OUT_OF_HANDS and act is not Act.CLAIM:
        return None
    hands = [account for kinds, account in open_hands(row) if actor.position_kind in kinds]
    if act is Act.CLAIM:
        return _IN_ONES_OWN if hands and actor.people.issuperset(hands) else None
    return None if any(one is None or one in actor.people for one in hands) else IN_OTHER_HANDS


def _both_ends(actor: Actor, act: Act, row: Row) -> Say | None:
    if act is Act.NOTIFY_DELAY and waits(row) and actor.people & sides(row["delay"]):
        return ForOthers(
            "Người trình văn bản xin lỗi không được tự ký; cần một lãnh đạo khác: hãy đưa mã hồ sơ cho người đó.",
            "Who prepared the letter of apology may not sign it; another leader is needed: hand them its code.",
        )
    if act is Act.ACCEPT_TRANSFER and row["transfer"] and actor.people & sides(row["transfer"]):
        return ForOthers(
            "Người chuyển hồ sơ đi không được tự nhận; cần một người khác của nơi nhận: hãy đưa mã hồ sơ cho người đó.",
            "Who sent the dossier may not take it over; somebody else there does: hand them its code.",
        )
    # Who proposed the result, at any step, does not approve it: never both ends of a two-person act.
    own = [kinds for kinds, _account in open_hands(row) if actor.position_kind in kinds]
    approving = act is Act.STEP and own and all(set(kinds) <= LEADERS for kinds in own)
    return PROPOSED if approving and row["proposal"] and actor.people & sides(row["proposal"]) else None
