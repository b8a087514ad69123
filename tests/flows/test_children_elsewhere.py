"""Inter-agency procedures beyond the plain way: side by side, a part not asked for, received by another commune."""

from dataclasses import replace

import pytest

from motcua.agencies.selectors import called
from motcua.agencies.serving import serving
from motcua.dossiers import projector as dossiers
from motcua.dossiers.answered import form_of
from motcua.dossiers.events import PaperMark
from motcua.dossiers.selectors import dossiers as dossiers_of
from motcua.dossiers.tracked import token_of
from motcua.flows import money, progress, results, transfers
from motcua.flows.reception import receive
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.kernel.ids import uuid7
from motcua.kernel.time import ZONE
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.selectors import check, history
from motcua.processes.selectors import agencies_running, variants_run
from motcua.reactions.transfers import end_the_silent
from motcua.web.common.online import begins_at
from tests.flows.test_mergers import AFTER, merge, take_over
from tests.support.acts import act, moment
from tests.support.bundle import MINUTE, MORNING, Bundle, brought, insurance, issued, residence
from tests.support.combined import FromHome
from tests.support.combined_answers import BIRTH, DEATH, answered
from tests.support.lives import plain
from tests.support.money_days import taken
from tests.support.pages import plain_static, visitor
from tests.support.site import pages_at
from tests.support.told import nothing_is_news
from tests.support.world import COMMUNE, INSURANCE, OTHER_COMMUNE, POLICE, intake, viewer

pytestmark = pytest.mark.django_db
DEATH_EXTRACT = "KQ.G15.000034"


class Death(Bundle):
    """A death, with or without the funeral allowance."""

    def __init__(self, *, funeral: str) -> None:
        nothing_is_news()
        self.at = MORNING
        made = intake(DEATH)
        made = replace(made, answers={**made.answers, "funeral": funeral}, form=answered(DEATH))
        self.code = brought(made, self.at)
        self.at += MINUTE
        self.work()


def issue(bundle: Bundle, role: str = "result", kind: str = DEATH_EXTRACT) -> None:
    bundle.act("vanthu", progress.decide, papers=[issued(role, kind, "15/2026")])
    bundle.work()


def test_a_death_goes_to_two_agencies_side_by_side() -> None:
    bundle = Death(funeral="yes").registered()
    begun = [(one["child"], one["agency"]) for one in bundle.row["children"]]
    assert begun == [("removal", POLICE), ("funeral", INSURANCE)]
    bundle.settled(2, ("chedo.bhxh", "giamdoc.bhxh", "vanthu.bhxh"), kind="KQ.G99.000002")
    assert [one["outcome"] for one in bundle.row["children"]] == ["", "granted"], "nobody waits for the other"
    issue(residence(bundle))
    assert (bundle.row["state"], bundle.row["outcome"]) == ("decided", "granted")


def test_a_part_that_was_not_asked_for_is_neither_begun_nor_waited_for() -> None:
    bundle = residence(Death(funeral="no").registered())
    assert [one["child"] for one in bundle.row["children"]] == ["removal"]
    issue(bundle)
    assert bundle.row["outcome"] == "granted"


def test_received_for_another_commune_the_parts_begin_there_once_it_has_accepted() -> None:
    """ND 118/2025 art. 17(3): who settles is found by the competent agency, the desk that received hands over."""
    next_door = {"agency": OTHER_COMMUNE, "competent": COMMUNE}
    bundle = FromHome(questions={"residence": "yes"}, desk="tiepnhan1.mauhai", where=next_door)
    bundle.act("tiepnhan1.mauhai", transfers.transfer, to=COMMUNE)
    assert bundle.row["children"] == []
    bundle.act("tiepnhan1", transfers.accept)
    bundle.work()
    insurance(residence(bundle.registered()))
    assert [one["agency"] for one in bundle.row["children"]] == [POLICE, INSURANCE]
    assert bundle.child(1)["lead_agency"] == OTHER_COMMUNE
    assert form_of(bundle.child(1)), "what was typed next door went along"
    issue(bundle, kind="KQ.G15.000031")
    bundle.act("tiepnhan1.mauhai", results.make_available, shelf="A1")
    who = {"recipient": "Nguyễn Thị Ánh Tuyết", "checked_by": "citizen_id"}
    bundle.act("tiepnhan1.mauhai", results.hand_over, way="in_person", **who)
    assert bundle.row["state"] == "returned"
    row = plain(bundle.code)
    assert dossiers.replay(history(row["id"]))["dossiers_dossier"] == [row]


@pytest.mark.parametrize("way", ["for_another", "on_a_pad"])
def test_no_desk_receives_it_without_its_form(way: str) -> None:
    """The parts would begin with no child and no paper to work on."""
    nothing_is_news()
    for_another = {"agency": OTHER_COMMUNE, "competent": COMMUNE} if way == "for_another" else {}
    sheet = PaperMark(pad="S001", number="1", occurred_at=MORNING) if way == "on_a_pad" else None
    desk = "tiepnhan1.mauhai" if for_another else "tiepnhan1"
    with pytest.raises(NotAllowedNow, match="từng thủ tục riêng" if sheet else "chọn cơ quan giải quyết"):
        act(desk, MORNING + MINUTE, receive, intake=intake(BIRTH, **for_another), paper=sheet)
    assert dossiers_of(viewer=viewer(desk, at=MORNING), at=MORNING).lines == ()


def test_nobody_takes_over_what_came_without_its_form(monkeypatch) -> None:
    nothing_is_news()
    made = intake(BIRTH, agency=OTHER_COMMUNE, competent=COMMUNE)
    with pytest.raises(Invalid, match="hãy nộp hồ sơ trước"):
        act("tiepnhan1.mauhai", MORNING, receive, intake=replace(made, form=answered(BIRTH)))
    monkeypatch.setattr(
        "motcua.flows.reception.refuse_without_form", lambda **_: None
    )  # before the parts needed it
    code = act("tiepnhan1.mauhai", MORNING, receive, intake=made).row["code"]
    act("tiepnhan1.mauhai", MORNING + MINUTE, transfers.transfer, code=code, to=COMMUNE)
    with pytest.raises(NotAllowedNow, match="tờ khai chung"):
        act("tiepnhan1", MORNING + 2 * MINUTE, transfers.accept, code=code)
    later = moment(26, 9)
    assert end_the_silent(clock=lambda: later, origin="simulated") == 1
    assert (plain(code)["holder_agency"], plain(code)["children"]) == (OTHER_COMMUNE, [])


def test_nobody_takes_over_what_no_agency_there_settles_a_part_of() -> None:
    """Xã Mẫu Hai has no police on the system."""
    bundle = FromHome(questions={"residence": "yes"})
    bundle.act("tiepnhan1", transfers.transfer, to=OTHER_COMMUNE, reason="Nơi cư trú ở đó.")
    with pytest.raises(NotAllowedNow, match=r"chưa có .* trên hệ thống .*từ chối nhận chuyển"):
        bundle.act("tiepnhan1.mauhai", transfers.accept)
    later = moment(26, 9)
    assert end_the_silent(clock=lambda: later, origin="simulated") == 1
    assert (bundle.row["holder_agency"], bundle.row["children"]) == (COMMUNE, [])


def test_typed_at_a_desk_it_stays_in_the_visit_it_was_begun_in() -> None:
    visit = uuid7()
    assert FromHome(visit=visit).row["visit"] == visit


def test_of_a_birth_that_is_not_registered_no_part_begins() -> None:
    bundle = Bundle()
    why = {"outcome": "refused", "note": "Đã khai sinh ở nơi khác.", "basis": "60/2014/QH13"}
    bundle.act("tuphap1", progress.start)
    bundle.act("tuphap1", progress.step, **why)
    bundle.act("chutich", progress.step, **why)
    bundle.act("vanthu", progress.step, outcome="granted")
    bundle.work()
    assert bundle.row["children"] == []
    issue(bundle, role="refusal", kind="")
    assert (bundle.row["state"], bundle.row["outcome"]) == ("decided", "refused")


def test_a_place_without_every_agency_is_offered_to_nobody():
    """Xã Mẫu Hai has no police on the system: a dossier handed in online there could be received by nobody."""
    told = {"procedure": BIRTH, "on": moment(24, 9).date()}
    assert agencies_running(variants=["general"], **told) == [COMMUNE]
    assert variants_run(agency=COMMUNE, **told) == {"general"}
    assert variants_run(agency=OTHER_COMMUNE, **told) == set()
    assert begins_at(BIRTH, at=moment(24, 9))[1] == [COMMUNE]


def test_parts_still_begin_where_the_lead_or_who_serves_it_was_merged():
    """Xã Mẫu goes up in Xã Mẫu Hai, which nobody's police served: the police of Xã Mẫu serve it from that day on."""
    bundle = Bundle()
    assert serving("police", OTHER_COMMUNE, on=AFTER.date()) is None
    merge(at=moment(24, 16), day=AFTER.date())
    assert serving("police", COMMUNE, on=bundle.at.date()) == POLICE, "nothing changes before the day"
    take_over(AFTER)
    assert serving("police", OTHER_COMMUNE, on=AFTER.date()) == POLICE
    due, bundle.at = bundle.row["due_at"], AFTER
    bundle.act("tuphap1.mauhai", progress.start)
    bundle.act("tuphap1.mauhai", progress.step, outcome="granted")
    bundle.act("chutich.mauhai", progress.step, outcome="granted")
    clerk = viewer("vanthu.mauhai", at=bundle.at)
    seal = clerk.actor(next(c for c in clerk.capacities if c.kind == "clerk"))
    with unit_of_work(actor=seal, at=bundle.at, request=Request.fresh(), origin="simulated"):
        progress.step(code=bundle.code, outcome="granted", actor=seal, at=bundle.at)
    bundle.work()
    assert [(one["child"], one["agency"]) for one in bundle.row["children"]] == [("residence", POLICE)]
    assert (bundle.child(1)["lead_agency"], bundle.row["due_at"]) == (OTHER_COMMUNE, due)


def test_a_death_is_paid_once_settled_by_three_agencies_and_handed_over_under_one_code_and_one_date() -> None:
    bundle = Death(funeral="yes")
    due = bundle.row["due_at"]
    for charge in bundle.row["fees"]:
        if charge["amount"] is None:
            fee = {"charge": charge["charge"], "amount": 8_000, "decision": "12/2025/NQ-HĐND"}
            bundle.act("truongquay", money.set_fee, **fee)
    bundle.at += MINUTE
    taken(bundle.code, at=bundle.at)
    bundle.registered()
    bundle.settled(2, ("chedo.bhxh", "giamdoc.bhxh", "vanthu.bhxh"), kind="KQ.G99.000002")
    issue(residence(bundle))
    with plain_static(), pages_at(bundle.at):
        page = visitor(at=bundle.at).get(f"/t/{token_of(bundle.row)}", follow=True).text
    for agency in (POLICE, INSURANCE):
        assert called(agency).vi in page
    assert f"{bundle.code}.1" not in page
    assert f"{due.astimezone(ZONE):%d/%m/%Y}" in page
    assert f"{bundle.child(2)['due_at'].astimezone(ZONE):%H:%M, %d/%m/%Y}" not in page
    bundle.handed_over()
    row = bundle.row
    assert (row["state"], row["outcome"], row["due_at"]) == ("returned", "granted", due)
    assert [one["ended_at"] is not None for one in row["children"]] == [True, True]
    assert check().faults == ()
    assert [charge["state"] for charge in row["fees"]] == ["paid"]
