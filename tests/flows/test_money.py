"""Money at the counter: taken, voided, given back, the day closed; and what of it moves a dossier on."""

import unicodedata
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection

from motcua.catalogue.fees import Claim
from motcua.dossiers.states import State
from motcua.flows import money, results
from motcua.flows.reception import receive
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.operations import AlreadyDone
from motcua.payments import selectors as paid
from motcua.payments.operations import Tender
from tests.support.acts import act
from tests.support.lives import MINUTE, brought_to, opened, row_of
from tests.support.money_days import AT, CASH, do, fees, taken, written
from tests.support.streams import count
from tests.support.world import actor, intake, viewer

pytestmark = pytest.mark.django_db
CASHIER, MANAGER, LEADER = "thuquy", "truongquay", "chutich"


# Taking money.


def test_a_fee_is_paid_right_after_reception_and_the_dossier_does_not_stop():
    code = opened(AT)
    before = row_of(code)

    receipt = taken(code, at=AT + MINUTE)

    after = row_of(code)
    assert fees(code) == [("registration", 10_000, "paid")]
    assert (after["state"], after["due_at"], after["holder_kind"]) == (
        "received",
        before["due_at"],
        "position",
    )
    assert not after["fee_open"]
    shown = paid.receipt(receipt["id"], viewer=viewer(CASHIER))
    assert (shown.name, shown.row["total"], shown.change) == ("BL-2026/0000001", 10_000, 40_000)
    assert shown.payer == "Nguyễn Thị Ánh Tuyết"


def test_the_clock_runs_on_while_a_payment_is_awaited_unless_the_rule_pauses_it(monkeypatch):
    code, at = brought_to(State.IN_PROCESS)
    due = row_of(code)["due_at"]
    act("tiepnhan1", at, money.request_payment, code=code, charges=["registration"])
    asked = row_of(code)
    assert (asked["state"], asked["national"], asked["holder_kind"]) == ("payment_requested", 6, "payer")
    assert (asked["due_at"], asked["paused"]) == (due, False)

    taken(code, at=at + timedelta(days=1))

    after = row_of(code)
    assert (after["state"], after["due_at"], after["holder_kind"]) == ("in_process", due, "position")


def test_a_rule_that_pauses_stops_the_clock_until_it_is_paid(monkeypatch):
    version = money.procedure_version
    monkeypatch.setattr(
        money,
        "procedure_version",
        lambda v: replace(version(v), fees=tuple(replace(f, pauses=True) for f in version(v).fees)),
    )
    code, at = brought_to(State.IN_PROCESS)
    due = row_of(code)["due_at"]
    act("tiepnhan1", at, money.request_payment, code=code, charges=["registration"])
    assert (row_of(code)["due_at"], row_of(code)["paused"]) == (None, True)

    taken(code, at=at + timedelta(days=2))

    after = row_of(code)
    # two working days after Thursday 27 August: Friday, then National Day and its day in lieu lie between
    assert (after["due_at"] - due, after["paused"]) == (timedelta(days=7), False)


def test_several_dossiers_of_a_visit_are_one_receipt():
    codes = [opened(AT), opened(AT, procedure="1.000656"), opened(AT, procedure="2.000884")]

    receipt = taken(*codes)

    lines = paid.receipt(receipt["id"], viewer=viewer(CASHIER)).lines
    assert [line.reference for line in lines] == codes
    assert receipt["total"] == sum(line.amount for line in lines) == 10_000 + 5_000 + 10_000
    assert [row_of(code)["fee_open"] for code in codes] == [False] * 3


def test_a_card_has_its_slip_and_no_change():
    code = opened(AT)
    with pytest.raises(Invalid) as refusal:
        taken(code, tender=Tender(means="card", payer="Lê Văn Tám"))
    assert refusal.value.field == "slip"
    receipt = taken(code, tender=Tender(means="card", payer="Lê Văn Tám", slip="000123"))
    assert (receipt["given"], receipt["slip"]) == (10_000, "000123")


@pytest.mark.parametrize(
    ("tender", "field"),
    [
        (replace(CASH, given=9_999), "given"),
        (replace(CASH, given=-1), "given"),
        (replace(CASH, given=10**15), "given"),
        (replace(CASH, means="gold"), "means"),
        (replace(CASH, payer=" \u200b "), "payer"),
    ],
)
def test_what_is_typed_wrong_is_refused_and_nothing_stays(tender, field):
    code = opened(AT)
    before = written()
    with pytest.raises(Invalid) as refusal:
        taken(code, tender=tender)
    assert refusal.value.field == field
    assert written() == before


def test_a_name_in_another_form_is_kept_in_nfc():
    code = opened(AT)
    receipt = taken(code, tender=replace(CASH, payer=unicodedata.normalize("NFD", "Nguyễn Thị Ánh Tuyết")))
    assert paid.receipt(receipt["id"], viewer=viewer(CASHIER)).payer == "Nguyễn Thị Ánh Tuyết"


def test_the_sum_that_was_shown_is_the_sum_that_is_taken():
    code = opened(AT)
    before = written()
    with pytest.raises(NotAllowedNow, match=r"10\.000"):
        taken(code, expected=8_000)
    assert written() == before


def test_what_is_paid_is_not_paid_again():
    code = opened(AT)
    taken(code)
    before = written()
    with pytest.raises(Invalid):
        taken(code, at=AT + MINUTE)
    assert written() == before


def test_the_same_form_twice_is_one_receipt():
    code, who = opened(AT), actor(CASHIER, at=AT)
    numbers = []
    for _ in range(2):
        try:
            with unit_of_work(actor=who, at=AT, request=Request.of("k", b"form"), origin="simulated"):
                numbers.append(money.take(codes=[code], tender=CASH, actor=who, at=AT).row["id"])
        except AlreadyDone as done:
            numbers.append(done.stream)
    assert numbers[0] == numbers[1]
    assert count("payments_receipt") == 1


@pytest.mark.parametrize(
    "login", ["tiepnhan1", MANAGER, LEADER, "tuphap1", "kythuat", "thanhtra", "tiepnhan1.mauhai"]
)
def test_nobody_but_the_cashier_takes_money(login):
    code = opened(AT)
    before = written()
    with pytest.raises(Denied):
        do(login, money.take, AT, codes=[code], tender=CASH)
    assert written() == before


def test_no_money_is_taken_for_a_dossier_that_has_ended_or_is_none():
    code, at = brought_to(State.WITHDRAWN)
    before = written()
    with pytest.raises(NotAllowedNow):
        taken(code, at=at)
    with pytest.raises(NotFound):
        taken("H99.01.01-260824-9999", at=at)
    assert written() == before


# What a dossier costs.


def test_a_result_charged_at_return_waits_for_its_money():
    code, at = brought_to("charged")
    handing = {"way": "in_person", "recipient": "Lê Văn Tám", "checked_by": "citizen_id"}
    with pytest.raises(NotAllowedNow, match="Còn khoản phải thu"):
        act("tiepnhan1", at, results.hand_over, code=code, **handing)
    taken(code, at=at)
    assert act("tiepnhan1", at, results.hand_over, code=code, **handing).row["state"] == "returned"


def test_what_waits_for_money_is_not_sent_by_post_either():
    code, at = brought_to("charged")
    act("tiepnhan1", at, results.make_available, code=code, shelf="A1")
    who, sending = actor("tiepnhan1", at=at), {"codes": [code], "carrier": "VNPost"}
    with (
        pytest.raises(NotAllowedNow, match="Còn khoản phải thu"),
        unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"),
    ):
        results.give_to_post(actor=who, at=at, **sending)
    taken(code, at=at)
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        assert results.give_to_post(actor=who, at=at, **sending)[0].startswith("BK-")


def test_a_leader_waives_on_evidence_and_the_dossier_goes_on():
    code, at = brought_to(State.PAYMENT_REQUESTED)
    waiving = {"code": code, "charges": ["registration"], "basis": "Luật Hộ tịch Đ11"}
    with pytest.raises(Invalid) as refusal:
        act(LEADER, at, money.waive, evidence=" ", **waiving)
    assert refusal.value.field == "evidence"
    row = act(LEADER, at, money.waive, evidence="Sổ hộ nghèo số 12", **waiving).row
    assert (row["state"], row["fees"][0]["state"], row["payment"]) == ("in_process", "waived", None)


def test_an_exemption_claimed_at_the_counter_stands_in_the_fee_order_with_its_evidence():
    claimed = replace(intake(), claims=(Claim("poor", "Sổ hộ nghèo số 12/2026"),))
    row = act("tiepnhan1", AT, receive, intake=claimed).row
    assert [(f["amount"], f["exemption"], f["state"]) for f in row["fees"]] == [(0, "poor", "nothing")]
    with pytest.raises(Invalid):
        taken(row["code"])


def test_an_amount_nobody_has_set_is_entered_by_a_leader_or_the_manager_before_it_is_taken():
    answers = {"matter": "ethnicity"}
    told = replace(intake("1.004859", "change"), answers={**intake("1.004859", "change").answers, **answers})
    code = act("tiepnhan1", AT, receive, intake=told).row["code"]
    with pytest.raises(Invalid, match="Mức thu chưa có"):
        taken(code)
    entering = {"code": code, "charge": "ethnicity", "amount": 8_000, "decision": "12/2025/NQ-HĐND"}
    for login in (CASHIER, "tiepnhan1"):
        with pytest.raises(Denied):
            act(login, AT, money.set_fee, **entering)
    row = act(MANAGER, AT, money.set_fee, **entering).row
    assert [(f["amount"], f["decision"]) for f in row["fees"]] == [(8_000, "12/2025/NQ-HĐND")]
    assert row["fee_total"] == 8_000
    assert taken(code)["total"] == 8_000


def test_the_database_itself_refuses_a_charge_paid_twice():
    """Were the dossier's lock and check gone, the line would still stand once."""
    code = opened(AT)
    receipt = taken(code)
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO payments_line (receipt, n, reference, charge, rule, amount, standing)"
            " VALUES (%s, 2, %s, 'registration', 'registration', 1, true)",
            [receipt["id"], code],
        )


def test_act_pay_is_take():
    code, at = brought_to(State.PAYMENT_REQUESTED)
    assert act(CASHIER, at, money.pay, code=code, means="cash", payer="Bà Tuyết").row["state"] == "in_process"
