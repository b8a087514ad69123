"""Acts written on a numbered pad while the system was down, and entered afterwards (design, section 4)."""

import itertools
from datetime import datetime, timedelta

import pytest

from motcua.dossiers.events import PaperMark
from motcua.dossiers.projector import replay
from motcua.dossiers.states import Act, State
from motcua.flows import progress, results
from motcua.flows.reception import receive, submit
from motcua.kernel.errors import Invalid
from motcua.kernel.time import now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import history
from tests.support.acts import act, moment
from tests.support.lives import brought_to, doings, everything, opened
from tests.support.world import actor, intake

pytestmark = pytest.mark.django_db
SHEETS = itertools.cycle(range(1, 51))


def pad(occurred_at: datetime, number: str = "") -> PaperMark:
    """The next sheet of the world's own pad."""
    return PaperMark(pad="S001", number=number or str(next(SHEETS)), occurred_at=occurred_at)


def test_the_clock_and_the_number_read_the_pad_and_the_ledger_the_entry():
    entered = moment(25, 8)
    row = act("tiepnhan1", entered, receive, intake=intake(), paper=pad(moment(24, 9, 10), "0007")).row
    assert row["code"] == "H99.01.01-260824-0001"
    assert (row["received_at"], row["due_at"]) == (moment(24, 9, 10), moment(27, 17))
    (event,) = history(row["id"])
    assert event.at == entered
    assert event.data["occurred_at"] == "2026-08-24T02:10:00.000000Z"
    assert event.data["paper"] == {
        "pad": "S001",
        "number": "0007",
        "occurred_at": "2026-08-24T02:10:00.000000Z",
        "photo": None,
    }


@pytest.mark.parametrize("flow", [receive, submit])
def test_a_dossier_that_began_on_paper_says_so_and_is_rebuilt_the_same(flow):
    at = now()
    who = actor("tiepnhan1", at=at)
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="live"):
        row = flow(intake=intake(), actor=who, at=at, paper=pad(at - timedelta(minutes=5))).row
    events = history(row["id"])
    # what is due when handing in is reckoned when the sheet is typed
    charged = ["live"] if flow is submit else []
    assert [event.origin for event in events] == ["paper", *charged]
    assert row["origin"] == "paper"
    assert replay(events)["dossiers_dossier"] == [row]


def test_acts_of_one_outage_are_entered_one_after_the_other():
    row = act("tiepnhan1", moment(25, 8), receive, intake=intake(), paper=pad(moment(24, 9))).row
    started = act(
        "tuphap1", moment(25, 8, 1), progress.start, code=row["code"], paper=pad(moment(24, 10))
    ).row
    assert (started["state"], started["holder_since"]) == (State.IN_PROCESS, moment(24, 10))
    stepped = act(
        "tuphap1",
        moment(25, 8, 2),
        progress.step,
        code=row["code"],
        outcome="granted",
        paper=pad(moment(24, 15)),
    ).row
    assert stepped["holder_since"] == moment(24, 15)


def test_a_pad_knows_no_future():
    with pytest.raises(Invalid, match="tương lai") as refusal:
        act("tiepnhan1", moment(24, 9), receive, intake=intake(), paper=pad(moment(24, 9, 1)))
    assert refusal.value.field == "occurred_at"


def test_no_act_on_paper_comes_before_the_last_one():
    code = opened(moment(24, 9))
    before = everything(code)
    with pytest.raises(Invalid, match="trước việc gần nhất"):
        act("tuphap1", moment(24, 10), progress.start, code=code, paper=pad(moment(24, 8, 59)))
    assert everything(code) == before
    act("tuphap1", moment(24, 10), progress.start, code=code, paper=pad(moment(24, 9)))


# Acts that leave the holder as it was, and what may follow them
@pytest.mark.parametrize(
    ("what", "following"),
    [
        (Act.SUSPEND, Act.RESUME),
        (Act.SUSPEND, Act.STOP),
        (Act.SUSPEND, Act.WITHDRAW),
        (Act.EXTEND, Act.SUSPEND),
        (Act.EXTEND, Act.WITHDRAW),
        (Act.ASSIGN, Act.WITHDRAW),
    ],
)
def test_not_even_where_the_holder_stayed(what, following):
    code, at = brought_to(State.IN_PROCESS)
    doing = doings(at)[what]
    act(doing.login, moment(24, 10), doing.flow, code=code, **doing.arguments)
    before = everything(code)
    then = doings(at)[following]
    with pytest.raises(Invalid, match="trước việc gần nhất"):
        act(then.login, moment(24, 11), then.flow, code=code, **then.arguments, paper=pad(moment(24, 9, 59)))
    assert everything(code) == before
    act(then.login, moment(24, 11), then.flow, code=code, **then.arguments, paper=pad(moment(24, 10)))


def test_nothing_on_paper_comes_before_the_result_was_ready():
    code, at = brought_to(State.DECIDED)
    act("tiepnhan1", moment(24, 10), results.make_available, code=code, shelf="A1")
    doing = doings(at)[Act.HAND_OVER]
    with pytest.raises(Invalid, match="trước việc gần nhất"):
        act(
            "tiepnhan1",
            moment(24, 11),
            doing.flow,
            code=code,
            **doing.arguments,
            paper=pad(moment(24, 9, 59)),
        )
