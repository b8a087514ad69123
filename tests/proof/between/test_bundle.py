"""A birth with residence and health insurance by keyboard in Chromium: one form from home, three agencies, one code and
one date, all results handed over at once; the citizen at a computer and at a telephone."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.proof.between.walk import DAY, Walk, filled
from tests.proof.day.acts import act
from tests.proof.day.desk import Desk
from tests.proof.day.money import take
from tests.proof.home.people import ANSWERS, Citizen
from tests.proof.home.steps import NEXT, send_file
from tests.support.combined_answers import BIRTH
from tests.support.lives import plain
from tests.support.site import cookie_of

pytestmark = pytest.mark.proof
TOGETHER = ANSWERS | {
    "on_time": "yes",
    "child.born.day": "10",
    "child.born.month": "8",
    "witness": "no",
    "residence": "yes",
    "residence_with": "mother",
    "is_head": "yes",
    "head_relation": "Con",
    "owner": "own",
    "first_clinic": "Trạm y tế Xã Mẫu",
    "card_way": "electronic",
    "wants_copies": "no",
}
LEAD = (("tuphap1", "start"), ("tuphap1", "step"), ("chutich", "step"), ("vanthu", "step"))
POLICE = (
    ("cutru.congan", "start"),
    ("cutru.congan", "step"),
    ("truongcongan", "step"),
    ("vanthu.congan", "decide"),
)
INSURANCE = (("the.bhxh", "start"), ("the.bhxh", "step"), ("giamdoc.bhxh", "step"), ("vanthu.bhxh", "decide"))
NUMBERS = {"vanthu.congan": "12/TB-CA", "vanthu.bhxh": "GD4990100000001", "vanthu": "15/KS"}


def at_home(desk: Desk, width: int) -> Citizen:
    """Tuyết, signed in."""
    context = desk.browser.new_context(viewport={"width": width, "height": 800})
    context.set_default_timeout(30_000)
    name, secret = cookie_of("citizen:tuyet", at=desk.clock())
    context.add_cookies([{"name": name, "value": secret, "url": desk.url}])
    return Citizen(context.new_page())


def write_together(citizen: Citizen, desk: Desk, width: int) -> None:
    """Every page of the draft, each file it asks for."""
    for _ in range(30):
        page = citizen.tab.url.rpartition("/")[2].partition("#")[0]
        if page == "check":
            return
        before = citizen.tab.url
        citizen.answer_page(TOGETHER)
        for name in citizen.files():
            send_file(citizen, name, scripts=True)
        citizen.tab.screenshot(path=desk.prints.folder / f"home-{width}-{page}.png", full_page=True)
        citizen.tab.evaluate("document.activeElement.blur()")  # a picture of the whole page has scrolled it
        citizen.press_button(NEXT)
        assert citizen.tab.url != before, citizen.said()
    raise AssertionError(citizen.said())


def works(walk: Walk, code: str, acts: tuple[tuple[str, str], ...]) -> None:
    """The people of one agency, act after act, on its own part."""
    for login, what in acts:
        walk.desk.clock.move(walk.desk.clock() + timedelta(minutes=1))
        told = {"step": {"outcome": "granted"}, "decide": {"result_number": NUMBERS.get(login, "")}}
        hand = act(walk.desk, login, code, what, filled(**told.get(what, {})))
        walk.pictured(hand, f"{login}-{what}")
    walk.on(walk.desk.clock())


@pytest.mark.parametrize("width", [1366, 390])
def test_a_birth_across_three_agencies(desk: Desk, width: int) -> None:
    walk = Walk(desk)
    walk.on(DAY + timedelta(days=1 if width == 390 else 0, minutes=20))
    citizen = at_home(desk, width)
    citizen.tab.goto(f"{desk.url}/procedures/{BIRTH}")
    citizen.follow("Nộp trực tuyến")
    citizen.choose_option("agency", "Ủy ban nhân dân Xã Mẫu")
    citizen.press_button("Bắt đầu")
    write_together(citizen, desk, width)
    citizen.tab.screenshot(path=desk.prints.folder / f"home-{width}-check.png", full_page=True)
    citizen.tick("sure")
    citizen.press_button("Nộp hồ sơ")
    expect(citizen.tab.get_by_role("heading", name="Hồ sơ đã nộp", exact=True)).to_be_visible()
    walk.code = citizen.tab.url.rpartition("/")[2].partition("?")[0]

    hand = desk.officer("tiepnhan1", f"/dossiers/{walk.code}/receive")
    for box in hand.tab.eval_on_selector_all(
        "main input[type=checkbox]:not(:checked)", "es => es.map(e => e.name)"
    ):
        if box.startswith(("good_", "found_")):
            hand.tick(box)
    hand.go_by("Control+Enter")
    assert hand.path == f"/dossiers/{walk.code}", hand.said()[:1500]
    promised = walk.dated("tiepnhan1")
    works(walk, walk.code, LEAD)
    part = plain(f"{walk.code}.1")
    assert (part["holder_agency"], part["due_at"] < promised) == ("G99.20.01", True)
    hand = desk.officer("cutru.congan", f"/dossiers/{walk.code}.1")
    assert "người dân chỉ khai một lần" in walk.pictured(hand, "cutru.congan-reads").said()
    works(walk, f"{walk.code}.1", POLICE)
    citizen.tab.goto(f"{desk.url}/my/dossiers/{walk.code}")
    citizen.tab.screenshot(path=desk.prints.folder / f"home-{width}-under-way.png", full_page=True)
    works(walk, f"{walk.code}.2", INSURANCE)
    works(walk, walk.code, (("vanthu", "decide"),))
    take(desk, walk.code)
    walk.does("tiepnhan2", "make_available", filled(shelf="A3"))
    walk.does("tiepnhan2", "hand_over", filled(way="in_person", checked_by="citizen_id"))

    row = plain(walk.code)
    assert (row["state"], row["outcome"], row["due_at"]) == ("returned", "granted", promised)
    citizen = at_home(desk, width)  # an hour later their session is over
    citizen.tab.goto(f"{desk.url}/my/dossiers")
    said = citizen.said()
    assert walk.code in said
    assert f"{walk.code}." not in said, "one code for the citizen"
    citizen.tab.goto(f"{desk.url}/my/dossiers/{walk.code}")
    for number in NUMBERS.values():
        expect(citizen.tab.locator("main")).to_contain_text(number)
    citizen.tab.screenshot(path=desk.prints.folder / f"home-{width}-given.png", full_page=True)
    assert citizen.tab.evaluate("document.documentElement.scrollWidth") <= width
    walk.ends(f"{walk.code} at {width} px, promised {promised}")
