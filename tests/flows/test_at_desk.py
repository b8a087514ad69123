"""What the desk puts on its shelf or gives out lies there, as far as manifests say."""

import pytest

from motcua.agencies.selectors import agency
from motcua.dossiers import manifested
from motcua.flows import manifests, progress, results
from motcua.kernel.errors import NotAllowedNow
from motcua.web.desk.papers_where import papers_where
from tests.flows.test_manifests import LATER, TAKEN, assert_replayed, do, given, place, received, signed, unit
from tests.support.acts import act, moment
from tests.support.lives import plain
from tests.support.situations import dossier_in
from tests.support.streams import count
from tests.support.world import COMMUNE, OTHER_COMMUNE, viewer

pytestmark = pytest.mark.django_db


def test_a_result_at_another_agency_s_desk_comes_back_before_it_is_given_out():
    code, at = dossier_in("decided", since=moment(24, 9))["code"], moment(26, 9)
    there = {"to": "desk", "what": "result", "at": at}
    line = {("result", code): ("received", "")}
    do(
        "tiepnhan1.mauhai",
        manifests.sign,
        at,
        lines=line,
        manifest=given(code, login="vanthu", of=OTHER_COMMUNE, **there),
    )
    before = count("ledger_event")
    for flow, told in (
        (results.make_available, {"shelf": "A1"}),
        (results.hand_over, {**TAKEN, "way": "in_person"}),
    ):
        with pytest.raises(NotAllowedNow, match=agency(OTHER_COMMUNE).called.vi):
            act("tiepnhan1", at, flow, code=code, **told)
    assert count("ledger_event") == before
    desk = unit("desk", OTHER_COMMUNE)
    (back,) = manifested.movable(
        viewer=viewer("tiepnhan1.mauhai"), agency=OTHER_COMMUNE, unit=desk, desk=desk,
        to_agency=COMMUNE, to_unit=unit("desk"),
    )  # fmt: skip
    assert (back.what, back.code) == ("result", code), (
        "who signed for it sends it on, though it is not theirs"
    )
    lost = given(code, login="tiepnhan1.mauhai", **there)
    do("tiepnhan1", manifests.sign, at, manifest=lost, lines={("result", code): ("missing", "Không thấy.")})
    with pytest.raises(NotAllowedNow, match="báo thiếu"):
        act("tiepnhan1", at, results.make_available, code=code, shelf="A1")
    told = {"manifest": lost, "what": "result", "code": code, "note": "Cấp lại bản mới."}
    do("truongquay", manifests.settle, at, way="recorded", **told)
    act("tiepnhan1", at, results.make_available, code=code, shelf="A1")
    act("tiepnhan1", at, results.hand_over, code=code, **TAKEN, way="in_person")


def test_originals_are_given_back_by_the_desk_that_has_them():
    code, desk = received(), unit("desk")
    number = given(code)
    act("tiepnhan1", LATER, progress.withdraw, code=code, shown_by="signed_paper")

    def refused(match):
        with pytest.raises(NotAllowedNow, match=match):
            act("tiepnhan1", LATER, results.give_back_papers, code=code, **TAKEN)
        assert plain(code)["papers_owed"]

    refused("chưa ai ký nhận")
    signed(number, lines={code: ("damaged", "Ướt.")})
    refused("không ở quầy")
    (owed,) = manifested.movable(
        viewer=viewer("tuphap1"),
        agency=COMMUNE,
        unit=unit("office"),
        desk=desk,
        to_agency=COMMUNE,
        to_unit=desk,
    )
    assert (owed.what, owed.code) == ("papers", code)
    back = given(code, login="tuphap1", to="desk", at=LATER)
    refused("hãy ký nhận trước")
    signed(back, "tiepnhan1", lines={code: ("damaged", "Ướt.")})
    act("tiepnhan1", LATER, results.give_back_papers, code=code, **TAKEN)
    assert place(code) is None
    told = {"manifest": back, "what": "papers", "code": code, "note": "x"}
    with pytest.raises(NotAllowedNow, match="đã trả"):
        do("tuphap1", manifests.settle, LATER, way="returned", **told)
    (shown_there,) = papers_where(plain(code), ())
    assert shown_there.place.vi == "đã trả cho người dân"
    assert_replayed(code)
