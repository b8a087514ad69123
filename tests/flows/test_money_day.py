"""The cashier's day: receipts voided and replaced, money given back, the box counted, a book opened again."""

from typing import Any

import pytest
from django.db import connection

from motcua.flows import day_books, money, progress
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow
from motcua.payments import selectors as paid
from motcua.payments.operations import Tender
from tests.support.acts import act
from tests.support.lives import MINUTE, opened, row_of
from tests.support.money_days import AT, CASH, asked_back, book, closed, do, fees, given_back, taken, written
from tests.support.world import actor, viewer

pytestmark = pytest.mark.django_db
CASHIER, MANAGER, LEADER = "thuquy", "truongquay", "chutich"
CARD = Tender(means="card", payer="Lê Văn Tám", slip="9")


def reopened(row: dict[str, Any]) -> None:
    """A closed book, opened again by two people."""
    do(CASHIER, day_books.ask_reopening, AT, book=row["id"], reason="Đếm nhầm.")
    do(MANAGER, day_books.reopen_book, AT, book=row["id"])


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


def test_a_refund_waits_for_a_leader_and_takes_a_number_of_its_own():
    code = opened(AT)
    receipt = taken(code)
    closed({10_000: 1})
    asked = asked_back(receipt["id"], code, ground="paid_twice")
    paying = {"refund": asked["id"], "means": "cash", "recipient": "Nguyễn Thị Ánh Tuyết"}
    before = written()
    with pytest.raises(NotAllowedNow):
        do(CASHIER, money.pay_refund, AT, **paying)
    for login in (MANAGER, CASHIER):
        with pytest.raises(Denied):
            do(login, money.decide_refund, AT, refund=asked["id"], agreed=True)
    assert written() == before
    do(LEADER, money.decide_refund, AT, refund=asked["id"], agreed=True)
    voucher = do(CASHIER, money.pay_refund, AT, **paying)
    assert paid.name_of(voucher) == "PC-2026/0000001"
    assert fees(code) == [("registration", 10_000, "refunded")]
    assert paid.totals_of(book()).expected == 0
    with pytest.raises(NotAllowedNow):
        do(CASHIER, money.pay_refund, AT, **paying)
    with pytest.raises(NotAllowedNow):
        asked_back(voucher["receipt"], code)


def test_a_declined_refund_is_over_and_may_be_asked_for_again():
    code = opened(AT)
    receipt = taken(code)
    closed({10_000: 1})
    asked = asked_back(receipt["id"], code)
    with pytest.raises(Invalid):
        do(LEADER, money.decide_refund, AT, refund=asked["id"], agreed=False)
    do(LEADER, money.decide_refund, AT, refund=asked["id"], agreed=False, reason="Đã giải quyết xong.")
    assert paid.open_refunds(viewer=viewer(CASHIER)) == ([], None)
    assert given_back(receipt["id"], code)["number"] == 1


def test_until_the_book_is_counted_a_receipt_is_voided_not_refunded():
    code = opened(AT)
    receipt = taken(code)
    before = written()
    with pytest.raises(NotAllowedNow, match="hủy hoặc thay biên lai"):
        asked_back(receipt["id"], code)
    assert written() == before


@pytest.mark.parametrize("replacement", [None, CASH], ids=["voided", "replaced"])
@pytest.mark.parametrize("paid_out", [False, True], ids=["asked", "paid"])
def test_what_goes_back_by_a_refund_does_not_go_back_by_voiding_too(replacement, paid_out):
    """The book is opened again meanwhile, so that nothing but the refund stands in the way."""
    code = opened(AT)
    receipt = taken(code)
    reopened(closed({10_000: 1}))
    given_back(receipt["id"], code) if paid_out else asked_back(receipt["id"], code)
    before, expected = written(), paid.totals_of(book()).expected
    with pytest.raises(NotAllowedNow, match="đề nghị hoàn tiền"):
        do(CASHIER, money.void, AT, receipt=receipt["id"], reason="nhầm", replacement=replacement)
    assert (written(), paid.totals_of(book()).expected) == (before, expected)
    assert expected == (0 if paid_out else 10_000)


def test_a_refund_of_a_receipt_that_is_void_is_not_paid():
    """Such a pair was written by hand: no deed leads there any more."""
    code = opened(AT)
    receipt = taken(code)
    closed({10_000: 1})
    asked = asked_back(receipt["id"], code)
    do(LEADER, money.decide_refund, AT, refund=asked["id"], agreed=True)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE payments_receipt SET voided_at = at WHERE id = %s", [receipt["id"]])
    before = written()
    with pytest.raises(NotAllowedNow, match="đã hủy"):
        do(CASHIER, money.pay_refund, AT, refund=asked["id"], means="cash", recipient="Bà Tuyết")
    assert written() == before


@pytest.mark.parametrize(
    ("tender", "refused", "allowed"),
    [
        (CASH, ["card", "transfer", "gold"], {"means": "cash"}),
        (CARD, ["cash", "gold"], {"means": "card", "slip": "7"}),
        (CARD, ["cash"], {"means": "transfer", "slip": "FT1"}),
    ],
)
def test_money_goes_back_the_way_it_came(tender, refused, allowed):
    code = opened(AT)
    receipt = taken(code, tender=tender)
    closed({10_000: 1} if tender is CASH else {})
    asked = asked_back(receipt["id"], code)
    do(LEADER, money.decide_refund, AT, refund=asked["id"], agreed=True)
    before = written()
    for means in refused:
        with pytest.raises(Invalid) as refusal:
            do(CASHIER, money.pay_refund, AT, refund=asked["id"], means=means, slip="1", recipient="Bà T")
        assert refusal.value.field == "means"
    assert written() == before
    voucher = do(CASHIER, money.pay_refund, AT, refund=asked["id"], recipient="Bà Tuyết", **allowed)
    assert (voucher["means"], voucher["slip"]) == (allowed["means"], allowed.get("slip", ""))


def test_what_goes_back_by_transfer_leaves_the_box_alone_and_names_its_transaction():
    code = opened(AT)
    receipt = taken(code, tender=CARD)
    closed({})
    asked = asked_back(receipt["id"], code)
    do(LEADER, money.decide_refund, AT, refund=asked["id"], agreed=True)
    with pytest.raises(Invalid) as refusal:
        do(CASHIER, money.pay_refund, AT, refund=asked["id"], means="transfer", recipient="Bà Tuyết")
    assert refusal.value.field == "slip"
    do(CASHIER, money.pay_refund, AT, refund=asked["id"], means="transfer", slip="FT1", recipient="Bà Tuyết")
    sums = paid.totals_of(book())
    assert (sums.expected, sums.cash_out, sums.card_out) == (0, 0, 10_000)


# The day.


def test_a_day_that_balances_is_closed_and_carries_over_what_stays_in_the_box():
    taken(opened(AT))
    taken(opened(AT), tender=CARD)
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


@pytest.mark.parametrize("what", ["voided", "refunded", "short"])
def test_a_book_with_a_void_a_refund_or_a_difference_is_not_closed_alone(what):
    code = opened(AT)
    receipt = taken(code)
    if what == "voided":
        do(CASHIER, money.void, AT, receipt=receipt["id"], reason="Nhầm")
    if what == "refunded":
        assert not closed({10_000: 1})["seconded"]
        given_back(receipt["id"], code)
    row = closed({}, note="Mất tiền." if what == "short" else "")
    assert row["seconded"]
    with pytest.raises(Denied, match="người thứ hai"):
        do(CASHIER, day_books.confirm_closing, AT, book=row["id"])
    confirmed = do(MANAGER, day_books.confirm_closing, AT, book=row["id"])
    assert confirmed["confirmed_by"] == actor(MANAGER).id


def test_a_book_opened_again_does_not_let_what_was_counted_be_voided():
    code = opened(AT)
    first = taken(code)
    reopened(closed({10_000: 1}))
    before = written()
    with pytest.raises(NotAllowedNow, match="hoàn tiền"):
        do(CASHIER, money.void, AT, receipt=first["id"], reason="nhầm")
    assert written() == before
    second = taken(opened(AT), at=AT + MINUTE)
    assert second["book"] == first["book"]
    do(CASHIER, money.void, AT + MINUTE, receipt=second["id"], reason="nhầm")
    assert given_back(first["id"], code, at=AT + MINUTE)["number"] == 1


def test_a_book_is_opened_again_by_two_people_and_only_while_nothing_came_in_since():
    taken(opened(AT))
    row = closed({10_000: 1})
    do(CASHIER, day_books.ask_reopening, AT, book=row["id"], reason="Đếm nhầm.")
    with pytest.raises(Denied):
        do(CASHIER, day_books.reopen_book, AT, book=row["id"])
    do(MANAGER, day_books.reopen_book, AT, book=row["id"])
    assert book()["id"] == row["id"]
    row = closed({10_000: 1})
    do(CASHIER, day_books.ask_reopening, AT, book=row["id"], reason="Đếm nhầm.")
    taken(opened(AT), at=AT + MINUTE)
    with pytest.raises(NotAllowedNow, match="ngày sau"):
        do(MANAGER, day_books.reopen_book, AT, book=row["id"])


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


def test_what_was_paid_for_a_dossier_withdrawn_the_same_day_is_voided():
    code = opened(AT)
    receipt = taken(code)
    act("tiepnhan1", AT + MINUTE, progress.withdraw, code=code, shown_by="signed_paper")
    do(CASHIER, money.void, AT + 2 * MINUTE, receipt=receipt["id"], reason="Đã rút hồ sơ.")
    assert paid.totals_of(book()).expected == 0
    assert row_of(code)["state"] == "withdrawn"
