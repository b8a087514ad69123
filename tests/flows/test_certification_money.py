"""Money taken for a slip whose numbers are struck out later: the difference goes back, the rest stays paid, and what is
due and what was paid agree before the papers are handed over."""

from datetime import timedelta

import pytest
from pypdfium2 import PdfDocument

from motcua.flows import money, progress
from motcua.kernel.errors import NotAllowedNow
from motcua.ledger.selectors import check
from motcua.payments import selectors as paid
from motcua.payments.operations import Tender
from motcua.web.common.pdf.render import render_receipt
from motcua.web.counter.receipt import receipt_facts
from tests.support.acts import act
from tests.support.certification import hand_over, transaction
from tests.support.lives import row_of
from tests.support.money_days import CASH, book, closed, do, taken, written
from tests.support.paid_slips import (
    AT,
    CHARGE,
    agreed,
    asked,
    charges,
    counted_lower,
    numbered,
    paid_back,
    paid_slip,
    struck_out,
)
from tests.support.world import viewer

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def test_the_difference_goes_back_and_the_rest_stays_paid():
    row, receipt = counted_lower()
    code = row["code"]
    assert charges(code) == [(CHARGE, 14_000, "paid", 12_000)]
    before = written()
    with pytest.raises(NotAllowedNow, match=r"đã chốt thì hoàn 2\.000 đồng"):
        hand_over(row["id"], AT)
    assert written() == before
    voucher = paid_back(agreed(receipt, code))
    assert (voucher["total"], voucher["lines"][0]["amount"]) == (2_000, 2_000)
    shown = paid.receipt(receipt, viewer=viewer("thuquy"))
    assert (shown.row["total"], shown.lines[0].amount, shown.back[code, CHARGE]) == (14_000, 14_000, 2_000)
    assert charges(code) == [(CHARGE, 12_000, "paid", None)]
    assert row_of(code)["fee_total"] == 12_000
    totals = paid.totals_of(book())
    assert (totals.cash_out, totals.expected) == (2_000, 12_000)
    assert closed({10_000: 1, 2_000: 1})["counted"] == 12_000
    facts = receipt_facts(code, viewer=viewer("tiepnhan1"))
    text = " ".join(page.get_textpage().get_text_range() for page in PdfDocument(render_receipt(facts)))
    assert "2.000" in text
    assert "đã hoàn phần thu thừa: 2.000 đồng" in facts.fee
    hand_over(row["id"], AT)
    assert row_of(code)["state"] == "returned"
    assert check().faults == ()


def test_while_one_refund_waits_no_other_is_asked_for_and_never_more_than_was_paid():
    row, receipt = counted_lower()
    first = agreed(receipt, row["code"])
    before = written()
    with pytest.raises(NotAllowedNow):
        asked(receipt, row["code"])
    assert written() == before
    paid_back(first)
    act("tiepnhan1", AT, progress.withdraw, code=row["code"], shown_by="signed_paper")
    assert asked(receipt, row["code"])["total"] == 12_000
    refund = paid.open_refunds(viewer=viewer("thuquy"))[0][0]["id"]
    do("chutich", money.decide_refund, refund=refund, agreed=True)
    paid_back(refund)
    assert [c[2] for c in charges(row["code"])] == ["refunded"]
    with pytest.raises(NotAllowedNow):
        asked(receipt, row["code"])
    assert check().faults == ()


def test_a_fee_counted_anew_after_the_leaders_word_is_not_paid_back_by_it():
    row, receipt = counted_lower()
    refund = agreed(receipt, row["code"])
    struck_out(1)  # all wait again, at the full price
    assert charges(row["code"]) == [(CHARGE, 14_000, "paid", None)]
    before = written()
    with pytest.raises(NotAllowedNow, match="đã tính lại"):
        paid_back(refund)
    assert written() == before
    do("chutich", money.decide_refund, refund=refund, agreed=False, reason="Đã tính lại phí.")
    with pytest.raises(NotAllowedNow):
        paid_back(refund)
    numbered(row, AT + MINUTE)
    hand_over(row["id"], AT + MINUTE)
    assert check().faults == ()


def test_what_was_agreed_to_whole_is_not_paid_once_a_part_is_due():
    row, receipt = paid_slip()
    closed({10_000: 1, 2_000: 2})
    refund = agreed(receipt, row["code"])
    struck_out(2)
    with pytest.raises(NotAllowedNow, match="đã tính lại"):
        paid_back(refund)
    assert charges(row["code"]) == [(CHARGE, 14_000, "paid", 12_000)]


def test_what_comes_back_after_the_difference_went_is_paid_by_a_charge_of_its_own():
    row, receipt = counted_lower()
    code = row["code"]
    paid_back(agreed(receipt, code))
    struck_out(1)
    assert charges(code) == [(CHARGE, 12_000, "paid", None), ("certification-2", 2_000, "open", None)]
    assert (row_of(code)["fee_total"], row_of(code)["fee_open"]) == (14_000, True)
    assert "thu thêm: 2.000 đồng, chưa nộp" in receipt_facts(code, viewer=viewer("tiepnhan1")).fee
    numbered(row, AT + MINUTE)
    struck_out(4, at=AT + MINUTE)
    assert charges(code)[1] == ("certification-2", 0, "nothing", None)
    struck_out(3, at=AT + MINUTE)
    assert taken(code, at=AT + MINUTE)["total"] == 2_000
    numbered(row, AT + 2 * MINUTE)
    hand_over(row["id"], AT + 2 * MINUTE)
    assert [c[2] for c in charges(code)] == ["paid", "paid"]
    assert check().faults == ()


def test_numbers_that_cost_nothing_give_all_back_and_cost_again_once_they_wait_again():
    row, receipt = paid_slip(transaction("mortgage", "mortgage_rural", signer=None))
    code, much = row["code"], charges(row["code"])[0][1]
    struck_out(1, "transaction")
    assert charges(code) == [(CHARGE, much, "paid", 0)]
    closed({1_000: much // 1_000})
    assert paid_back(agreed(receipt, code))["total"] == much
    assert charges(code) == [(CHARGE, 0, "refunded", None)]
    struck_out(2, "transaction")
    assert charges(code)[1] == ("certification-2", much, "open", None)
    taken(code, tender=CASH if much <= 50_000 else Tender(means="card", payer="Quỹ", slip="1"))
    numbered(row, AT + MINUTE)
    hand_over(row["id"], AT + MINUTE)
    assert check().faults == ()
