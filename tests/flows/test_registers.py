"""What no register could say when a dossier came in: it goes on, it is not decided, it is filled in."""

import json
from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module
from itertools import chain, repeat

import pytest
from django.db import connection

from motcua.dossiers import events as e, projector
from motcua.dossiers.degraded import held
from motcua.dossiers.record import record
from motcua.dossiers.selectors import dossier, dossiers
from motcua.dossiers.standing import NOT_BACKFILLED
from motcua.dossiers.states import Act, State
from motcua.flows import mends, registers
from motcua.flows.reception import receive
from motcua.kernel.actor import SYSTEM
from motcua.kernel.codec import decode
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow, OutsideUnitOfWork
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import history
from motcua.parties.operations import Particulars
from motcua.parties.registers import LookedUp, Question
from motcua.reactions.registers import LONGEST_ROUND, PAUSE, ask_again
from motcua.reactions.transfers import end_the_silent
from tests.support.acts import act, moment
from tests.support.lives import MINUTE, brought_to, corrected, doings, everything, opened, plain
from tests.support.register import HUNG, TUYET, stand_in
from tests.support.streams import count
from tests.support.world import COMMUNE, actor, intake, viewer

pytestmark = pytest.mark.django_db

BORN = date(1990, 2, 15)
NAME, BORN_ON = FIELDS = ("population.0.name", "population.0.born_on")


def degraded(born_on=BORN, number=TUYET[0], name=TUYET[1]):
    """A dossier received while the register was away, about somebody it knows."""
    return opened(moment(24, 9), degraded=FIELDS, number=number, name=name, born_on=born_on)


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
        ("vanthu", {"fields": ["population.7.name"]}),
        ("vanthu", {"shown": " "}),
    ):
        with pytest.raises((Denied, Invalid)):
            act(login, at, registers.backfill, code=code, **{"fields": FIELDS, "shown": "Căn cước.", **told})
    assert everything(code) == before
    act("vanthu", at, registers.backfill, code=code, fields=FIELDS, shown="Căn cước 001190000001, bản chính.")
    assert plain(code)["degraded"] is None
    entry = dossier(code, viewer=viewer("vanthu", at=at)).entries[-1]
    assert entry.texts == ("Căn cước 001190000001, bản chính.",)
    assert "001190000001" not in str(history(plain(code)["id"])[-1].data)
    with pytest.raises(NotAllowedNow):
        act("vanthu", at, registers.backfill, code=code, fields=FIELDS, shown="Lần nữa.")
    assert decide(code, at + MINUTE).row["state"] == State.DECIDED


def test_the_register_fills_it_in_once_it_answers():
    code = degraded()
    at = sealed(code)
    with stand_in("away") as register:
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
    ("told", "outcome", "says", "left"),
    [
        ({"born_on": date(1990, 2, 16)}, "differs", "ngày sinh: 15/02/1990", [BORN_ON]),
        ({"name": "Nguyễn Thị Anh Tuyết"}, "differs", "họ tên: NGUYỄN THỊ ÁNH TUYẾT", [NAME]),
        ({"number": "001190000099"}, "not_found", "", [NAME, BORN_ON]),
    ],
)
def test_what_differs_is_shown_and_not_accepted(told, outcome, says, left):
    code = degraded(**told)
    at = sealed(code)
    with stand_in():
        assert asks(at) == 1
        after = everything(code)
        assert asks(at + MINUTE) == 0, "somebody has to look: it is not asked again"
    assert everything(code) == after
    row = plain(code)
    assert [(one["field"], one["outcome"]) for one in row["degraded"]] == [(field, outcome) for field in left]
    assert [one["field"] for one in row["filled"]] == [one for one in FIELDS if one not in left]
    assert ("".join(dossier(code, viewer=viewer("vanthu", at=at)).entries[-1].texts)).endswith(says)
    with pytest.raises(NotAllowedNow):
        decide(code, at + MINUTE)
    act("vanthu", at + MINUTE, registers.backfill, code=code, fields=left, shown="Trích lục cải chính số 4.")
    assert plain(code)["degraded"] is None
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
    assert end_the_silent(clock=lambda: later, origin="simulated") == 1
    row = plain(code)
    assert (row["state"], row["degraded"][0]["field"]) == (State.RECEIVED, NAME)


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
        told = {"place": 0, "answer": answer, "actor": SYSTEM, "at": at}
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


def test_each_field_is_filled_alone_and_the_last_one_opens_the_way():
    code = degraded()
    at = sealed(code)
    act("vanthu", at, registers.backfill, code=code, fields=[NAME], shown="Hộ chiếu B1234567.")
    with pytest.raises(NotAllowedNow):
        decide(code, at + MINUTE)
    with stand_in():
        assert asks(at + MINUTE) == 1
    row = plain(code)
    (paper, answer) = row["filled"]
    assert (paper["field"], paper["outcome"], paper["number"]) == (NAME, "shown", "")
    assert (answer["field"], answer["outcome"]) == (BORN_ON, "same")
    assert answer["number"], "the request's own number is the source"
    assert decide(code, at + 2 * MINUTE).row["state"] == State.DECIDED


def test_a_residence_is_heard_and_need_not_agree():
    """People live elsewhere than they are registered."""
    field = "population.0.address"
    code = opened(moment(24, 9), degraded=(NAME, field), number=HUNG[0], name=HUNG[1])
    with stand_in():
        assert asks(moment(24, 10)) == 1
    row = plain(code)
    assert row["degraded"] is None
    assert [(one["field"], one["outcome"]) for one in row["filled"]] == [(NAME, "same"), (field, "heard")]


def test_what_the_first_events_say_is_read_field_by_field():
    code = opened(moment(24, 9), degraded=("population.0",), number=TUYET[0], name=TUYET[1])
    row = plain(code)
    assert [one["field"] for one in row["degraded"]] == [NAME, BORN_ON]
    old = {"field": "population.0", "outcome": "same", "told": None}
    columns = held(row, [old], number="n", at=moment(24, 10))
    assert columns["degraded"] is None
    assert [one["field"] for one in columns["filled"]] == [NAME, BORN_ON]


@pytest.mark.parametrize("mode", ["garbage", "fail"])
def test_what_can_not_be_read_keeps_nobody_waiting(mode):
    """Unreadable answers and errors about some people starve nobody, and nobody is asked twice in five minutes."""
    strange = [degraded(number=number) for number in ("001190000071", "001190000072")]
    good, at = degraded(), moment(24, 10)
    with stand_in(mode) as register:
        assert asks(at) == 0
        assert sorted(line[3] for line in queries()) == sorted([*strange, good]), "each had its turn"
        register.turn("answer")
        assert asks(at + MINUTE) == 0, "all were asked a minute ago"
        assert len(queries()) == 3
        assert asks(at + PAUSE) == 3
    assert plain(good)["degraded"] is None


def test_a_round_goes_on_where_the_last_one_ended():
    codes, at = [degraded() for _ in range(3)], moment(24, 10)
    with stand_in():
        for minute in range(3):
            begun = at + minute * MINUTE
            moments = chain([begun], repeat(begun + LONGEST_ROUND + MINUTE / 60))
            assert ask_again(clock=lambda moments=moments: next(moments), origin="simulated") == 1
    assert [line[3] for line in queries()] == codes


def corrects(code, at, **changes):
    """A reception put right by two people."""
    person = decode(Particulars, dossier(code, viewer=viewer("vanthu", at=at)).parties[0].fields)
    told = replace(person, **changes)
    reception = replace(corrected(), people=(("applicant", told),))
    seq = act("tiepnhan1", at, mends.correct_reception, code=code, reception=reception, reason="Sai.").row[
        "head_seq"
    ]
    return act("truongquay", at + MINUTE, mends.confirm, code=code, seq=seq).row


def test_a_correction_keeps_what_stands_and_asks_again_about_what_was_changed():
    code, at = degraded(born_on=date(1990, 2, 16)), moment(24, 10)
    with stand_in():
        assert asks(at) == 1
        row = corrects(code, at + MINUTE, born_on=BORN)
        assert [(one["field"], one["outcome"]) for one in row["degraded"]] == [(BORN_ON, "")]
        assert [one["field"] for one in row["filled"]] == [NAME]
        assert asks(at + PAUSE + MINUTE) == 1
    row = plain(code)
    assert (row["degraded"], [one["field"] for one in row["filled"]]) == (None, [NAME, BORN_ON])
    (again,) = projector.replay(history(row["id"]))["dossiers_dossier"]
    assert again == row


def test_a_corrected_number_is_somebody_else_and_everything_waits():
    code, at = degraded(number="001085000002"), moment(24, 10)
    row = corrects(code, at, number=TUYET[0])
    assert sorted(one["field"] for one in row["degraded"]) == sorted(FIELDS), (
        "also where no register can be asked"
    )


def test_a_correction_keeps_the_source_of_what_stands():
    at = moment(24, 9)
    source = LookedUp(
        register="population",
        number="n-7",
        asked_at=at,
        outcome="found",
        same=("name", "born_on"),
        unlike=("address",),
    )
    whole = intake(number=TUYET[0], name=TUYET[1], born_on=BORN)
    ((role, person),) = whole.people
    whole = replace(whole, people=((role, replace(person, looked_up=source)),))
    code = act("tiepnhan1", at, receive, intake=whole).row["code"]
    row = corrects(code, at + MINUTE, born_on=None, looked_up=None)
    kept = dossier(code, viewer=viewer("vanthu", at=at)).parties[0].fields["looked_up"]
    assert (kept["number"], kept["same"], kept["unlike"]) == ("n-7", ["name"], ["address"])
    assert row["degraded"] is None


@pytest.mark.parametrize("outcome", ["same", "differs"])
def test_an_upgrade_reads_what_was_kept_of_a_whole_person(outcome):
    """As it stood before, and as the migration leaves it: like what the projector makes of the same events."""
    upgrade = import_module("motcua.dossiers.migrations.0016_fields_looked_up")
    code, at = opened(moment(24, 9), degraded=("population.0",)), moment(24, 10)
    row = plain(code)
    event = e.FieldBackfilled(
        field="population.0", outcome=outcome, number="n-1", told=None, occurred_at=at + MINUTE
    )
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin="simulated"):
        record(row=row, event=event, actor=SYSTEM, at=at)
    expected = plain(code)
    entry = {"field": "population.0", "since": row["degraded"][0]["since"], "outcome": outcome, "told": None}
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE dossiers_dossier SET filled = '[]', degraded = %s::jsonb WHERE code = %s",
            [None if outcome == "same" else json.dumps([entry]), code],
        )
        cursor.execute(upgrade.WAITING)
        cursor.execute(upgrade.FILLED)
    assert plain(code) == expected
