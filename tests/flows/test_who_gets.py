"""Who gets a dossier that comes to an agency or begins there: never somebody who may not do it; and a transfer that its
receiver cannot take over goes back."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from motcua.dossiers.operations import IssuedPaper
from motcua.dossiers.states import State
from motcua.flows import mends, progress, transfers
from motcua.flows.corrections import Reception, refuse_parts
from motcua.flows.interests import declare
from motcua.flows.reception import receive
from motcua.kernel.actor import SYSTEM
from motcua.kernel.errors import Denied, NotAllowedNow
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import check
from motcua.processes import operations as processes
from motcua.processes.selectors import version
from motcua.web.desk import bars
from motcua.web.desk.facts import Facts
from tests.flows.test_interests import SAID, says_own
from tests.flows.test_mergers import AFTER, merge, take_over
from tests.flows.test_transfers import AWAY, assert_replayed, running, sent
from tests.support.acts import act, moment
from tests.support.bundle import Bundle
from tests.support.lives import everything, opened, plain
from tests.support.ruled import ruled
from tests.support.world import COMMUNE, OTHER_COMMUNE, POLICE, intake, logins

pytestmark = pytest.mark.django_db
NUMBER = "001190000001"


def who_has(code):
    row = plain(code)
    return row["holder_account"], row["queue"]


def leads_of(agency, list_of="leaders"):
    return None, f"{agency}/{list_of}"


def test_the_only_officer_is_not_given_their_own_dossier():
    says_own("tuphap1.mauhai", NUMBER, moment(24, 8))
    moved, merged = (opened(moment(24, 9), number=NUMBER) for _ in range(2))
    received = act(AWAY, moment(24, 9), receive, intake=intake(agency=OTHER_COMMUNE, number=NUMBER)).row[
        "code"
    ]
    sent(moved, moment(24, 10))
    act(AWAY, moment(24, 11), transfers.accept, code=moved)
    act("tuphap2", moment(24, 12), progress.start, code=merged)
    merge()
    take_over()
    for code in (received, moved, merged):
        assert who_has(code) == leads_of(OTHER_COMMUNE)
        assert_replayed(code)
    with pytest.raises(Denied, match="Số định danh"):
        act("tuphap1.mauhai", AFTER, progress.start, code=moved)
    assert check().faults == ()


def test_a_part_is_not_begun_in_the_name_of_who_stands_in_it():
    says_own("cutru.congan", NUMBER, moment(24, 7))
    bundle = Bundle(number=NUMBER).registered()
    assert who_has(f"{bundle.code}.1") == leads_of(POLICE, "section_heads")


def test_what_two_with_a_conflict_gave_away_comes_back_to_a_lead():
    code = running()
    act("tuphap1", moment(24, 10), progress.start, code=code)
    for login in ("tuphap1", "tuphap2"):
        act(login, moment(24, 10), declare, code=code, **SAID)
    sent(code, moment(24, 11), "chutich")
    act(AWAY, moment(24, 14), transfers.accept, code=code)
    assert plain(code)["holder_account"] == logins()["tuphap1.mauhai"]
    sent(code, moment(24, 15), AWAY, to=COMMUNE)
    act("tiepnhan1", moment(24, 16), transfers.accept, code=code)
    assert who_has(code) == leads_of(COMMUNE)
    assert_replayed(code)


def corrected(code, at, **told):
    made = intake(variant="verification", **told)
    reception = Reception(
        variant="verification", people=made.people, handed=made.handed, answers=made.answers
    )
    seq = act(
        "tiepnhan1", at, mends.correct_reception, code=code, reception=reception, reason="Nhầm."
    ).meta.seq
    return act("truongquay", at + timedelta(hours=1), mends.confirm, code=code, seq=seq)


def test_a_corrected_variant_begins_anew_with_a_lead_where_nobody_is_left():
    code = running()
    for login in ("tuphap1", "tuphap2"):
        act(login, moment(24, 10), declare, code=code, **SAID)
    ruled({"examine": {"assignment": "load"}}, variant="verification")
    before = plain(code)["process_version"]
    corrected(code, moment(24, 11))
    assert plain(code)["process_version"] != before
    assert who_has(code) == leads_of(COMMUNE)


def test_what_came_without_the_form_gets_no_part_that_needs_it_by_a_correction():
    part = {
        "code": "residence", "title": {"vi": "Thường trú", "en": "Residence"}, "procedure": "1.004222",
        "variant": "general", "body": "police", "limit": {"unit": "working_day", "value": "1"},
    }  # fmt: skip
    on_answer = {"==": [{"var": "answers.extra"}, "yes"]}
    ruled({}, children=[{**part, "form": ["requester"], "when": on_answer}])
    ruled({}, variant="verification", children=[{**part, "form": ["requester"]}])
    code = opened(moment(24, 9))
    with pytest.raises(NotAllowedNow, match="tờ khai chung"):
        corrected(code, moment(24, 11))
    told = Reception(variant="no_verification", people=(), handed=(), answers={})
    row = plain(code)
    process = version(row["process_version"])
    refuse_parts(row, told, process, moment(24, 11))
    with pytest.raises(NotAllowedNow, match="tờ khai chung"):
        refuse_parts(row, replace(told, answers={"extra": "yes"}), process, moment(24, 11))
    begun = [{"child": "residence", "dossier": "", "code": "", "ended_at": None, "due_at": None}]
    refuse_parts({**row, "children": begun}, replace(told, answers={"extra": "yes"}), process, moment(24, 11))
    assert (plain(code)["pending"], plain(code)["variant"]) == (None, "no_verification")


def test_what_is_mended_goes_by_the_rule_of_its_step_and_to_nobody_who_is_barred():
    one, two = (logins()[login] for login in ("tuphap1", "tuphap2"))
    ruled({"examine": {"assignment": "rotation"}})
    ruled({"examine": {"assignment": "load"}}, variant="verification")
    says_own("tuphap2", NUMBER, moment(24, 7))
    free, theirs, conflict = (opened(moment(24, 9)) for _ in range(3))
    had = [who_has(code)[0] for code in (free, theirs, conflict)]
    barred = {one: "tuphap1", two: "tuphap2"}[had[2]]
    act(barred, moment(24, 10), declare, code=conflict, **SAID)
    rules = [given.rule for given in corrected(free, moment(24, 11)).event.given]
    corrected(theirs, moment(24, 13), number=NUMBER)
    corrected(conflict, moment(24, 15))
    assert rules == ["load"]
    assert who_has(theirs)[0] == one
    assert who_has(conflict)[0] == {one, two}.difference({logins()[barred]}).pop()
    by = {one: "tuphap1", two: "tuphap2"}[who_has(free)[0]]
    act(by, moment(25, 9), progress.start, code=free)
    for login in (by, "chutich"):
        act(login, moment(25, 10), progress.step, code=free, outcome="granted")
    paper = IssuedPaper(role="result", kind="KQ.G15.000038", number="12/UBND-XN", date=date(2026, 8, 25))
    act("vanthu", moment(25, 11), progress.decide, code=free, papers=[paper])
    told = {"to": "examine", "fault": "office", "reason": "Sai tên."}
    seq = act(by, moment(25, 14), mends.reopen_for_correction, code=free, **told).meta.seq
    again = act("chutich", moment(25, 15), mends.confirm, code=free, seq=seq)
    assert [given.rule for given in again.event.given] == ["load"]
    for code in (free, theirs, conflict):
        assert_replayed(code)


def decided(operation, at, **told):
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin="simulated"):
        operation(agency=OTHER_COMMUNE, actor=SYSTEM, at=at, **told)


def test_a_transfer_that_nobody_can_take_over_goes_back_or_waits_for_a_process():
    code, other = running(), running()
    version = plain(code)["process_version"]
    for one in (code, other):
        sent(one, moment(24, 15))
    runs = {"procedure": plain(code)["procedure"], "variants": [plain(code)["variant"]]}
    decided(processes.stop, moment(24, 16), **runs, valid_to=date(2026, 8, 25))
    late = moment(26, 9)
    before = everything(code)
    with pytest.raises(NotAllowedNow, match="chưa áp dụng quy trình"):
        act(AWAY, late, transfers.accept, code=code)
    assert everything(code) == before
    assert bars.silent(Facts(plain(code)), late) is None
    back = act(AWAY, late, transfers.decline, code=code, reason="Đã thôi áp dụng quy trình.").row
    assert (back["state"], back["competent_agency"]) == (State.RECEIVED, COMMUNE)
    assert back["due_at"] is not None
    act("tuphap1", moment(26, 10), progress.start, code=code)
    adopts = {"process_version": version, "variant": back["variant"], "valid_from": date(2026, 8, 27)}
    decided(processes.adopt, moment(26, 11), **adopts)
    now = moment(27, 9)
    with pytest.raises(NotAllowedNow, match="8 giờ làm việc"):
        act(AWAY, now, transfers.decline, code=other, reason="Muộn.")
    taken = act(AWAY, now, transfers.accept, code=other).row
    assert (taken["state"], taken["competent_agency"]) == (State.RECEIVED, OTHER_COMMUNE)
    assert taken["holder_since"] == moment(25, 15)
    for one in (code, other):
        assert_replayed(one)
    assert check().faults == ()
