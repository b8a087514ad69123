"""The act table through the flows: every built act in every state, by the right person and by everybody else."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction

from motcua.dossiers.operations import lock
from motcua.dossiers.states import ACTS, Act, State
from motcua.flows import progress
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound, Refusal
from motcua.kernel.unit_of_work import Request, unit_of_work
from tests.support.acts import act, moment
from tests.support.lives import (
    PLACES,
    PROPOSED,
    Doing,
    brought_to,
    decoded,
    doings,
    everything,
    opened,
    row_of,
)
from tests.support.world import actor, logins

pytestmark = pytest.mark.django_db

DESK, LEADERS = {"tiepnhan1", "tiepnhan2"}, {"chutich", "phochutich"}
EXAMINERS, CLERKS, CASHIERS = {"tuphap1", "tuphap2"}, {"vanthu"}, {"thuquy"}
SETTLE = {Act.PAY, Act.WAIVE}
UNDER_WAY = {
    Act.REQUEST_SUPPLEMENT,
    Act.REQUEST_PAYMENT,
    Act.SUSPEND,
    Act.EXTEND,
    Act.NOTIFY_DELAY,
    Act.PREPARE_DELAY,
    Act.WITHDRAW,
    Act.STOP,
    Act.ASSIGN,
    Act.DECLARE_INTEREST,
    Act.TRANSFER,
    Act.CLOSE_AS_DUPLICATE,
    Act.CORRECT_RECEPTION,
    Act.CONSULT,
    *SETTLE,
}
OF_OPINIONS = {
    Act.ANSWER_CONSULTATION,
    Act.HAND_ON_CONSULTATION,
    Act.REMIND_CONSULTED,
    Act.TAKE_BACK_CONSULTATION,
}
DELAY = {Act.NOTIFY_DELAY, Act.PREPARE_DELAY}
MEND = {Act.REOPEN_FOR_CORRECTION, Act.REVOKE_RESULT}
# What is possible where; design, section 4, by hand.
POSSIBLE: dict[str, set[Act]] = {
    State.SUBMITTED: {
        Act.RECEIVE,
        Act.REFUSE,
        Act.REQUEST_SUPPLEMENT,
        Act.REQUEST_PAYMENT,
        Act.PAY,
        Act.WITHDRAW,
        Act.TRANSFER,
        Act.CLOSE_AS_DUPLICATE,
    },
    State.RECEIVED: {
        Act.START,
        Act.CLAIM,
        Act.DECLARE_INTEREST,
        Act.ASSIGN,
        Act.TRANSFER,
        Act.REQUEST_SUPPLEMENT,
        Act.REQUEST_PAYMENT,
        Act.EXTEND,
        Act.NOTIFY_DELAY,
        Act.PREPARE_DELAY,
        Act.WITHDRAW,
        Act.VOID_RECEIPT,
        Act.CLOSE_AS_DUPLICATE,
        Act.CORRECT_RECEPTION,
        *SETTLE,
    },
    State.IN_PROCESS: {Act.STEP, Act.CLAIM, Act.PUT_BACK, *UNDER_WAY},
    "apologising": {Act.STEP, Act.CLAIM, Act.PUT_BACK, Act.SEND_BACK_DELAY, *UNDER_WAY},
    "barred": {Act.STEP, Act.LIFT_INTEREST, *UNDER_WAY},
    "approving": {Act.STEP, Act.RETURN_STEP, Act.CLAIM, Act.RECALL, *UNDER_WAY},
    "sealing": {Act.DECIDE, Act.RETURN_STEP, Act.RECALL, *UNDER_WAY},
    "consulting": {Act.STEP, Act.CLAIM, Act.PUT_BACK, *UNDER_WAY, *OF_OPINIONS} - {Act.TRANSFER},
    "suspended": {Act.RESUME, Act.EXTEND, *DELAY, Act.WITHDRAW, Act.STOP, *SETTLE},
    State.SUPPLEMENT_REQUESTED: {Act.SUPPLY, *DELAY, Act.WITHDRAW, Act.STOP, *SETTLE},
    State.TRANSFERRED: {Act.ACCEPT_TRANSFER, Act.DECLINE_TRANSFER, Act.WITHDRAW},
    State.PAYMENT_REQUESTED: {*DELAY, Act.WITHDRAW, Act.STOP, *SETTLE},
    State.DECIDED: {Act.MAKE_AVAILABLE, Act.HAND_OVER, Act.CHARGE_AT_RETURN, *MEND, *SETTLE},
    "charged": {Act.MAKE_AVAILABLE, *MEND, *SETTLE},
    "ready": {Act.NOTIFY_READY, Act.HAND_OVER, Act.CHARGE_AT_RETURN, *MEND, *SETTLE},
    State.RETURNED: {*MEND, *SETTLE},
    State.REFUSED: {Act.GIVE_BACK_PAPERS},
    State.WITHDRAWN: {Act.GIVE_BACK_PAPERS},
    State.STOPPED: {Act.GIVE_BACK_PAPERS},
}
for _place in POSSIBLE.keys() - {State.RETURNED, State.REFUSED, State.WITHDRAWN, State.STOPPED}:
    POSSIBLE[_place].add(Act.MOVE_PAPERS)
STEP_PEOPLE = {
    State.RECEIVED: EXAMINERS,
    State.IN_PROCESS: EXAMINERS,
    "barred": {"tuphap2"},
    "apologising": EXAMINERS,
    "consulting": EXAMINERS,
    "approving": LEADERS,
    "sealing": CLERKS,
}
OF_THE_DESK = {
    Act.RECEIVE,
    Act.REFUSE,
    Act.SUPPLY,
    Act.MAKE_AVAILABLE,
    Act.NOTIFY_READY,
    Act.MOVE_PAPERS,
    Act.GIVE_BACK_PAPERS,
    Act.HAND_OVER,
    Act.WITHDRAW,
    Act.VOID_RECEIPT,
    Act.CLOSE_AS_DUPLICATE,
    Act.CORRECT_RECEPTION,
    Act.CHARGE_AT_RETURN,
}
# Whoever works on dossiers of Xã Mẫu finds a fault in a result; the leader confirms.
FINDERS = DESK | LEADERS | EXAMINERS | CLERKS | {"truongquay", "kinhte", "vanhoa"}
OF_THE_NEIGHBOUR = {Act.ACCEPT_TRANSFER, Act.DECLINE_TRANSFER}
OF_THE_STEP = {Act.START, Act.STEP, Act.RETURN_STEP, Act.DECIDE, Act.CLAIM}
# In whose name it is, and who completed the step before it.
IN_HAND = {State.IN_PROCESS: {"tuphap1"}, "apologising": {"tuphap1"}, "consulting": {"tuphap1"}}
SENT_BY = {"approving": {"tuphap1"}, "sealing": {"chutich"}}
# As a rule to another examiner.
ASSIGNED_TO = {"barred": "shared", "approving": "phochutich", "sealing": "shared"}
HOLDER_AFTER = {
    Act.RECEIVE: "position",
    Act.REFUSE: "none",
    Act.REQUEST_SUPPLEMENT: "applicant",
    Act.REQUEST_PAYMENT: "payer",
    Act.SUPPLY: "position",
    Act.DECIDE: "desk",
    Act.TRANSFER: "desk",
    Act.ACCEPT_TRANSFER: "position",
    Act.DECLINE_TRANSFER: "position",
    Act.MAKE_AVAILABLE: "desk",
    Act.HAND_OVER: "none",
    Act.WITHDRAW: "none",
    Act.STOP: "none",
}


def people(place: str, what: Act) -> set[str]:
    """Who may do `what` there; design, section 4."""
    if what is Act.PAY:
        return CASHIERS
    if what is Act.REQUEST_PAYMENT:
        return DESK | STEP_PEOPLE.get(place, set())
    if what in OF_THE_DESK or (what is Act.REQUEST_SUPPLEMENT and place == State.SUBMITTED):
        return DESK
    if what in (Act.ANSWER_CONSULTATION, Act.HAND_ON_CONSULTATION):
        return {"chutich.mauhai"}
    if what in OF_OPINIONS | {Act.CONSULT}:
        return LEADERS | STEP_PEOPLE.get(place, set())
    if what is Act.PREPARE_DELAY:  # also while the dossier waits for others
        return STEP_PEOPLE.get(place, EXAMINERS)
    if what in OF_THE_NEIGHBOUR:
        return {"tiepnhan1.mauhai"}
    if what is Act.TRANSFER:
        return DESK | LEADERS
    if what is Act.DECLARE_INTEREST:
        return STEP_PEOPLE.get(place, set()) | LEADERS
    if what in OF_THE_STEP or what is Act.REQUEST_SUPPLEMENT:
        return of_the_step(place, what)
    if what in (Act.PUT_BACK, Act.RECALL):
        return (IN_HAND if what is Act.PUT_BACK else SENT_BY).get(place, set())
    return FINDERS if what is Act.REOPEN_FOR_CORRECTION else LEADERS


def of_the_step(place: str, what: Act) -> set[str]:
    """Who has it in their name does it; the others of the seat take it over first."""
    seated, has = STEP_PEOPLE.get(place, set()), IN_HAND.get(place, set())
    if what is Act.CLAIM:
        return seated - has
    return has or seated if what in OF_THE_STEP else seated


def doing_there(place: str, what: Act, at: datetime) -> Doing:
    doing = doings(at)[what]
    if what is Act.ASSIGN and place in ASSIGNED_TO:
        to = ASSIGNED_TO[place]
        doing = replace(doing, arguments={**doing.arguments, "to": str(logins().get(to, to))})
    if what is Act.CLAIM and place in IN_HAND:
        doing = replace(doing, arguments={"reason": "Người giữ đi công tác."})
    if what is Act.CONSULT and place == "consulting":
        doing = replace(doing, arguments={**doing.arguments, "whom": ["unit:economy"]})
    able = sorted(people(place, what))
    if what is Act.RETURN_STEP and place == "sealing":
        doing = replace(doing, arguments={**doing.arguments, "to": "approve"})
    return replace(doing, login=able[0] if able else doing.login)


@contextmanager
def taken_back() -> Iterator[None]:
    """What is done inside leaves nothing, so that the next act finds the dossier where it was."""
    here = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(here)


def test_the_possible_acts_are_the_tables():
    for place, possible in POSSIBLE.items():
        state = row_of(brought_to(place)[0])["state"]
        by_table = {row.act for row in ACTS.values() if row.built and state in row.sources}
        assert possible <= by_table, place
        if place in set(State):
            # a first step has no way back, only the last one decides, nothing is suspended, nothing to be told of,
            # the amounts are known, and nothing waits for a register
            elsewhere = {Act.RETURN_STEP, Act.DECIDE, Act.RESUME, Act.NOTIFY_READY, Act.SET_FEE, Act.BACKFILL}
            # it is in somebody's name, or in nobody's, and nothing was sent on
            elsewhere |= {Act.CLAIM, Act.PUT_BACK, Act.RECALL, Act.LIFT_INTEREST}
            elsewhere |= {
                *OF_OPINIONS,
                Act.SEND_BACK_DELAY,
            }  # nobody is asked for an opinion, no letter waits
            assert by_table - possible <= elsewhere, place
    assert set(POSSIBLE) == set(PLACES)


@pytest.mark.parametrize("place", POSSIBLE, ids=str)
def test_every_act_by_the_right_person(place):
    code, at = brought_to(place)
    opened(at)  # a twin
    before = everything(code)
    for what in doings(at):
        doing = doing_there(place, what, at)
        if what in POSSIBLE[place]:
            with taken_back():
                recorded = act(doing.login, at, doing.flow, code=code, **doing.arguments)
                assert_as_the_table_says(what, before["row"], recorded.row)
                assert decoded(recorded.row) == decoded(row_of(code))
        else:
            with pytest.raises((NotAllowedNow, Denied, Invalid)):
                act(doing.login, at, doing.flow, code=code, **doing.arguments)
        assert everything(code) == before, what


def assert_as_the_table_says(what: Act, before: dict[str, Any], after: dict[str, Any]) -> None:
    to = ACTS[what].to
    if what is Act.SUPPLY or (what in SETTLE and before["state"] == State.PAYMENT_REQUESTED):
        assert after["state"] == after["stage"] == before["stage"]
        assert after["holder_kind"] == "position"
        return
    elif what in PROPOSED:
        assert after["state"] == before["state"]
        assert after["pending"]["act"] == what
    elif what is Act.DECLINE_TRANSFER:
        assert after["state"] == State.IN_PROCESS
    else:
        assert after["state"] == (before["state"] if to is None else to), what
    assert after["holder_kind"] == HOLDER_AFTER.get(what, before["holder_kind"]), what
    assert after["head_seq"] == before["head_seq"] + 1


@pytest.mark.parametrize("place", [place for place, possible in POSSIBLE.items() if possible], ids=str)
def test_every_possible_act_by_everybody(place):
    code, at = brought_to(place)
    opened(at)  # a twin
    before = everything(code)
    for what in sorted(POSSIBLE[place]):
        doing = doing_there(place, what, at)
        may = set()
        for login in logins():
            with taken_back():
                try:
                    act(login, at, doing.flow, code=code, **doing.arguments)
                    may.add(login)
                except Denied:
                    assert everything(code) == before, (what, login)
        assert may == people(place, what), what


def parties_of(code: str) -> list[str]:
    return [party["party"] for party in json.loads(row_of(code)["parties"])]


def citizen(identity: object) -> Actor:
    return Actor(kind="citizen", id=str(identity))


def as_citizen(identity, at, flow, **arguments):
    who = citizen(identity)
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        return flow(actor=who, at=at, **arguments)


def test_an_applicant_withdraws_and_supplies_but_nobody_elses():
    code, at = brought_to(State.SUPPLEMENT_REQUESTED)
    other = opened(at)
    (party,), (stranger,) = parties_of(code), parties_of(other)
    before = everything(code)
    for flow, arguments in (
        (progress.supply, {"items": ["1"]}),
        (progress.withdraw, {"shown_by": "account"}),
    ):
        with pytest.raises(Denied):
            as_citizen(stranger, at, flow, code=code, **arguments)
        assert everything(code) == before
    with pytest.raises(Denied):
        as_citizen(party, at, progress.stop, code=code, ground="law", basis="x", reason="x")
    as_citizen(party, at, progress.supply, code=code, items=["1"])
    assert row_of(code)["state"] == State.IN_PROCESS
    as_citizen(party, at, progress.withdraw, code=code, shown_by="account")
    assert row_of(code)["state"] == State.WITHDRAWN


@pytest.mark.parametrize("place", [State.SUBMITTED, State.IN_PROCESS, State.DECIDED, State.STOPPED], ids=str)
def test_an_act_that_is_not_built_is_refused_with_a_sentence(place):
    """Whoever asks: no, in a sentence, and nothing is written."""
    code, at = brought_to(place)
    before = everything(code)
    for what in [row.act for row in ACTS.values() if not row.built]:
        for login in ("tiepnhan1", "chutich", "thuquy"):
            who = actor(login, at=at)
            with (
                pytest.raises(Refusal) as refusal,
                unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"),
            ):
                lock(code, act=what, actor=who, at=at)
            label = ACTS[what].label
            assert refusal.value.vi in {
                f"Vị trí của bạn không có quyền “{label.vi}” đối với hồ sơ này.",
                f"Chức năng “{label.vi}” chưa mở trong phiên bản này.",
            }
            assert label.en in refusal.value.en
    assert everything(code) == before


def test_a_code_that_does_not_exist_is_told_like_one_out_of_reach():
    with pytest.raises(NotFound) as refusal:
        act("tuphap1", moment(24, 9), progress.start, code="H99.01.01-260824-9999")
    assert refusal.value.vi == "Không có hồ sơ H99.01.01-260824-9999, hoặc hồ sơ ngoài phạm vi của bạn."
