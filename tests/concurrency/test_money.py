"""Money and two people at once: one charge is paid once, numbers have no gap, a closing waits for who is paying."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection

from motcua.dossiers import operations as dossiers
from motcua.dossiers.owing import chosen
from motcua.flows import day_books, money
from motcua.kernel.errors import Invalid, NotAllowedNow, Refusal
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.operations import AlreadyDone
from motcua.ledger.selectors import check
from motcua.payments import operations as payments, selectors as paid
from motcua.payments.operations import Count
from motcua.payments.record import rows
from tests.support.lives import opened
from tests.support.money_days import AT, CASH, asked_back, book, closed, do, taken, written
from tests.support.streams import count
from tests.support.together import all_at_once, alone, somebody_waits
from tests.support.world import COMMUNE, actor, viewer

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_cashiers_take_the_same_fee_at_once():
    code = opened(AT)
    answers = all_at_once(lambda _: taken(code), range(4))
    assert sum(isinstance(answer, Invalid) for answer in answers) == 3
    assert count("payments_receipt") == count("payments_line") == 1
    assert check().faults == ()


def test_the_control_without_the_dossiers_lock_the_database_has_to_stop_one(monkeypatch):
    """Both read that the fee is open; the index that lets a charge stand once refuses the second."""
    code = opened(AT)
    taken(opened(AT))  # the book is open
    both_have_read = threading.Barrier(2)

    def read_then_wait(codes):
        found = {one.row["code"]: one.row for one in chosen(viewer=viewer("thuquy"), codes=codes)}
        both_have_read.wait(10)
        return found

    monkeypatch.setattr(dossiers, "lock_several", read_then_wait)
    answers = all_at_once(lambda _: taken(code), range(2))
    assert sum(isinstance(answer, IntegrityError) for answer in answers) == 1
    assert count("payments_receipt") == 2


def test_one_form_sent_at_once_is_one_receipt():
    code, who = opened(AT), actor("thuquy", at=AT)

    def send(_):
        with unit_of_work(actor=who, at=AT, request=Request.of("key", b"form"), origin="simulated"):
            return money.take(codes=[code], tender=CASH, actor=who, at=AT)

    answers = all_at_once(send, range(5))
    (first,) = [answer for answer in answers if not isinstance(answer, Exception)]
    told = {answer.stream for answer in answers if isinstance(answer, AlreadyDone)}
    assert told == {first.row["id"]}
    assert sum(isinstance(answer, AlreadyDone) for answer in answers) == 4


def test_many_receipts_at_once_have_no_gap_and_one_book():
    codes = [opened(AT) for _ in range(8)]
    answers = all_at_once(taken, codes)
    assert sorted(answer["number"] for answer in answers) == list(range(1, 9))
    assert len({answer["book"] for answer in answers}) == 1
    assert count("payments_book") == 1
    assert check().faults == ()


def test_two_visits_that_share_dossiers_do_not_wait_in_a_ring():
    one, two = opened(AT), opened(AT)
    answers = all_at_once(lambda codes: taken(*codes), [(one, two), (two, one)])
    assert sum(isinstance(answer, Refusal) for answer in answers) == 1
    assert count("payments_receipt") == 1


def test_a_closing_waits_for_a_payment_at_work_and_counts_it():
    taken(opened(AT))
    code = opened(AT)
    begun, let_go = threading.Event(), threading.Event()

    def slowly():
        who = actor("thuquy", at=AT)
        with unit_of_work(actor=who, at=AT, request=Request.fresh(), origin="simulated"):
            money.take(codes=[code], tender=CASH, actor=who, at=AT)
            begun.set()
            let_go.wait(10)

    with ThreadPoolExecutor(2) as people:
        paying = people.submit(alone, slowly)
        assert begun.wait(10)
        closing = people.submit(alone, closed, {10_000: 2})
        with connection.cursor() as cursor:
            assert somebody_waits(cursor)
        let_go.set()
        paying.result()
        row = closing.result()
    assert (row["expected"], row["receipts"]) == (20_000, 2)


def test_a_payment_that_waited_for_a_closing_belongs_to_the_next_day():
    taken(opened(AT))
    code, before = opened(AT), book()
    begun, let_go = threading.Event(), threading.Event()

    def slowly():
        who = actor("thuquy", at=AT)
        with unit_of_work(actor=who, at=AT, request=Request.fresh(), origin="simulated"):
            day_books.close_book(book=before["id"], count=Count(notes={10_000: 1}), actor=who, at=AT)
            begun.set()
            let_go.wait(10)

    with ThreadPoolExecutor(2) as people:
        closing = people.submit(alone, slowly)
        assert begun.wait(10)
        paying = people.submit(alone, taken, code)
        with connection.cursor() as cursor:
            assert somebody_waits(cursor)
        let_go.set()
        closing.result()
        receipt = paying.result()
    after = paid.open_book(COMMUNE)
    assert after is not None
    assert receipt["book"] == after["id"] != before["id"]
    assert (after["number"], after["carried"]) == (before["number"] + 1, 10_000)


def test_two_people_close_at_once():
    taken(opened(AT))
    stream, counted = book()["id"], Count(notes={10_000: 1})
    answers = all_at_once(lambda _: do("thuquy", day_books.close_book, book=stream, count=counted), range(2))
    assert sum(isinstance(answer, Refusal) for answer in answers) == 1


def agreed_refund():
    """A receipt whose money is to go back, as the chair agreed; the refund, and the book it is paid from."""
    code = opened(AT)
    receipt = taken(code)["id"]
    closed({10_000: 1})
    refund = asked_back(receipt, code)["id"]
    do("chutich", money.decide_refund, refund=refund, agreed=True)
    taken(opened(AT))
    return refund


def paid_back(refund):
    return do("thuquy", money.pay_refund, refund=refund, means="cash", recipient="Lê Văn Tám")


def test_two_cashiers_pay_one_refund_at_once():
    refund = agreed_refund()
    before = written()
    answers = all_at_once(lambda _: paid_back(refund), range(3))
    assert sum(isinstance(answer, NotAllowedNow) for answer in answers) == 2
    assert [one["id"] for one in paid.vouchers_of(book()["id"])] == [refund]
    assert paid.totals_of(book()).cash_out == 10_000
    assert written()[0] == before[0] + 2, "of the refund and of its dossier"
    assert check().faults == ()


def test_two_people_ask_for_one_refund_at_once():
    code = opened(AT)
    receipt = taken(code)["id"]
    closed({10_000: 1})
    answers = all_at_once(lambda _: asked_back(receipt, code), range(3))
    assert sum(isinstance(answer, NotAllowedNow) for answer in answers) == 2
    assert count("payments_refund") == 1


def test_the_control_without_the_locks_the_ledger_has_to_stop_one(monkeypatch):
    """Both read that it may be paid; one stream has one next event."""
    refund, locked = agreed_refund(), payments.lock
    both_have_read = threading.Barrier(2)

    def read_then_wait(table, stream):
        if table != money.REFUND:
            return locked(table, stream)
        (row,) = rows("SELECT * FROM payments_refund WHERE id = %s", [stream])
        both_have_read.wait(10)
        return row

    def read(codes):
        return {one.row["code"]: one.row for one in chosen(viewer=viewer("thuquy"), codes=codes)}

    monkeypatch.setattr(payments, "lock", read_then_wait)
    monkeypatch.setattr(dossiers, "lock_several", read)
    answers = all_at_once(lambda _: paid_back(refund), range(2))
    assert sum(isinstance(answer, IntegrityError) for answer in answers) == 1
    assert paid.totals_of(book()).cash_out == 10_000
