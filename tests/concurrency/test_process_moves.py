"""A dossier is moved to a new version of its process, and somebody acts on it at the same moment: one waits for the
other, nothing is lost, nobody does a step they did not look at."""

import pytest

from motcua.flows import progress
from motcua.flows.localising import run_process
from motcua.flows.process_moves import move
from motcua.flows.reception import receive
from motcua.kernel.actor import SYSTEM
from motcua.kernel.errors import NotAllowedNow
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import check, history
from motcua.processes.impact import moves
from motcua.processes.models import ImpactLine
from motcua.processes.operations import publish
from motcua.reactions.impact import measure_on, move_on
from tests.support.acts import act, moment
from tests.support.lives import plain
from tests.support.tables import approve, row, run, seal, table
from tests.support.together import all_at_once, while_at_work
from tests.support.world import COMMUNE, actor, intake

pytestmark = pytest.mark.django_db(transaction=True)
AT = moment(25, 9)


def by_officer(what, *, login="danhmuc", **told):
    who = actor(login, at=AT)
    with unit_of_work(actor=who, at=AT, request=Request.fresh(), origin="simulated"):
        return what(actor=who, at=AT, **told)


def ordered(count=1):
    """Dossiers in their first step, and the order to move them to a table with another row before it."""
    run(table(row("examine"), row("check"), approve(), seal()))
    codes = [act("tiepnhan1", moment(24, 9), receive, intake=intake()).row["code"] for _ in range(count)]
    for code in codes:
        act("tuphap1", moment(24, 10), progress.start, code=code)
    more = table(row("before"), row("examine"), row("check"), approve(), seal())
    new = by_officer(publish, document=more, login="danhmuctinh")
    by_officer(
        run_process, procedure="1.004873", agency=COMMUNE, process_version=new, variants=["no_verification"],
        valid_from=AT.date(),
    )  # fmt: skip
    impact = by_officer(moves.preview, version=new, agency=COMMUNE)
    while measure_on(clock=lambda: AT, origin="simulated"):
        pass
    by_officer(moves.order, impact=impact, basis="7/QĐ", reason="Thêm bước.")
    return codes


def outcomes():
    return dict(ImpactLine.objects.values_list("code", "outcome"))


def go_on():
    return move_on(clock=lambda: AT, origin="simulated")


def done(code, wait=lambda: None):
    who = actor("tuphap1", at=AT)
    with unit_of_work(actor=who, at=AT, request=Request.fresh(), origin="simulated"):
        progress.step(code=code, outcome="granted", number=2, actor=who, at=AT)
        wait()


def test_who_was_at_work_first_ends_their_step_and_the_move_is_told_that_it_is_not_as_shown():
    (code,) = ordered()
    assert while_at_work(lambda wait: done(code, wait), go_on) == 1
    assert outcomes() == {code: "changed"}
    after = plain(code)
    assert (after["step"], after["proposal"]["step"]) == (3, 2)
    assert check().faults == ()


def test_who_presses_while_it_moves_does_no_other_step_than_they_looked_at():
    (code,) = ordered()
    order = moves.next_order()
    (line,) = moves.due(order, limit=9)

    def at_it(wait):
        with unit_of_work(actor=SYSTEM, at=AT, request=Request.fresh(), origin="simulated"):
            assert move(one=line, order=order, actor=SYSTEM, at=AT) == "moved"
            wait()

    answer = while_at_work(at_it, lambda: done(code))
    assert isinstance(answer, NotAllowedNow)
    after = plain(code)
    assert (after["step"], after["proposal"]) == (3, None)  # examined is row 3 now, and not done
    assert check().faults == ()


def test_several_workers_move_each_dossier_once():
    codes = ordered(3)
    answers = all_at_once(lambda _: go_on(), range(3))
    assert all(isinstance(answer, int) for answer in answers), answers
    while go_on():
        pass
    assert outcomes() == dict.fromkeys(codes, "moved")
    for code in codes:
        events = [event.type for event in history(plain(code)["id"])]
        assert events.count("dossier_process_moved") == 1
    assert check().faults == ()
