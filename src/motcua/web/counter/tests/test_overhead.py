"""An ordinary intake by keyboard alone: what our own screens cost, in seconds and in keys. And what a second screen
shows meanwhile."""

import os
from pathlib import Path
from time import perf_counter

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect
from tests.support.site import session_of

from motcua.kernel.time import now
from motcua.web.counter.tests.support import NAME
from motcua.web.counter.tests.test_keyboard import CARD, FORM, Counter, redrawn

pytestmark = pytest.mark.browser
KEYS_A_SECOND = 5  # an unhurried typist
PICTURES = os.environ.get("MOTCUA_PICTURES", "")


@pytest.fixture(scope="module")
def counter(browser: Browser, served_pages: str) -> Counter:
    """What is done here is really committed, for the server's threads to see; put back at the end."""
    return Counter(served_pages, browser, session_of("tiepnhan1", at=now()))


def picture(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def test_an_ordinary_intake_costs_less_than_a_minute(counter: Counter) -> None:
    tab = counter.tab()
    tab.goto(f"{counter.url}/dossiers/receive")
    keys = 0

    def press(*pressed: str) -> None:
        nonlocal keys
        for key in pressed:
            keys += 1
            tab.keyboard.press(key)

    expect(tab.locator("#id_q")).to_be_focused()
    began = perf_counter()
    tab.keyboard.type("1.000656")
    keys += 8
    tab.wait_for_selector("[role=option]")
    press("ArrowDown", "Enter")
    expect(tab.locator("#id_applicant-0-scan")).to_be_focused()
    tab.keyboard.insert_text(CARD)
    keys += 1
    redrawn(tab, "Enter")
    assert tab.input_value("#id_applicant-0-name") == NAME
    for question in sorted({q.get_attribute("name") or "" for q in tab.locator("input[name^=ask-]").all()}):
        tab.locator(f"input[name='{question}']").last.focus()
        redrawn(tab, "Space")
        keys += 1
    press("F4")
    for tick in tab.locator("input[name$=_have]:visible").all():
        tick.focus()
        redrawn(tab, "Space")
        keys += 2
    picture(tab, "receive-1366")
    with tab.expect_navigation(url="**/received"):
        press("Control+Enter")
    picture(tab, "received-1366")
    took = perf_counter() - began
    overhead = took + keys / KEYS_A_SECOND
    print(f"\nan ordinary intake: {keys} keys, {took:.1f} s of answers, {overhead:.1f} s in all")
    assert overhead < 60
    tab.context.close()


def test_enter_never_submits(counter: Counter) -> None:
    tab = counter.tab()
    tab.goto(counter.url + FORM)
    for _ in range(60):
        if tab.evaluate("document.activeElement.tagName") == "BUTTON":
            break
        tab.keyboard.press("Enter")
    assert "/received" not in tab.url
    tab.context.close()


@pytest.mark.slow
def test_the_second_screen_follows_within_a_second(counter: Counter) -> None:
    tab = counter.tab()
    tab.goto(f"{counter.url}/screens")
    tab.click("main form[action='/screens'] button")
    code = tab.inner_text(".bigcode")
    picture(tab, "screens-1366")
    tablet = counter.browser.new_context(viewport={"width": 390, "height": 780}).new_page()
    tablet.goto(f"{counter.url}/screen")
    tablet.fill("#id_code", code)
    tablet.click("main form button")
    expect(tablet.locator("#mirror")).to_contain_text("Xin chờ cán bộ")
    tab.goto(counter.url + FORM)
    tab.fill("#id_applicant-0-name", NAME)
    began = perf_counter()
    expect(tablet.locator("#mirror")).to_contain_text(NAME)
    took = perf_counter() - began
    print(f"\nthe second screen followed after {took:.2f} s")
    assert took < 3  # on a busy machine; 0.8 s by its timers
    picture(tablet, "screen-390")
    tablet.locator(".says button", has_text="Sai chỗ này").first.click()
    expect(tab.locator("#marks")).to_contain_text("Người nộp báo sai: Họ và tên")
    picture(tab, "marked-1366")
    tab.keyboard.press("F7")
    expect(tablet.locator("#mirror")).to_contain_text("Xin chờ cán bộ")
    expect(tab.locator("main")).to_contain_text("Hồ sơ đang nhập dở")
    picture(tab, "parked-1366")
    assert settings.SESSION_COOKIE not in {c["name"] for c in tablet.context.cookies()}
    for page in (tab, tablet):
        page.context.close()
