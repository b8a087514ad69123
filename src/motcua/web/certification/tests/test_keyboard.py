"""A certification line by keyboard alone, in a real browser: keystrokes beyond the data, and the time they take."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.support.site import session_of

from motcua.kernel.time import now

pytestmark = pytest.mark.browser
MOST_KEYSTROKES, MOST_SECONDS = 8, 20


@dataclass
class Keys:
    """A tab driven by keys alone; what is data is typed, everything else is counted."""

    tab: Page
    pressed: int = 0

    def data(self, text: str) -> None:
        self.tab.keyboard.type(text)

    def press(self, *chord: str) -> None:
        self.pressed += len(chord)
        self.tab.keyboard.press("+".join(chord))


@pytest.fixture(scope="module")
def desk(browser: Browser, served_pages: str) -> tuple[Browser, str, str]:
    return browser, served_pages, session_of("tiepnhan1", at=now())


@pytest.fixture
def context(desk: tuple[Browser, str, str]) -> Iterator[BrowserContext]:
    browser, url, session = desk
    opened = browser.new_context(viewport={"width": 1366, "height": 768})
    opened.add_cookies([{"name": settings.SESSION_COOKIE, "value": session, "url": url}])
    yield opened
    opened.close()


def test_a_line_takes_eight_keystrokes_and_twenty_seconds(
    context: BrowserContext, desk: tuple[Browser, str, str]
) -> None:
    tab = context.new_page()
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.goto(f"{desk[1]}/certification")
    keys, begun = Keys(tab), time.monotonic()
    expect(tab.locator("#id_line-0-paper")).to_be_focused()
    keys.data("cccd")
    keys.press("Enter")
    keys.data("4")
    keys.press("Enter")
    keys.data("2")
    with tab.expect_navigation():
        keys.press("Control", "Enter")
    expect(tab.locator("h1")).to_contain_text("Số chứng thực")
    expect(tab.locator(":focus")).to_have_text("In lời chứng")
    with context.expect_page() as printed:
        keys.press("Enter")
    printed.value.close()
    tab.bring_to_front()
    with tab.expect_navigation():
        keys.press("Control", "Enter")
    assert tab.url.endswith("/certification"), "the next person"
    expect(tab.locator("#id_line-0-paper")).to_be_focused()
    assert keys.pressed <= MOST_KEYSTROKES
    assert time.monotonic() - begun < MOST_SECONDS
    assert complaints == []


def test_the_fee_follows_what_is_typed(context: BrowserContext, desk: tuple[Browser, str, str]) -> None:
    tab = context.new_page()
    tab.goto(f"{desk[1]}/certification")
    expect(tab.locator("#id_line-0-paper")).to_be_focused()
    tab.keyboard.type("so do")
    tab.keyboard.press("Enter")
    tab.keyboard.type("4")
    tab.keyboard.press("Enter")
    tab.keyboard.type("2")
    tab.keyboard.press("Enter")
    expect(tab.locator("#count")).to_contain_text("12.000 đồng")
    expect(tab.locator("#count")).to_contain_text("sổ đỏ")


def test_a_scanner_s_enter_reads_the_card_and_goes_on_to_what_is_missing(
    context: BrowserContext, desk: tuple[Browser, str, str]
) -> None:
    tab = context.new_page()
    tab.goto(f"{desk[1]}/certification?kind=signature")
    expect(tab.locator("main input:focus")).to_be_visible()
    tab.keyboard.type("cv")
    tab.keyboard.press("F4")
    tab.keyboard.type("001085012345|012345678|Nguyễn Văn Bình|15031985|Nam|Thôn 1|01012022")
    tab.keyboard.press("Enter")
    expect(tab.locator("#id_number")).to_have_value("001085012345")
    expect(tab.locator("#id_name")).to_have_value("Nguyễn Văn Bình")
    expect(tab.locator("#id_signer")).to_be_focused()
