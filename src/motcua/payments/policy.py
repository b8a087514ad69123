"""Who may do what with money: seats x deeds as data, and what must be two people."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from motcua.agencies.positions import LEADERS
from motcua.kernel.actor import Actor, Capacity, Viewer
from motcua.kernel.errors import Denied
from motcua.kernel.say import Say

# Who writes down what came in by itself, through the bank or the platform.
GATEWAY = Actor(kind="system", id="gateway")


class Deed(StrEnum):
    """What is done with money at a desk."""

    TAKE = "take"
    VOID = "void"
    ASK_REFUND = "ask_refund"
    DECIDE_REFUND = "decide_refund"
    PAY_REFUND = "pay_refund"
    CLOSE = "close"
    CONFIRM = "confirm"
    ASK_REOPENING = "ask_reopening"
    REOPEN = "reopen"
    ASK_ACCOUNT = "ask_account"
    SET_ACCOUNT = "set_account"
    SETTLE = "settle"
    ENTER_STATEMENT = "enter_statement"
    CONFIRM_STATEMENT = "confirm_statement"
    CLOSE_SETTLEMENT = "close_settlement"
    CONFIRM_SETTLEMENT = "confirm_settlement"
    SEND_SETTLEMENT = "send_settlement"
    RECEIVE_SETTLEMENT = "receive_settlement"
    READ = "read"


_CASHIER = frozenset({"cashier"})
_CONTROL = frozenset({"desk_manager"})
SEATS: Mapping[Deed, frozenset[str]] = {
    Deed.TAKE: _CASHIER,
    Deed.VOID: _CASHIER,
    Deed.ASK_REFUND: _CASHIER,
    Deed.DECIDE_REFUND: LEADERS,
    Deed.PAY_REFUND: _CASHIER,
    Deed.CLOSE: _CASHIER,
    Deed.CONFIRM: _CASHIER | _CONTROL | LEADERS,
    Deed.ASK_REOPENING: _CASHIER | _CONTROL,
    Deed.REOPEN: _CASHIER | _CONTROL | LEADERS,
    Deed.ASK_ACCOUNT: _CASHIER | LEADERS,
    # Whose signature the bank knows.
    Deed.SET_ACCOUNT: LEADERS,
    Deed.SETTLE: _CASHIER,
    Deed.ENTER_STATEMENT: _CASHIER,
    # As for a closing: where there is one cashier only, who controls or leads is the second.
    Deed.CONFIRM_STATEMENT: _CASHIER | _CONTROL | LEADERS,
    Deed.CLOSE_SETTLEMENT: _CASHIER,
    Deed.CONFIRM_SETTLEMENT: _CASHIER | _CONTROL | LEADERS,
    Deed.SEND_SETTLEMENT: _CASHIER,
    # At the agency whose money it is; few of them have a cashier here.
    Deed.RECEIVE_SETTLEMENT: _CASHIER | _CONTROL | LEADERS,
    Deed.READ: _CASHIER | _CONTROL | LEADERS | {"inspector"},
}
# Whoever did the one, or for whom it was done, may not do the other to the same thing, nor may anybody for them.
TWO_PEOPLE: Mapping[Deed, Deed] = {
    Deed.CONFIRM: Deed.CLOSE,
    Deed.REOPEN: Deed.ASK_REOPENING,
    Deed.DECIDE_REFUND: Deed.ASK_REFUND,
    Deed.SET_ACCOUNT: Deed.ASK_ACCOUNT,
    Deed.CONFIRM_STATEMENT: Deed.ENTER_STATEMENT,
    Deed.CONFIRM_SETTLEMENT: Deed.CLOSE_SETTLEMENT,
    Deed.RECEIVE_SETTLEMENT: Deed.SEND_SETTLEMENT,
}
# Of a row, under which name it is kept who did the first of the two, and for whom.
_FIRST: Mapping[Deed, str] = {
    Deed.CONFIRM: "closed",
    Deed.REOPEN: "reopening",
    Deed.DECIDE_REFUND: "asked",
    Deed.SET_ACCOUNT: "proposed",
    Deed.CONFIRM_STATEMENT: "handed",
    Deed.CONFIRM_SETTLEMENT: "closed",
    Deed.RECEIVE_SETTLEMENT: "sent",
}
# A book in which one of these was done is not closed by one person alone, nor one that does not balance.
NOT_CLOSED_ALONE = frozenset({Deed.VOID, Deed.PAY_REFUND})
# Why money goes back. A leader agrees to every refund: one person alone takes nothing out of the box.
GROUNDS: Mapping[str, Say] = {
    "overcharged": Say("Thu thừa, thu nhầm", "Too much or wrongly taken"),
    "paid_twice": Say("Đã nộp hai lần", "Paid twice"),
    "ended": Say("Hồ sơ đã rút hoặc dừng giải quyết", "The dossier was withdrawn or stopped"),
    "exempt": Say("Thuộc diện miễn, giảm", "Exempt"),
}
# How money goes back, by how it came: what was paid by card never leaves the cash box.
BACK_BY: Mapping[str, tuple[str, ...]] = {
    "cash": ("cash",),
    "card": ("card", "transfer"),
    "bank": ("transfer",),
    "platform": ("transfer",),
}
LABELS: Mapping[Deed, Say] = {
    Deed.TAKE: Say("thu tiền", "take money"),
    Deed.VOID: Say("hủy biên lai", "void a receipt"),
    Deed.ASK_REFUND: Say("đề nghị hoàn tiền", "ask for a refund"),
    Deed.DECIDE_REFUND: Say("duyệt hoàn tiền", "decide on a refund"),
    Deed.PAY_REFUND: Say("chi hoàn tiền", "pay a refund"),
    Deed.CLOSE: Say("chốt sổ quỹ", "close the cash book"),
    Deed.CONFIRM: Say("xác nhận chốt sổ", "confirm a closing"),
    Deed.ASK_REOPENING: Say("đề nghị mở lại sổ", "ask for the reopening of a book"),
    Deed.REOPEN: Say("mở lại sổ", "reopen a book"),
    Deed.ASK_ACCOUNT: Say("đề nghị tài khoản nhận tiền", "propose the account that takes money"),
    Deed.SET_ACCOUNT: Say("đặt tài khoản nhận tiền", "set the account that takes money"),
    Deed.SETTLE: Say("xử lý tiền chuyển khoản", "settle money that came in"),
    Deed.ENTER_STATEMENT: Say("nhập sao kê ngân hàng", "hand up a bank's statement"),
    Deed.CONFIRM_STATEMENT: Say("xác nhận sao kê ngân hàng", "confirm a bank's statement"),
    Deed.CLOSE_SETTLEMENT: Say("lập bảng kê thu hộ", "close a settlement"),
    Deed.CONFIRM_SETTLEMENT: Say("xác nhận bảng kê thu hộ", "confirm a settlement"),
    Deed.SEND_SETTLEMENT: Say("ghi chuyển tiền thu hộ", "note that a settlement's money was sent"),
    Deed.RECEIVE_SETTLEMENT: Say("xác nhận đã nhận tiền thu hộ", "confirm a settlement's money"),
    Deed.READ: Say("xem sổ quỹ", "look at the cash book"),
}


def check(actor: Actor, deed: Deed, agency: str) -> None:
    """Raise Denied unless `actor` holds a seat for `deed` in `agency`."""
    if actor.kind != "staff" or actor.agency != agency or actor.position_kind not in SEATS[deed]:
        raise _denied(deed)


def check_second(
    actor: Actor, deed: Deed, row: Mapping[str, Any], others: frozenset[str] = frozenset()
) -> None:
    """Raise Denied when `actor`, or for whom they act, did the first half of a two-person act, as `row` keeps it, or
    had it done for them, or is one of `others`, who had a hand in it before."""
    if _is_first(actor, deed, row) or actor.people & others:
        vi, en = LABELS[deed].vi, LABELS[deed].en
        raise Denied(f"Cần người thứ hai để {vi}.", f"Another person has to {en}.")


def _is_first(actor: Actor, deed: Deed, row: Mapping[str, Any]) -> bool:
    first = _FIRST[deed]
    return bool(actor.people & {row[f"{first}_by"], row[f"{first}_for"]})


def needs_second(done: Mapping[Deed, int], *, difference: int) -> bool:
    """Whether another person has to confirm a closing: it does not balance, or has a deed nobody closes alone."""
    return difference != 0 or any(done.get(deed) for deed in NOT_CLOSED_ALONE)


def seat_for(viewer: Viewer, deed: Deed) -> Capacity:
    """The seat in which `viewer` does `deed`. Raises Denied."""
    for capacity in viewer.capacities:
        if capacity.kind in SEATS[deed]:
            return capacity
    raise _denied(deed)


def may(viewer: Viewer, deed: Deed, agency: str) -> bool:
    """Whether `viewer` holds a seat for `deed` in `agency`."""
    return any(c.kind in SEATS[deed] and c.agency == agency for c in viewer.capacities)


def may_second(
    viewer: Viewer, deed: Deed, agency: str, row: Mapping[str, Any], others: frozenset[str] = frozenset()
) -> bool:
    """Whether `viewer` holds a seat for `deed` in `agency` in which they are another than who did the first half, and
    than `others`."""
    held = (viewer.actor(c) for c in viewer.capacities if c.kind in SEATS[deed] and c.agency == agency)
    return any(not _is_first(each, deed, row) and not each.people & others for each in held)


def reads(viewer: Viewer, agency: str) -> bool:
    """Whether the cash books of `agency` exist for `viewer`."""
    return viewer.sees(agency, SEATS[Deed.READ])


def no_reader() -> Denied:
    """The refusal for who holds no seat that looks at money, with who does."""
    return Denied(
        "Vị trí của bạn không xem sổ quỹ, bảng kê thu hộ; người thu phí, phụ trách Bộ phận Một cửa, lãnh đạo,"
        " thanh tra xem được.",
        "Your position does not look at cash books and settlements; cashiers, desk managers, leaders and inspectors"
        " do.",
    )


def _denied(deed: Deed) -> Denied:
    vi, en = LABELS[deed].vi, LABELS[deed].en
    return Denied(f"Vị trí của bạn không được {vi}.", f"Your position may not {en}.")
