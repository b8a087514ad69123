"""One field that waits, and two who act on it at once: one is first, the other finds what is so by then."""

import pytest

from motcua.dossiers.states import Act, State
from motcua.flows import mends, registers
from motcua.kernel.actor import SYSTEM
from motcua.kernel.errors import NotAllowedNow
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.parties.registers import Answer, Outcome, Question, Registered
from tests.support.acts import act, moment
from tests.support.lives import MINUTE, corrected, doings, opened, plain
from tests.support.register import TUYET, stand_in
from tests.support.streams import count
from tests.support.together import all_at_once, while_at_work
from tests.support.world import actor, intake

pytestmark = pytest.mark.django_db(transaction=True)

AT = moment(24, 10)
FIELD = "population.0.name"


def degraded():
    return opened(moment(24, 9), degraded=(FIELD,), number=TUYET[0], name=TUYET[1])


def shows_a_paper(code, login):
    return act(login, AT, registers.backfill, code=code, fields=[FIELD], shown="Căn cước bản chính.")


def answer_of(name):
    return Answer(
        register="population",
        number="n",
        asked_at=AT,
        question=Question(number=TUYET[0], name=TUYET[1]),
        outcome=Outcome.FOUND,
        person=Registered(number=TUYET[0], name=name.upper()),
    )


def answers(code, about=None, name=TUYET[1]):
    row = plain(code)
    answer = answer_of(name)
    about = about or registers.person_at(row, 0)[0]
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


def decides(code):
    doing = doings(AT)[Act.DECIDE]
    return act(doing.login, AT, doing.flow, code=code, **doing.arguments)


def at_the_seal():
    code, at = degraded(), moment(24, 9)
    for login, what in (("tuphap1", Act.START), ("tuphap1", Act.STEP), ("chutich", Act.STEP)):
        at += MINUTE
        doing = doings(at)[what]
        act(login, at, doing.flow, code=code, **doing.arguments)
    return code


def proposed(code):
    """A correction of the name that waits for the second person."""
    reception = corrected(intake(number=TUYET[0], name=TUYET[1]))
    told = {"code": code, "reception": reception, "reason": "Sai tên."}
    return act("tiepnhan1", AT, mends.correct_reception, **told).row["head_seq"]


def test_a_decision_while_the_register_says_otherwise():
    """Whichever is first, nothing is decided on a name that the register has otherwise."""
    code = at_the_seal()
    said = all_at_once(
        lambda who: who(), [lambda: decides(code), lambda: answers(code, name="Nguyễn Thị Anh Tuyết")]
    )
    assert isinstance(said[0], NotAllowedNow), said
    row = plain(code)
    assert (row["state"], row["degraded"][0]["outcome"]) == (State.IN_PROCESS, "differs")


def test_a_decision_while_the_register_confirms():
    """The decision waits for the answer that was first: the control of the one above."""
    code = at_the_seal()
    row = plain(code)
    about = registers.person_at(row, 0)[0]

    def confirming(wait):
        with unit_of_work(actor=SYSTEM, at=AT, request=Request.of("register/n"), origin="simulated"):
            registers.keep_answer(
                dossier=row["id"], place=0, answer=answer_of(TUYET[1]), about=about, actor=SYSTEM, at=AT
            )
            wait()

    decided = while_at_work(confirming, lambda: decides(code))
    assert decided.row["state"] == State.DECIDED
    assert plain(code)["degraded"] is None


def test_a_correction_while_the_register_answers_about_who_stood_there():
    """An answer about the old name fills in nothing of the new one, whichever is first."""
    code = degraded()
    seq, about = proposed(code), registers.person_at(plain(code), 0)[0]

    def confirming(wait):
        who = actor("truongquay", at=AT)
        with unit_of_work(actor=who, at=AT, request=Request.fresh(), origin="simulated"):
            mends.confirm(code=code, seq=seq, actor=who, at=AT)
            wait()

    assert while_at_work(confirming, lambda: answers(code, about=about)) is None
    row = plain(code)
    assert ([(one["field"], one["outcome"]) for one in row["degraded"]], row["filled"]) == ([(FIELD, "")], [])


def test_a_correction_after_the_register_answered():
    """The control: where the answer is first, it is of the name that stood, and the new one waits again."""
    code = degraded()
    seq = proposed(code)
    with stand_in():
        assert answers(code) is not None
        row = act("truongquay", AT, mends.confirm, code=code, seq=seq).row
    assert [one["field"] for one in row["degraded"]] == [FIELD]
