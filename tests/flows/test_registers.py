"""What no register could say when a dossier came in: it goes on, it is not decided, it is filled in."""

from datetime import date, timedelta

import pytest
from django.db import connection

from motcua.dossiers import projector
from motcua.dossiers.selectors import dossier, dossiers
from motcua.dossiers.states import NOT_BACKFILLED, Act, State
from motcua.flows import registers
from motcua.flows.reception import receive
from motcua.kernel.actor import SYSTEM
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow, OutsideUnitOfWork
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import history
from motcua.parties.registers import Question
from motcua.reactions.registers import PAUSE, ask_again
from motcua.reactions.transfers import accept_the_silent
from tests.support.acts import act, moment
from tests.support.lives import MINUTE, brought_to, doings, everything, opened, plain
from tests.support.register import TUYET, stand_in
from tests.support.streams import count
from tests.support.world import COMMUNE, actor, intake, viewer

pytestmark = pytest.mark.django_db

BORN = date(1990, 2, 15)
FIELD = "population.0"


def degraded(born_on=BORN, number=TUYET[0], name=TUYET[1]):
    """A dossier received while the register was away, about somebody it knows."""
    return opened(moment(24, 9), degraded=(FIELD,), number=number, name=name, born_on=born_on)


def sealed(code):
    """Brought to its last step, all approved; the moment after."""
    at = moment(24, 9)
    for login, what in (("tuphap1", Act.START), ("tuphap1", Act.STEP), ("chutich", Act.STEP)):
        at += MINUTE
        doing = doings(at)[what]
        act(login, at, doing.flow, code=code, **doing.arguments)
    return at + MINUTE


def decide(code, at):
    doing = doings(at)[Act.DECIDE]
    return act(doing.login, at, doing.flow, code=code, **doing.arguments)


def asks(at):
    return ask_again(clock=lambda: at, origin="simulated")


def queries():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT q.who, q.position, q.procedure, q.subject, a.outcome FROM access_log_registerquestion q"
            " LEFT JOIN access_log_registeranswer a ON a.question = q.id ORDER BY q.id"
        )
        return cursor.fetchall()


def test_it_goes_on_and_is_not_decided():
    code = degraded()
    at = sealed(code)
    before = everything(code)
    with pytest.raises(NotAllowedNow) as refusal:
        decide(code, at)
    assert (refusal.value.vi, refusal.value.en) == (NOT_BACKFILLED.vi, NOT_BACKFILLED.en)
    assert everything(code) == before
    opened(at)
    waits = dossiers(viewer=viewer("vanthu", at=at), at=at, show="degraded").lines
    assert [line.code for line in waits] == [code]
    shown = dossier(code, viewer=viewer("vanthu", at=at))
    assert shown.acts[Act.DECIDE].reason == NOT_BACKFILLED


def test_a_paper_fills_it_in():
    code = degraded()
    at = sealed(code)
    before = everything(code)
    for login, told in (
        ("thuquy", {}),
        ("chutich.mauhai", {}),
        ("vanthu", {"field": "population.7"}),
        ("vanthu", {"shown": " "}),
    ):
        with pytest.raises((Denied, Invalid)):
            act(login, at, registers.backfill, code=code, **{"field": FIELD, "shown": "Căn cước.", **told})
    assert everything(code) == before
    act("vanthu", at, registers.backfill, code=code, field=FIELD, shown="Căn cước 001190000001, bản chính.")
    assert plain(code)["degraded"] is None
    entry = dossier(code, viewer=viewer("vanthu", at=at)).entries[-1]
    assert entry.texts == ("Căn cước 001190000001, bản chính.",)
    assert "001190000001" not in str(history(plain(code)["id"])[-1].data)
    with pytest.raises(NotAllowedNow):
        act("vanthu", at, registers.backfill, code=code, field=FIELD, shown="Lần nữa.")
    assert decide(code, at + MINUTE).row["state"] == State.DECIDED


def test_the_register_fills_it_in_once_it_answers():
    code = degraded()
    at = sealed(code)
    with stand_in("fail") as register:
        assert asks(at) == 0
        register.turn("answer")
        assert asks(at + MINUTE) == 0, "a register that was away is left alone for a while"
        assert plain(code)["degraded"] is not None
        assert asks(at + PAUSE) == 1
        assert asks(at + PAUSE + MINUTE) == 0
    assert plain(code)["degraded"] is None
    assert queries() == [
        ("system", "", "1.004873", code, "silent"),
        ("system", "", "1.004873", code, "found"),
    ]
    assert decide(code, at + PAUSE + 2 * MINUTE).row["state"] == State.DECIDED
    now = plain(code)
    (again,) = projector.replay(history(now["id"]))["dossiers_dossier"]
    assert again == now


@pytest.mark.parametrize(
    ("told", "outcome", "says"),
    [
        ({"born_on": date(1990, 2, 16)}, "differs", "ngày sinh: 15/02/1990"),
        ({"name": "Nguyễn Thị Anh Tuyết"}, "differs", "họ tên: NGUYỄN THỊ ÁNH TUYẾT"),
        ({"number": "001190000099"}, "not_found", ""),
    ],
)
def test_what_differs_is_shown_and_not_accepted(told, outcome, says):
    code = degraded(**told)
    at = sealed(code)
    with stand_in():
        assert asks(at) == 1
        after = everything(code)
        assert asks(at + MINUTE) == 0, "somebody has to look: it is not asked again"
    assert everything(code) == after
    row = plain(code)
    assert row["degraded"][0]["outcome"] == outcome
    assert ("".join(dossier(code, viewer=viewer("vanthu", at=at)).entries[-1].texts)).endswith(says)
    with pytest.raises(NotAllowedNow):
        decide(code, at + MINUTE)
    act("vanthu", at + MINUTE, registers.backfill, code=code, field=FIELD, shown="Trích lục cải chính số 4.")
    assert decide(code, at + 2 * MINUTE).row["state"] == State.DECIDED


def test_a_register_that_dies_in_the_middle_leaves_the_rest_for_later():
    codes = [degraded(), degraded()]
    at = moment(24, 10)
    with stand_in() as register:
        register.kill()
        assert asks(at) == 0
    assert all(plain(code)["degraded"] for code in codes)
    assert [line[-1] for line in queries()] == ["silent"], "the first silence ends the round"
    with stand_in("garbage") as register:
        assert asks(at + PAUSE) == 0
        register.turn("answer")
        assert asks(at + 2 * PAUSE) == 2
    assert not any(plain(code)["degraded"] for code in codes)


def test_silence_on_a_transfer_decides_nothing():
    code, at = degraded(), moment(24, 10)
    doing = doings(at)[Act.TRANSFER]
    act(doing.login, at, doing.flow, code=code, **doing.arguments)
    later = at + timedelta(days=3)
    assert accept_the_silent(clock=lambda: later, origin="simulated") == 1
    row = plain(code)
    assert (row["state"], row["degraded"][0]["field"]) == (State.RECEIVED, FIELD)


def test_what_was_mended_meanwhile_is_not_filled_in_by_an_answer_about_somebody_else():
    code, at = degraded(), moment(24, 10)
    row = plain(code)
    other = plain(degraded())["parties"][0]["snapshot"]
    with stand_in():
        question = Question(number=TUYET[0], name=TUYET[1])
        answer = registers.ask(
            question=question,
            procedure="1.004873",
            subject=code,
            agency=COMMUNE,
            actor=SYSTEM,
            clock=lambda: at,
        )
    assert answer is not None
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin="simulated"):
        told = {"field": FIELD, "answer": answer, "actor": SYSTEM, "at": at}
        assert registers.keep_answer(dossier=row["id"], about=other, **told) is None
    assert plain(code) == row


def test_no_register_is_asked_inside_a_unit_of_work():
    at, before = moment(24, 10), count("access_log_registerquestion")
    who = actor("tiepnhan1", at=at)
    with (
        stand_in(),
        pytest.raises(OutsideUnitOfWork),
        unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"),
    ):
        registers.ask(
            question=Question(number=TUYET[0], name=TUYET[1]),
            procedure="",
            subject="",
            agency=COMMUNE,
            actor=who,
            clock=lambda: at,
        )
    assert count("access_log_registerquestion") == before


def test_without_a_register_nothing_waits_and_nothing_is_asked():
    code, at = brought_to("sealing")
    assert asks(at) == 0
    assert decide(code, at).row["state"] == State.DECIDED
    recorded = act("tiepnhan1", moment(24, 9), receive, intake=intake())
    assert recorded.row["degraded"] is None
