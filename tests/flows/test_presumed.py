"""Papers of a transfer count as arrived where they are with the receiver, or left for it, never otherwise."""

from datetime import timedelta

import pytest

from motcua.flows import manifests, transfers
from motcua.kernel.errors import Invalid
from motcua.reactions.transfers import end_the_silent
from motcua.web.desk.facts import Facts
from motcua.web.desk.forms import moves
from motcua.workday.selectors import words_of
from tests.flows.test_manifests import assert_replayed, do, given, received, signed
from tests.flows.test_transfers import AWAY, sent
from tests.support.acts import act, moment
from tests.support.lives import plain
from tests.support.pages import plain_static, visitor
from tests.support.site import pages_at
from tests.support.statements import statements
from tests.support.told import follow, nothing_is_news
from tests.support.world import OTHER_COMMUNE, logins

pytestmark = pytest.mark.django_db
ON_PAPER = {"way": "manifest", "manifest": ""}


def ended(at):
    return end_the_silent(clock=lambda: at, origin="simulated")


def wanted(login):
    return {w.code for w in words_of(logins()[login])[0] if "lập phiếu bàn giao" in w.said.vi}


def test_papers_that_did_not_leave_for_the_receiver_begin_no_hours():
    """An internal manifest, a typed number while they lie in another unit: competence does not pass by silence."""
    nothing_is_news()
    way, lies, typed = received(), received(), received()
    sent(way, moment(24, 11), **ON_PAPER)
    given(way, at=moment(24, 12))
    signed(
        given(lies, typed, at=moment(24, 9, 30)),
        at=moment(24, 10),
        lines=dict.fromkeys((lies, typed), "received"),
    )
    sent(lies, moment(24, 11), **ON_PAPER)
    sent(typed, moment(24, 11), way="manifest", manifest="XYZ")
    follow(moment(24, 12))
    assert wanted("tuphap1") == {lies, typed}, "who has them makes the manifest"
    assert wanted("tiepnhan2") == {way}
    given(lies, login="tuphap1", to="desk", at=moment(24, 13, 30))
    with statements(most=12) as seen:
        assert [ended(moment(24, 14) + timedelta(days=days)) for days in (3, 60)] == [0, 0]
    assert "FOR NO KEY UPDATE" not in str(seen), "what only waits is locked in no round"
    assert {plain(code)["holder_agency"] for code in (way, lies, typed)} == {plain(way)["desk_agency"]}


def test_papers_that_lie_with_the_receiver_begin_its_hours_whoever_signed_and_however_late():
    found, office, again, lost = received(), received(), received(), received()
    for code in (found, office, again, lost):
        sent(code, moment(24, 11), **ON_PAPER)
    to_desk = given(found, again, lost, to="desk", of=OTHER_COMMUNE, at=moment(24, 12))
    to_office = given(office, of=OTHER_COMMUNE, at=moment(24, 12))
    away = ("missing", "Không thấy.")
    signed(to_desk, AWAY, moment(24, 15), lines={found: away, lost: away, again: "received"})
    signed(to_office, "tuphap1.mauhai", moment(24, 15), lines={office: "received"})
    act(AWAY, moment(24, 16), transfers.decline, code=again, reason="Thuộc Xã Mẫu.")
    sent(again, moment(24, 16, 30), **ON_PAPER)

    assert ended(moment(24, 17)) == 2
    assert plain(office)["transfer"]["answer_by"] is not None
    since = [(plain(code)["holder_agency"], plain(code)["holder_since"]) for code in (office, again)]
    assert since == [(OTHER_COMMUNE, moment(24, 15)), (OTHER_COMMUNE, moment(24, 16, 30))]
    assert ended(moment(26, 9)) == 2, "silent"
    assert plain(found)["transfer"]["answer_by"] is None, "what is missing withholds them"

    told = {"manifest": to_desk, "what": "papers", "note": "Nay đã rõ."}
    do(AWAY, manifests.settle, moment(27, 9), code=found, way="found", **told)
    do("truongquay", manifests.settle, moment(27, 9), code=lost, way="recorded", **told)
    assert ended(moment(27, 10)) == 2
    for code in (found, office, again, lost):
        assert plain(code)["holder_agency"] == OTHER_COMMUNE
        assert_replayed(code)
    assert {plain(code)["holder_since"] for code in (found, lost)} == {moment(27, 9)}


def test_papers_of_a_declined_transfer_that_are_not_signed_for_say_on_both_pages_what_to_do():
    ours, typed, here = (received(competent=OTHER_COMMUNE) for _ in range(3))
    number = given(ours, to="desk", of=OTHER_COMMUNE, at=moment(24, 10))
    for code, manifest in ((ours, number), (typed, "01/PBG"), (here, "02/PBG")):
        sent(code, moment(24, 11), way="manifest", manifest=manifest)
    told, at = {"reason": "Thiếu tờ khai."}, moment(24, 12)
    with pytest.raises(Invalid, match=f"ký nhận phiếu {number} trước"):
        act(AWAY, at, transfers.decline, code=ours, papers="came", **told)
    with pages_at(at), plain_static():
        away, home = visitor(AWAY, at=at), visitor("tiepnhan1", at=at)
        page = away.get(f"/dossiers/{ours}/decline_transfer").text
        assert 'name="papers"' in page
        assert f"/manifests/{number}" in page
        for code, papers in ((ours, "not"), (typed, "not"), (here, "came")):
            act(AWAY, at, transfers.decline, code=code, papers=papers, **told)
        assert "papers" not in moves.DeclineForm(facts=Facts(plain(ours)), at=at).fields, "answered by now"
        for visited in (away, home):
            assert "lấy lại dòng này ở trang phiếu" in visited.get(f"/dossiers/{ours}").text
            assert "nơi nhận đã trả lại hồ sơ" in visited.get(f"/manifests/{number}").text
            assert "lấy lại từ người đưa" in visited.get(f"/dossiers/{typed}").text
            assert "Nơi nhận đã trả lại" not in visited.get(f"/dossiers/{here}").text
        given(here, login=AWAY, to="desk", at=moment(24, 13, 30))
        do(
            "tiepnhan1",
            manifests.settle,
            at,
            manifest=number,
            what="papers",
            code=ours,
            way="returned",
            note="Về.",
        )
        assert "Nơi nhận đã trả lại" not in home.get(f"/dossiers/{ours}").text
    assert_replayed(here)
