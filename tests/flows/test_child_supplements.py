"""What another agency lacks is asked for once, by the dossier the applicant has, and goes on from there."""

import pytest

from motcua.dossiers import projector as dossiers
from motcua.dossiers.operations import MissingPaper
from motcua.flows import progress
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow
from motcua.ledger.selectors import check, history
from tests.support.bundle import Bundle
from tests.support.combined_answers import DEATH
from tests.support.lives import plain
from tests.support.papers import kept
from tests.support.written import written

pytestmark = pytest.mark.django_db
CONSENT = MissingPaper(component="housing", text="Ý kiến của chủ hộ.")


def assert_replayed(*codes: str) -> None:
    for code in codes:
        row = plain(code)
        assert dossiers.replay(history(row["id"]))["dossiers_dossier"] == [row]


def asked() -> Bundle:
    """The police lack a paper."""
    bundle = Bundle().registered()
    code = f"{bundle.code}.1"
    bundle.act("cutru.congan", progress.start, code=code)
    bundle.act("cutru.congan", progress.request_supplement, code=code, items=[CONSENT])
    bundle.work()
    return bundle


def test_the_one_letter_is_the_parents_and_both_clocks_pause():
    bundle = asked()
    parent, child = bundle.row, bundle.child(1)
    assert (parent["state"], child["state"]) == ("supplement_requested",) * 2
    assert (parent["holder_kind"], child["holder_kind"]) == ("applicant", "applicant")
    assert parent["supplement"]["child"] == "residence"
    assert parent["supplement"]["items"][0]["component"] == "housing"
    assert (parent["paused"], child["paused"]) == (True, True)
    assert_replayed(bundle.code, f"{bundle.code}.1")


def test_what_the_lead_takes_in_goes_on_to_the_agency_that_lacked_it():
    bundle = asked()
    upload = kept("tiepnhan1", bundle.at).upload
    bundle.act("tiepnhan1", progress.supply, items=["1"], uploads={"1": (upload,)})
    parent, child = bundle.row, bundle.child(1)
    assert (parent["state"], child["state"]) == ("in_process",) * 2
    assert child["holder_account"] is not None
    supplied = [x for x in history(child["id"]) if x.type == "dossier_supplied"][-1]
    assert [one["component"] for one in supplied.data["files"]] == ["housing"]
    assert child["paused"] is False
    assert_replayed(bundle.code, f"{bundle.code}.1")
    assert check().faults == ()


def test_all_requests_count_together_and_the_second_is_a_leaders():
    bundle = asked()
    bundle.act("tiepnhan1", progress.supply, items=["1"])
    code, before = f"{bundle.code}.1", written()
    with pytest.raises(Denied, match="lãnh đạo"):
        bundle.act("cutru.congan", progress.request_supplement, code=code, items=[CONSENT])
    with pytest.raises(Denied, match="lãnh đạo"):
        bundle.act(
            "vanthu", progress.request_supplement, items=[MissingPaper(component=None, text="Bản sao.")]
        )
    assert written() == before
    bundle.act("truongcongan", progress.request_supplement, code=code, items=[CONSENT])
    assert (bundle.row["supplement_count"], bundle.child(1)["supplement_count"]) == (2, 2)
    bundle.act("tiepnhan1", progress.supply, items=["1"])
    with pytest.raises(NotAllowedNow, match="lần thứ ba"):
        bundle.act("truongcongan", progress.request_supplement, code=code, items=[CONSENT])


def test_while_one_agency_waits_for_papers_another_does_not_ask():
    bundle = Bundle(DEATH).registered()
    police, insured = f"{bundle.code}.1", f"{bundle.code}.2"
    bundle.act("cutru.congan", progress.start, code=police)
    bundle.act("chedo.bhxh", progress.start, code=insured)
    bundle.act(
        "cutru.congan",
        progress.request_supplement,
        code=police,
        items=[MissingPaper(component="form", text="Thiếu chữ ký.")],
    )
    before = written()
    with pytest.raises(NotAllowedNow, match="chỉ có một lần hỏi"):
        bundle.act(
            "giamdoc.bhxh",
            progress.request_supplement,
            code=insured,
            items=[MissingPaper(component="form", text="Thiếu chữ ký.")],
        )
    assert written() == before
    bundle.act("chedo.bhxh", progress.step, code=insured, outcome="granted")
    assert bundle.child(2)["state"] == "in_process", "the other goes on"


def test_an_agency_that_stops_its_part_frees_the_dossier_it_waited_on():
    bundle = asked()
    bundle.act(
        "truongcongan",
        progress.stop,
        code=f"{bundle.code}.1",
        ground="law",
        basis="68/2020/QH14",
        reason="Theo luật.",
    )
    bundle.work()
    parent = bundle.row
    assert (parent["state"], parent["supplement"], parent["paused"]) == ("in_process", None, False)
    assert parent["holder_kind"] == "position"
    assert_replayed(bundle.code, f"{bundle.code}.1")


def test_the_electronic_form_is_not_the_parts_to_send_back():
    bundle = Bundle().registered()
    bundle.act("cutru.congan", progress.start, code=f"{bundle.code}.1")
    before = written()
    with pytest.raises(Invalid, match="hồ sơ chính"):
        bundle.act(
            "cutru.congan",
            progress.request_supplement,
            code=f"{bundle.code}.1",
            items=[MissingPaper(component=None, topic="child")],
        )
    assert written() == before
