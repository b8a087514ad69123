"""Received at another's counter: a person of one commune hands in at the next commune's desk, and at a department's
desk of the province, what their own commune decides; the result is given back where they asked for it."""

from datetime import timedelta
from random import Random

import pytest

from tests.proof.between.walk import DAY, Walk, filled
from tests.proof.day.desk import Desk
from tests.proof.day.hand import Hand
from tests.proof.day.intake import RECEIVE, SINGLE, Who, by_card, fill, receive_it
from tests.proof.day.money import take
from tests.proof.day.people import someone
from tests.support.lives import plain
from tests.support.world import COMMUNE, OTHER_COMMUNE

pytestmark = pytest.mark.proof
# Who receives, where, and whom it is for with their people; the department of the province has no cashier.
OURS = ("tiepnhan1", "tuphap1", "chutich", "vanthu")
THEIRS = ("tiepnhan1.mauhai", "tuphap1.mauhai", "chutich.mauhai", "vanthu.mauhai")
DESKS = {
    "commune": ("tiepnhan1", COMMUNE, OTHER_COMMUNE, THEIRS),
    "province": ("tiepnhan.soxaydung", "H99.10", COMMUNE, OURS),
}


def settled_by(agency: str, who: Who) -> Who:
    """The agency that decides is chosen first."""

    def does(hand: Hand) -> None:
        hand.reach("main select[name='competent']")
        for _ in range(10):
            if hand.focus()["value"] == agency:
                break
            with hand.redrawn():
                hand.press("ArrowDown")
            hand.reach("main select[name='competent']")
        else:
            raise AssertionError(f"{agency} is not offered")
        who(hand)

    return does


@pytest.mark.parametrize("where", DESKS)
def test_received_where_it_is_convenient_and_decided_where_it_belongs(desk: Desk, where: str) -> None:
    login, agency, competent, (taker, officer, leader, sealer) = DESKS[where]
    days = list(DESKS).index(where)
    walk, began = Walk(desk), DAY + timedelta(days=days)
    walk.on(began + timedelta(minutes=20))
    person = someone(Random(days))  # noqa: S311 - no secret
    hand = desk.officer(login, RECEIVE)
    fill(hand, SINGLE, settled_by(competent, by_card(person)))
    walk.pictured(hand, f"{login}-filled")
    walk.code = receive_it(desk, hand, SINGLE, person).code
    assert "Dự kiến trả" in walk.pictured(hand, f"{login}-received").said()
    row = plain(walk.code)
    assert (row["desk_agency"], row["competent_agency"], row["holder_agency"]) == (agency, competent, agency)
    assert row["clock_from"] is None, "its time begins where it is decided"
    if where == "commune":
        receipt = take(desk, walk.code)
        walk.pictured(desk.hands["thuquy"], f"thuquy{receipt.replace('/', '-')[:20]}")

    # Its papers go by a manifest; the other desk notes that they came, and takes it over.
    walk.does(login, "transfer", filled(to=competent, way="manifest", manifest=f"0{days + 1}/PBG"))
    walk.on(began + timedelta(hours=3))
    walk.does(taker, "accept_transfer")
    row = plain(walk.code)
    assert (row["holder_agency"], row["clock_from"]) == (competent, row["head_at"])
    promised = walk.dated(officer)
    walk.does(officer, "start")
    walk.does(officer, "step", filled(outcome="granted"))
    walk.does(leader, "step", filled(outcome="granted"))
    walk.does(sealer, "decide", filled(result_number=f"{days + 20}/UBND-XN"))
    assert plain(walk.code)["holder_agency"] == agency, "back where they asked for it"
    walk.on(began + timedelta(days=1))
    walk.does(login, "make_available", filled(shelf="C1"))
    walk.does(login, "hand_over", filled(way="in_person", checked_by="citizen_id"))
    row = plain(walk.code)
    assert (row["state"], row["due_at"]) == ("returned", promised)
    walk.ends(where)
