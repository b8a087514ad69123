"""Conflicts of interest: who declares one takes no part, the dossier always has somebody, two leads lift it."""

import json
from uuid import UUID

import pytest

from motcua.dossiers.consultations import waiting
from motcua.dossiers.countersign import PAIRS
from motcua.dossiers.heard import told_to_people
from motcua.dossiers.policy import Allowed
from motcua.dossiers.projector import TYPES
from motcua.dossiers.selectors import dossier
from motcua.dossiers.states import Act, State
from motcua.dossiers.worklist import LETTERS, Sought, inbox
from motcua.flows import consultations, mends, progress
from motcua.flows.assignment import assign, claim
from motcua.flows.interests import declare, lift
from motcua.kernel.codec import decode
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow
from motcua.ledger.selectors import check, history
from motcua.parties.own import say_own
from tests.flows.test_mandates import acts_as, give
from tests.support.acts import act, moment
from tests.support.lives import MINUTE, brought_to, corrected, doings, everything, opened, plain, row_of
from tests.support.opinions import OPINION, ask
from tests.support.ruled import ruled
from tests.support.world import intake, logins, viewer

pytestmark = pytest.mark.django_db
SAID = {"kind": "family", "reason": "Chủ hồ sơ là em họ của tôi."}


def holder(code):
    names = {account: login for login, account in logins().items()}
    return names.get(row_of(code)["holder_account"])


def refused(error, login, at, flow, code, match=None, **arguments):
    before = everything(code)
    with pytest.raises(error, match=match):
        act(login, at, flow, code=code, **arguments)
    assert everything(code) == before


def test_who_declares_hands_on_and_does_nothing_of_it_any_more():
    code, at = brought_to(State.IN_PROCESS)
    act("tuphap1", at, declare, code=code, **SAID)
    assert holder(code) == "tuphap2", "the only other one who may do the step"
    assert row_of(code)["state"] == State.IN_PROCESS
    for flow, more in (
        (progress.step, {"outcome": "granted"}),
        (claim, {}),
        (declare, SAID),
        (progress.request_supplement, doings(at)[Act.REQUEST_SUPPLEMENT].arguments),
    ):
        refused(Denied, "tuphap1", at, flow, code, "xung đột lợi ích", **more)
    refused(
        Invalid, "chutich", at, assign, code, "không giữ vị trí", to=str(logins()["tuphap1"]), reason="Gấp."
    )
    assert check().faults == ()


def test_the_words_are_sealed_and_people_read_that_somebody_else_works_on_it():
    code, at = brought_to(State.IN_PROCESS)
    refused(Invalid, "tuphap1", at, declare, code, kind="family", reason=" ")
    refused(Invalid, "tuphap1", at, declare, code, kind="cousin", reason="x")
    act("tuphap1", at, declare, code=code, **SAID)
    envelope = history(row_of(code)["id"])[-1]
    assert "em họ" not in json.dumps(envelope.data, ensure_ascii=False)
    entry = dossier(code, viewer=viewer("chutich")).entries[-1]
    assert entry.texts == (SAID["reason"],)
    assert "người thân" in entry.sentence.vi
    said = told_to_people(decode(TYPES[envelope.type], envelope.data), lambda agency: agency)
    assert said.vi == "Đổi người giải quyết hồ sơ."


def test_where_nobody_is_left_a_lead_has_it_and_appoints():
    code, at = brought_to(State.IN_PROCESS)
    act("tuphap1", at, declare, code=code, **SAID)
    act("tuphap2", at + MINUTE, declare, code=code, **SAID)
    row = row_of(code)
    assert (row["holder_kind"], row["holder_account"], row["queue"]) == (
        "position",
        None,
        "H99.01.01/leaders",
    )
    refused(
        NotAllowedNow, "chutich", at + MINUTE, assign, code, "cần phân công thêm", to="shared", reason="Ai?"
    )
    refused(Denied, "chutich", at + MINUTE, progress.step, code, outcome="granted")
    assert check().faults == ()


def test_what_is_in_somebody_elses_name_stays_there():
    code, at = brought_to(State.IN_PROCESS)
    act("chutich", at, declare, code=code, **SAID)
    assert holder(code) == "tuphap1"
    refused(Denied, "chutich", at, doings(at)[Act.SUSPEND].flow, code, **doings(at)[Act.SUSPEND].arguments)
    act("tuphap1", at + MINUTE, progress.step, code=code, outcome="granted")
    assert holder(code) == "phochutich", "of two leaders one takes no part"


def test_two_leads_lift_it_and_never_who_declared():
    code, at = brought_to(State.IN_PROCESS)
    act("tuphap1", at, declare, code=code, **SAID)
    declared = {"declared": "3", "reason": "Chỉ trùng họ tên."}
    refused(Denied, "tuphap1", at, lift, code, **declared)
    refused(Invalid, "chutich", at, lift, code, declared="2", reason="x")
    proposed = act("chutich", at, lift, code=code, **declared)
    refused(Denied, "chutich", at, mends.confirm, code, "người thứ hai", seq=proposed.meta.seq)
    refused(Denied, "tuphap1", at, mends.confirm, code, seq=proposed.meta.seq)
    assert plain(code)["barred"]
    act("phochutich", at + MINUTE, mends.confirm, code=code, seq=proposed.meta.seq)
    assert plain(code)["barred"] == []
    assert holder(code) == "tuphap2", "who has it keeps it"
    act("chutich", at + MINUTE, assign, code=code, to=str(logins()["tuphap1"]), reason="Trở lại.")
    act("tuphap1", at + 2 * MINUTE, progress.step, code=code, outcome="granted")
    assert check().faults == ()


def test_a_leader_who_declared_neither_proposes_nor_confirms():
    code, at = brought_to(State.IN_PROCESS)
    act("tuphap1", at, declare, code=code, **SAID)
    act("phochutich", at, declare, code=code, **SAID)
    refused(Denied, "phochutich", at, lift, code, declared="3", reason="x")
    proposed = act("chutich", at, lift, code=code, declared="3", reason="Trùng tên.")
    refused(Denied, "phochutich", at, mends.confirm, code, "xung đột", seq=proposed.meta.seq)
    assert PAIRS[Act.LIFT_INTEREST].agency == "competent_agency"


def test_by_the_rule_of_the_step_it_goes_to_who_is_left():
    ruled({"examine": {"assignment": "load"}})
    code = opened(moment(24, 9))
    mine = holder(code)
    act(mine, moment(24, 10), declare, code=code, **SAID)
    assert {mine, holder(code)} == {"tuphap1", "tuphap2"}


def says_own(login, number, at, name="Nguyễn Thị Ánh Tuyết"):
    say_own(account=logins()[login], name=name, number=number, at=at)


def test_who_stands_in_it_by_their_own_number_does_no_step_and_is_given_none():
    number = "001190000001"
    says_own("tuphap1", number, moment(24, 8))
    code = opened(moment(24, 9), number=number)
    for flow, more in ((claim, {}), (progress.start, {})):
        refused(Denied, "tuphap1", moment(24, 9, 30), flow, code, "Số định danh", **more)
    refused(
        Invalid,
        "chutich",
        moment(24, 9, 30),
        assign,
        code,
        "vị trí",
        to=str(logins()["tuphap1"]),
        reason="Gấp.",
    )
    act("tuphap2", moment(24, 10), progress.start, code=code)
    says_own("tuphap2", "001190000019", moment(24, 10))
    act("tuphap2", moment(24, 11), progress.step, code=code, outcome="granted")


def test_who_becomes_its_applicant_by_a_correction_has_it_in_their_name_no_longer():
    says_own("tuphap1", "001190000001", moment(24, 8), name="Nguyễn Thị Ánh Nguyệt")
    code = opened(moment(24, 9), number="001190000001")
    act("tuphap1", moment(24, 10), progress.start, code=code)
    right = corrected(intake(number="001190000001"))
    told = {"reception": right, "reason": "Nhầm tên."}
    seq = act("tiepnhan1", moment(24, 11), mends.correct_reception, code=code, **told).meta.seq
    act("truongquay", moment(24, 12), mends.confirm, code=code, seq=seq)
    row = row_of(code)
    assert (row["holder_account"], row["state"]) == (None, State.IN_PROCESS)
    assert "người đang giữ là người trong hồ sơ" in " ".join(
        dossier(code, viewer=viewer("tuphap2", at=moment(24, 13))).texts.values()
    )
    act("tuphap2", moment(24, 14), claim, code=code)
    assert holder(code) == "tuphap2"
    assert check().faults == ()


def test_another_name_or_number_is_somebody_else():
    says_own("tuphap1", "001190000001", moment(24, 8), name="Trần Văn Nam")
    code = opened(moment(24, 9), number="001190000001")
    act("tuphap1", moment(24, 10), progress.start, code=code)


@pytest.mark.parametrize("declares", [True, False])
def test_who_takes_no_part_and_who_has_the_dossier_give_no_opinion_on_it(declares):
    number = "001190000001"
    if not declares:
        says_own("tuphap1", number, moment(24, 8))
    code = opened(moment(24, 9), number=number)
    at = moment(24, 10)
    if declares:
        act("tuphap1", at, declare, code=code, **SAID)
    act("tuphap2", at, progress.start, code=code)
    told = {"whom": ["position:justice_officer"], "about": "Ý kiến?", "value": "2", "unit": "working_day"}
    refused(Invalid, "chutich", at, consultations.consult, code, "Chưa có ai", **told)
    assert plain(code)["consultations"] == []


def test_who_takes_no_part_after_the_asking_and_who_has_the_dossier_do_not_answer():
    code, at = brought_to(State.IN_PROCESS)
    (one,) = ask(code, at, login="chutich", whom=["unit:office"])
    told = {"consultation": UUID(one["id"])}
    refused(Denied, "tuphap1", at, consultations.answer, code, **told, **OPINION)
    give(to="vanhoa", of="tuphap2", at=at, since=at)
    assert waits_for("tuphap2", at) == waits_for("vanhoa", at) == [one["id"]]
    act("tuphap2", at, declare, code=code, **SAID)
    refused(Denied, "tuphap2", at, consultations.answer, code, **told, **OPINION)
    with pytest.raises(Denied, match="xung đột"):
        acts_as("vanhoa", at, consultations.answer, code=code, **told, **OPINION)
    refused(
        Invalid, "vanthu", at, consultations.hand_on, code, "xung đột", **told, to=str(logins()["tuphap2"])
    )
    assert [waits_for(login, at) for login in ("tuphap1", "tuphap2", "vanhoa")] == [[], [], []]
    assert waits_for("vanthu", at) == [one["id"]]
    act("vanthu", at, consultations.answer, code=code, **told, **OPINION)


def waits_for(login, at):
    return [str(line.id) for line in waiting(viewer=viewer(login, at=at)).lines]


def test_a_leader_who_stands_in_it_by_their_own_number_leads_nothing_of_it_nor_does_who_stands_in_for_them():
    number = "001190000001"
    code, at = brought_to(State.PAYMENT_REQUESTED, number=number)
    says_own("chutich", number, at)
    give(to="kinhte", of="chutich", at=at, since=at)
    does = doings(at)
    act("tuphap1", at, does[Act.PREPARE_DELAY].flow, code=code, **does[Act.PREPARE_DELAY].arguments)
    assert [len(letters(login, at)) for login in ("chutich", "kinhte", "phochutich")] == [0, 0, 1]
    for one in (Act.EXTEND, Act.STOP, Act.WAIVE, Act.NOTIFY_DELAY):
        refused(Denied, "chutich", at, does[one].flow, code, "Số định danh", **does[one].arguments)
        with pytest.raises(Denied, match="Số định danh"):
            acts_as("kinhte", at, does[one].flow, code=code, **does[one].arguments)
    allowed = {
        one
        for one, told in dossier(code, viewer=viewer("chutich", at=at)).acts.items()
        if isinstance(told, Allowed)
    }
    assert allowed <= {Act.DECLARE_INTEREST, Act.PUT_BACK}
    assert not plain(code)["delay"]["signed"]
    for one in (Act.NOTIFY_DELAY, Act.WAIVE):
        act("phochutich", at, does[one].flow, code=code, **does[one].arguments)


def letters(login, at):
    return inbox(viewer=viewer(login, at=at), at=at, sought=Sought(room=LETTERS)).lines


def test_at_the_desk_who_stands_in_it_does_what_is_the_desks_and_nothing_of_substance():
    number = "001190000001"
    says_own("tiepnhan1", number, moment(24, 8))
    code = opened(moment(24, 9), Act.SUBMIT, number=number)
    does = doings(moment(24, 10), intake(number=number))
    for one in (Act.RECEIVE, Act.REQUEST_PAYMENT):
        act("tiepnhan1", moment(24, 10), does[one].flow, code=code, **does[one].arguments)
    refused(Denied, "tiepnhan1", moment(24, 10), progress.start, code, "Số định danh")
