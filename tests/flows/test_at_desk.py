"""What the desk puts on its shelf or gives out lies there, as far as manifests say."""

from datetime import timedelta

import pytest

from motcua.agencies.selectors import agency
from motcua.dossiers import manifested
from motcua.dossiers.papers_at import where_papers_are
from motcua.dossiers.results import waiting
from motcua.dossiers.travels import Place
from motcua.flows import manifests, progress, results, transfers
from motcua.kernel.errors import Denied, NotAllowedNow
from motcua.kernel.ids import uuid7
from motcua.kernel.time import now
from motcua.reactions.transfers import end_the_silent
from motcua.web.desk.papers_where import papers_where
from motcua.workday.selectors import words_of
from tests.flows.test_manifests import (
    LATER,
    TAKEN,
    assert_replayed,
    do,
    given,
    place,
    received,
    signed,
    unit,
)
from tests.support.acts import act, moment
from tests.support.lives import plain
from tests.support.pages import plain_static, visitor
from tests.support.situations import dossier_in
from tests.support.streams import count
from tests.support.told import follow, nothing_is_news
from tests.support.world import COMMUNE, OTHER_COMMUNE, logins, viewer

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


def test_papers_of_a_declined_transfer_go_back_by_who_has_them_and_who_ordered_it_is_told():
    code, other, at = received(), received(), now()
    nothing_is_news()
    with pytest.raises(NotAllowedNow, match="Chuyển hồ sơ trước"):
        given(code, of=OTHER_COMMUNE, to="desk", at=at)
    told = {"to": OTHER_COMMUNE, "way": "manifest", "reason": "Thuộc xã bạn."}
    act("chutich", at, transfers.transfer, code=code, **told)
    follow(now())
    later = at + timedelta(days=9)
    assert end_the_silent(clock=lambda: later, origin="simulated") == 0, "nothing is sent yet"
    number = given(code, of=OTHER_COMMUNE, to="desk", at=at)
    signed(number, "tiepnhan1.mauhai", at, lines={code: ("damaged", "Ướt.")})
    way = {"from": str(unit("desk", OTHER_COMMUNE)), "to": f"{COMMUNE}/{unit('desk')}"}
    with plain_static():
        there = visitor("tiepnhan1.mauhai", at=at)
        assert "Để trống thì chuyển xong" in visitor("chutich", at=at).get(f"/dossiers/{other}/transfer").text

        def post(path, **fields):
            return there.post(path, {"idempotency_key": str(uuid7()), **fields})

        declined = post(f"/dossiers/{code}/decline_transfer", reason="Không thuộc xã này.")
        assert declined["Location"] == "/transfers"
        assert "Đã ghi nhận: Từ chối nhận chuyển." in there.get("/transfers").text
        assert there.get(f"/dossiers/{code}").status_code == 404
        assert f'value="papers:{code}"' in there.get("/manifests/new", way).text
        assert post("/manifests/new", **way, codes=other).status_code == 422, "of neither side"
        back = post("/manifests/new", **way, codes=code)["Location"].rpartition("/")[2]
    follow(now())
    assert any("lập phiếu bàn giao" in one.said.vi for one in words_of(logins()["tiepnhan1"])[0])
    for login in ("chutich", "tiepnhan1", "truongquay"):  # who ordered it, the desk that gave it, its head
        assert ["không nhận hồ sơ chuyển đến" in one.said.vi for one in words_of(logins()[login])[0]].count(
            True
        ) == 1
    signed(back, "tiepnhan1", now(), lines={code: "received"})
    assert place(code) == Place(COMMUNE, unit("desk"))


def test_papers_that_came_on_a_manifest_of_paper_alone_are_sent_back_by_who_has_them():
    code, ours, theirs = received(), unit("desk"), unit("desk", OTHER_COMMUNE)
    told = {"to": OTHER_COMMUNE, "way": "manifest", "manifest": "01/PBG", "reason": "Thuộc xã bạn."}
    act("tiepnhan1", moment(24, 10), transfers.transfer, code=code, **told)
    act("tiepnhan1.mauhai", moment(24, 11), transfers.note_arrival, code=code)
    act("tiepnhan1.mauhai", moment(24, 12), transfers.decline, code=code, reason="Không thuộc xã này.")
    row = plain(code)
    assert where_papers_are([row])[row["id"]]["papers"] == Place(OTHER_COMMUNE, theirs)
    act("tiepnhan1", moment(24, 13), progress.withdraw, code=code, shown_by="signed_paper")
    with pytest.raises(NotAllowedNow, match="01/PBG"):
        act("tiepnhan1", moment(24, 13), results.give_back_papers, code=code, **TAKEN)
    assert plain(code)["papers_owed"]
    (owed,) = waiting(viewer=viewer("tiepnhan1"), at=moment(24, 13), show="papers").lines
    assert owed.away is not None
    with pytest.raises(Denied):
        given(code, at=moment(24, 13))
    who, here = viewer("tiepnhan1.mauhai"), {"agency": OTHER_COMMUNE, "unit": theirs}
    (back,) = manifested.movable(viewer=who, **here, desk=theirs, to_agency=COMMUNE, to_unit=ours)
    assert (back.what, back.code) == ("papers", code)
    assert manifested.known([code], viewer=who, **here) == {code}
    number = given(code, login="tiepnhan1.mauhai", to="desk", at=moment(24, 14))
    signed(number, "tiepnhan1", moment(24, 15), lines={code: "received"})
    assert manifested.known([code], viewer=who, **here) == frozenset()
    act("tiepnhan1", moment(24, 16), results.give_back_papers, code=code, **TAKEN)
