"""The shared computer by keyboard: lock, hand over, hand back; what was typed waits for its own person."""

import time

import pytest
from playwright.sync_api import expect

from motcua.accounts.operations import set_pin
from tests.browser.conftest import Opens
from tests.browser.keyboard import Keyboard
from tests.support.scenes import AT
from tests.support.site import pages_at
from tests.support.visits import Site, Visit
from tests.support.world import PASSWORD, logins

pytestmark = pytest.mark.browser
FORM = "/dossiers/receive?procedure=1.004873&variant=no_verification&channel=counter"
PINS = {"tiepnhan1": "314159", "tiepnhan2": "271828"}
QUICK = 5.0  # seconds, on a loaded machine


@pytest.fixture
def pins(site: Site) -> None:
    for login, pin in PINS.items():
        set_pin(account=logins()[login], pin=pin, at=AT)


def sign_in(shown: Visit, keys: Keyboard, login: str) -> None:
    shown.go("/sign-in")
    keys.write("login", login)
    keys.write("password", PASSWORD)
    keys.go_by("Enter")


def unlock(keys: Keyboard, pin: str, *, to_the_other: bool) -> int:
    """Type the PIN, after choosing the other one if it is to be; gives the keys pressed."""
    # autofocus comes with the first frame, which may be after the load
    expect(keys.tab.locator("[name=own_pin]")).to_be_focused()
    before = ["Shift+Tab", "ArrowDown", "Tab"] if to_the_other else []
    keys.press(*before)
    keys.press(*pin)
    keys.go_by("Enter")
    return len(before) + len(pin) + 1


def test_handing_over_and_back_by_keyboard(visit: Opens, pins: None) -> None:
    shown = visit()
    keys = Keyboard(shown.tab)
    with pages_at(AT):
        sign_in(shown, keys, "tiepnhan2")
        keys.go_by("F10")
        sign_in(shown, keys, "tiepnhan1")
        shown.go(FORM)
        keys.write("applicant-0-name", "Nguyễn Thị Ánh Tuyết")

        began = time.perf_counter()
        keys.go_by("F10")
        assert "Màn hình đang khóa" in shown.tab.inner_text("main")
        pressed = 1 + unlock(keys, PINS["tiepnhan2"], to_the_other=True)
        took = time.perf_counter() - began
        assert "Trần Minh Đức" in shown.tab.inner_text("header")
        assert pressed == 11
        assert took < QUICK

        shown.go(FORM)
        assert shown.tab.input_value("[name=applicant-0-name]") == ""
        keys.go_by("F10")
        unlock(keys, PINS["tiepnhan1"], to_the_other=True)
        assert shown.tab.url.endswith("/dossiers/receive")
        assert shown.tab.input_value("[name=applicant-0-name]") == "Nguyễn Thị Ánh Tuyết"


def test_idle_minutes_warn_and_then_lock_with_what_was_typed(visit: Opens, pins: None) -> None:
    shown = visit("tiepnhan1")
    shown.tab.clock.install()
    keys = Keyboard(shown.tab)
    with pages_at(AT):
        shown.go(FORM)
        keys.write("applicant-0-name", "Lê Văn Chờ")
        warning = shown.tab.locator("#idle")
        shown.tab.clock.run_for(9 * 60_000 - 5000)
        assert not warning.is_visible()
        shown.tab.clock.run_for(10_000)
        assert warning.is_visible()
        keys.press("Shift")
        assert not warning.is_visible()
        shown.tab.clock.run_for(9 * 60_000 + 5000)
        assert warning.is_visible()
        shown.tab.clock.run_for(60_000)
        shown.tab.wait_for_url("**/unlock")  # the address changes on the way, too: what is typed saves itself
        unlock(keys, PINS["tiepnhan1"], to_the_other=False)
        assert shown.tab.input_value("[name=applicant-0-name]") == "Lê Văn Chờ"


SUBMITTED = """() => [1, 2, 3].map(() => {
  const submission = new Event("submit", {cancelable: true});
  document.getElementById("lock").dispatchEvent(submission);
  return submission.defaultPrevented;
})"""


def test_a_slow_answer_is_waited_for(visit: Opens, pins: None) -> None:
    """The idle clock asks each second; a second submission would lose the answer to the first, and what was typed."""
    shown = visit("tiepnhan1")
    shown.tab.clock.install()
    with pages_at(AT):
        shown.go(FORM)
        assert shown.tab.evaluate(SUBMITTED) == [False, True, True]
        shown.tab.clock.run_for(31_000)
        assert shown.tab.evaluate(SUBMITTED) == [False, True, True]


def test_without_scripts_the_button_locks(visit: Opens, pins: None) -> None:
    shown = visit("tiepnhan1", scripts=False)
    keys = Keyboard(shown.tab)
    with pages_at(AT):
        shown.go("/dossiers")
        keys.go("#lock button")
        assert shown.tab.url.endswith("/unlock")
        unlock(keys, PINS["tiepnhan1"], to_the_other=False)
        assert shown.tab.url.endswith("/dossiers")
