"""A step is recalled while who got it opens the dossier, or goes on: one comes first, and the other finds it so. Two
dossiers that a rule gives at the same moment: each has one holder who may do it."""

import pytest
from django.db import transaction

from motcua.dossiers.operations import hands
from motcua.dossiers.selectors import find_row
from motcua.flows import progress
from motcua.flows.assignment import recall
from motcua.flows.reception import receive
from motcua.kernel.errors import NotAllowedNow, Refusal
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import check
from tests.support.acts import act, moment
from tests.support.lives import brought_to, opened, row_of
from tests.support.ruled import ruled
from tests.support.streams import count
from tests.support.tables import approve, row, run, table
from tests.support.together import all_at_once, while_at_work
from tests.support.world import actor, intake, logins, viewer

pytestmark = pytest.mark.django_db(transaction=True)


def recalling(code, at):
    def slowly(wait):
        who = actor("tuphap1", at=at)
        with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
            recall(code=code, actor=who, at=at)
            wait()

    return slowly


def opening(code, at, wait=lambda: None, login="chutich"):
    who = viewer(login)
    row = find_row(code, viewer=who)[0]
    with transaction.atomic():
        hands.mark_opened(row, viewer=who, at=at)
        wait()


def test_what_is_being_recalled_is_not_opened():
    code, at = brought_to("approving")
    answer = while_at_work(recalling(code, at), lambda: opening(code, at))
    assert answer is None
    assert (row_of(code)["step"], count("dossiers_opening")) == (2, 0)


def test_what_is_being_opened_is_not_recalled():
    code, at = brought_to("approving")
    answer = while_at_work(
        lambda wait: opening(code, at, wait), lambda: act("tuphap1", at, recall, code=code)
    )
    assert type(answer) is NotAllowedNow
    assert (row_of(code)["step"], count("dossiers_opening")) == (3, 1)


def test_the_control_without_the_lock_it_is_opened_and_recalled(monkeypatch):
    code, at = brought_to("approving")
    monkeypatch.setattr(hands, "_OPEN", hands._OPEN.replace("FOR SHARE", ""))
    with pytest.raises(AssertionError, match="did not wait"):
        while_at_work(lambda wait: opening(code, at, wait), lambda: act("tuphap1", at, recall, code=code))
    assert (row_of(code)["step"], count("dossiers_opening")) == (2, 1)


def forked():
    """A dossier that was just sent into two branches, on the way from `tuphap1` to `kinhte` and, beside, `vanhoa`."""
    rows = [row(seat, branch=f"a.{seat}", positions=[seat]) for seat in FORK.values()]
    run(table(row("examine"), *rows, approve()))
    code = act("tiepnhan1", moment(24, 9), receive, intake=intake()).row["code"]
    act("tuphap1", moment(24, 10), progress.start, code=code)
    act("tuphap1", moment(24, 11), progress.step, code=code, outcome="granted")
    return code, moment(24, 12)


FORK = {"kinhte": "economic_section", "vanhoa": "culture_society_section"}


@pytest.mark.parametrize("reader", FORK)
def test_a_fork_of_which_a_branch_is_being_opened_is_not_recalled(reader):
    code, at = forked()
    answer = while_at_work(
        lambda wait: opening(code, at, wait, login=reader), lambda: act("tuphap1", at, recall, code=code)
    )
    assert type(answer) is NotAllowedNow
    assert (row_of(code)["step"], count("dossiers_opening")) == (3, 1)


def test_a_fork_that_is_being_recalled_has_no_branch_to_go_on():
    code, at = forked()
    answer = while_at_work(
        recalling(code, at), lambda: act("vanhoa", at, progress.step, code=code, number=4, outcome="granted")
    )
    assert isinstance(answer, Refusal)
    assert (row_of(code)["step"], row_of(code)["beside"]) == (2, "[]")
    assert check().faults == ()


OFFICERS = ("tuphap1", "tuphap2")


def holders(codes):
    return [row_of(code)["holder_account"] for code in codes]


@pytest.mark.parametrize("rule", ["load", "rotation"])
def test_two_at_once_by_a_rule_may_see_the_same_numbers_and_nothing_breaks(rule):
    """What the other has not committed is not counted: both may get one person, the next goes to the other."""
    ruled({"examine": {"assignment": rule}})
    officers = {logins()[login] for login in OFFICERS}
    codes = all_at_once(lambda minute: opened(moment(24, 9, minute)), range(4))
    assert set(holders(codes)) <= officers
    given = [holders(codes).count(account) for account in sorted(officers)]
    later = opened(moment(24, 10))
    if rule == "load" and given[0] != given[1]:
        assert holders([later]) == [sorted(officers)[given[0] > given[1]]]
    assert check().faults == ()


@pytest.mark.parametrize("rule", ["load", "rotation"])
def test_the_control_one_after_the_other_each_gets_as_many(rule):
    ruled({"examine": {"assignment": rule}})
    given = holders([opened(moment(24, 9, minute)) for minute in range(4)])
    assert sorted(given.count(logins()[login]) for login in OFFICERS) == [2, 2]
