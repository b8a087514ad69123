"""Branches side by side, two people at once: the row behind opens once, a step is done once, and a version published
meanwhile moves nothing."""

from datetime import date

import pytest
from django.db import connection

from motcua.flows import progress, steps
from motcua.flows.reception import receive
from motcua.kernel.errors import NotAllowedNow
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import check
from tests.support.acts import act, moment
from tests.support.lives import plain
from tests.support.tables import approve, row, run, seal, table
from tests.support.together import all_at_once, while_at_work
from tests.support.world import actor, intake

pytestmark = pytest.mark.django_db(transaction=True)
AT = moment(24, 14)
SEATS = {"kinhte": "economic_section", "vanhoa": "culture_society_section", "vanthu": "clerk"}


def branched(*seats: str) -> str:
    """A dossier with a branch open for each of these seats, rows 3, 4 and so on; the row behind follows them."""
    rows = [row(f"r{n}", branch=f"a.{n}", positions=[seat]) for n, seat in enumerate(seats)]
    run(table(row("examine"), *rows, row("gather"), approve(), seal()))
    code = act("tiepnhan1", moment(24, 9), receive, intake=intake()).row["code"]
    act("tuphap1", moment(24, 10), progress.start, code=code)
    act("tuphap1", moment(24, 11), progress.step, code=code, outcome="granted")
    return str(code)


def done(login: str, code: str, number: int | None = None):
    return act(login, AT, progress.step, code=code, outcome="granted", number=number)


def stays(code: str) -> list[tuple[int, bool]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, ended_at IS NULL FROM processes_runningstep WHERE dossier = %s ORDER BY seq, number",
            [plain(code)["id"]],
        )
        return cursor.fetchall()


def test_all_branches_end_at_once_and_the_row_behind_opens_once():
    code = branched(*SEATS.values())
    answers = all_at_once(lambda login: done(login, code), SEATS)
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    after = plain(code)
    assert (after["step"], after["beside"]) == (6, [])
    assert stays(code) == [(2, False), (3, False), (4, False), (5, False), (6, True)]
    assert check().faults == ()


def test_two_at_once_at_the_same_step_do_it_once_and_nobody_does_the_other():
    code = branched("justice_officer", "justice_officer")
    answers = all_at_once(lambda login: done(login, code, 3), ("tuphap1", "tuphap2"))
    assert sorted(type(answer).__name__ for answer in answers) == ["NotAllowedNow", "Recorded"]
    assert (plain(code)["step"], plain(code)["beside"]) == (4, [])


def test_the_control_without_a_number_the_second_does_the_other_step():
    code = branched("justice_officer", "justice_officer")
    answers = all_at_once(lambda login: done(login, code), ("tuphap1", "tuphap2"))
    assert [type(answer).__name__ for answer in answers] == ["Recorded", "Recorded"]
    assert plain(code)["step"] == 5


def test_one_gives_back_while_the_other_ends():
    """Whoever comes second finds the branch gone."""
    run(
        table(
            row("examine"),
            row("land", branch="a.1", positions=["economic_section"]),
            row("culture", branch="a.2", positions=["culture_society_section"], returns_to=["examine"]),
            approve(),
        )
    )
    code = act("tiepnhan1", moment(24, 9), receive, intake=intake()).row["code"]
    act("tuphap1", moment(24, 10), progress.start, code=code)
    act("tuphap1", moment(24, 11), progress.step, code=code, outcome="granted")

    def giving_back(wait):
        who = actor("vanhoa", at=AT)
        with unit_of_work(actor=who, at=AT, request=Request.fresh(), origin="simulated"):
            steps.return_step(code=code, to="examine", reason="Sai thửa.", actor=who, at=AT)
            wait()

    answer = while_at_work(giving_back, lambda: done("kinhte", code, 3))
    assert isinstance(answer, Exception)
    assert (plain(code)["step"], plain(code)["beside"]) == (2, [])
    assert check().faults == ()


def test_a_version_adopted_meanwhile_moves_nothing_that_runs():
    code = branched(*SEATS.values())
    before = plain(code)["process_version"]

    def work(login):
        if login is None:
            return run(table(row("other"), approve(), seal()), valid_from=date(2026, 8, 24))
        return done(login, code)

    answers = all_at_once(work, [*SEATS, None])
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    after = plain(code)
    assert (after["process_version"], after["step"]) == (before, 6)
    # the control: what comes from now on runs under it
    later = act("tiepnhan1", moment(25, 9), receive, intake=intake(name="Trần Văn Bình"))
    assert later.row["process_version"] == answers[-1]
    with pytest.raises(NotAllowedNow):
        done("tuphap1", code, 3)
