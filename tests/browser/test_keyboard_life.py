"""A dossier's whole life by keyboard alone, with scripts and without, while its applicant follows it."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import Opens
from tests.browser.keyboard import Keyboard
from tests.support.visits import Visit
from tests.support.world import PASSWORD

pytestmark = pytest.mark.browser

NAME = "Lò Thị Mai Anh"
MAIN_BUTTON = "main form button[data-primary]"


def sign_in(keys: Keyboard, site: str, login: str) -> None:
    keys.tab.goto(f"{site}/sign-in")
    keys.write("login", login)
    keys.write("password", PASSWORD)
    keys.go_by("Enter")
    assert keys.tab.url == f"{site}/inbox"


def sign_out(keys: Keyboard) -> None:
    keys.go("form[action='/sign-out'] button")
    assert keys.tab.url.endswith("/sign-in")


def receive(keys: Keyboard, *, scripts: bool) -> tuple[str, str]:
    """From the menu to the confirmation; gives the code and the PIN."""
    answer = keys.answer if scripts else keys.choose
    keys.go("nav.menu a[href='/dossiers/receive']")
    keys.write("q", "1.004873")
    keys.go_by("Enter")
    keys.choose("variant", "no_verification")
    keys.go("main form[action='/dossiers/receive'] button:not([name=_update])")
    keys.write("applicant-0-name", NAME)
    keys.write("applicant-0-number", "001190000077")
    for question in ("reissue", "married_before", "delegated"):
        answer(f"ask-{question}", "no")
    keys.tick("paper-form_have")
    keys.tick("paper-identity_have")
    keys.tick("paper-residence_found")
    keys.go(MAIN_BUTTON)
    said = keys.tab.inner_text("main")
    code = re.search(r"H99\.01\.01-\d{6}-\d{4}", said)
    pin = re.search(r"\b(\d{3}) (\d{3})\b", said)
    assert code, said
    assert pin, said
    return code[0], pin[1] + pin[2]


def open_from_list(keys: Keyboard, code: str) -> None:
    keys.go(f"main a:is([href='/dossiers/{code}'], [href^='/dossiers/{code}?'])")
    assert code in keys.tab.inner_text("h1")


def do(keys: Keyboard, code: str, act: str) -> None:
    """From the dossier's page to the act's."""
    keys.go(f"main a:is([href='/dossiers/{code}/{act}'], [href^='/dossiers/{code}/{act}?'])")


def done(keys: Keyboard, code: str) -> None:
    keys.go(MAIN_BUTTON)
    assert urlsplit(keys.tab.url).path == f"/dossiers/{code}", keys.tab.inner_text("main")


def track(tab: Page, site: str, code: str, pin: str) -> Keyboard:
    keys = Keyboard(tab)
    tab.goto(f"{site}/track")
    keys.write("code", code)
    keys.write("pin", pin)
    keys.go_by("Enter")
    assert tab.url == f"{site}/tracking"
    return keys


def follow(citizen: Keyboard, state: str) -> None:
    citizen.go("main a[href='/tracking']")
    assert state in citizen.tab.inner_text(".situation")


@pytest.mark.slow
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no_scripts"])
def test_a_life_by_keyboard(visit: Opens, scripts: bool) -> None:
    desk: Visit = visit(scripts=scripts)
    keys, site = Keyboard(desk.tab), desk.site.url
    sign_in(keys, site, "tiepnhan1")
    code, pin = receive(keys, scripts=scripts)
    sign_out(keys)

    phone: BrowserContext = visit(width=390, scripts=scripts).context
    citizen = track(phone.pages[0], site, code, pin)
    assert "Đã tiếp nhận" in citizen.tab.inner_text(".situation")
    assert NAME not in citizen.tab.content()

    sign_in(keys, site, "tuphap1")
    open_from_list(keys, code)
    do(keys, code, "start")
    done(keys, code)
    follow(citizen, "Đang xử lý")
    assert "Hoàng Văn Sơn" in citizen.tab.inner_text("main")
    do(keys, code, "step")
    keys.choose("outcome", "granted")
    done(keys, code)
    sign_out(keys)

    sign_in(keys, site, "chutich")
    open_from_list(keys, code)
    do(keys, code, "step")
    keys.choose("outcome", "granted")
    done(keys, code)
    sign_out(keys)

    sign_in(keys, site, "vanthu")
    open_from_list(keys, code)
    do(keys, code, "decide")
    keys.write("result_number", f"{code[-4:]}/UBND-XN")
    keys.tick("sure")
    done(keys, code)
    follow(citizen, "Đã có kết quả")
    sign_out(keys)

    sign_in(keys, site, "tiepnhan2")
    open_from_list(keys, code)
    do(keys, code, "make_available")
    keys.write("shelf", "A3")
    done(keys, code)
    follow(citizen, "Kết quả đã có ở quầy")
    do(keys, code, "hand_over")
    keys.choose("way", "in_person")
    keys.choose("checked_by", "citizen_id")
    keys.tick("sure")
    done(keys, code)
    follow(citizen, "Đã trả kết quả")
    assert "(A3)" in citizen.tab.inner_text(".timeline")
    citizen.go("main form[action='/tracking'] button")
    assert citizen.tab.url == f"{site}/track"
