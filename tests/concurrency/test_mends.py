"""Two people mend one mistake at once: what was proposed is confirmed once, declined, taken back, or has lapsed."""

import threading
from unittest.mock import patch

import pytest
from django.db import IntegrityError

from motcua.dossiers import record
from motcua.dossiers.states import Act, State
from motcua.flows import mends, progress
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import check
from tests.support.acts import act
from tests.support.lives import MINUTE, brought_to, doings, opened, row_of
from tests.support.streams import count
from tests.support.together import all_at_once, while_at_work
from tests.support.world import actor

pytestmark = pytest.mark.django_db(transaction=True)

MANAGER, LEADER, OTHER_LEADER = "truongquay", "chutich", "phochutich"


def proposed(what, place):
    """A dossier on which `what` is proposed: its code, the moment after, the proposal's seq."""
    code, at = brought_to(place)
    if what is Act.CLOSE_AS_DUPLICATE:
        opened(at)
    told = doings(at)[what]
    seq = act(told.login, at, told.flow, code=code, **told.arguments).meta.seq
    return code, at + MINUTE, seq


def answers(code, at, seq):
    """What may be done to the proposal, and by whom as a rule."""
    no = {"seq": seq, "reason": "Không thấy sai."}
    return {
        "confirm": lambda login=MANAGER: act(login, at, mends.confirm, code=code, seq=seq),
        "decline": lambda login=MANAGER: act(login, at, mends.decline, code=code, **no),
        "take_back": lambda login="tiepnhan1": act(login, at, mends.take_back, code=code),
        "start": lambda login="tuphap1": act(login, at, progress.start, code=code),
    }


def at_work(login, at, flow, **told):
    """The first of two, who has written and waits."""
    who = actor(login, at=at)

    def slowly(wait):
        with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
            flow(actor=who, at=at, **told)
            wait()

    return slowly


@pytest.mark.parametrize("second", ["confirm", "decline", "take_back", "start"])
def test_what_is_confirmed_is_confirmed_once(second):
    """The manager voids the receipt; who answers, takes back or takes up meanwhile waits, and is told."""
    code, at, seq = proposed(Act.VOID_RECEIPT, State.RECEIVED)
    head = row_of(code)["head_seq"]
    first = at_work(MANAGER, at, mends.confirm, code=code, seq=seq)
    answer = while_at_work(first, answers(code, at, seq)[second])
    assert isinstance(answer, Denied if second == "start" else NotAllowedNow), answer
    after = row_of(code)
    assert (after["head_seq"], after["state"], after["stop_ground"]) == (head + 1, State.STOPPED, "void")
    assert check().faults == ()


@pytest.mark.parametrize("first", ["take_back", "start"])
def test_what_lapsed_meanwhile_is_not_confirmed(first):
    code, at, seq = proposed(Act.VOID_RECEIPT, State.RECEIVED)
    flow, login = {"take_back": (mends.take_back, "tiepnhan1"), "start": (progress.start, "tuphap1")}[first]
    answer = while_at_work(at_work(login, at, flow, code=code), answers(code, at, seq)["confirm"])
    assert isinstance(answer, NotAllowedNow), answer
    after = row_of(code)
    assert (after["pending"], after["stop_ground"]) == (None, "")
    assert check().faults == ()


@pytest.mark.parametrize(
    ("what", "place", "pair"),
    [
        (Act.CORRECT_RECEPTION, State.IN_PROCESS, (MANAGER, MANAGER)),
        (Act.REOPEN_FOR_CORRECTION, State.RETURNED, (LEADER, OTHER_LEADER)),
        (Act.CLOSE_AS_DUPLICATE, State.IN_PROCESS, (MANAGER, MANAGER)),
    ],
    ids=str,
)
def test_two_confirm_at_once(what, place, pair):
    code, at, seq = proposed(what, place)
    head = row_of(code)["head_seq"]
    told = all_at_once(lambda login: act(login, at, mends.confirm, code=code, seq=seq), pair)
    assert sum(isinstance(answer, NotAllowedNow) for answer in told) == 1, told
    after = row_of(code)
    assert (after["head_seq"], after["pending"]) == (head + 1, None)
    assert check().faults == ()


def test_the_control_without_the_lock_both_confirm_and_the_database_has_to_stop_one(monkeypatch):
    code, at, seq = proposed(Act.VOID_RECEIPT, State.RECEIVED)
    events = count("ledger_event")
    both_have_read = threading.Barrier(2)
    countersign = mends.policy.check_countersign

    def check_then_wait(*arguments):
        countersign(*arguments)
        both_have_read.wait(10)

    monkeypatch.setattr(record, "_LOCK", record._LOCK.replace("FOR NO KEY UPDATE", ""))
    monkeypatch.setattr(mends.policy, "check_countersign", check_then_wait)
    told = all_at_once(lambda _: act(MANAGER, at, mends.confirm, code=code, seq=seq), range(2))
    assert sum(isinstance(answer, IntegrityError) for answer in told) == 1, told
    assert count("ledger_event") == events + 1


def twins():
    """Two dossiers, each proposed to be closed as the other's duplicate by two who did not know of each other."""
    one, at = brought_to(State.IN_PROCESS)
    other = opened(at)
    told = {"reason": "Nộp hai lần."}
    pairs = ((one, other), (other, one))
    with patch.object(mends, "_refuse_proposed"):
        seqs = {
            code: act("tiepnhan1", at, mends.close_as_duplicate, code=code, of=of, **told).meta.seq
            for code, of in pairs
        }
    return seqs, at + MINUTE


def closed(codes):
    return [row_of(code)["stop_ground"] for code in codes].count("duplicate")


@pytest.fixture
def both_have_read(monkeypatch):
    """Twins, of which both managers have locked their own and read the other before either goes on."""
    found = twins()
    barrier, twin = threading.Barrier(2), mends._twin

    def read_then_wait(*arguments):
        other = twin(*arguments)
        barrier.wait(10)
        return other

    monkeypatch.setattr(mends, "_twin", read_then_wait)
    return found


def confirmed_at_once(seqs, at):
    return all_at_once(lambda code: act(MANAGER, at, mends.confirm, code=code, seq=seqs[code]), seqs)


def test_two_that_are_each_others_duplicate_are_not_both_closed():
    seqs, at = twins()
    one, other = seqs
    first = at_work(MANAGER, at, mends.confirm, code=one, seq=seqs[one])
    answer = while_at_work(first, lambda: act(MANAGER, at, mends.confirm, code=other, seq=seqs[other]))
    assert isinstance(answer, Invalid)
    assert "đóng vì trùng" in answer.vi
    assert closed(seqs) == 1
    assert check().faults == ()


def test_nor_when_both_are_confirmed_in_the_same_instant(both_have_read):
    seqs, at = both_have_read
    refused = [answer for answer in confirmed_at_once(seqs, at) if isinstance(answer, NotAllowedNow)]
    assert refused
    assert all("thử lại" in answer.vi for answer in refused)
    assert closed(seqs) == 2 - len(refused)


def test_the_control_that_holds_no_twin_closes_both(monkeypatch, both_have_read):
    monkeypatch.setattr(mends.dossiers, "hold", lambda other: True)
    seqs, at = both_have_read
    confirmed_at_once(seqs, at)
    assert closed(seqs) == 2
