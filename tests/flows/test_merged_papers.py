"""Papers between hands when agencies merge: on their way, lying there, differing, of a declined transfer."""

import pytest

from motcua.dossiers import manifested, projector
from motcua.dossiers.papers_at import where_papers_are
from motcua.dossiers.travels import Place
from motcua.flows import manifests, transfers
from motcua.kernel.errors import Denied, Invalid
from motcua.ledger.selectors import history
from tests.flows.test_manifests import AT, LATER, assert_replayed, do, given, place, received, signed, unit
from tests.flows.test_mergers import AFTER, merge, take_over
from tests.flows.test_transfers import transferred
from tests.support.acts import act, moment
from tests.support.lives import plain
from tests.support.world import COMMUNE, OTHER_COMMUNE, viewer

pytestmark = pytest.mark.django_db


def test_papers_on_their_way_when_agencies_merge_are_the_successor_s():
    """Both sides of what is open, what differs and what lies there; the numbers and days stay."""
    lies, differs = received(), received()
    comes, back = received(competent=OTHER_COMMUNE), received(competent=OTHER_COMMUNE)
    office, next_desk = unit("office"), unit("desk", OTHER_COMMUNE)
    signed(given(lies), lines={lies: "received"}, at=AT)
    number = given(differs, lies_open := received())
    signed(number, lines={differs: ("missing", "Không có trong túi.")}, at=AT)
    away = given(comes, back, of=OTHER_COMMUNE, to="desk")
    before = {code: plain(code) for code in (lies, differs, lies_open, comes)}
    merge(at=moment(24, 16), day=AFTER.date())
    take_over(AFTER)

    def ends(code):
        one = plain(code)["travels"][-1]
        return one["from_agency"], one["from_unit"], one["to_agency"], one["to_unit"]

    assert ends(comes) == (OTHER_COMMUNE, str(next_desk), OTHER_COMMUNE, str(next_desk))
    theirs = unit("office", OTHER_COMMUNE)
    assert ends(lies_open) == (OTHER_COMMUNE, str(next_desk), OTHER_COMMUNE, str(theirs))
    assert place(lies) == Place(OTHER_COMMUNE, theirs), "what lay at the old office lies at the new one"
    for code, row in before.items():
        one, was = plain(code)["travels"][-1], row["travels"][-1]
        kept = ("manifest", "sent_at", "sent_by", "outcome", "signed_at", "originals", "copies")
        assert {name: one[name] for name in kept} == {name: was[name] for name in kept}
        assert_replayed(code)
    there = "tuphap1.mauhai"
    with pytest.raises(Denied):
        signed(number, "tuphap1", lines={lies_open: "received"}, at=AFTER)
    signed(number, there, lines={lies_open: "received"}, at=AFTER)
    told = {"manifest": number, "what": "papers", "code": differs, "note": "Còn ở quầy cũ."}
    do("tiepnhan1.mauhai", manifests.settle, AFTER, way="returned", **told)
    assert place(differs) == Place(OTHER_COMMUNE, next_desk)
    signed(away, "tiepnhan1.mauhai", lines={comes: "received"}, at=AFTER)
    told = {"manifest": away, "what": "papers", "code": back, "note": "Nay là một cơ quan."}
    do("tiepnhan1.mauhai", manifests.settle, AFTER, way="returned", **told)
    (line,) = [
        one for one in manifested.manifests("all", viewer=viewer(there, at=AFTER))[0] if one.number == number
    ]
    assert (line.count, line.open, line.differ, line.to_agency) == (2, 0, 0, OTHER_COMMUNE)
    given(lies, login=there, to="desk", of=OTHER_COMMUNE, at=AFTER)
    with pytest.raises(Invalid):
        given(differs, login="tiepnhan1.mauhai", to="office", of=COMMUNE, at=AFTER)
    assert office != theirs


@pytest.mark.parametrize("way", ["of_ours", "of_paper"])
def test_papers_of_a_declined_transfer_are_the_successor_s_after_a_merger(way):
    """Nothing else in the dossier names who was merged: the papers lay at a desk that nobody sits at any more."""
    code = received()
    paper = {"way": "manifest", "manifest": "" if way == "of_ours" else "01/PBG"}
    told = {"to": OTHER_COMMUNE, "reason": "Không thuộc thẩm quyền.", **paper}
    act("tiepnhan1", AT, transfers.transfer, code=code, **told)
    if way == "of_ours":
        number = given(code, to="desk", of=OTHER_COMMUNE)
        signed(number, "tiepnhan1.mauhai", lines={code: "received"})
    else:
        act("tiepnhan1.mauhai", LATER, transfers.note_arrival, code=code)
    act("tiepnhan1.mauhai", LATER, transfers.decline, code=code, reason="Thiếu tờ khai.")
    row = plain(code)
    merge(predecessor=OTHER_COMMUNE, successor=COMMUNE, at=moment(24, 16), day=AFTER.date())
    take_over(AFTER)
    assert where_papers_are([plain(code)])[row["id"]]["papers"] == Place(COMMUNE, unit("desk"))
    take_over(AFTER)
    assert plain(code)["head_seq"] == row["head_seq"] + 1, "once"
    assert_replayed(code)
    (moved,) = transferred(row["id"])
    assert (moved["giver"], moved["to"]) == (COMMUNE, COMMUNE)
    assert projector.replay(history(row["id"]))["dossiers_transfer"] == [moved]
