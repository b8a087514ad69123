"""Steps beside the leading one: on whose list they stand, in whose hands they are."""

import pytest

from motcua.dossiers.consultations import waiting as opinions
from motcua.dossiers.worklist import Sought, beside, inbox
from motcua.flows import assignment, progress
from motcua.flows.reception import receive
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow
from tests.flows.test_branches import CULTURE, LAND, MISSING, begun, branched, is_whole, numbers, stepped
from tests.support.acts import act, moment
from tests.support.lives import everything, plain as row_of
from tests.support.opinions import answer, ask
from tests.support.tables import approve, row, run, table
from tests.support.world import intake, logins, viewer

pytestmark = pytest.mark.django_db


def waiting(login, **sought):
    found = inbox(viewer=viewer(login), at=moment(25, 10), sought=Sought(**sought))
    return [one.line for one in found.lines]


def test_who_has_a_step_beside_gives_no_opinion_and_is_asked_none():
    at, whom = moment(25, 9), ["position:culture_society_section"]
    code, _row = begun()
    (one,) = ask(code, moment(24, 11), whom=whom)
    assert len(opinions(viewer=viewer(CULTURE, at=at)).lines) == 1
    stepped("tuphap1", 8, code)
    assert row_of(code)["beside"][0]["account"] == str(logins()[CULTURE])
    assert opinions(viewer=viewer(CULTURE, at=at)).lines == ()
    with pytest.raises(Denied, match="không có quyền"):
        answer(code, one, at, login=CULTURE)
    with pytest.raises(Invalid, match="Chưa có ai"):
        ask(code, at, whom=whom, login=LAND)


def test_what_waits_beside_stands_on_the_list_of_its_seats():
    code = branched()
    for login, step in ((LAND, 4), (CULTURE, 6)):
        (line,) = waiting(login)
        assert (line.code, line.step, line.queue.split("/")[1]) == (
            code,
            step,
            {4: "economic_section", 6: "culture_society_section"}[step],
        )
        assert [one.code for one in waiting(login, mine="1")] == [code]
    assert waiting("tuphap1") == []
    act("chutich", moment(25, 9), progress.suspend, code=code, ground="verification", reason="Chờ.")
    assert [line.step_due_at for line in waiting(CULTURE)] == [None]
    act("chutich", moment(25, 10), progress.resume, code=code)
    act(
        "vanhoa",
        moment(25, 11),
        progress.request_supplement,
        code=code,
        items=MISSING,
    )
    assert waiting(CULTURE) == []


def test_the_list_of_who_may_do_both_has_a_line_for_each():
    run(
        table(
            row("examine"),
            row("b1", branch="a.1", positions=["justice_officer"]),
            row("b2", branch="a.2", positions=["justice_officer"]),
            approve(),
            variants={"no_verification": {"unit": "working_day", "value": "4"}},
        )
    )
    code = act("tiepnhan1", moment(24, 9), receive, intake=intake()).row["code"]
    act("tuphap1", moment(24, 10), progress.start, code=code)
    stepped("tuphap1", 11, code, day=24)
    assert [line.step for line in waiting("tuphap1")] == [3, 4]
    who, at = viewer("tuphap1"), moment(25, 10)
    first, second = inbox(viewer=who, at=at).lines
    assert first.line.step_due_at == second.line.step_due_at
    assert beside(viewer=who, at=at, sought=Sought(), key=first.key) == second
    assert beside(viewer=who, at=at, sought=Sought(), key=second.key) is None
    assert beside(viewer=who, at=at, sought=Sought(), key=second.key, back=True) == first
    stepped("tuphap2", 13, code, day=24, number=4)
    assert numbers(code) == (3, [])


def test_a_lead_says_who_does_a_step_beside_and_it_can_be_claimed_and_put_back():
    run(
        table(
            row("examine"),
            row("b1", branch="a.1", positions=["economic_section"]),
            row("b2", branch="a.2"),
            approve(),
        )
    )
    code = act("tiepnhan1", moment(24, 9), receive, intake=intake()).row["code"]
    act("tuphap1", moment(24, 10), progress.start, code=code)
    stepped("tuphap1", 11, code, day=24)

    def hand() -> str | None:
        return row_of(code)["beside"][0]["account"]

    before = row_of(code)
    act(
        "chutich", moment(24, 13), assignment.assign,
        code=code, number=4, to=str(logins()["tuphap2"]), reason="Đúng việc.",
    )  # fmt: skip
    assert hand() == str(logins()["tuphap2"])
    with pytest.raises(NotAllowedNow, match="đã có người nhận"):
        act("tuphap1", moment(24, 14), assignment.claim, code=code)
    act("tuphap2", moment(24, 14), assignment.put_back, code=code, reason="Bận.")
    assert hand() is None
    act("tuphap1", moment(24, 15), assignment.claim, code=code)
    assert hand() == str(logins()["tuphap1"])
    after = row_of(code)
    assert [before[n] for n in ("holder_account", "holder_since")] == [
        after[n] for n in ("holder_account", "holder_since")
    ]
    is_whole(code)


def test_who_has_a_row_in_their_name_does_not_the_one_beside_that_stands_apart():
    run(
        table(
            row("examine"),
            row("b1", branch="a.1", positions=["justice_officer"], apart_from=["b2"]),
            row("b2", branch="a.2", positions=["justice_officer"], apart_from=["b1"]),
            approve(),
            variants={"no_verification": {"unit": "working_day", "value": "4"}},
        )
    )
    code = act("tiepnhan1", moment(24, 9), receive, intake=intake()).row["code"]
    act("tuphap1", moment(24, 10), progress.start, code=code)
    stepped("tuphap1", 11, code, day=24)
    act("tuphap1", moment(25, 9), assignment.claim, code=code, number=4)
    before = everything(code)
    with pytest.raises(NotAllowedNow, match="đang đứng tên bạn và phải do người khác"):
        stepped("tuphap1", 10, code, number=3)
    assert everything(code) == before
    stepped("tuphap2", 11, code, number=3)
    stepped("tuphap1", 12, code, number=4)
    assert row_of(code)["step"] == 5
