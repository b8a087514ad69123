"""A step that was sent on is taken back while branches run side by side: with all that it opened, and nothing else."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from motcua.dossiers.open_steps import OpenStep, open_steps
from motcua.flows import progress
from motcua.flows.assignment import claim, put_back, recall
from motcua.flows.reception import receive
from motcua.kernel.errors import Denied, NotAllowedNow, Refusal
from motcua.ledger.selectors import check
from motcua.processes.selectors import version
from tests.flows.test_branch_walks import made_up
from tests.flows.test_branches import CULTURE, LAND, MAP, begun, branched, is_whole, numbers, running, stepped
from tests.flows.test_hands import opens, refused
from tests.flows.test_mandates import give
from tests.support.acts import act, moment
from tests.support.lives import MINUTE, RESULT, plain
from tests.support.ruled import ruled
from tests.support.tables import approve, row, run, seal
from tests.support.world import intake, logins

pytestmark = pytest.mark.django_db
AT = moment(25, 17)
# What an act leaves behind that no recall takes away.
PAST = {"head_seq", "head_hash", "head_at", "holder_since", "sent"}


def taken_back(login: str, code: str, number: int | None = None, *, at: Any = AT) -> Any:
    return act(login, at, recall, code=code, number=number)


def stands(code: str) -> dict[str, Any]:
    return {name: value for name, value in plain(code).items() if name not in PAST}


def test_a_fork_is_recalled_with_all_its_branches_while_nobody_opened_one():
    code = branched()
    opens("tuphap1", code, AT)
    back = taken_back("tuphap1", code)
    assert (back.event.closed, numbers(code)) == ((4, 6), (2, []))
    assert plain(code)["holder_account"] == logins()["tuphap1"]
    assert running(code) == [(2, False), (4, False), (6, False), (2, True)]
    is_whole(code)


@pytest.mark.parametrize("reader", [LAND, CULTURE])
def test_one_who_opened_a_branch_keeps_the_fork(reader):
    code = branched()
    opens(reader, code, AT)
    assert "đã mở hồ sơ" in refused(NotAllowedNow, "tuphap1", AT, recall, code).vi
    assert numbers(code) == (4, [6])


@pytest.mark.parametrize("more", [{}, {"procedures": ("1.004873",)}], ids=["whole", "limited"])
def test_who_stands_in_for_one_opens_it_in_their_place(more):
    code = branched()
    give(to="phochutich", of=CULTURE, at=AT, since=AT, until=AT + 60 * MINUTE, **more)
    opens("phochutich", code, AT)
    assert "đã mở hồ sơ" in refused(NotAllowedNow, "tuphap1", AT, recall, code).vi
    assert numbers(code) == (4, [6])


def test_a_mandate_that_does_not_reach_the_dossier_opens_nothing_in_its_place():
    code = branched()
    give(to="phochutich", of=CULTURE, at=AT, since=AT, until=AT + 60 * MINUTE, procedures=("9.999999",))
    opens("phochutich", code, AT)
    taken_back("tuphap1", code)
    assert numbers(code) == (2, [])


def test_a_fork_of_which_one_branch_went_on_stands():
    code = branched()
    stepped(CULTURE, 9, code)
    refused(Denied, "tuphap1", AT, recall, code)


def test_in_a_branch_that_branch_alone_goes_back_whatever_the_other_did():
    code = branched()
    stepped(LAND, 9, code)
    stepped(CULTURE, 10, code)
    assert (numbers(code), plain(code)["proposal"]["step"]) == ((5, []), 6)
    back = taken_back(LAND, code)
    assert (back.event.number, back.event.closed, numbers(code)) == (4, (5,), (4, []))
    assert plain(code)["proposal"]["step"] == 6, "what the other branch said stands"
    # the other one's, which came to nobody, can be had back too, and comes beside
    taken_back(CULTURE, code, 6)
    assert (numbers(code), plain(code)["proposal"]["step"]) == ((4, [6]), 2)
    is_whole(code)


def test_of_two_who_wait_at_the_join_the_first_leads_again():
    code = branched()
    stepped(LAND, 9, code)
    stepped(MAP, 10, code)
    assert numbers(code) == (6, [])
    back = taken_back(MAP, code)
    assert (back.event.closed, numbers(code)) == ((), (5, [6]))
    assert plain(code)["queue"] == "H99.01.01/economic_section"
    assert running(code)[-1] == (5, True)
    is_whole(code)


def test_the_last_into_a_join_reopens_its_branch_and_the_other_stays_done():
    code = branched()
    stepped(LAND, 9, code)
    stepped(MAP, 10, code)
    stepped(CULTURE, 11, code)
    refused(Denied, MAP, AT, recall, code)
    back = taken_back(CULTURE, code)
    assert (back.event.closed, numbers(code)) == ((7,), (6, []))
    stepped(CULTURE, 16, code, day=26)
    assert numbers(code) == (7, [])
    is_whole(code)


def test_what_was_claimed_or_named_otherwise_meanwhile_is_told():
    code = branched()
    stepped(LAND, 9, code)
    assert "việc khác" in refused(NotAllowedNow, LAND, AT, recall, code, number=2).vi


def test_who_took_a_step_back_and_left_it_to_another_may_do_the_row_apart_from_it():
    """Else of two officers nobody would be left."""
    ruled({"verify": {"apart_from": ["examine"]}}, before={"code": "verify", "kind": "verify"})
    code = act("tiepnhan1", moment(24, 9), receive, intake=intake()).row["code"]
    act("tuphap1", moment(24, 10), progress.start, code=code)
    stepped("tuphap1", 8, code)
    taken_back("tuphap1", code)
    act("tuphap1", AT + MINUTE, put_back, code=code, reason="Để người khác làm.")
    stepped("tuphap2", 8, code, day=26)
    refused(Denied, "tuphap2", moment(26, 9), progress.step, code, outcome="granted")
    stepped("tuphap1", 9, code, day=26)
    assert plain(code)["step"] == 4
    is_whole(code)


def test_branches_none_of_which_is_to_be_done_are_passed_over_and_named():
    never = {"==": [{"var": "channel"}, "online"]}
    beside = {"positions": ["economic_section"], "when": never}
    rows_of = (
        row("examine"),
        row("a", branch="g.1", **beside),
        row("b", branch="g.2", **beside),
        approve(),
        seal(),
    )
    code, _row = begun(*rows_of)
    sent = stepped("tuphap1", 8, code)
    assert (sent.event.passed_over, numbers(code)) == ((3, 4), (5, []))
    taken_back("tuphap1", code)
    assert numbers(code) == (2, [])
    is_whole(code)


def test_to_and_fro_between_branches_and_what_lies_before_them_ends_as_it_would_have():
    """However often it comes back: one holder, nobody's due after the dossier's, and the way to the end stays open."""
    code = branched()
    at = moment(25, 9)
    for turn in range(12):
        at += MINUTE
        if turn % 3 == 0:
            act(CULTURE, at, progress.return_step, code=code, to="examine", reason="Xem lại.")
        elif turn % 3 == 1:
            act("tuphap1", at, progress.step, code=code, outcome="granted")
        else:
            act("tuphap1", at, recall, code=code)
            act("tuphap1", at + MINUTE / 2, progress.step, code=code, outcome="granted")
        found = plain(code)
        assert all(one.due_at <= found["due_at"] for one in open_steps(found))
        assert found["holder_kind"] == "position"
    for login, hour in ((LAND, 10), (CULTURE, 11), (MAP, 13), ("tuphap1", 14), ("chutich", 15)):
        stepped(login, hour, code)
    act("vanthu", moment(25, 16), progress.decide, code=code, papers=[RESULT])
    assert plain(code)["state"] == "decided"
    is_whole(code)
    assert check().faults == ()


class Process:
    """One dossier that goes through a table made up for it, each step done by somebody who has it in their name."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - to be had again
        run(made_up(self.dice), valid_from=date(2026, 8, 20))
        self.at = moment(24, 9)
        self.code = act("tiepnhan1", self.at, receive, intake=intake()).row["code"]
        self.did: list[tuple[str, int]] = []

    def does(self, login: str, flow: Any, **told: Any) -> Any:
        self.at += MINUTE
        return act(login, self.at, flow, code=self.code, **told)

    def in_hand(self) -> tuple[str, OpenStep]:
        """One of the open steps, in the name of somebody."""
        names = {account: login for login, account in logins().items()}
        people = {
            "justice_officer": "tuphap1",
            "economic_section": "kinhte",
            "culture_society_section": "vanhoa",
            "clerk": "vanthu",
            "chair": "chutich",
        }
        one = self.dice.choice(open_steps(plain(self.code)))
        if one.holder.account is None:
            login = people[self.dice.choice([kind for kind in one.kinds if kind in people])]
            self.does(login, claim, number=one.number)
        else:
            login = names[one.holder.account]
        if plain(self.code)["stage"] == "received":
            self.does(login, progress.start)
        return login, next(o for o in open_steps(plain(self.code)) if o.number == one.number)

    def goes_on(self, login: str, one: OpenStep) -> bool:
        table = version(plain(self.code)["process_version"]).steps[one.number - 1]
        way = table.outcomes[0].code if table.outcomes and self.dice.random() < 0.5 else ""
        said = {"outcome": "granted"}
        if self.dice.random() < 0.3:
            said = {"outcome": "refused", "note": "Thiếu.", "basis": "Luật"}
        try:
            self.does(login, progress.step, number=one.number, way=way, **said)
        except Refusal:
            return False
        return True

    def times_add_up(self) -> None:
        row = plain(self.code)
        with connection.cursor() as cursor:
            cursor.execute("SELECT since, until FROM dossiers_holding WHERE dossier = %s", [row["id"]])
            held = cursor.fetchall()
        total = sum(((until or self.at) - since for since, until in held), timedelta())
        assert total == self.at - min(since for since, _until in held)


@pytest.mark.parametrize("seed", [3, 5, 7, 8])
def test_taken_back_it_stands_exactly_as_before(seed):
    """Who holds what, what is due when, what was said; whichever step of whichever table it was."""
    one = Process(seed)
    recalled = 0
    for _ in range(14):
        login, step = one.in_hand()
        before, others = stands(one.code), [o.number for o in open_steps(plain(one.code))]
        if not one.goes_on(login, step):
            break  # the last step: what follows is the decision
        one.does(login, recall, number=step.number)
        assert stands(one.code) == before
        one.times_add_up()
        recalled += 1
        if not one.goes_on(login, step):
            break
        beside = [o for o in open_steps(plain(one.code)) if o.number in others]
        if beside and one.dice.random() < 0.5:
            kept = {o.number: o for o in open_steps(plain(one.code))} | {step.number: step}
            one.does(login, recall, number=step.number)
            back = {o.number: o.holder for o in open_steps(plain(one.code))}
            assert all(holder == kept[number].holder for number, holder in back.items())
    assert recalled
    is_whole(one.code)
    assert check().faults == ()
