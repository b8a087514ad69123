"""A dossier goes through a process with conditions, ways out and branches side by side, by its public acts."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connection

from motcua.calendars.calendar import national_calendar
from motcua.catalogue.shapes import Limit, LimitUnit
from motcua.dossiers import projector
from motcua.dossiers.open_steps import open_steps
from motcua.dossiers.operations import MissingPaper
from motcua.flows import progress, transfers
from motcua.flows.reception import receive
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow
from motcua.ledger.selectors import history
from motcua.processes import projector as stays
from motcua.processes.dues import step_dues
from motcua.processes.graph import spent
from motcua.processes.selectors import version
from tests.support.acts import act, moment
from tests.support.lives import RESULT, plain as row_of
from tests.support.tables import approve, row, run, seal, table
from tests.support.world import OTHER_COMMUNE, intake, logins

pytestmark = pytest.mark.django_db

PARTLY = {"==": [{"var": "outcome"}, "partly"]}
REFUSAL = {"outcome": "partly", "note": "Thiếu một thửa.", "basis": "Luật Đất đai"}
# 2 examine, 3 doubts (only where partly), 4-5 land | 6 culture, 7 gather, 8 approve, 9 seal
ROWS = (
    row("examine", ways={"direct": "approve"}),
    row("doubts", when=PARTLY),
    row("land", branch="a.1", positions=["economic_section"]),
    row("map", branch="a.1", positions=["economic_section"], returns_to=["land", "examine"]),
    row("culture", branch="a.2", positions=["culture_society_section"], time="2", returns_to=["examine"]),
    row("gather"),
    approve(returns_to=["culture", "examine"]),
    seal(),
)
MISSING = [MissingPaper(component=None, text="Sơ đồ thửa đất.")]
LAND, MAP, CULTURE = "kinhte", "kinhte", "vanhoa"


def begun(*rows: Any, **told: Any) -> tuple[str, Any]:
    """A dossier in the first step of a process with `rows`; its code and row."""
    run(table(*(rows or ROWS), variants={"no_verification": {"unit": "working_day", "value": "9"}}))
    code = act("tiepnhan1", moment(24, 9), receive, intake=intake(**told)).row["code"]
    act("tuphap1", moment(24, 10), progress.start, code=code)
    return code, row_of(code)


def stepped(login: str, hour: int, code: str, *, day: int = 25, **told: Any) -> Any:
    return act(login, moment(day, hour), progress.step, code=code, **({"outcome": "granted"} | told))


def branched() -> str:
    """A dossier with both branches open."""
    code, _row = begun()
    stepped("tuphap1", 8, code)
    return code


def numbers(code: str) -> tuple[int | None, list[int]]:
    """The leading step and those beside it."""
    row = row_of(code)
    return row["step"], [one["number"] for one in row["beside"]]


def running(code: str) -> list[tuple[int, bool]]:
    """The stays: row of the table, and whether it is open."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT number, ended_at IS NULL FROM processes_runningstep WHERE dossier = %s ORDER BY seq, number",
            [row_of(code)["id"]],
        )
        return cursor.fetchall()


def is_whole(code: str) -> None:
    """A replay of the events gives what the tables hold, and the ledger finds nothing."""
    held = row_of(code)
    events = history(held["id"])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT until, since FROM dossiers_holding WHERE dossier = %s ORDER BY seq", [held["id"]]
        )
        holdings = cursor.fetchall()
    assert [(h["until"], h["since"]) for h in projector.replay(events)["dossiers_holding"]] == holdings
    assert all(a[0] == b[1] for a, b in zip(holdings, holdings[1:], strict=False))
    assert projector.replay(events)["dossiers_dossier"][0]["beside"] == held["beside"]
    rebuilt = stays.replay(events)["processes_runningstep"]
    assert [(s["number"], s["ended_at"] is None) for s in rebuilt] == running(code)


def test_a_row_whose_condition_does_not_hold_is_passed_over_and_named():
    code, _row = begun()
    taken = stepped("tuphap1", 8, code)
    assert taken.event.passed_over == (3,)
    assert numbers(code) == (4, [6])
    assert running(code) == [(2, False), (4, True), (6, True)]
    is_whole(code)


def test_a_row_whose_condition_holds_is_done():
    code, _row = begun()
    taken = stepped("tuphap1", 8, code, **REFUSAL)
    assert (taken.event.passed_over, numbers(code)) == ((), (3, []))


def test_the_leading_branch_holds_the_dossier_and_the_other_waits_beside_it():
    code = branched()
    row = row_of(code)
    assert row["queue"] == "H99.01.01/economic_section"
    assert [(b["queue"], b["account"]) for b in row["beside"]] == [
        ("H99.01.01/culture_society_section", str(logins()[CULTURE]))
    ]


def test_the_row_behind_opens_when_the_last_branch_ends_whichever_that_is():
    code = branched()
    stepped(CULTURE, 9, code)  # the branch beside ends first
    assert numbers(code) == (4, [])
    stepped(LAND, 10, code)
    stepped(MAP, 11, code)
    assert numbers(code) == (7, [])
    is_whole(code)


def test_the_leading_branch_ends_and_the_other_leads():
    code = branched()
    stepped(LAND, 9, code)
    taken = stepped(MAP, 10, code)
    assert (taken.event.goes_on, taken.event.step.number) == (True, 6)
    row = row_of(code)
    assert (row["step"], row["queue"], row["beside"]) == (6, "H99.01.01/culture_society_section", [])
    assert running(code)[-1] == (5, False)
    stepped(CULTURE, 11, code)
    assert numbers(code) == (7, [])
    is_whole(code)


def test_the_holder_of_a_step_beside_is_no_new_holder():
    code = branched()
    before = row_of(code)
    stepped(CULTURE, 9, code)
    after = row_of(code)
    assert [before[n] for n in ("holder_since", "queue", "step")] == [
        after[n] for n in ("holder_since", "queue", "step")
    ]


def test_each_does_the_steps_of_their_own_seats():
    code = branched()
    with pytest.raises(Denied):
        stepped(CULTURE, 9, code, number=4)
    with pytest.raises(Denied):
        stepped("tuphap1", 9, code)
    with pytest.raises(NotAllowedNow, match="không còn mở"):
        stepped(LAND, 9, code, number=5)
    assert numbers(code) == (4, [6])


def test_a_named_outcome_leads_on():
    code, _row = begun()
    taken = stepped("tuphap1", 8, code, way="direct")
    assert (taken.event.way, numbers(code)) == ("direct", (8, []))
    with pytest.raises(Invalid):
        stepped("chutich", 9, code, way="direct")


def test_back_within_a_branch_moves_that_branch():
    code = branched()
    stepped(LAND, 9, code)
    act(MAP, moment(25, 10), progress.return_step, code=code, to="land", reason="Thiếu mốc.")
    assert numbers(code) == (4, [6])
    assert running(code) == [(2, False), (4, False), (6, True), (5, False), (4, True)]
    is_whole(code)


def test_back_to_before_the_branches_ends_them_all():
    code = branched()
    taken = act(CULTURE, moment(25, 10), progress.return_step, code=code, to="examine", reason="Sai thửa.")
    assert (taken.event.left, numbers(code)) == ((4,), (2, []))
    assert row_of(code)["holder_account"] == logins()["tuphap1"]  # who examined it
    assert running(code) == [(2, False), (4, False), (6, False), (2, True)]
    is_whole(code)


def test_back_from_behind_into_a_branch_opens_that_row_alone():
    code = branched()
    stepped(CULTURE, 9, code)
    stepped(LAND, 10, code)
    stepped(MAP, 11, code)
    stepped("tuphap1", 13, code)
    act("chutich", moment(25, 14), progress.return_step, code=code, to="culture", reason="Xem lại.")
    assert numbers(code) == (6, [])
    stepped(CULTURE, 15, code)
    assert numbers(code) == (7, [])
    is_whole(code)


def test_dues_beside_are_those_of_the_table_and_move_with_the_dossier():
    """Shares of the three days promised: of the branches the longer one counts."""
    code = branched()
    row = row_of(code)

    def expected(due_at: Any, at: Any) -> list[Any]:
        process = version(row["process_version"])
        dues = step_dues(
            times=process.times("no_verification"),
            limit=Limit(LimitUnit.WORKING_DAY, Decimal(3)),
            start=row["clock_from"],
            due_at=due_at,
            at=at,
            calendar=national_calendar(),
            spent=spent(process, "no_verification"),
        )
        return [dues[n - 1].due_at for n in (4, 6)]

    def found() -> list[Any]:
        (beside,) = open_steps(row_of(code))[1:]
        return [row_of(code)["step_due_at"], beside.due_at]

    assert found() == expected(row["due_at"], moment(25, 8))
    act("chutich", moment(25, 9), progress.suspend, code=code, ground="verification", reason="Chờ.")
    assert found() == [None, None]
    act("chutich", moment(27, 9), progress.resume, code=code)
    moved = row_of(code)["due_at"]
    assert moved > row["due_at"]
    assert found() == expected(moved, moment(27, 9))
    act(
        "chutich", moment(27, 10), progress.extend, code=code, ground="verification", value="2", reason="Chờ."
    )
    assert found() == expected(row_of(code)["due_at"], moment(27, 10)) != expected(moved, moment(27, 10))
    act(
        "vanhoa",
        moment(27, 11),
        progress.request_supplement,
        code=code,
        items=[MissingPaper(component=None, text="Sơ đồ.")],
    )
    assert found() == [None, None]
    assert row_of(code)["holder_kind"] == "applicant"
    act("tiepnhan1", moment(28, 8), progress.supply, code=code, items=["1"])
    assert found() == expected(row_of(code)["due_at"], moment(28, 8))
    is_whole(code)


@pytest.mark.parametrize("accepted", [False, True])
def test_a_transfer_ends_all_branches_where_it_is_accepted_and_none_where_not(accepted):
    code = branched()
    act("tiepnhan1", moment(26, 8), transfers.transfer, code=code, to=OTHER_COMMUNE, reason="Nhầm.")
    assert row_of(code)["beside"][0]["due_at"] is None
    if accepted:
        act("tiepnhan1.mauhai", moment(26, 9), transfers.accept, code=code)
        assert numbers(code) == (2, [])
        assert sum(is_open for _n, is_open in running(code)) == 1
    else:
        act("tiepnhan1.mauhai", moment(26, 9), transfers.decline, code=code, reason="Thuộc Xã Mẫu.")
        assert numbers(code) == (4, [6])
        assert row_of(code)["beside"][0]["due_at"] is not None
    is_whole(code)


def test_an_end_closes_every_branch():
    code = branched()
    act("tiepnhan1", moment(26, 8), progress.withdraw, code=code, shown_by="signed_paper")
    assert numbers(code) == (None, [])
    assert not any(is_open for _n, is_open in running(code))
    is_whole(code)


def test_to_the_end_through_all_of_it():
    code = branched()
    for login, hour in ((LAND, 9), (CULTURE, 10), (MAP, 11), ("tuphap1", 13), ("chutich", 14)):
        stepped(login, hour, code)
    act("vanthu", moment(25, 15), progress.decide, code=code, papers=[RESULT])
    assert row_of(code)["state"] == "decided"
    is_whole(code)


def test_an_approval_on_the_way_is_none_of_the_result():
    """Where the last step approves, it is signed there."""
    rows = (row("examine"), approve("first"), row("write"), approve("last", returns_to=["write"]))
    code, _row = begun(*rows)
    stepped("tuphap1", 8, code)
    stepped("chutich", 9, code)
    stepped("tuphap1", 10, code)
    with pytest.raises(NotAllowedNow, match="chưa duyệt"):
        act("phochutich", moment(25, 11), progress.decide, code=code, papers=[RESULT])
    stepped("phochutich", 11, code)
    act("phochutich", moment(25, 13), progress.decide, code=code, papers=[RESULT])
    assert row_of(code)["state"] == "decided"


def test_an_emptied_position_is_told_and_nothing_moves():
    code, before = begun()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE agencies_appointment SET valid_to = %s WHERE account_id = %s",
            [moment(24, 12), logins()[CULTURE]],
        )
    with pytest.raises(NotAllowedNow, match="Chưa có ai giữ vị trí của bước “Bước culture”; quản trị viên"):
        stepped("tuphap1", 8, code)
    assert row_of(code) == before


def test_what_runs_keeps_its_version_and_what_comes_gets_the_new_one():
    code, before = begun()
    newer = run(table(row("other"), approve(), seal()), valid_from=date(2026, 8, 24))
    assert before["process_version"] != newer
    stepped("tuphap1", 8, code)
    assert numbers(code) == (4, [6])
    assert row_of(code)["process_version"] == before["process_version"]
    later = act("tiepnhan1", moment(25, 9), receive, intake=intake(name="Trần Văn Bình"))
    assert UUID(str(later.row["process_version"])) == newer
    is_whole(code)


def test_a_step_beside_without_a_leading_one_is_refused_by_the_table():
    code = branched()
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute("UPDATE dossiers_dossier SET step = NULL WHERE code = %s", [code])
