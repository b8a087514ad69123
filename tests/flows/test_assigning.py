"""Steps with a rule: who gets them, what the event says of it, and who may not do them."""

import pytest

from motcua.agencies.models import Appointment, Position
from motcua.dossiers.heard import told_to_people
from motcua.dossiers.projector import TYPES
from motcua.dossiers.selectors import dossier
from motcua.dossiers.states import State
from motcua.flows import progress
from motcua.flows.assignment import assign, claim, put_back
from motcua.kernel.codec import decode
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow
from motcua.kernel.ids import uuid7
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import check, history
from tests.support.acts import act, moment
from tests.support.lives import MINUTE, brought_to, everything, opened, row_of
from tests.support.ruled import ruled
from tests.support.statements import statements
from tests.support.world import BEGINNING, COMMUNE, actor, logins, viewer

pytestmark = pytest.mark.django_db
SECOND = {"code": "verify", "kind": "verify", "work": {"vi": "Thẩm tra lại", "en": "Verify again"}}


def holder(code):
    names = {account: login for login, account in logins().items()}
    return names.get(row_of(code)["holder_account"])


def last(code):
    return dossier(code, viewer=viewer("tuphap1")).entries[-1].sentence


def test_load_gives_to_who_has_least_and_says_so():
    ruled({"examine": {"assignment": "load"}})
    first, second, third = (opened(moment(24, 9, minute)) for minute in (0, 5, 10))
    assert {holder(first), holder(second)} == {"tuphap1", "tuphap2"}, "each gets one"
    assert holder(third) == holder(first), "with the same load, who was given nothing for longest"
    assert last(first).vi.endswith("Giao cho người ít việc nhất: đang giữ 0 hồ sơ.")
    assert last(third).vi.endswith("Giao cho người ít việc nhất: đang giữ 1 hồ sơ.")
    assert last(third).en.endswith("Given to who has least: 1 dossier.")
    assert row_of(first)["state"] == State.RECEIVED, "in a name, and not begun"
    busy = holder(first)
    for code in (first, third):
        act(busy, moment(24, 10), progress.start, code=code)
        act(busy, moment(24, 11), progress.step, code=code, outcome="granted")
    assert holder(opened(moment(24, 12))) == busy, "who has done theirs has least"
    assert check().faults == ()


def test_what_is_late_weighs_more():
    ruled({"examine": {"assignment": "load"}})
    early = opened(moment(3, 9))
    other = "tuphap1" if holder(early) == "tuphap2" else "tuphap2"
    for minute in (0, 5):
        code = opened(moment(24, 9, minute))
        assert holder(code) == other, "one late dossier weighs as much as three fresh ones"


def test_rotation_is_by_turns_whatever_people_have():
    ruled({"examine": {"assignment": "rotation"}})
    codes = [opened(moment(24, 9, minute)) for minute in range(0, 25, 5)]
    got = [holder(code) for code in codes]
    assert got[0] != got[1]
    assert got == [got[0], got[1], got[0], got[1], got[0]]
    assert "chưa được giao lần nào" in last(codes[1]).vi
    assert last(codes[2]).vi.endswith("Giao theo lượt: lần giao trước 09:00 24/08/2026.")


def test_where_only_one_can_be_meant_no_rule_speaks():
    ruled({"seal": {"assignment": "load"}})
    code, _ = brought_to("sealing")
    assert holder(code) == "vanthu"
    assert "Giao" not in last(code).vi


def test_a_rule_costs_no_statement():
    ruled(
        {"examine": {"assignment": "load"}, "approve": {"assignment": "rotation", "apart_from": ["examine"]}}
    )
    code = opened(moment(24, 9))
    mine, at = holder(code), moment(24, 10)
    act(mine, at, progress.start, code=code)
    who = actor(mine, at=at)
    request = Request.of("counted")
    with statements(most=9), unit_of_work(actor=who, at=at, request=request, origin="simulated"):
        progress.step(code=code, outcome="refused", note="Trùng.", basis="Đ5", actor=who, at=at)
    assert holder(code) in ("chutich", "phochutich")


def test_who_did_a_row_may_not_do_the_one_apart_from_it():
    ruled({"verify": {"apart_from": ["examine"]}}, before=SECOND)
    code, at = brought_to("approving")
    assert (row_of(code)["step"], holder(code)) == (3, "tuphap2"), "the only other one has it by name"
    act("chutich", at, assign, code=code, to="shared", reason="Xem lại.")
    before = everything(code)
    for flow, arguments in ((claim, {}), (progress.step, {"outcome": "granted"})):
        with pytest.raises(Denied, match="bước trước"):
            act("tuphap1", at, flow, code=code, **arguments)
    with pytest.raises(Invalid, match="không giữ vị trí"):
        act("chutich", at, assign, code=code, to=str(logins()["tuphap1"]), reason="Gấp.")
    assert everything(code) == before
    act("tuphap2", at, claim, code=code)
    with pytest.raises(NotAllowedNow, match="Không còn ai khác"):
        act("tuphap2", at, put_back, code=code, reason="Bận.")
    act("tuphap2", at + MINUTE, progress.step, code=code, outcome="granted")
    assert row_of(code)["step"] == 4


def test_where_nobody_is_left_the_refusal_says_who_mends_it():
    seat = Position.objects.get(position_kind="clerk", unit__agency=COMMUNE)
    second = Appointment.objects.create(
        id=uuid7(), account_id=logins()["kinhte"], position=seat, valid_from=BEGINNING
    )
    ruled({"seal": {"apart_from": ["verify"]}}, before={**SECOND, "positions": ["clerk"]})
    Appointment.objects.filter(id=second.id).update(valid_to=moment(20, 8))
    code, at = brought_to("approving")
    act("vanthu", at, progress.step, code=code, outcome="granted")
    before = everything(code)
    with pytest.raises(NotAllowedNow, match="quản trị viên cần phân công thêm") as refusal:
        act("chutich", at + MINUTE, progress.step, code=code, outcome="granted")
    assert "must appoint another person first" in refusal.value.en
    assert everything(code) == before


def test_people_are_not_told_how_the_office_shares_its_work():
    ruled({"examine": {"assignment": "load"}})
    code = opened(moment(24, 9))
    received = history(row_of(code)["id"])[0]
    said = told_to_people(decode(TYPES[received.type], received.data), lambda agency: agency)
    assert "Giao" not in said.vi
