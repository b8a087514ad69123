"""One field that waits, and two who fill it in at once: one does, the other is told, one event is written."""

import pytest

from motcua.flows import registers
from motcua.kernel.actor import SYSTEM
from motcua.kernel.errors import NotAllowedNow
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.parties.registers import Answer, Outcome, Question, Registered
from tests.support.acts import act, moment
from tests.support.lives import opened, plain
from tests.support.register import TUYET
from tests.support.streams import count
from tests.support.together import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)

AT = moment(24, 10)
FIELD = "population.0.name"


def degraded():
    return opened(moment(24, 9), degraded=(FIELD,), number=TUYET[0], name=TUYET[1])


def shows_a_paper(code, login):
    return act(login, AT, registers.backfill, code=code, fields=[FIELD], shown="Căn cước bản chính.")


def answers(code):
    row = plain(code)
    question = Question(number=TUYET[0], name=TUYET[1])
    person = Registered(number=TUYET[0], name=TUYET[1].upper())
    answer = Answer(
        register="population",
        number="n",
        asked_at=AT,
        question=question,
        outcome=Outcome.FOUND,
        person=person,
    )
    about, _fields = registers.person_at(row, 0)
    with unit_of_work(actor=SYSTEM, at=AT, request=Request.of("register/n"), origin="simulated"):
        return registers.keep_answer(
            dossier=row["id"], place=0, answer=answer, about=about, actor=SYSTEM, at=AT
        )


def test_two_papers_at_once():
    code, events = degraded(), count("ledger_event")
    said = all_at_once(lambda login: shows_a_paper(code, login), ["tiepnhan1", "tuphap1"])
    assert sorted(isinstance(one, NotAllowedNow) for one in said) == [False, True]
    assert (plain(code)["degraded"], count("ledger_event")) == (None, events + 1)


def test_a_paper_while_the_register_answers():
    code, events = degraded(), count("ledger_event")
    said = all_at_once(lambda who: who(), [lambda: shows_a_paper(code, "tiepnhan1"), lambda: answers(code)])
    won = [one for one in said if one is not None and not isinstance(one, NotAllowedNow)]
    assert len(won) == 1, said
    assert (plain(code)["degraded"], count("ledger_event")) == (None, events + 1)
