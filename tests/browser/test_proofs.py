"""The citizen signs for a result on the screen, with scripts; without them a photo of the signed paper is sent."""

from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Locator, Page, expect

from motcua.kernel.time import now
from tests.browser.conftest import Opens
from tests.support import papers
from tests.support.site import session_of
from tests.support.situations import dossier_in
from tests.support.visits import Visit

pytestmark = pytest.mark.browser

BOX = "[data-files='proof_file']"


def about_to_hand_over(visit: Opens, **options: Any) -> tuple[Visit, str]:
    """The page of a hand-over, at the real time, and the dossier's code."""
    code = dossier_in("ready", since=now() - timedelta(days=1))["code"]
    screen = visit(**options)
    session = {
        "name": settings.SESSION_COOKIE,
        "value": session_of("tiepnhan2", at=now()),
        "url": screen.site.url,
    }
    screen.context.add_cookies([session])
    screen.go(f"/dossiers/{code}/hand_over")
    for name, value in (("way", "in_person"), ("checked_by", "citizen_id"), ("sure", "on")):
        screen.fill(name, value)
    return screen, code


def sign(tab: Page, *, strokes: int = 5) -> None:
    pad = tab.locator(f"{BOX} canvas")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    tab.mouse.move(box["x"] + 20, box["y"] + 20)
    tab.mouse.down()
    for step in range(1, strokes + 1):
        tab.mouse.move(box["x"] + 20 + 40 * step, box["y"] + 20 + 15 * (step % 2))
    tab.mouse.up()


def sent(tab: Page) -> Locator:
    return tab.locator(f"{BOX} .kept li[data-upload]")


def hand_over(tab: Page) -> None:
    with tab.expect_navigation():
        tab.click("main form button[data-primary]")


def test_the_citizen_signs_on_the_screen(visit: Opens) -> None:
    screen, code = about_to_hand_over(visit)
    tab = screen.tab
    box = tab.locator(BOX)
    expect(box).to_be_hidden()  # signed on paper: nothing to send
    screen.fill("proof", "photo")
    expect(box).to_be_visible()
    expect(tab.locator(f"{BOX} canvas")).to_be_hidden()
    screen.fill("proof", "screen")
    hand_over(tab)
    expect(tab.locator("main")).to_contain_text("Chưa có chữ ký")
    screen.fill("sure", "on")

    sign(tab)
    # Who forgets to press “done” has signed all the same.
    tab.click("main form button[data-primary]")
    expect(sent(tab)).to_contain_text("chữ ký.png")
    assert Axe().run(tab).response["violations"] == []
    tab.set_viewport_size({"width": 320, "height": 800})
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320
    hand_over(tab)

    expect(tab.locator("main")).to_contain_text("Bằng chứng đã nhận")
    link = tab.locator("main .kept a", has_text="chữ ký.png").get_attribute("href")
    answer = tab.request.get(f"{screen.site.url}{link}")
    assert (answer.status, answer.body()[:4]) == (200, b"\x89PNG")
    ink = tab.locator("main img.signature")
    ink.scroll_into_view_if_needed()
    expect(ink).to_have_js_property("naturalWidth", 600)
    assert Axe().run(tab).response["violations"] == []
    assert tab.url.endswith(code)


def test_a_signature_may_be_drawn_anew_or_left_for_paper(visit: Opens) -> None:
    screen, _ = about_to_hand_over(visit)
    tab = screen.tab
    screen.fill("proof", "screen")
    sign(tab)
    tab.click(f"{BOX} [data-clear]")
    tab.click(f"{BOX} [data-done]")
    expect(sent(tab)).to_have_count(0)
    sign(tab)
    screen.fill("proof", "paper")
    hand_over(tab)
    expect(tab.locator("main")).not_to_contain_text("Bằng chứng đã nhận")


def test_without_scripts_a_photo_is_chosen(visit: Opens) -> None:
    screen, _ = about_to_hand_over(visit, scripts=False)
    tab = screen.tab
    screen.fill("proof", "photo")
    assert tab.locator(f"{BOX} canvas").is_hidden()
    tab.set_input_files(
        f"{BOX} input[type=file]",
        [{"name": "ký nhận.jpg", "mimeType": "image/jpeg", "buffer": papers.picture()}],
    )
    hand_over(tab)
    expect(tab.locator("main")).to_contain_text("ký nhận.jpg")


def test_only_what_fits_the_way_is_offered(visit: Opens) -> None:
    screen, _ = about_to_hand_over(visit)
    tab = screen.tab
    assert tab.locator("input[value=postal_slip]").is_hidden()
    assert tab.locator("#id_authority").is_hidden()
    name = tab.locator("#id_recipient").input_value()
    tab.check("input[name=way][value=authorised]")
    expect(tab.locator("#id_recipient")).to_have_value("")
    expect(tab.locator("input[value=authorisation]")).to_be_checked()
    assert tab.locator("#id_authority").is_visible()
    tab.check("input[name=way][value=post]")
    expect(tab.locator("#id_recipient")).to_have_value(name)
    expect(tab.locator("input[name=proof][value=post]")).to_be_checked()
    assert tab.locator("input[value=citizen_id]").is_hidden()
