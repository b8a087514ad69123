"""In whose hands the open step is: claimed, put back, recalled until it is opened; a refusal changes nothing."""

import pytest

from motcua.dossiers.operations import mark_opened
from motcua.dossiers.policy import Allowed
from motcua.dossiers.selectors import dossier, find_row
from motcua.dossiers.states import Act, State
from motcua.flows import progress
from motcua.flows.assignment import claim, put_back, recall
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow
from motcua.ledger.selectors import check
from motcua.processes.selectors import stays as walked
from tests.support.acts import act
from tests.support.lives import MINUTE, brought_to, doings, everything, plain, row_of
from tests.support.streams import count
from tests.support.world import logins, viewer

pytestmark = pytest.mark.django_db


def opens(login, code, at):
    """The person opens the dossier's page."""
    who = viewer(login, at=at)
    mark_opened(find_row(code, viewer=who)[0], viewer=who, at=at)


def refused(error, login, at, flow, code, **arguments):
    before = everything(code)
    with pytest.raises(error) as refusal:
        act(login, at, flow, code=code, **arguments)
    assert everything(code) == before
    return refusal.value


def sentences(code):
    return [entry.sentence.vi for entry in dossier(code, viewer=viewer("tuphap1")).entries]


def stays(code):
    found = walked(row_of(code)["id"], viewer=viewer("tuphap1"))
    return [(stay.number, stay.outcome) for stay in found]


def test_a_claimed_step_is_in_ones_name_and_has_not_begun():
    code, at = brought_to(State.RECEIVED)
    after = act("tuphap2", at, claim, code=code).row
    assert (after["state"], after["holder_account"]) == (State.RECEIVED, logins()["tuphap2"])
    assert "chung" in refused(NotAllowedNow, "tuphap1", at, claim, code).vi
    refused(Denied, "chutich", at, claim, code)
    assert sentences(code)[-1] == "Nhận bước 2 từ danh sách chung về mình."
    act("tuphap2", at + MINUTE, progress.start, code=code)
    assert row_of(code)["state"] == State.IN_PROCESS


def test_what_stands_in_anothers_name_is_taken_over_with_a_reason_before_it_is_done():
    code, at = brought_to(State.IN_PROCESS)
    told = {"outcome": "granted"}
    assert "đứng tên người khác" in refused(Denied, "tuphap2", at, progress.step, code, **told).vi
    assert "ghi lý do" in refused(NotAllowedNow, "tuphap2", at, claim, code, reason=" ").vi
    assert "đã đứng tên bạn" in refused(Denied, "tuphap1", at, claim, code, reason="Của tôi.").vi
    mine = dossier(code, viewer=viewer("tuphap1", at=at)).acts
    theirs = dossier(code, viewer=viewer("tuphap2", at=at)).acts
    assert [isinstance(mine[one], Allowed) for one in (Act.STEP, Act.CLAIM)] == [True, False]
    assert [isinstance(theirs[one], Allowed) for one in (Act.STEP, Act.CLAIM)] == [False, True]
    after = act("tuphap2", at, claim, code=code, reason="Người giữ ốm đột xuất.").row
    assert (after["state"], after["holder_account"]) == (State.IN_PROCESS, logins()["tuphap2"])
    last = dossier(code, viewer=viewer("tuphap1")).entries[-1]
    assert last.sentence.vi == "Nhận bước 2 đang đứng tên người khác về mình."
    assert last.texts == ("Người giữ ốm đột xuất.",)
    refused(Denied, "tuphap1", at, progress.step, code, **told)
    act("tuphap2", at + MINUTE, progress.step, code=code, **told)


def test_what_is_put_back_waits_on_the_list_with_its_reason():
    code, at = brought_to(State.IN_PROCESS)
    refused(Denied, "tuphap2", at, put_back, code, reason="Không phải của tôi.")
    refused(Invalid, "tuphap1", at, put_back, code, reason=" ")
    after = act("tuphap1", at, put_back, code=code, reason="Đi tập huấn.").row
    assert (after["state"], after["holder_account"]) == (State.IN_PROCESS, None)
    assert dossier(code, viewer=viewer("tuphap1")).entries[-1].texts == ("Đi tập huấn.",)
    refused(Denied, "tuphap1", at, put_back, code, reason="Lần nữa.")
    act("tuphap2", at + MINUTE, claim, code=code)
    act("tuphap2", at + 2 * MINUTE, progress.step, code=code, outcome="granted")


def test_where_nobody_else_could_take_it_nothing_is_put_back():
    code, at = brought_to("sealing")
    assert row_of(code)["holder_account"] == logins()["vanthu"], "the only one of the seat has it by name"
    refusal = refused(NotAllowedNow, "vanthu", at, put_back, code, reason="Bận.")
    assert "báo lãnh đạo" in refusal.vi


def test_a_step_is_recalled_while_nobody_has_opened_it():
    code, at = brought_to("approving")
    refused(Denied, "tuphap2", at, recall, code)
    refused(Denied, "chutich", at, recall, code)
    opens("tuphap1", code, at)
    opens("tiepnhan1", code, at)
    after = act("tuphap1", at, recall, code=code).row
    assert (after["step"], after["holder_account"], after["proposal"]) == (2, logins()["tuphap1"], None)
    assert stays(code) == [(2, "recalled"), (3, "recalled"), (2, "")]
    assert sentences(code)[-1].startswith("Rút lại bước 2 đã chuyển")
    refused(Denied, "tuphap1", at, recall, code)
    act("tuphap1", at + MINUTE, progress.step, code=code, outcome="refused", note="Trùng.", basis="Đ5")
    assert row_of(code)["step"] == 3


def test_once_whom_it_came_to_has_opened_it_it_stays_there():
    code, at = brought_to("approving")
    opens("phochutich", code, at)
    refusal = refused(NotAllowedNow, "tuphap1", at, recall, code)
    assert "đã mở hồ sơ" in refusal.vi
    opens("chutich", code, at)
    assert count("dossiers_opening") == 1, "the first one to open it is written down, once"


def test_of_what_is_in_a_name_only_that_person_opens_it():
    code, at = brought_to("sealing")
    assert row_of(code)["holder_account"] == logins()["vanthu"]
    for other in ("chutich", "phochutich", "tuphap1"):
        opens(other, code, at + MINUTE)
    assert count("dossiers_opening") == 0
    opens("vanthu", code, at + MINUTE)
    opens("vanthu", code, at + 2 * MINUTE)
    assert count("dossiers_opening") == 1


def test_a_signature_is_recalled_too_and_the_proposal_stands():
    code, at = brought_to("sealing")
    after = act("chutich", at, recall, code=code).row
    assert (after["step"], after["approval"]) == (3, None)
    assert after["proposal"]["outcome"] == "granted"
    act("chutich", at + MINUTE, progress.step, code=code, outcome="granted")
    assert plain(code)["approval"]["by"] == str(logins()["chutich"])


@pytest.mark.parametrize("between", [Act.SUSPEND, Act.EXTEND, Act.MOVE_PAPERS, Act.ASSIGN], ids=str)
def test_after_anything_else_there_is_nothing_to_recall(between):
    code, at = brought_to("approving")
    doing = doings(at)[between]
    to = {"to": str(logins()["phochutich"])} if between is Act.ASSIGN else {}
    act(doing.login, at, doing.flow, code=code, **{**doing.arguments, **to})
    refused(Denied, "tuphap1", at + MINUTE, recall, code)


def test_replay_knows_what_was_recalled():
    code, at = brought_to("sealing")
    act("chutich", at, recall, code=code)
    act("chutich", at + MINUTE, put_back, code=code, reason="Đi họp.")
    act("phochutich", at + 2 * MINUTE, claim, code=code)
    assert check().faults == ()
