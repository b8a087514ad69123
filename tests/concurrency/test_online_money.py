"""Money that comes in at one moment from several sides: a debt is paid once, each telling is written once."""

import threading

import pytest
from django.db import IntegrityError

from motcua.dossiers import operations as dossiers
from motcua.dossiers.owing import chosen
from motcua.flows.online_money import begin_on_platform
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.operations import AlreadyDone
from motcua.ledger.selectors import check
from motcua.payments.operations import incoming
from motcua.payments.ordering import Outcome, Source
from motcua.payments.platform import Asked
from tests.support.lives import opened, row_of
from tests.support.money_days import AT, account_set, asked_online, came_in, do, fees, taken
from tests.support.streams import count
from tests.support.together import all_at_once
from tests.support.world import viewer

pytestmark = pytest.mark.django_db(transaction=True)


def test_several_transfers_at_once_pay_one_order_once():
    text = asked_online(opened(AT)).order["text"]
    rows = all_at_once(lambda n: came_in(text, number=f"FT{n}"), range(4))
    assert sorted(row["outcome"] for row in rows) == [Outcome.PAID, *[Outcome.TWICE] * 3]
    assert count("payments_receipt") == count("payments_line") == 1
    assert check().faults == ()


def test_one_telling_sent_at_once_is_written_once():
    text = asked_online(opened(AT)).order["text"]
    answers = all_at_once(lambda _: came_in(text), range(4))
    assert sum(isinstance(answer, AlreadyDone) for answer in answers) == 3
    assert count("payments_credit") == count("payments_receipt") == 1


def test_two_browsers_ask_at_once_for_one_order():
    code = opened(AT)
    orders = all_at_once(lambda _: asked_online(code).order["id"], range(3))
    assert len(set(orders)) == count("payments_order") == 1


@pytest.mark.parametrize("keys", [["same"] * 4, ["a", "b", "c", "d"]])
@pytest.mark.parametrize("has_order", [False, True])
def test_several_clicks_at_once_begin_one_payment(keys, has_order):
    account_set(AT)
    code = opened(AT)
    if has_order:
        asked_online(code)
    dossier = row_of(code)["id"]
    payer = Actor(kind="citizen", id=f"tracking:{dossier}")

    def begins(key):
        with unit_of_work(actor=payer, at=AT, request=Request.of(key), origin="simulated"):
            return begin_on_platform(dossier=dossier, address="10.0.0.1", actor=payer, at=AT)

    answers = all_at_once(begins, keys)
    assert sum(isinstance(answer, Asked) for answer in answers) == count("payments_attempt") == 1
    refused = AlreadyDone if len(set(keys)) == 1 else NotAllowedNow
    assert sum(isinstance(answer, refused) for answer in answers) == 3


def test_the_desk_takes_the_fee_while_its_transfer_comes_in():
    code = opened(AT)
    text = asked_online(code).order["text"]
    at_desk, online = all_at_once(lambda how: how(), [lambda: taken(code), lambda: came_in(text)])
    first_was_the_transfer = isinstance(at_desk, Invalid)
    assert online["outcome"] == (Outcome.PAID if first_was_the_transfer else Outcome.NOT_OWED)
    assert count("payments_receipt") == 1
    assert {state for _, _, state in fees(code)} == {"paid"}


def test_the_control_without_the_dossiers_lock_the_database_has_to_stop_one(monkeypatch):
    code = opened(AT)
    text = asked_online(code).order["text"]
    taken(opened(AT))  # the book is open
    both_have_read = threading.Barrier(2)

    def read_then_wait(codes):
        found = {one.row["code"]: one.row for one in chosen(viewer=viewer("thuquy"), codes=codes)}
        both_have_read.wait(10)
        return found

    monkeypatch.setattr(dossiers, "lock_several", read_then_wait)
    answers = all_at_once(lambda how: how(), [lambda: taken(code), lambda: came_in(text)])
    assert sum(isinstance(answer, IntegrityError) for answer in answers) == 1
    assert count("payments_receipt") == 2


def handed_over():
    """What the platform told of, and two lines of the account that might be its money."""
    text = asked_online(opened(AT)).order["text"]
    told = came_in(f"{text}01", number="P1", source=Source.PLATFORM)
    return told["id"], [came_in("QT", number=f"FT{n}")["id"] for n in range(2)]


def matches(line, told):
    return do("thuquy", incoming.match, credit=line, others=[told])


def test_two_cashiers_match_one_sum_with_two_lines_at_once():
    told, lines = handed_over()
    answers = all_at_once(lambda line: matches(line, told), lines)
    assert sum(isinstance(answer, NotAllowedNow) for answer in answers) == 1
    assert count("payments_match") == 1
    assert check().faults == ()


def test_the_control_without_a_lock_on_the_sums_the_database_has_to_stop_one(monkeypatch):
    told, lines = handed_over()
    both_have_read, read, free = threading.Barrier(2), incoming.rows, incoming.unmatched

    def unlocked(statement, arguments):
        return read(statement.removesuffix(" FOR NO KEY UPDATE"), arguments)

    def free_then_wait(sums):
        found = free(sums)
        both_have_read.wait(10)
        return found

    monkeypatch.setattr(incoming, "rows", unlocked)
    monkeypatch.setattr(incoming, "unmatched", free_then_wait)
    answers = all_at_once(lambda line: matches(line, told), lines)
    assert sum(isinstance(answer, IntegrityError) for answer in answers) == 1
    assert count("payments_match") == 1


def test_a_line_that_names_the_attempt_comes_while_the_sum_is_matched_with_another():
    text = asked_online(opened(AT)).order["text"]
    told = came_in(f"{text}01", number="P1", source=Source.PLATFORM)["id"]
    lump = came_in("QT", number="FT1")["id"]
    matched, named = all_at_once(
        lambda how: how(), [lambda: matches(lump, told), lambda: came_in(f"{text}01", number="FT2")]
    )
    first_was_the_match = not isinstance(matched, Exception)
    assert named["outcome"] == (Outcome.TWICE if first_was_the_match else Outcome.SAME)
    assert count("payments_match") == int(first_was_the_match)
    assert check().faults == ()
