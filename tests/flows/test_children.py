"""Inter-agency procedures: received once, parts at other agencies, one code, one date, one hand-over."""

import pytest

from motcua.agencies.selectors import called
from motcua.dossiers import projector as dossiers
from motcua.dossiers.register import register
from motcua.dossiers.selectors import dossier
from motcua.flows import progress
from motcua.flows.reception import receive
from motcua.kernel.errors import NotAllowedNow
from motcua.ledger.selectors import check, history
from motcua.processes.selectors import published_body
from motcua.reactions import children as reactions
from motcua.web.desk.papers_where import papers_where
from tests.support.acts import act, moment
from tests.support.bundle import Bundle, insurance, residence
from tests.support.combined_answers import BIRTH
from tests.support.lives import plain
from tests.support.tables import run
from tests.support.world import COMMUNE, INSURANCE, OTHER_COMMUNE, POLICE, intake, logins, viewer
from tests.support.written import written

pytestmark = pytest.mark.django_db


def assert_replayed(code: str) -> None:
    row = plain(code)
    assert dossiers.replay(history(row["id"]))["dossiers_dossier"] == [row]


def test_a_birth_is_settled_by_three_agencies_under_one_code_and_one_date():
    bundle = Bundle()
    due = bundle.row["due_at"]
    assert bundle.row["children"] == [], "the residence waits for the registered birth"
    bundle.registered()
    (begun,) = bundle.row["children"]
    assert (begun["child"], begun["agency"], begun["code"]) == ("residence", POLICE, f"{bundle.code}.1")
    police = bundle.child(1)
    assert (police["desk_agency"], police["competent_agency"], police["lead_agency"]) == (
        POLICE,
        POLICE,
        COMMUNE,
    )
    assert police["due_at"] < due
    (kept,) = papers_where({**police, "components": bundle.row["components"]}, (), parent=bundle.row)
    assert called(COMMUNE).vi in kept.place.vi, "originals lie where they were received"
    assert police["queue"] == f"{POLICE}/specialists"
    residence(bundle)
    assert bundle.child(1)["state"] == "returned"
    assert [one["outcome"] for one in bundle.row["children"]] == ["granted", ""]
    assert bundle.child(2)["competent_agency"] == INSURANCE
    insurance(bundle)
    assert [one["papers"][0]["number"] for one in bundle.row["children"]] == ["01/TB", "02/TB"]
    bundle.decided().handed_over()
    row = bundle.row
    assert (row["state"], row["outcome"], row["due_at"]) == ("returned", "granted", due)
    for code in (bundle.code, f"{bundle.code}.1", f"{bundle.code}.2"):
        assert_replayed(code)
    assert check().faults == ()


def test_a_part_goes_by_the_rule_of_its_first_step():
    body = published_body("QT-1.004222")
    assert body is not None
    rule = {"positions": ["specialist", "section_head"], "assignment": "load"}
    run(body | {"steps": [s | rule if s["code"] == "examine" else s for s in body["steps"]]}, agency=POLICE)
    bundle = Bundle().registered()
    begun = history(bundle.child(1)["id"])[0]
    (given,) = begun.data["given"]
    assert (given["rule"], given["steps"]) == ("load", 0)
    chosen = str(bundle.child(1)["holder_account"])
    assert chosen == given["account"]
    assert chosen in {str(logins()[login]) for login in ("cutru.congan", "totruong.congan")}
    said = dossier(f"{bundle.code}.1", viewer=viewer("truongcongan", at=bundle.at)).entries[0].sentence.vi
    assert "ít việc nhất" in said
    assert_replayed(f"{bundle.code}.1")


def test_it_is_not_issued_before_every_part_has_ended():
    bundle = residence(Bundle().registered())
    before = written()
    with pytest.raises(NotAllowedNow, match="chưa xong"):
        bundle.decided()
    assert written() == before
    assert insurance(bundle).decided().row["state"] == "decided"


def test_a_part_that_is_refused_leaves_the_others_and_the_result_is_a_part_of_what_was_asked():
    bundle = insurance(residence(Bundle().registered(), outcome="refused"))
    assert [one["outcome"] for one in bundle.row["children"]] == ["refused", "granted"]
    assert bundle.decided().row["outcome"] == "partly"
    assert_replayed(bundle.code)


def test_the_parts_of_a_dossier_that_is_withdrawn_end_with_it():
    bundle = Bundle().registered()
    bundle.act("tiepnhan1", progress.withdraw, shown_by="signed_paper")
    bundle.work()
    assert (bundle.row["state"], bundle.child(1)["state"]) == ("withdrawn", "withdrawn")
    assert bundle.child(1)["holder_kind"] == "none"
    assert_replayed(f"{bundle.code}.1")


def test_a_part_that_is_stopped_lets_the_next_begin():
    bundle = Bundle().registered()
    code = f"{bundle.code}.1"
    bundle.act("cutru.congan", progress.start, code=code)
    bundle.act(
        "truongcongan",
        progress.stop,
        code=code,
        ground="law",
        basis="68/2020/QH14",
        reason="Chỗ ở tranh chấp.",
    )
    bundle.work()
    assert [one["outcome"] for one in bundle.row["children"]] == ["stopped", ""]
    assert insurance(bundle).decided().row["outcome"] == "partly"


def test_what_follows_is_done_once_however_often_it_is_told():
    bundle = residence(Bundle().registered())
    before = written()
    for envelope in (*history(bundle.row["id"]), *history(bundle.child(1)["id"])):
        for position, reaction in enumerate((reactions.begin_children, reactions.settle_child), 9_000_000):
            reaction(envelope, position=position, clock=lambda: bundle.at)
    assert written() == before


def test_it_is_refused_where_an_agency_is_missing():
    before = written()
    with pytest.raises(NotAllowedNow, match="chưa có công an xã"):
        act("tiepnhan1.mauhai", moment(24, 9), receive, intake=intake(BIRTH, agency=OTHER_COMMUNE))
    assert written() == before


@pytest.mark.parametrize(
    ("login", "flow", "told"),
    [
        ("tiepnhan.congan", progress.withdraw, {"shown_by": "signed_paper"}),
        ("tiepnhan.congan", progress.supply, {"items": ["1"]}),
    ],
)
def test_what_is_the_applicants_is_done_on_the_dossier_they_have(login, flow, told):
    bundle = Bundle().registered()
    before = written()
    with pytest.raises(NotAllowedNow, match="hồ sơ chính"):
        bundle.act(login, flow, code=f"{bundle.code}.1", **told)
    assert written() == before


def test_a_part_is_never_counted_beside_its_dossier():
    bundle = insurance(residence(Bundle().registered())).decided().handed_over()
    day = bundle.at.date()
    for agency, login, codes in (
        (COMMUNE, "chutich", [bundle.code]),
        (POLICE, "truongcongan", []),
        (INSURANCE, "giamdoc.bhxh", []),
    ):
        page = register(agency=agency, first=day, last=day, viewer=viewer(login, at=bundle.at))
        assert [line.code for line in page.entries] == codes
    assert check().faults == ()
