"""An opinion is answered at the moment its time is over: one of the two is first, and both tell the same."""

from datetime import timedelta
from uuid import UUID

import pytest

from motcua.flows import consultations as flows
from motcua.kernel.actor import SYSTEM
from motcua.kernel.time import parse_utc
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import check, history
from tests.support.acts import act
from tests.support.lives import brought_to, plain
from tests.support.opinions import OPINION
from tests.support.together import while_at_work
from tests.support.world import actor

pytestmark = pytest.mark.django_db(transaction=True)


def asked():
    """A dossier that waits for an opinion whose time has just run out, the opinion, and that moment."""
    code, _at = brought_to("consulting")
    (one,) = plain(code)["consultations"]
    return code, UUID(one["id"]), parse_utc(one["due_at"]) + timedelta(seconds=1)


def answered(code, one, at):
    return act("chutich.mauhai", at, flows.answer, code=code, consultation=one, **OPINION)


def lapsed(code, at):
    with unit_of_work(actor=SYSTEM, at=at, request=Request.of(f"lapse/{code}"), origin="simulated"):
        return flows.lapse(dossier=plain(code)["id"], actor=SYSTEM, at=at)


def written(code):
    types = [x.type.removeprefix("dossier_consultation_") for x in history(plain(code)["id"])]
    return [kind for kind in types if kind in ("lapsed", "answered")]


def told_the_same(code):
    (one,) = plain(code)["consultations"]
    assert (one["lapsed"], one["outcome"], one["awaited"]) == ("silent", "agree", False)
    assert one["answer"]["late"] is True
    assert one["ended_at"] == one["due_at"]
    assert check().faults == ()


def test_one_after_the_other():
    """The control: nobody waits for anybody."""
    for first_the_duty in (True, False):
        code, one, at = asked()
        if first_the_duty:
            assert lapsed(code, at) == 1
        answered(code, one, at)
        assert lapsed(code, at) == 0
        assert written(code) == ["lapsed", "answered"]
        told_the_same(code)


def test_an_answer_while_the_duty_notes_the_silence():
    code, one, at = asked()

    def slowly(wait):
        with unit_of_work(actor=SYSTEM, at=at, request=Request.of("lapse"), origin="simulated"):
            assert flows.lapse(dossier=plain(code)["id"], actor=SYSTEM, at=at) == 1
            wait()

    while_at_work(slowly, lambda: answered(code, one, at))
    assert written(code) == ["lapsed", "answered"]
    told_the_same(code)


def test_the_duty_while_the_answer_is_written():
    code, one, at = asked()
    who = actor("chutich.mauhai", at=at)

    def slowly(wait):
        with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
            flows.answer(code=code, consultation=one, actor=who, at=at, **OPINION)
            wait()

    assert while_at_work(slowly, lambda: lapsed(code, at)) == 0
    assert written(code) == ["lapsed", "answered"]
    told_the_same(code)
