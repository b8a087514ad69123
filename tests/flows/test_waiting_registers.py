"""A register that hangs holds no page up: who waits for it, how many at a time, and for how long nobody does."""

from datetime import timedelta

import pytest
from django.db import connection

from motcua.flows import registers
from motcua.kernel.errors import NotAllowedNow
from motcua.parties.registers import Outcome, Question
from motcua.reactions.registers import ask_again
from tests.support.acts import moment
from tests.support.lives import opened, plain
from tests.support.register import HUNG, TUYET, stand_in
from tests.support.world import COMMUNE, actor

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
NAME = "population.0.name"


def outcomes():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a.outcome FROM access_log_registerquestion q"
            " LEFT JOIN access_log_registeranswer a ON a.question = q.id ORDER BY q.id"
        )
        return [outcome for (outcome,) in cursor.fetchall()]


def asked_now(at, name=TUYET[1]):
    """What an officer who waits at a page is told."""
    return registers.ask_now(
        question=Question(number=TUYET[0], name=name),
        procedure="1.004873",
        subject="H99.01.01-260824-0001",
        agency=COMMUNE,
        actor=actor("tiepnhan1", at=at),
        clock=lambda: at,
        officer="tiepnhan1",
    )


def test_a_register_that_was_silent_holds_no_page_up_for_a_minute():
    at = moment(24, 10)
    with stand_in() as register:
        register.kill()
        first = asked_now(at)
        register.come_back()
        second = asked_now(at + registers.AWAY_FOR - SECOND, name=HUNG[1])
        assert outcomes() == ["silent"]
        third = asked_now(at + registers.AWAY_FOR)
    assert (first.outcome, second.outcome, third.outcome) == (Outcome.SILENT, Outcome.UNASKED, Outcome.FOUND)
    assert (second.number, second.question.name) == ("", HUNG[1]), "nobody was asked: no question's number"


def test_the_duty_asks_a_silent_register_and_its_answer_opens_the_pages_again():
    code = opened(moment(24, 9), degraded=[NAME], number=TUYET[0], name=TUYET[1])
    at = moment(24, 10)
    with stand_in() as register:
        register.kill()
        asked_now(at)
        register.come_back()
        assert ask_again(clock=lambda: at + SECOND, origin="simulated") == 1
        assert asked_now(at + 2 * SECOND).outcome is Outcome.FOUND
    assert not plain(code)["degraded"]


def test_one_page_of_a_process_waits_for_the_register_and_the_others_are_told(monkeypatch):
    at, told = moment(24, 10), []

    class Hanging:
        def ask(self, *_, **__):
            with pytest.raises(NotAllowedNow) as refusal:
                asked_now(at)
            told.append(refusal.value.vi)
            return Outcome.FOUND, None

    monkeypatch.setattr(registers, "population", Hanging)
    for _ in range(2):
        assert asked_now(at).outcome is Outcome.FOUND
    assert len(told) == 2
    assert outcomes() == ["found", "found"]
