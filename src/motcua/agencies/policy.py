"""Who may look after an agency's people, and what must be two different people. As data."""

from collections.abc import Collection
from enum import StrEnum

from motcua.agencies.positions import LEADERS, LEADS, POSITION_KINDS
from motcua.kernel.say import Say


class StaffAct(StrEnum):
    """What an administrator does for a person."""

    ADD = "add"
    APPOINT = "appoint"
    STAND_IN = "stand-in"
    END = "end"
    LOCK = "lock"
    UNLOCK = "unlock"
    RESET_FACTORS = "reset-factors"
    RESET_PASSWORD = "reset-password"  # noqa: S105 - the name of an act
    SET_SCREEN_LOCK = "screen-lock"


ADMINISTRATOR = "technical_administrator"
# Nobody gives oneself a seat or takes one's own away: another administrator does, so one always remains.
NOT_ON_ONESELF = frozenset(
    {
        StaffAct.APPOINT,
        StaffAct.STAND_IN,
        StaffAct.END,
        StaffAct.LOCK,
        StaffAct.RESET_FACTORS,
        StaffAct.RESET_PASSWORD,
    }
)
# Seats that one person never holds together: who gives the seats out neither decides nor watches over it.
APART: tuple[frozenset[str], ...] = (
    *(frozenset({ADMINISTRATOR, leader}) for leader in sorted(LEADERS)),
    frozenset({ADMINISTRATOR, "inspector"}),
)


# Who notes another's absence: those who lead, and the administrator. One's own everybody notes.
NOTES_ABSENCE = LEADS | {ADMINISTRATOR}
# Who proposes that agencies below are merged, and who confirms it as the second person.
MERGES = frozenset({ADMINISTRATOR})
CONFIRMS_MERGER = frozenset({ADMINISTRATOR, "inspector"}) | LEADERS


def on_oneself(act: StaffAct) -> Say | None:
    """Why `act` needs another person than the one it is about; None when it does not."""
    if act not in NOT_ON_ONESELF:
        return None
    return Say(
        "Không ai tự làm việc này cho chính mình; cần một quản trị kỹ thuật khác.",
        "Nobody does this for themselves; another technical administrator is needed.",
    )


def apart(wanted: str, held: Collection[str]) -> Say | None:
    """Why a person with seats of the kinds `held` gets none of the kind `wanted`; None when they may."""
    for kind in held:
        if kind != wanted and frozenset({kind, wanted}) in APART:
            first, second = POSITION_KINDS[wanted].title, POSITION_KINDS[kind].title
            return Say(
                f"Một người không giữ cùng lúc “{first.vi}” và “{second.vi}”.",
                f"One person does not hold “{first.en}” and “{second.en}” together.",
            )
    return None
