"""Passkeys in a real browser, with Chromium's own virtual authenticator, at http://localhost."""

from collections.abc import Iterator

import pytest
from django.test import override_settings
from playwright.sync_api import CDPSession

from tests.browser.conftest import Opens
from tests.support.axe import faults
from tests.support.scenes import AT
from tests.support.site import pages_at
from tests.support.visits import Site, Visit
from tests.support.world import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture
def at_localhost(site: Site) -> Iterator[Site]:
    """The same pages under a name: browsers make no passkeys for a bare address."""
    named = Site(site.url.replace("127.0.0.1", "localhost"), site.codes)
    with (
        override_settings(PUBLIC_URL=named.url, CSRF_TRUSTED_ORIGINS=[named.url]),
        pages_at(AT),
    ):
        yield named


def authenticator(visit: Visit) -> tuple[CDPSession, str]:
    """Give the tab an authenticator that asks for a finger and is always shown one."""
    told = visit.context.new_cdp_session(visit.tab)
    told.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = told.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return told, made["authenticatorId"]


def press(visit: Visit, name: str) -> None:
    with visit.tab.expect_navigation():
        visit.tab.get_by_role("button", name=name, exact=True).click()


def password(visit: Visit, login: str) -> None:
    visit.go("/sign-in")
    visit.fill("login", login)
    visit.fill("password", PASSWORD)
    press(visit, "Đăng nhập")


def test_a_passkey_from_making_it_to_the_sign_in_without_a_password(at_localhost: Site, visit: Opens) -> None:
    shown = visit()
    shown.site = at_localhost
    told, key = authenticator(shown)
    password(shown, "vanthu.mauhai")
    shown.go("/account/passkeys/add")
    assert faults(shown.tab) == []
    shown.fill("name", "Máy ở quầy 1")
    press(shown, "Tạo khóa truy cập")
    assert shown.tab.locator(".recovery li").count() == 10
    assert len(told.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]) == 1

    # as second factor
    shown.context.clear_cookies()
    password(shown, "vanthu.mauhai")
    assert "/sign-in/second" in shown.tab.url
    assert faults(shown.tab) == []
    press(shown, "Dùng khóa truy cập")
    assert shown.tab.url.endswith("/inbox")

    # in place of the password
    shown.context.clear_cookies()
    shown.go("/sign-in")
    assert faults(shown.tab) == []
    press(shown, "Đăng nhập bằng khóa truy cập")
    assert shown.tab.url.endswith("/inbox")
    shown.go("/account")
    assert "Máy ở quầy 1" in shown.tab.inner_text("main")
    assert "Dùng lần cuối" in shown.tab.inner_text("main")

    # one that is turned down is said, and the page stays
    told.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    shown.context.clear_cookies()
    shown.go("/sign-in")
    shown.tab.get_by_role("button", name="Đăng nhập bằng khóa truy cập").click()
    shown.tab.locator("[data-failed]:visible").wait_for()
    assert shown.tab.url.endswith("/sign-in")


def test_at_a_bare_address_no_passkey_is_offered(site: Site, visit: Opens) -> None:
    with pages_at(AT):
        shown = visit("tiepnhan1")
        shown.go("/account")
        assert "cần tên miền và https" in shown.tab.inner_text("main")
        assert shown.tab.locator("a[href='/account/passkeys/add']").count() == 0
        shown.context.clear_cookies()
        shown.go("/sign-in")
        assert shown.tab.locator("[data-passkey]").count() == 0


def test_without_scripts_the_passkey_hides_and_the_app_remains(at_localhost: Site, visit: Opens) -> None:
    shown = visit(scripts=False)
    shown.site = at_localhost
    shown.go("/sign-in")
    assert not shown.tab.locator("[data-passkey]").is_visible()
    assert shown.tab.locator("[name=password]").is_visible()
