"""Paper dossiers on their way: a manifest signed at both ends, line by line; what differs; where papers are."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import IntegrityError, connection, transaction

from motcua.accounts.models import Account
from motcua.agencies.selectors import agency, units
from motcua.dossiers import manifested, projector
from motcua.dossiers.handshakes import handshakes
from motcua.dossiers.travels import Place, place_of, table_row
from motcua.dossiers.waits import waits
from motcua.flows import manifests, messages, progress, results, transfers
from motcua.flows.manifests import Destination
from motcua.flows.reception import receive
from motcua.kernel.actor import SYSTEM
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow, NotFound
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.operations import AlreadyDone
from motcua.ledger.selectors import history
from motcua.web.counter import whole_code
from motcua.web.desk.papers_where import papers_where
from motcua.workday.selectors import words_of
from tests.support.acts import act, moment
from tests.support.lives import plain
from tests.support.pages import plain_static, visitor
from tests.support.site import pages_at
from tests.support.situations import dossier_in
from tests.support.streams import count
from tests.support.told import follow, nothing_is_news
from tests.support.world import COMMUNE, OTHER_COMMUNE, actor, intake, logins, viewer

pytestmark = pytest.mark.django_db
TAKEN = {"recipient": "Nguyễn Văn A", "checked_by": "citizen_id"}
AT, LATER = moment(24, 10), moment(24, 14)


def unit(code: str, of: str = COMMUNE):
    return next(one.id for one in units(of) if one.code == code)


def received(**more) -> str:
    return str(act("tiepnhan1", moment(24, 9), receive, intake=intake(**more)).row["code"])


def do(login, flow, at=AT, *, request=None, **told):
    who = actor(login, at=at)
    with unit_of_work(actor=who, at=at, request=request or Request.fresh(), origin="simulated"):
        return flow(actor=who, at=at, **told)


def given(*codes, login="tiepnhan1", to="office", of=COMMUNE, what="papers", at=AT) -> str:
    there = Destination(agency=of, unit=unit(to, of))
    return str(do(login, manifests.give, at, lines=[(what, code) for code in codes], to=there)[0])


def signed(number, login="tuphap1", at=LATER, **how):
    lines = {
        ("papers", code): told if isinstance(told, tuple) else (told, "")
        for code, told in how["lines"].items()
    }
    return do(login, manifests.sign, at, manifest=number, lines=lines)


def place(code, what="papers"):
    row = plain(code)
    return place_of(row, what, agency(row["desk_agency"]).desk_unit)


def shown(which, login):
    return [
        (one.number, one.open, one.differ) for one in manifested.manifests(which, viewer=viewer(login))[0]
    ]


def assert_replayed(code):
    row = plain(code)
    assert projector.replay(history(row["id"]))["dossiers_travel"] == [
        table_row(row["id"], one) for one in row["travels"]
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seq, outcome, settled, last FROM dossiers_travel WHERE dossier = %s ORDER BY seq",
            [row["id"]],
        )
        written = cursor.fetchall()
    assert written == [(t["seq"], t["outcome"], t["settled"], t["last"]) for t in row["travels"]]


def test_from_the_desk_to_the_unit_and_each_line_is_signed_for():
    one, two, three = received(), received(), received()
    desk = agency(COMMUNE).desk_unit
    assert place(one) == Place(COMMUNE, desk)
    before = plain(one)
    number = given(one, two, three)
    assert number == f"BG-{COMMUNE}-2026-000001"
    row = plain(one)
    same = ("state", "holder_kind", "queue", "due_at", "untouched", "pending", "clock_from")
    assert {name: row[name] for name in same} == {name: before[name] for name in same}
    assert (row["travels"][0]["originals"], row["travels"][0]["copies"]) == manifests_counts(row)
    assert place(one) is None
    assert shown("to_sign", "tuphap1") == [(number, 3, 0)] == shown("sent", "tiepnhan1")
    assert shown("to_sign", "chutich") == []

    signed(number, lines={one: "received", two: ("missing", "Không có trong túi.")})
    assert place(one) == Place(COMMUNE, unit("office"))
    assert place(two) is None
    signed(number, "vanthu", lines={three: ("damaged", "Ướt trang 2.")})
    assert shown("to_sign", "tuphap1") == []
    for login in ("tiepnhan1", "tuphap1", "truongquay", "chutich"):
        assert shown("differ", login) == [(number, 0, 2)], "both sides are told"
    assert waits(viewer=viewer("tiepnhan1")).differ == 2
    lines = {line.code: line for line in manifested.manifest(number, viewer=viewer("tiepnhan1"))}
    assert (lines[two].note, lines[three].note) == ("Không có trong túi.", "Ướt trang 2.")

    told = {"manifest": number, "what": "papers"}
    do("tiepnhan2", manifests.settle, LATER, code=two, way="returned", note="Còn ở quầy 2.", **told)
    assert place(two) == Place(COMMUNE, desk)
    do("chutich", manifests.settle, LATER, code=three, way="recorded", note="Biên bản số 3.", **told)
    assert place(three) == Place(COMMUNE, unit("office"))
    assert shown("differ", "tiepnhan1") == []
    again = given(two, at=moment(24, 15))
    assert [(t["manifest"], t["last"]) for t in plain(two)["travels"]] == [(number, False), (again, True)]
    for code in (one, two, three):
        assert_replayed(code)


def manifests_counts(row):
    return sum(c["originals"] for c in row["components"]), sum(c["copies"] for c in row["components"])


def test_two_people_never_backdated_and_only_who_has_them():
    code, number = received(), None
    before = count("ledger_event")
    for login, how, wrong in (
        ("tuphap1", {}, Denied),  # not at the desk
        ("tiepnhan1.mauhai", {}, Denied),
        ("thanhtra", {}, Denied),
        ("tiepnhan1", {"to": "desk"}, Invalid),
    ):
        with pytest.raises(wrong):
            given(code, login=login, **how)
    with pytest.raises(Invalid):
        given()
    assert count("ledger_event") == before
    number = given(code)
    with pytest.raises(NotAllowedNow, match="đang trên đường"):
        given(code)
    before = count("ledger_event")
    for login, how, wrong in (
        ("tiepnhan1", "received", Denied),
        ("chutich", "received", Denied),
        ("tuphap1.mauhai", "received", Denied),
        ("tuphap1", "missing", Invalid),
        ("tuphap1", "lost", Invalid),
    ):
        with pytest.raises(wrong):
            signed(number, login, lines={code: how})
    with pytest.raises(Invalid, match=f"{code}: thiếu, không thấy"):
        signed(number, "tuphap1", lines={code: "missing"})
    with pytest.raises(NotFound):
        signed(f"BG-{COMMUNE}-2026-000099", lines={code: "received"})
    with pytest.raises(NotFound):
        manifested.manifest(number, viewer=viewer("tiepnhan1.mauhai"))
    assert count("ledger_event") == before
    signed(number, lines={code: "received"})
    with pytest.raises(NotAllowedNow, match="đã ký nhận"):
        signed(number, "vanthu", lines={code: "received"})
    told = {"manifest": number, "what": "papers", "code": code, "note": "x"}
    with pytest.raises(NotAllowedNow):
        do("tiepnhan1", manifests.settle, LATER, way="returned", **told)
    moments = [event.at for event in history(plain(code)["id"])]
    assert all(a <= b for a, b in pairwise(moments))
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE dossiers_travel SET signed_by = sent_by")


def test_sent_twice_by_one_click_is_sent_once_and_the_giver_takes_back_what_nobody_signed():
    code, request = received(), Request.of("once", b"same")
    told = {"lines": [("papers", code)], "to": Destination(agency=COMMUNE, unit=unit("office"))}
    number, _ = do("tiepnhan1", manifests.give, request=request, **told)
    with pytest.raises(AlreadyDone):
        do("tiepnhan1", manifests.give, request=request, **told)
    assert len(plain(code)["travels"]) == 1
    line = {"manifest": number, "what": "papers", "code": code}
    with pytest.raises(Invalid):
        do("tiepnhan1", manifests.settle, way="returned", note="", **line)
    do("tiepnhan1", manifests.settle, way="returned", note="Nhầm nơi nhận.", **line)
    assert place(code) == Place(COMMUNE, agency(COMMUNE).desk_unit)


def test_papers_of_a_transfer_that_are_signed_for_are_its_delivery():
    code = received()
    told = {"to": OTHER_COMMUNE, "reason": "Không thuộc thẩm quyền.", "way": "manifest", "manifest": "BG"}
    act("tiepnhan1", AT, transfers.transfer, code=code, **told)
    number = given(code, to="desk", of=OTHER_COMMUNE)
    assert plain(code)["transfer"]["answer_by"] is None
    signed(number, "tiepnhan1.mauhai", lines={code: "received"})
    row = plain(code)
    assert row["transfer"]["answer_by"] is not None
    assert (row["holder_agency"], row["holder_since"]) == (OTHER_COMMUNE, LATER)
    assert_replayed(code)


def test_papers_of_a_transfer_on_a_manifest_of_paper_alone_are_shown_where_they_were_noted_to_be():
    ours, outside = received(competent=OTHER_COMMUNE), received(competent=OTHER_COMMUNE)
    number = given(ours, to="desk", of=OTHER_COMMUNE)
    with pages_at(AT), plain_static():
        form = visitor("tiepnhan1", at=AT).get(f"/dossiers/{ours}/transfer").text
        assert f'value="{number}"' in form, "the number is there already"
        inside = received(competent=OTHER_COMMUNE)
        internal = given(inside)
        form = visitor("tiepnhan1", at=AT).get(f"/dossiers/{inside}/transfer").text
        assert f'value="{internal}"' not in form, "a manifest within the house takes nothing to the receiver"
        path = f"/dossiers/{outside}/transfer"
        link = f'href="/manifests/new?from={unit("desk")}&amp;codes={outside}"'
        assert link in visitor("tiepnhan1", at=AT).get(path).text
    for code, manifest in ((ours, number), (outside, "01/PBG")):
        told = {"to": OTHER_COMMUNE, "way": "manifest", "manifest": manifest}
        act("tiepnhan1", AT, transfers.transfer, code=code, **told)

    def said(code):
        (one,) = papers_where(plain(code), handshakes(history(plain(code)["id"])))
        return one.place.vi, one.manifest, one.outside

    there = agency(OTHER_COMMUNE).called.vi
    assert said(ours) == (f"trên đường đến {there}, chưa ký nhận", number, False)
    assert said(outside) == (f"trên đường đến {there}", "01/PBG", True)
    signed(number, "tiepnhan1.mauhai", lines={ours: "received"})
    act("tiepnhan1.mauhai", LATER, transfers.note_arrival, code=outside)
    assert said(ours)[1:] == (number, False)
    assert said(outside) == (there, "01/PBG", True)
    act("tiepnhan1.mauhai", LATER, transfers.decline, code=outside, reason="Thiếu tờ khai.")
    assert said(outside) == (there, "01/PBG", True), "declined, they are still where they came"
    with pages_at(LATER), plain_static():
        assert "Giấy tờ đang ở đâu" in visitor("tiepnhan1", at=LATER).get(f"/dossiers/{outside}").text

    again = {"to": OTHER_COMMUNE, "way": "manifest", "manifest": "02/PBG"}
    act("tiepnhan1", LATER, transfers.transfer, code=outside, **again)
    act("tiepnhan1.mauhai", LATER, transfers.accept, code=outside)
    with pytest.raises(Denied, match="không ở đơn vị của bạn"):
        given(outside, at=LATER)
    desk, office = unit("desk", OTHER_COMMUNE), unit("office", OTHER_COMMUNE)
    who, there = viewer("tiepnhan1.mauhai"), {"to_agency": OTHER_COMMUNE, "to_unit": office}
    lines = manifested.movable(viewer=who, agency=OTHER_COMMUNE, unit=desk, desk=desk, **there)
    assert ("papers", outside) in [(line.what, line.code) for line in lines], "it goes on from where it came"
    number = given(outside, login="tiepnhan1.mauhai", of=OTHER_COMMUNE, at=LATER)
    signed(number, "tuphap1.mauhai", lines={outside: "received"})
    assert (place(outside), said(outside)[1:]) == (Place(OTHER_COMMUNE, office), (number, False))


def test_a_result_on_its_way_is_on_no_shelf_until_somebody_signs_for_it():
    row = dossier_in("decided", since=moment(24, 9))
    code, at = row["code"], moment(26, 9)
    number = given(code, login="vanthu", to="desk", what="result", at=at)
    with pytest.raises(NotAllowedNow, match=number):
        act("tiepnhan1", at, results.make_available, code=code, shelf="A1")
    with pytest.raises(NotAllowedNow, match=number):
        act("tiepnhan1", at, results.hand_over, code=code, **TAKEN, way="in_person")
    lead = whole_code.lead(code, viewer=viewer("tiepnhan1"))
    assert lead.href == f"/dossiers/{code}"
    assert number in lead.why.vi
    with pages_at(at), plain_static():
        page = visitor("tiepnhan1", at=at).get("/results").text
        assert lead.why.vi in page
        assert f"/dossiers/{code}/hand_over" not in page
    line = {("result", code): ("received", "")}
    do("tiepnhan1", manifests.sign, at, manifest=number, lines=line)
    act("tiepnhan1", at, results.make_available, code=code, shelf="A1")
    assert place(code, "result") == Place(COMMUNE, agency(COMMUNE).desk_unit)
    lent = given(code, login="tiepnhan1", what="result", at=at)
    with pytest.raises(NotAllowedNow, match=lent):
        act("tiepnhan1", at, results.notify_ready, code=code, way="phone", reached=True)
    told = {"code": code, "about": "ready", "as_of": 1, "way": "sms"}
    with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh(), origin="simulated"):
        assert messages.reached(**told, actor=SYSTEM, at=at) is None
    do("tuphap1", manifests.sign, at, manifest=lent, lines=line)
    back = given(code, login="tuphap1", to="desk", what="result", at=at)
    do("tiepnhan1", manifests.sign, at + timedelta(hours=1), manifest=back, lines=line)
    assert plain(code)["available_at"] == at + timedelta(hours=1), "not since before it was lent"
    assert_replayed(code)
    at += timedelta(hours=1)
    act("tiepnhan1", at, results.notify_ready, code=code, way="phone", reached=True)
    act("tiepnhan1", at, results.hand_over, code=code, **TAKEN, way="in_person")
    assert place(code, "result") is None
    with pytest.raises(NotAllowedNow, match="đã trả"):
        given(code, login="tiepnhan1", what="result", at=at)


def test_what_may_go_is_what_lies_at_the_unit_and_whose_dossier_is_there():
    code, elsewhere = received(), received(competent=OTHER_COMMUNE)
    desk, office = agency(COMMUNE).desk_unit, unit("office")

    def goes(to_agency, to_unit):
        found = manifested.movable(
            viewer=viewer("tiepnhan1"),
            agency=COMMUNE,
            unit=desk,
            to_agency=to_agency,
            to_unit=to_unit,
            desk=desk,
        )
        return [(one.what, one.code) for one in found]

    assert goes(OTHER_COMMUNE, unit("desk", OTHER_COMMUNE)) == [("papers", elsewhere)]
    act("tuphap1", AT, progress.start, code=code)
    assert ("papers", code) in goes(COMMUNE, office)
    given(code)
    assert ("papers", code) not in goes(COMMUNE, office)

    typed, kept = received(competent=OTHER_COMMUNE), received(competent=OTHER_COMMUNE)
    act("tiepnhan1", AT, transfers.transfer, code=typed, to=OTHER_COMMUNE, way="manifest", manifest="01/PBG")
    act("tiepnhan1", AT, transfers.transfer, code=kept, to=OTHER_COMMUNE)
    with pages_at(AT), plain_static():
        there = f"{OTHER_COMMUNE}/{unit('desk', OTHER_COMMUNE)}"
        page = visitor("tiepnhan1", at=AT).get(f"/manifests/new?from={desk}&to={there}").text
    assert [f'aria-label="Hồ sơ giấy {one}" disabled' in page for one in (elsewhere, typed, kept)] == [
        False,
        True,
        True,
    ]
    assert "đã ghi trên phiếu giấy 01/PBG" in page
    assert "không kèm giấy tờ" in page


def told(login):
    lines, _ = words_of(logins()[login], unseen=True)
    return [(line.said.vi, line.opens[1]) for line in lines if "phiếu bàn giao" in line.said.vi]


def test_everybody_of_the_receiving_unit_who_may_sign_is_told_once_and_the_first_to_sign_takes_it():
    one, two = received(), received()
    nothing_is_news()
    number = given(one, two)
    follow(AT)
    said = (
        f"Giấy tờ từ {agency(COMMUNE).called.vi} đang đến đơn vị bạn theo phiếu bàn giao {number}, chờ ký nhận.",
        number,
    )
    there = [login for login in logins() if told(login)]
    assert {"tuphap1", "tuphap2", "vanthu"} <= set(there)
    assert {"tiepnhan1", "chutich", "quantri", "tiepnhan1.mauhai"}.isdisjoint(there)
    for login in there:
        assert told(login) == [said], "once, however many dossiers are on it"
        assert waits(viewer=viewer(login)).to_sign == 1
    with pages_at(AT), plain_static():
        client = visitor("tuphap2", at=AT)
        assert "1 phiếu bàn giao giấy chờ đơn vị ký nhận" in client.get("/inbox").text
        (word,) = words_of(logins()["tuphap2"], unseen=True)[0]
        assert client.get(f"/notices/{word.id}")["Location"] == f"/manifests/{number}"
    signed(number, lines={one: "received"})
    follow(LATER)
    assert told("vanthu") == [said], "a line is open still"
    signed(number, "vanthu", lines={two: "received"})
    follow(LATER)
    for login in there:
        assert told(login) == []
        assert waits(viewer=viewer(login)).to_sign == 0
        assert Account.objects.get(id=logins()[login]).unread == 0
