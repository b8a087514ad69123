"""The same request again: the first answer, whatever the dossier has become since, and nothing written twice."""

import pytest

from motcua.dossiers.states import Act, State
from motcua.flows.reception import receive, submit
from motcua.kernel.errors import Denied, KeyReused
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.operations import AlreadyDone
from tests.support.acts import act, moment
from tests.support.lives import FEE_OF_ETHNICITY, MINUTE, brought_to, doings, everything, opened, row_of
from tests.support.streams import count
from tests.support.world import actor, intake

pytestmark = pytest.mark.django_db

WHERE = {
    Act.RECEIVE: State.SUBMITTED,
    Act.REFUSE: State.SUBMITTED,
    Act.REQUEST_SUPPLEMENT: State.IN_PROCESS,
    Act.SUPPLY: State.SUPPLEMENT_REQUESTED,
    Act.REQUEST_PAYMENT: State.IN_PROCESS,
    Act.CHARGE_AT_RETURN: State.DECIDED,
    Act.WAIVE: State.PAYMENT_REQUESTED,
    Act.START: State.RECEIVED,
    Act.STEP: State.IN_PROCESS,
    Act.RETURN_STEP: "approving",
    Act.SUSPEND: State.IN_PROCESS,
    Act.RESUME: "suspended",
    Act.EXTEND: State.IN_PROCESS,
    Act.NOTIFY_DELAY: State.IN_PROCESS,
    Act.PREPARE_DELAY: State.IN_PROCESS,
    Act.SEND_BACK_DELAY: "apologising",
    Act.CONSULT: State.IN_PROCESS,
    Act.ANSWER_CONSULTATION: "consulting",
    Act.HAND_ON_CONSULTATION: "consulting",
    Act.REMIND_CONSULTED: "consulting",
    Act.TAKE_BACK_CONSULTATION: "consulting",
    Act.DECIDE: "sealing",
    Act.MAKE_AVAILABLE: State.DECIDED,
    Act.HAND_OVER: State.DECIDED,
    Act.NOTIFY_READY: "ready",
    Act.MOVE_PAPERS: "ready",
    Act.GIVE_BACK_PAPERS: State.WITHDRAWN,
    Act.WITHDRAW: State.RECEIVED,
    Act.STOP: State.IN_PROCESS,
    Act.VOID_RECEIPT: State.RECEIVED,
    Act.CLOSE_AS_DUPLICATE: State.IN_PROCESS,
    Act.CORRECT_RECEPTION: State.IN_PROCESS,
    Act.REOPEN_FOR_CORRECTION: State.RETURNED,
    Act.REVOKE_RESULT: State.RETURNED,
    Act.ASSIGN: State.IN_PROCESS,
    Act.CLAIM: State.RECEIVED,
    Act.PUT_BACK: State.IN_PROCESS,
    Act.RECALL: "approving",
    Act.DECLARE_INTEREST: State.IN_PROCESS,
    Act.LIFT_INTEREST: "barred",
    Act.TRANSFER: State.IN_PROCESS,
    Act.ACCEPT_TRANSFER: State.TRANSFERRED,
    Act.DECLINE_TRANSFER: State.TRANSFERRED,
}


def send(login, at, request, flow, **arguments):
    who = actor(login, at=at)
    with unit_of_work(actor=who, at=at, request=request, origin="simulated"):
        return flow(actor=who, at=at, **arguments)


def test_every_act_is_tried():
    assert set(WHERE) | {Act.PAY, Act.SET_FEE, Act.BACKFILL} == set(doings(moment(24, 9)))


@pytest.mark.parametrize("what", WHERE, ids=str)
def test_an_act_sent_again(what):
    code, at = brought_to(WHERE[what])
    opened(at)  # a twin
    doing = doings(at)[what]
    request = Request.of("once", b"a")
    recorded = send(doing.login, at, request, doing.flow, code=code, **doing.arguments)
    after = everything(code)
    with pytest.raises(AlreadyDone) as done:
        send(doing.login, at + MINUTE, request, doing.flow, code=code, **doing.arguments)
    assert (done.value.stream, done.value.seq) == (recorded.row["id"], recorded.meta.seq)
    with pytest.raises(KeyReused):
        send(doing.login, at + MINUTE, Request.of("once", b"b"), doing.flow, code=code, **doing.arguments)
    assert everything(code) == after


def test_a_payment_sent_again_is_told_its_receipt():
    code, at = brought_to(State.PAYMENT_REQUESTED)
    doing, request = doings(at)[Act.PAY], Request.of("once", b"a")
    paid = send(doing.login, at, request, doing.flow, code=code, **doing.arguments)
    after = everything(code)
    with pytest.raises(AlreadyDone) as done:
        send(doing.login, at + MINUTE, request, doing.flow, code=code, **doing.arguments)
    assert (done.value.stream, done.value.seq) == (paid.event.receipt, 1)
    assert everything(code) == after


def test_a_fee_set_again():
    code, at = opened(moment(24, 9), procedure="1.004859", variant="change"), moment(24, 10)
    doing, request = doings(at)[Act.SET_FEE], Request.of("once", b"a")
    send(doing.login, at, request, doing.flow, code=code, **FEE_OF_ETHNICITY)
    after = everything(code)
    with pytest.raises(AlreadyDone):
        send(doing.login, at + MINUTE, request, doing.flow, code=code, **FEE_OF_ETHNICITY)
    assert everything(code) == after


def test_a_field_filled_in_again():
    code, at = opened(moment(24, 9), degraded=("population.0.name",)), moment(24, 10)
    doing, request = doings(at)[Act.BACKFILL], Request.of("once", b"a")
    send(doing.login, at, request, doing.flow, code=code, **doing.arguments)
    after = everything(code)
    with pytest.raises(AlreadyDone):
        send(doing.login, at + MINUTE, request, doing.flow, code=code, **doing.arguments)
    assert everything(code) == after


@pytest.mark.parametrize("flow", [submit, receive])
def test_an_opening_sent_again(flow):
    request = Request.of("once", b"a")
    first = send("tiepnhan1", moment(24, 9), request, flow, intake=intake())
    written = count("ledger_event"), count("dossiers_dossier"), count("dossiers_content")
    with pytest.raises(AlreadyDone) as done:
        send("tiepnhan1", moment(24, 9, 5), request, flow, intake=intake())
    assert (done.value.stream, done.value.seq) == (first.row["id"], 1)
    with pytest.raises(KeyReused):
        send("tiepnhan1", moment(24, 9, 5), Request.of("once", b"b"), flow, intake=intake(name="Trần Văn Bê"))
    assert (count("ledger_event"), count("dossiers_dossier"), count("dossiers_content")) == written
    following = act("tiepnhan1", moment(24, 9, 6), flow, intake=intake())
    assert following.row["code"] == "H99.01.01-260824-0002"


def test_the_same_key_of_a_colleague_is_another_request():
    request = Request.of("once", b"a")
    one = send("tiepnhan1", moment(24, 9), request, receive, intake=intake())
    other = send("tiepnhan2", moment(24, 9), request, receive, intake=intake())
    assert [one.row["code"], other.row["code"]] == ["H99.01.01-260824-0001", "H99.01.01-260824-0002"]


def test_a_refused_request_keeps_no_key():
    code, at = brought_to(State.RECEIVED)
    request = Request.of("once", b"a")
    requests = count("ledger_request")
    with pytest.raises(Denied):
        send("vanthu", at, request, doings(at)[Act.START].flow, code=code)
    assert count("ledger_request") == requests
    assert row_of(code)["state"] == State.RECEIVED
