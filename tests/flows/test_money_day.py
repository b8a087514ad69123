"""The cashier's day: receipts voided and replaced, money given back, the box counted, a book opened again."""

from typing import Any
from uuid import UUID

import pytest

from motcua.flows import money
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow
from motcua.payments import selectors as paid
from motcua.payments.operations import Tender
from tests.support.lives import MINUTE, opened, row_of
from tests.support.money_days import AT, book, closed, do, fees, taken, written
from tests.support.world import actor, viewer

pytestmark = pytest.mark.django_db
CASHIER, MANAGER, LEADER = "thuquy", "truongquay", "chutich"


# Voiding, replacing, giving back.


def test_a_voided_receipt_keeps_its_number_and_the_charge_is_open_again():
    code = opened(AT)
    first = taken(code)
    do(CASHIER, money.void, AT + MINUTE, receipt=first["id"], reason="Ghi nhầm tên")
    assert fees(code) == [("registration", 10_000, "open")]
    second = taken(code, at=AT + 2 * MINUTE)
    assert (first["number"], second["number"]) == (1, 2)
    with pytest.raises(NotAllowedNow):
        do(CASHIER, money.void, AT + 3 * MINUTE, receipt=first["id"], reason="lần nữa")


def test_a_replacement_names_the_voided_one_and_the_dossier_stays_paid():
    code = opened(AT)
    first = taken(code)
    other = Tender(means="card", payer="Nguyễn Văn B", slip="77")
    second = do(CASHIER, money.void, AT, receipt=first["id"], reason="Sai tên", replacement=other)
    assert (second["replaces"], second["number"]) == (first["id"], 2)
    old = paid.receipt(first["id"], viewer=viewer(CASHIER))
    assert (old.row["replaced_by"], old.void_why) == (second["id"], "Sai tên")
    row = row_of(code)
    assert fees(code) == [("registration", 10_000, "paid")]
    assert "BL-2026/0000002" in row["fees"]


def test_after_the_closing_money_goes_back_by_a_voucher_not_by_voiding():
    code = opened(AT)
    receipt = taken(code)
    closed({10_000: 1})
    with pytest.raises(NotAllowedNow, match="hoàn tiền"):
        do(CASHIER, money.void, AT, receipt=receipt["id"], reason="nhầm")


def refund(receipt: UUID, code: str, ground: str = "overcharged", at: Any = AT) -> dict[str, Any]:
    row: dict[str, Any] = do(
        CASHIER,
        money.ask_refund,
        at,
        receipt=receipt,
        charges=[(code, "registration")],
        ground=ground,
        reason="Nhầm.",
    )
    return row


def test_a_refund_waits_for_a_leader_and_takes_a_number_of_its_own():
    code = opened(AT)
    asked = refund(taken(code)["id"], code)
    paying = {"refund": asked["id"], "means": "cash", "recipient": "Nguyễn Thị Ánh Tuyết"}
    with pytest.raises(NotAllowedNow):
        do(CASHIER, money.pay_refund, AT, **paying)
    with pytest.raises(Denied):
        do(MANAGER, money.decide_refund, AT, refund=asked["id"], agreed=True)
    do(LEADER, money.decide_refund, AT, refund=asked["id"], agreed=True)
    voucher = do(CASHIER, money.pay_refund, AT, **paying)
    assert paid.name_of(voucher) == "PC-2026/0000001"
    assert fees(code) == [("registration", 10_000, "refunded")]
    assert paid.totals_of(book()).expected == 0
    with pytest.raises(NotAllowedNow):
        do(CASHIER, money.pay_refund, AT, **paying)
    with pytest.raises(NotAllowedNow):
        refund(voucher["receipt"], code)


def test_what_was_paid_twice_needs_no_leader_and_a_declined_refund_is_over():
    code = opened(AT)
    receipt = taken(code)
    asked = refund(receipt["id"], code)
    with pytest.raises(Invalid):
        do(LEADER, money.decide_refund, AT, refund=asked["id"], agreed=False)
    do(LEADER, money.decide_refund, AT, refund=asked["id"], agreed=False, reason="Đã giải quyết xong.")
    assert paid.open_refunds(viewer=viewer(CASHIER)) == []
    again = refund(receipt["id"], code, ground="paid_twice")
    do(CASHIER, money.pay_refund, AT, refund=again["id"], means="cash", recipient="Bà Tuyết")


# The day.


def test_a_day_that_balances_is_closed_and_carries_over_what_stays_in_the_box():
    taken(opened(AT))
    taken(opened(AT), tender=Tender(means="card", payer="Lê Văn Tám", slip="9"))
    row = closed({10_000: 1}, handed_in=8_000)
    assert (row["expected"], row["counted"], row["cash_in"], row["card_in"]) == (
        10_000,
        10_000,
        10_000,
        10_000,
    )
    assert (row["receipts"], row["voided"], row["seconded"]) == (2, 0, False)

    taken(opened(AT), at=AT + MINUTE)

    after = book()
    assert (after["number"], after["carried"]) == (row["number"] + 1, 2_000)
    assert paid.totals_of(after).expected == 12_000


def test_a_difference_says_how_much_and_at_which_receipt():
    taken(opened(AT, procedure="1.000656"))
    second = taken(opened(AT))
    with pytest.raises(Invalid, match=r"thiếu 10\.000 đồng"):
        closed({5_000: 1})
    (suspect,) = paid.suspects_of(book(), 5_000)
    assert suspect.id == second["id"]
    row = closed({5_000: 1}, faulty=second["id"], note="Chưa thu tiền mặt của biên lai này.")
    assert (row["counted"] - row["expected"], row["faulty"]) == (-10_000, second["id"])


def test_who_voided_a_receipt_does_not_close_alone():
    code = opened(AT)
    do(CASHIER, money.void, AT, receipt=taken(code)["id"], reason="Nhầm")
    row = closed({})
    assert row["seconded"]
    with pytest.raises(Denied, match="người thứ hai"):
        do(CASHIER, money.confirm_closing, AT, book=row["id"])
    confirmed = do(MANAGER, money.confirm_closing, AT, book=row["id"])
    assert confirmed["confirmed_by"] == actor(MANAGER).id


def test_a_book_is_opened_again_by_two_people_and_only_while_nothing_came_in_since():
    taken(opened(AT))
    row = closed({10_000: 1})
    do(CASHIER, money.ask_reopening, AT, book=row["id"], reason="Đếm nhầm.")
    with pytest.raises(Denied):
        do(CASHIER, money.reopen_book, AT, book=row["id"])
    do(MANAGER, money.reopen_book, AT, book=row["id"])
    assert book()["id"] == row["id"]
    row = closed({10_000: 1})
    do(CASHIER, money.ask_reopening, AT, book=row["id"], reason="Đếm nhầm.")
    taken(opened(AT), at=AT + MINUTE)
    with pytest.raises(NotAllowedNow, match="ngày sau"):
        do(MANAGER, money.reopen_book, AT, book=row["id"])


@pytest.mark.parametrize("login", ["tiepnhan1", MANAGER, LEADER, "thanhtra"])
def test_nobody_but_the_cashier_voids_or_closes(login):
    receipt = taken(opened(AT))
    before = written()
    with pytest.raises(Denied):
        do(login, money.void, AT, receipt=receipt["id"], reason="x")
    with pytest.raises(Denied):
        closed({10_000: 1}, login=login)
    assert written() == before


def test_notes_that_are_none_are_refused():
    taken(opened(AT))
    for notes in ({3: 1}, {10_000: -1}, {10_000: 10**9}):
        with pytest.raises(Invalid):
            closed(notes)
