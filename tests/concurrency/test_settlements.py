"""A day's settlement closed twice at one moment: one stands; without the lock the database holds it."""

import threading

import pytest
from django.db import IntegrityError

from motcua.flows import settlements
from motcua.flows.reception import receive
from motcua.kernel.errors import NotAllowedNow
from motcua.payments.operations import settlements as closing
from tests.support.acts import act
from tests.support.money_days import AT, closed, do, taken
from tests.support.streams import count
from tests.support.together import all_at_once
from tests.support.world import OTHER_COMMUNE, intake

pytestmark = pytest.mark.django_db(transaction=True)


def both():
    code = act("tiepnhan1", AT, receive, intake=intake(competent=OTHER_COMMUNE)).row["code"]
    taken(str(code))
    closed({10_000: 1})
    return all_at_once(lambda _n: do("thuquy", settlements.close, payee=OTHER_COMMUNE), [1, 2])


def test_of_two_closings_at_once_one_stands():
    answers = both()
    assert sum(isinstance(answer, NotAllowedNow) for answer in answers) == 1
    assert (count("payments_settlement"), count("payments_settledline")) == (1, 1)


def test_the_control_without_the_agencys_lock_the_database_holds_it(monkeypatch):
    together, next_number = threading.Barrier(2), closing.next_number

    def waits(*told):
        together.wait(10)
        return next_number(*told)

    monkeypatch.setattr(settlements, "lock", lambda _agency: None)
    monkeypatch.setattr(closing, "next_number", waits)
    answers = both()
    assert sum(isinstance(answer, IntegrityError) for answer in answers) == 1
    assert (count("payments_settlement"), count("payments_settledline")) == (1, 1)
