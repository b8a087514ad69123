"""One dossier from the counter to the hand-over, through the public flows."""

from datetime import date

import pytest

from motcua.dossiers.operations import IssuedPaper
from motcua.dossiers.states import State
from motcua.flows import progress, results
from motcua.flows.reception import receive
from tests.support.acts import act, moment
from tests.support.world import intake

pytestmark = pytest.mark.django_db


def test_a_whole_life():
    received = act("tiepnhan1", moment(24, 9, 10), receive, intake=intake())
    code = received.row["code"]
    assert code == "H99.01.01-260824-0001"
    assert received.row["due_at"] == moment(27, 17)
    assert received.row["state"] == State.RECEIVED
    assert received.row["queue"] == "H99.01.01/justice_officer"

    act("tuphap1", moment(24, 10), progress.start, code=code)
    act("tuphap1", moment(25, 10), progress.step, code=code, outcome="granted")
    act("chutich", moment(25, 14), progress.return_step, code=code, to="examine", reason="Thiếu trích yếu.")
    act("tuphap1", moment(25, 15), progress.step, code=code, outcome="granted")
    act("chutich", moment(26, 9), progress.step, code=code, outcome="granted")
    paper = IssuedPaper(role="result", kind="KQ.G15.000038", number="12/UBND-XN", date=date(2026, 8, 26))
    decided = act("vanthu", moment(26, 10), progress.decide, code=code, papers=[paper])
    assert decided.row["state"] == State.DECIDED
    assert decided.row["outcome"] == "granted"
    act("tiepnhan2", moment(26, 10, 30), results.make_available, code=code, shelf="A3")
    done = act(
        "tiepnhan2",
        moment(26, 11),
        results.hand_over,
        code=code,
        way="in_person",
        recipient="Nguyễn Thị Ánh Tuyết",
        checked_by="citizen_id",
    )
    assert done.row["state"] == State.RETURNED
    assert done.row["holder_kind"] == "none"
