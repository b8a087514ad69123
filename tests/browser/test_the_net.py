"""What the browser tests would miss if their own eyes were shut."""

import pytest

from tests.browser.conftest import Opens
from tests.browser.keyboard import Keyboard
from tests.support.axe import faults
from tests.support.scenes import AT
from tests.support.site import pages_at
from tests.support.visits import Visit

pytestmark = pytest.mark.browser


@pytest.fixture
def page(visit: Opens) -> Visit:
    opened = visit()
    with pages_at(AT):
        opened.go("/track")
    return opened


@pytest.mark.parametrize(
    "injected",
    ['<button onclick="alert(1)">', '<p style="color: red">', '<img src="//elsewhere.example/x.png">'],
)
def test_what_the_policy_stops_is_a_complaint(page: Visit, injected: str) -> None:
    with page.tab.expect_console_message(lambda message: "Content Security Policy" in message.text):
        page.tab.evaluate(
            "text => document.querySelector('main').insertAdjacentHTML('beforeend', text)", injected
        )
    page.tab.evaluate("0")
    assert page.complaints
    page.complaints.clear()


def test_a_script_s_error_is_a_complaint(page: Visit) -> None:
    with page.tab.expect_event("pageerror"):
        page.tab.evaluate("setTimeout(() => { throw new Error('broken'); })")
    assert page.complaints == ["error: broken"]
    page.complaints.clear()


def test_axe_sees_a_field_without_a_label(page: Visit) -> None:
    page.tab.evaluate("document.querySelector('main label').remove()")
    assert "label" in dict(faults(page.tab))


def test_axe_sees_a_colour_too_pale(page: Visit) -> None:
    assert faults(page.tab) == []
    page.tab.evaluate("document.querySelector('h1').style.color = '#999'")
    assert list(dict(faults(page.tab))) == ["color-contrast"]


def test_a_focus_that_does_not_show_is_seen(page: Visit) -> None:
    page.tab.evaluate("document.querySelector('#id_code').style.cssText = 'outline: none; box-shadow: none'")
    with pytest.raises(AssertionError, match="nothing shows the focus"):
        Keyboard(page.tab).walk()


def test_a_page_that_is_too_wide_is_seen(page: Visit) -> None:
    page.tab.set_viewport_size({"width": 320, "height": 800})
    page.tab.evaluate("document.querySelector('h1').style.width = '400px'")
    assert page.tab.evaluate("document.documentElement.scrollWidth") > 320
