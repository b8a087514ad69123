"""Money paid online: an order, a bank statement's line, and what becomes of all that does not fit."""

from datetime import date, timedelta

import pytest
from django.db import connection

from motcua.dossiers.states import Act, State
from motcua.flows import money as desk, online_money
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Denied, Invalid, KeyReused, NotAllowedNow, NotFound
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.operations import AlreadyDone
from motcua.ledger.selectors import history
from motcua.payments import operations as payments
from motcua.payments.inspection import accounts
from motcua.payments.ordering import Outcome, Source
from motcua.payments.policy import GATEWAY
from motcua.reactions.online_money import end_orders, follow_the_debt
from tests.support.acts import moment
from tests.support.lives import brought_to, doings, everything, opened, row_of
from tests.support.money_days import AT, account_set, asked_online as asked, came_in, do, fees, taken
from tests.support.streams import count
from tests.support.world import COMMUNE, actor

pytestmark = pytest.mark.django_db
LATER = moment(25, 9)


def came(told, amount=10_000, *, at=LATER, **more):
    return came_in(told, amount, at=at, **more)


def money():
    return tuple(count(t) for t in ("ledger_event", "payments_receipt", "payments_credit", "payments_number"))


def test_a_transfer_pays_what_its_order_asks_and_the_dossier_goes_on():
    code, at = brought_to(State.PAYMENT_REQUESTED)
    order = asked(code, at).order
    row = came(f"CK den tu 0123 {order['text'].lower()} ND khac", order["total"], at=at + timedelta(hours=1))
    assert (row["outcome"], row["order"]) == (Outcome.PAID, order["id"])
    assert {state for _, _, state in fees(code)} == {"paid"}
    assert row_of(code)["state"] == State.IN_PROCESS
    after = payments.lock("payments_order", order["id"])
    paid = payments.lock("payments_receipt", after["receipt"])
    assert (after["state"], after["credit"]) == ("paid", row["id"])
    assert (paid["series"], paid["number"], paid["book"], paid["means"]) == ("BT", 1, None, "bank")


@pytest.mark.parametrize("source", list(Source))
@pytest.mark.parametrize(
    ("booked_on", "why"),
    [
        (date(9999, 12, 31), "ở sau hôm nay"),
        (date(2026, 8, 27), "ở sau hôm nay"),
        (date(1970, 1, 1), "quá cũ"),
        (date(2026, 8, 20), "ở trước ngày lập lệnh nộp tiền"),
    ],
)
def test_money_of_a_day_that_cannot_be_is_refused_whoever_tells_of_it(source, booked_on, why):
    code, at = opened(AT), moment(25, 9)
    text = asked(code).order["text"]
    told, before = "khong ro" if why == "quá cũ" else text, money()
    incoming = payments.Incoming(
        agency=COMMUNE, source=source, number="N1", amount=10_000, booked_on=booked_on, told=told
    )
    request = Request.of("n1", b"n1")
    with (
        pytest.raises(Invalid, match=why),
        unit_of_work(actor=GATEWAY, at=at, request=request, origin="simulated"),
    ):
        online_money.receive(incoming=incoming, actor=GATEWAY, at=at)
    assert money() == before
    assert {state for _, _, state in fees(code)} == {"open"}


def test_the_same_line_again_is_written_once_and_another_one_under_its_number_is_refused():
    code = opened(AT)
    text = asked(code).order["text"]
    came(text)
    before = money(), everything(code)
    with pytest.raises(AlreadyDone):
        came(text)
    with pytest.raises(KeyReused):
        came(text, 20_000)
    assert (money(), everything(code)) == before


def test_an_order_stands_until_something_else_is_owed():
    code = opened(AT)
    first = asked(code)
    again = asked(code, LATER)
    assert (first.is_new, again.is_new, again.order["id"]) == (True, False, first.order["id"])
    expired = asked(code, AT + timedelta(days=8))
    assert expired.order["text"] != first.order["text"]
    assert payments.lock("payments_order", first.order["id"])["state"] == "expired"


def test_what_comes_after_the_time_is_up_is_taken_while_it_is_owed():
    code = opened(AT)
    order = asked(code).order
    assert end_orders(clock=lambda: AT + timedelta(days=6), origin="simulated") == 0
    assert end_orders(clock=lambda: AT + timedelta(days=8), origin="simulated") == 1
    assert end_orders(clock=lambda: AT + timedelta(days=8), origin="simulated") == 0
    assert payments.lock("payments_order", order["id"])["state"] == "expired"
    assert came(order["text"], at=AT + timedelta(days=9))["outcome"] == Outcome.PAID
    assert {state for _, _, state in fees(code)} == {"paid"}


def followed(code):
    """What follows the dossier's last event."""
    last = list(history(row_of(code)["id"]))[-1]
    follow_the_debt(last, position=last.seq, clock=lambda: LATER)


def test_paid_at_the_desk_meanwhile_it_waits_to_go_back():
    code = opened(AT)
    order = asked(code).order
    taken(code)
    followed(code)
    assert payments.lock("payments_order", order["id"])["state"] == "cancelled"
    assert came(order["text"])["outcome"] == Outcome.NOT_OWED
    assert count("payments_receipt") == 1
    with pytest.raises(NotAllowedNow):
        asked(code)


def test_an_open_order_that_fits_is_left_alone():
    code = opened(AT)
    order = asked(code).order
    followed(code)
    assert payments.lock("payments_order", order["id"])["state"] == "open"


@pytest.mark.parametrize(("amount", "told"), [(9_999, "short"), (10_001, "over")])
def test_another_sum_pays_nothing(amount, told):
    code = opened(AT)
    order = asked(code).order
    assert came(order["text"], amount)["outcome"] == Outcome.AMOUNT, told
    assert {state for _, _, state in fees(code)} == {"open"}
    assert payments.lock("payments_order", order["id"])["state"] == "open"


def test_a_transfer_without_its_text_is_found_by_the_cashier():
    code, other = opened(AT), opened(AT, name="Lê Văn Tám")
    row = came("nop le phi cho bac Tuyet")
    assert row["outcome"] == Outcome.UNKNOWN
    with pytest.raises(NotFound):
        do("thuquy", online_money.assign, LATER, credit=row["id"], code="H99.01.01-260824-0999")
    with pytest.raises(Denied):
        do("tiepnhan1", online_money.assign, LATER, credit=row["id"], code=code)
    done = do("thuquy", online_money.assign, LATER, credit=row["id"], code=code)
    assert {state for _, _, state in fees(code)} == {"paid"}
    assert done["receipt"]
    before = money()
    with pytest.raises(NotAllowedNow):
        do("thuquy", online_money.assign, LATER, credit=row["id"], code=other)
    assert money() == before


def test_money_that_names_an_order_pays_nobody_elses_dossier():
    order, other = asked(opened(AT)).order, opened(AT, name="Lê Văn Tám")
    came(order["text"])
    twice = came(order["text"], number="FT2")
    before = money()
    with pytest.raises(NotAllowedNow, match=order["reference"]):
        do("thuquy", online_money.assign, LATER, credit=twice["id"], code=other)
    assert (money(), {state for _, _, state in fees(other)}) == (before, {"open"})
    do("thuquy", online_money.give_back, LATER, credit=twice["id"], slip="UNC 12")


def test_money_that_names_an_order_pays_its_own_dossier_once_that_owes_again():
    code = opened(AT)
    order = asked(code).order
    receipt = taken(code)
    late = came(order["text"])
    assert late["outcome"] == Outcome.NOT_OWED
    do("thuquy", desk.void, LATER, receipt=receipt["id"], reason="Ghi nhầm.", replacement=None)
    assert do("thuquy", online_money.assign, LATER, credit=late["id"], code=code)["receipt"]
    assert {state for _, _, state in fees(code)} == {"paid"}


def test_what_is_not_owed_goes_back_once():
    order = asked(opened(AT)).order
    came(order["text"])
    twice = came(order["text"], number="FT2")
    with pytest.raises(Denied):
        do("chutich", online_money.give_back, LATER, credit=twice["id"], slip="UNC 12")
    do("thuquy", online_money.give_back, LATER, credit=twice["id"], slip="UNC 12")
    with pytest.raises(NotAllowedNow):
        do("thuquy", online_money.give_back, LATER, credit=twice["id"], slip="UNC 13")


def test_nobody_but_the_gateway_writes_what_came_in():
    code = opened(AT)
    text = asked(code).order["text"]
    before = money(), everything(code)
    for who in (actor("thuquy", at=LATER), actor("chutich", at=LATER)):
        with pytest.raises(Denied):
            came(text, who=who)
    assert (money(), everything(code)) == before


def test_an_electronic_receipt_is_refunded_and_never_voided():
    order = asked(opened(AT)).order
    came(order["text"])
    receipt = payments.lock("payments_order", order["id"])["receipt"]
    with pytest.raises(NotAllowedNow):
        do("thuquy", desk.void, LATER, receipt=receipt, reason="Nhầm")
    asking = {"charges": [(order["reference"], "registration")], "ground": "overcharged", "reason": "Nhầm."}
    refund = do("thuquy", desk.ask_refund, LATER, receipt=receipt, **asking)
    do("chutich", desk.decide_refund, LATER, refund=refund["id"], agreed=True)
    back = {"means": "transfer", "slip": "UNC 7", "recipient": "Nguyễn Thị Ánh Tuyết"}
    do("thuquy", desk.pay_refund, LATER, refund=refund["id"], **back)
    assert {state for _, _, state in fees(order["reference"])} == {"refunded"}


def test_a_citizen_pays_no_dossier_by_the_act_itself():
    code, at = brought_to(State.PAYMENT_REQUESTED)
    doing = doings(at)[Act.PAY]
    who = Actor(kind="citizen", id="tracking:x")
    with pytest.raises(Denied), unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        doing.flow(code=code, actor=who, at=at, **doing.arguments)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("UPDATE payments_receivingaccount SET number = '6666666666'", "altered"),
        ("DELETE FROM payments_receivingaccount", "deleted"),
        ("UPDATE payments_receivingaccount SET id = gen_random_uuid()", "added"),
    ],
)
def test_an_account_that_no_leader_set_is_found(change, told):
    account_set(AT)
    assert list(accounts()) == []
    with connection.cursor() as cursor:
        cursor.execute(change)
    assert told in " ".join(fault.what for fault in accounts())
