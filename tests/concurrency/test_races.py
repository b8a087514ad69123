"""Two people on one dossier at the same moment: one acts, the other is told politely, one event is written."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connection

from motcua.dossiers import record
from motcua.dossiers.states import Act, State
from motcua.flows import progress
from motcua.flows.reception import receive
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow, Refusal
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.operations import AlreadyDone
from motcua.ledger.selectors import check
from tests.support.acts import act, moment
from tests.support.lives import brought_to, doings, row_of
from tests.support.streams import count
from tests.support.together import all_at_once, alone, somebody_waits, while_at_work
from tests.support.world import actor, intake

pytestmark = pytest.mark.django_db(transaction=True)

NEXT_DOOR = "tiepnhan1.mauhai"
# where, the first act and who, the second act and who, how the second is refused
RACES = [
    (State.RECEIVED, Act.START, "tuphap1", Act.START, "tuphap2", Denied),
    (State.IN_PROCESS, Act.STEP, "tuphap1", Act.STEP, "tuphap2", Denied),
    ("approving", Act.STEP, "chutich", Act.STEP, "phochutich", Denied),
    ("approving", Act.STEP, "chutich", Act.RETURN_STEP, "phochutich", Denied),
    ("sealing", Act.DECIDE, "vanthu", Act.DECIDE, "vanthu", Denied),
    (State.DECIDED, Act.HAND_OVER, "tiepnhan1", Act.HAND_OVER, "tiepnhan2", NotAllowedNow),
    (State.DECIDED, Act.MAKE_AVAILABLE, "tiepnhan1", Act.MAKE_AVAILABLE, "tiepnhan2", NotAllowedNow),
    (State.IN_PROCESS, Act.WITHDRAW, "tiepnhan1", Act.STEP, "tuphap1", Denied),
    (State.IN_PROCESS, Act.SUSPEND, "chutich", Act.STEP, "tuphap1", NotAllowedNow),
    (State.IN_PROCESS, Act.REQUEST_SUPPLEMENT, "tuphap1", Act.REQUEST_SUPPLEMENT, "tuphap2", Denied),
    (State.SUPPLEMENT_REQUESTED, Act.SUPPLY, "tiepnhan1", Act.SUPPLY, "tiepnhan2", NotAllowedNow),
    (State.SUBMITTED, Act.RECEIVE, "tiepnhan1", Act.REFUSE, "tiepnhan2", NotAllowedNow),
    # who has the work
    (State.RECEIVED, Act.CLAIM, "tuphap1", Act.CLAIM, "tuphap2", NotAllowedNow),
    (State.IN_PROCESS, Act.PUT_BACK, "tuphap1", Act.PUT_BACK, "tuphap1", Denied),
    (State.IN_PROCESS, Act.DECLARE_INTEREST, "tuphap1", Act.STEP, "tuphap1", Denied),
    ("approving", Act.RECALL, "tuphap1", Act.STEP, "chutich", Denied),
    ("approving", Act.STEP, "chutich", Act.RECALL, "tuphap1", Denied),
    # mends: one proposal stands at a time, and lapses when the dossier moves on
    (State.RECEIVED, Act.VOID_RECEIPT, "tiepnhan1", Act.VOID_RECEIPT, "tiepnhan2", NotAllowedNow),
    (State.IN_PROCESS, Act.CORRECT_RECEPTION, "tiepnhan1", Act.CORRECT_RECEPTION, "tiepnhan2", NotAllowedNow),
    (
        State.RETURNED,
        Act.REOPEN_FOR_CORRECTION,
        "tuphap1",
        Act.REOPEN_FOR_CORRECTION,
        "chutich",
        NotAllowedNow,
    ),
    (State.DECIDED, Act.REVOKE_RESULT, "chutich", Act.REVOKE_RESULT, "phochutich", NotAllowedNow),
    (State.DECIDED, Act.REVOKE_RESULT, "chutich", Act.HAND_OVER, "tiepnhan1", NotAllowedNow),
    # between agencies
    (State.IN_PROCESS, Act.TRANSFER, "tiepnhan1", Act.TRANSFER, "tiepnhan2", Denied),
    (State.TRANSFERRED, Act.ACCEPT_TRANSFER, NEXT_DOOR, Act.ACCEPT_TRANSFER, NEXT_DOOR, Denied),
    (State.TRANSFERRED, Act.ACCEPT_TRANSFER, NEXT_DOOR, Act.DECLINE_TRANSFER, NEXT_DOOR, Denied),
    (State.TRANSFERRED, Act.DECLINE_TRANSFER, NEXT_DOOR, Act.ACCEPT_TRANSFER, NEXT_DOOR, Denied),
    (State.TRANSFERRED, Act.WITHDRAW, "tiepnhan1", Act.ACCEPT_TRANSFER, NEXT_DOOR, Denied),
    # money
    ("charged", Act.WAIVE, "chutich", Act.PAY, "thuquy", Invalid),
    ("charged", Act.PAY, "thuquy", Act.WAIVE, "chutich", Invalid),
    (State.DECIDED, Act.CHARGE_AT_RETURN, "tiepnhan1", Act.HAND_OVER, "tiepnhan2", NotAllowedNow),
    # papers
    (State.WITHDRAWN, Act.GIVE_BACK_PAPERS, "tiepnhan1", Act.GIVE_BACK_PAPERS, "tiepnhan2", NotAllowedNow),
]


def doing(what, login, at, code):
    told = doings(at)[what]
    return act(login, at, told.flow, code=code, **told.arguments)


@pytest.mark.parametrize(
    ("place", "first", "one", "second", "other", "refusal"),
    RACES,
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_the_second_waits_and_is_refused(place, first, one, second, other, refusal):
    """The second comes while the first is at work: it waits for the lock, then finds what the first left."""
    code, at = brought_to(place)
    head = row_of(code)["head_seq"]

    def slowly(wait):
        told = doings(at)[first]
        who = actor(one, at=at)
        with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
            told.flow(code=code, actor=who, at=at, **told.arguments)
            wait()

    answer = while_at_work(slowly, lambda: doing(second, other, at, code))
    assert isinstance(answer, refusal), answer
    assert row_of(code)["head_seq"] == head + 1
    assert check().faults == ()


def test_two_officers_start_at_once():
    code, at = brought_to(State.RECEIVED)
    events = count("ledger_event")
    answers = all_at_once(lambda login: doing(Act.START, login, at, code), ["tuphap1", "tuphap2"] * 3)
    assert sum(isinstance(answer, Refusal) for answer in answers) == 5
    (started,) = [answer for answer in answers if not isinstance(answer, Refusal)]
    assert row_of(code)["holder_account"] == started.row["holder_account"]
    assert count("ledger_event") == events + 1


def test_the_control_without_the_lock_both_pass_the_check_and_the_database_has_to_stop_one(monkeypatch):
    code, at = brought_to(State.RECEIVED)
    events = count("ledger_event")
    both_have_read = threading.Barrier(2)
    check = record.check

    def check_then_wait(*arguments):
        check(*arguments)
        both_have_read.wait(10)

    monkeypatch.setattr(record, "_LOCK", record._LOCK.replace("FOR NO KEY UPDATE", ""))
    monkeypatch.setattr(record, "check", check_then_wait)
    answers = all_at_once(lambda login: doing(Act.START, login, at, code), ["tuphap1", "tuphap2"])
    assert sum(isinstance(answer, IntegrityError) for answer in answers) == 1
    assert count("ledger_event") == events + 1


def send(login, at, key, flow, **arguments):
    who = actor(login, at=at)
    with unit_of_work(actor=who, at=at, request=Request.of(key, b"form"), origin="simulated"):
        return flow(actor=who, at=at, **arguments)


def test_one_form_sent_six_times_at_once_is_one_dossier():
    dossiers = count("dossiers_dossier")
    answers = all_at_once(
        lambda _: send("tiepnhan1", moment(24, 9), "key", receive, intake=intake(number="001099012345")),
        range(6),
    )
    (first,) = [answer for answer in answers if not isinstance(answer, Exception)]
    told = [(answer.stream, answer.seq) for answer in answers if isinstance(answer, AlreadyDone)]
    assert told == [(first.row["id"], 1)] * 5
    assert count("dossiers_dossier") == dossiers + 1
    assert (count("parties_party"), count("dossiers_label"), count("processes_runningstep")) == (1, 1, 1)


def test_one_click_sent_six_times_at_once_is_one_act():
    code, at = brought_to(State.IN_PROCESS)
    head = row_of(code)["head_seq"]
    answers = all_at_once(
        lambda _: send("tuphap1", at, "key", progress.step, code=code, outcome="granted"), range(6)
    )
    assert sum(isinstance(answer, AlreadyDone) for answer in answers) == 5
    assert row_of(code)["head_seq"] == head + 1


def test_acts_on_different_dossiers_do_not_wait_for_each_other():
    """While one officer's act is open, a colleague's on another dossier goes through."""
    one, at = brought_to(State.RECEIVED)
    other, _ = brought_to(State.RECEIVED)
    who = actor("tuphap1", at=at)
    with ThreadPoolExecutor(1) as people:
        with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
            progress.start(code=one, actor=who, at=at)
            done = people.submit(alone, doing, Act.START, "tuphap2", at, other).result(timeout=10)
        assert done.row["state"] == State.IN_PROCESS
    assert {row_of(one)["state"], row_of(other)["state"]} == {State.IN_PROCESS}


def test_a_refused_twin_may_try_again():
    """The first of two equal requests fails: the second, which waited for it, does the work."""
    code, at = brought_to(State.RECEIVED)
    written, let_go = threading.Event(), threading.Event()
    who = actor("tuphap1", at=at)

    def fails():
        with unit_of_work(actor=who, at=at, request=Request.of("key", b"form"), origin="simulated"):
            progress.start(code=code, actor=who, at=at)
            written.set()
            let_go.wait(10)
            raise Invalid("Không được.", "No.")

    with ThreadPoolExecutor(2) as people:
        failed = people.submit(alone, fails)
        assert written.wait(10)
        twin = people.submit(alone, lambda: send("tuphap1", at, "key", progress.start, code=code))
        with connection.cursor() as cursor:
            assert somebody_waits(cursor)
        let_go.set()
        with pytest.raises(Invalid):
            failed.result()
        assert twin.result().row["state"] == State.IN_PROCESS
