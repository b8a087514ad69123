"""A statement that several people see to at one moment: one word counts, each line is written once."""

import threading

import pytest
from django.db import IntegrityError

from motcua.kernel.errors import NotAllowedNow
from motcua.kernel.time import local, now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.payments import handed_up as handed
from motcua.payments.operations import statements
from tests.support.money_days import AT, handed_up
from tests.support.pages import plain_static, visitor
from tests.support.streams import count
from tests.support.together import all_at_once
from tests.support.world import COMMUNE, actor

pytestmark = pytest.mark.django_db(transaction=True)
CONFIRM, WITHDRAW = statements.confirm, statements.withdraw


def told(which):
    """The word of each (who, deed), all said at once."""
    statement = handed_up("24/08/2026,5000,x,FT1", "24/08/2026,6000,x,FT2")

    def says(one):
        login, deed = one
        who = actor(login, at=AT)
        with unit_of_work(actor=who, at=AT, request=Request.fresh(), origin="simulated"):
            return deed(statement=statement, actor=who, at=AT)

    return all_at_once(says, which)


BOTH_CONFIRM = [("truongquay", CONFIRM), ("chutich", CONFIRM)]
CONFIRMED_AND_DROPPED = [("truongquay", CONFIRM), ("thuquy", WITHDRAW)]


@pytest.mark.parametrize("which", [BOTH_CONFIRM, CONFIRMED_AND_DROPPED])
def test_of_two_words_at_once_one_counts(which):
    before = count("ledger_event")
    answers = told(which)
    assert sum(answer is None for answer in answers) == 1
    assert sum(isinstance(answer, NotAllowedNow) for answer in answers) == 1
    assert count("ledger_event") == before + 2, "handed up, and one word"
    assert count("payments_statementline") == (2 if answers[0] is None or which is BOTH_CONFIRM else 0)


@pytest.mark.parametrize("which", [BOTH_CONFIRM, CONFIRMED_AND_DROPPED])
def test_the_control_without_the_agencys_lock_both_go_on_to_the_database(which, monkeypatch):
    together = threading.Barrier(2)

    statement_read = statements._waiting
    monkeypatch.setattr(statements, "claim_decision", lambda **_told: None)

    def waits(*told):
        found = statement_read(*told)
        together.wait(10)
        return found

    monkeypatch.setattr(statements, "_waiting", waits)
    answers = told(which)
    assert not any(isinstance(answer, NotAllowedNow) for answer in answers), "nothing else would have said no"
    assert any(isinstance(answer, IntegrityError) for answer in answers), "the database stops the second"


def test_several_who_go_on_at_once_write_each_line_once():
    at = now()
    statement = handed_up(*(f"{local(at):%d/%m/%Y},5000,x,FT{n}" for n in range(12)), at=at)
    there = f"/payments/statements/{statement}"
    logins = ("truongquay", "chutich", "phochutich", "thuquy")
    with plain_static():
        browsers = {login: visitor(login, at=at) for login in logins}
        who = actor("truongquay", at=at)
        with unit_of_work(actor=who, at=at, request=Request.fresh()):
            CONFIRM(statement=statement, actor=who, at=at)
        answers = all_at_once(
            lambda login: browsers[login].post(there, {"deed": "go_on", "idempotency_key": login}), logins
        )
    assert {answer.status_code for answer in answers} == {302}
    assert count("payments_credit") == 12
    assert {(row["became"], row["many"]) for row in handed.tally(statement, agency=COMMUNE)} == {("new", 12)}
