"""Who may do what at the certification desk: seats as data."""

from collections.abc import Mapping
from enum import StrEnum

from motcua.agencies.positions import LEADERS
from motcua.kernel.actor import Actor, Capacity, Viewer
from motcua.kernel.errors import Denied
from motcua.kernel.say import Say


class Doing(StrEnum):
    """What people do with certification books."""

    ENTER = "enter"
    SIGN = "sign"
    REFUSE = "refuse"
    CORRECT = "correct"
    CLOSE_DAY = "close_day"
    REOPEN_DAY = "reopen_day"
    CLOSE_YEAR = "close_year"
    AUTHORISE = "authorise"
    READ = "read"


_DESK = frozenset({"reception_officer"})
SEATS: Mapping[Doing, frozenset[str]] = {
    Doing.ENTER: _DESK,
    Doing.SIGN: _DESK,
    Doing.REFUSE: _DESK,
    Doing.CORRECT: _DESK,
    Doing.CLOSE_DAY: _DESK,
    # The manager controls and never certifies: opening a closed day again needs a second person.
    Doing.REOPEN_DAY: frozenset({"desk_manager"}),
    # Who signs confirms the yearly count (23/2015/NĐ-CP Đ13).
    Doing.CLOSE_YEAR: LEADERS,
    Doing.AUTHORISE: LEADERS,
    Doing.READ: _DESK | LEADERS | {"desk_manager", "justice_officer", "clerk", "inspector"},
}
LABELS: Mapping[Doing, Say] = {
    Doing.ENTER: Say("ghi sổ chứng thực", "enter certifications"),
    Doing.SIGN: Say("xác nhận đã ký, đã trả", "confirm that it is signed and handed over"),
    Doing.REFUSE: Say("ghi từ chối chứng thực", "record a refusal"),
    Doing.CORRECT: Say("đính chính sổ", "correct the book"),
    Doing.CLOSE_DAY: Say("khóa sổ ngày", "close the day"),
    Doing.REOPEN_DAY: Say("mở lại sổ ngày", "reopen a day"),
    Doing.CLOSE_YEAR: Say("khóa sổ năm", "close the year"),
    Doing.AUTHORISE: Say("giao ký chứng thực", "authorise signers"),
    Doing.READ: Say("xem sổ chứng thực", "read the certification books"),
}


def may(actor: Actor, doing: Doing, *, agency: str) -> bool:
    """Whether this seat may."""
    return actor.kind == "staff" and actor.agency == agency and actor.position_kind in SEATS[doing]


def check(actor: Actor, doing: Doing, *, agency: str) -> None:
    """Raise Denied unless this seat may."""
    if not may(actor, doing, agency=agency):
        raise Denied(
            f"Vị trí của bạn không có quyền {LABELS[doing].vi}.",
            f"Your position does not allow you to {LABELS[doing].en}.",
        )


def seat(viewer: Viewer, doing: Doing) -> Capacity:
    """The seat in which `viewer` does it. Raises Denied when none of theirs may."""
    for capacity in viewer.capacities:
        if capacity.kind in SEATS[doing]:
            return capacity
    raise Denied(
        f"Vị trí của bạn không có quyền {LABELS[doing].vi}.",
        f"Your position does not allow you to {LABELS[doing].en}.",
    )
