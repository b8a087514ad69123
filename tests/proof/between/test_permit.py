"""A building permit by keyboard in Chromium: received by the commune, the province's department and a ministry's agency
asked side by side, one answers and one is silent, papers supplied, the chair away and stood in for, the limit extended;
the due date explained line by line, as `motcua clock` says it from a shell."""

from datetime import timedelta
from random import Random

import pytest

from tests.proof.between.stage import PERMIT, VARIANT, publish_permit
from tests.proof.between.walk import DAY, Walk, filled, moment
from tests.proof.day.acts import Fill
from tests.proof.day.desk import Desk
from tests.proof.day.hand import Hand
from tests.proof.day.intake import Matter, by_card, ordinary
from tests.proof.day.money import take
from tests.proof.day.people import someone
from tests.support.lives import plain
from tests.support.world import logins, viewer

pytestmark = pytest.mark.proof
MATTER = Matter(PERMIT, "giay phep xay dung", VARIANT)


def prepared() -> None:
    """The commune runs what the law on construction asks."""
    publish_permit(DAY - timedelta(minutes=20))


def opinion(walk: Walk, login: str, fill: Fill, button: str = "") -> Hand:
    """From the list of those who are asked to the one question, and back to the list."""
    hand = walk.desk.officer(login, "/consultations")
    hand.go("main a[href^='/consultations/']")
    walk.pictured(hand, f"{login}-asked")
    fill(hand)
    if button:
        hand.tab.get_by_role("button", name=button).evaluate("e => e.setAttribute('data-wanted', '')")
        hand.go("main [data-wanted]")
    else:
        hand.go_by("Control+Enter")
    assert hand.path == "/consultations", hand.said()[:1500]
    return hand


def option(hand: Hand, name: str, words: str) -> str:
    """The value of a choice in a list, by its words."""
    found = hand.tab.locator(f"main select[name='{name}'] option", has_text=words).first
    return found.get_attribute("value") or ""


def test_a_building_permit(desk: Desk) -> None:
    walk = Walk(desk)
    walk.on(moment(8, 24, 7, 40))
    person = someone(Random(7))  # noqa: S311 - no secret
    walk.code = ordinary(desk, "tiepnhan1", MATTER, person, by_card(person)).code
    walk.on(moment(8, 24, 8, 30))
    walk.does("kinhte", "start")
    first = walk.dated()
    for plan in ("planning", "corridor"):
        number = plain(walk.code)["step"]
        walk.does("kinhte", "consult", filled(plan=f"{number}/{plan}", parts="people"))
    assert len(plain(walk.code)["consultations"]) == 2

    # The department says who answers, and that one does; the agency of the ministry reads and says nothing.
    walk.on(moment(8, 24, 14))
    opinion(
        walk,
        "truongphong.soxaydung",
        lambda h: h.select("to", option(h, "to", name_of("chuyenvien1.soxaydung"))),
        "Giao",
    )
    hand = walk.desk.officer("cuctruong.cucmau", "/consultations")
    hand.go("main a[href^='/consultations/']")
    walk.pictured(hand, "cuctruong.cucmau-reads")
    walk.on(moment(8, 25, 9))
    said = filled(
        outcome="agree", text="Phù hợp quy hoạch.", signed="Trưởng phòng Quy hoạch", number="21/SXD-QH"
    )
    opinion(walk, "chuyenvien1.soxaydung", said)

    # A supplement pauses the clock.
    walk.on(moment(8, 25, 10))
    walk.does(
        "kinhte",
        "request_supplement",
        filled(missing_house_drawings="on", wrong_house_drawings="Thiếu mặt cắt móng."),
    )
    walk.dated()
    walk.on(moment(8, 27, 9))
    walk.does("tiepnhan1", "supply", filled(items="1"))
    later = walk.dated()
    assert later > first

    # The chair will be away; who stands in is written down beforehand.
    walk.on(moment(8, 28, 8))
    stand_in(walk)
    # Silence is agreement once its time is over.
    walk.on(moment(9, 4, 8))
    planning, corridor = plain(walk.code)["consultations"]
    assert (planning["outcome"], corridor["outcome"], corridor["lapsed"]) == ("agree", "", "tacit"), corridor
    hand = walk.desk.officer("kinhte", f"/dossiers/{walk.code}")
    walk.pictured(hand, "kinhte-tacit")

    # The stand-in extends and approves.
    walk.on(moment(9, 4, 9))
    walk.does(
        "phochutich", "extend", filled(ground="complex_matter", value="5", reason="Đối chiếu thêm chỉ giới.")
    )
    extended = walk.dated()
    assert extended - later == timedelta(days=5)
    walk.on(moment(9, 7, 9))
    walk.does("kinhte", "step", filled(outcome="granted"))
    walk.on(moment(9, 8, 9))
    hand = walk.does("phochutich", "step", filled(outcome="granted"))
    box = hand.tab.locator("section[aria-labelledby=approval_title]").inner_text()
    assert "làm thay Phan Văn Thắng, 12/QĐ-UBND" in box
    walk.on(moment(9, 8, 14))
    walk.does("vanthu", "decide", filled(result_number="15/GPXD"))
    walk.on(moment(9, 9, 8))
    walk.does("tiepnhan1", "make_available", filled(shelf="B2"))
    take(desk, walk.code)
    walk.does("tiepnhan1", "hand_over", filled(way="in_person", checked_by="citizen_id"))
    assert walk.dated("tiepnhan1") == extended
    row = plain(walk.code)
    assert (row["state"], row["code"]) == ("returned", walk.code)
    assert row["decided_at"] < row["due_at"]
    walk.ends()


def name_of(login: str) -> str:
    """Who has this login."""
    return viewer(login).name


def stand_in(walk: Walk) -> None:
    """The administrator writes down the standing order; the chair notes that they will be away."""
    hand = walk.desk.officer("kythuat", "/people")
    account = logins()["phochutich"]
    hand = walk.desk.officer("kythuat", f"/people/{account}/stand-in")
    fill = filled(
        appointment=option(hand, "appointment", "Chủ tịch"),
        kind="kt",
        valid_to_0="31", valid_to_1="12", valid_to_2="2026",
        mandate="12/QĐ-UBND",
        when_absent="on",
    )  # fmt: skip
    fill(hand)
    hand.go_by("Control+Enter")
    walk.pictured(hand, "kythuat-stand-in")
    hand = walk.desk.officer("chutich", "/absences")
    filled(
        reason="mission",
        valid_from_0="4",
        valid_from_1="9",
        valid_from_2="2026",
        valid_to_0="11",
        valid_to_1="9",
        valid_to_2="2026",
    )(hand)
    hand.go_by("Control+Enter")
    walk.pictured(hand, "chutich-absent")
