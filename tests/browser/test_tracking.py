"""Following a dossier on a telephone."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from motcua.dossiers.tracked import token_of
from motcua.flows import progress
from tests.browser.conftest import Opens
from tests.support.acts import act
from tests.support.scenes import AT
from tests.support.site import pages_at
from tests.support.situations import dossier_in
from tests.support.visits import Visit

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(visit: Opens) -> Visit:
    return visit(width=390)


def test_the_secret_leaves_the_address_and_the_history(phone: Visit) -> None:
    with pages_at(AT):
        phone.go("/")
        phone.go("/t/{t_in_process}")
        assert phone.tab.url == f"{phone.site.url}/tracking"
        assert phone.tab.evaluate("document.referrer") == ""
        phone.tab.go_back()
        assert phone.tab.url == f"{phone.site.url}/"


def test_the_page_follows_by_itself_and_says_what_is_new(phone: Visit) -> None:
    row = dossier_in("in_process", since=AT - timedelta(days=1))
    tab = phone.tab
    tab.clock.install()
    with pages_at(AT):
        tab.goto(f"{phone.site.url}/t/{token_of(row)}")
        with tab.expect_response("**/tracking?seen=*") as same:
            tab.clock.run_for(61_000)
        assert same.value.status == 204
        act("tuphap1", AT - timedelta(hours=1), progress.step, code=row["code"], outcome="granted")
        with tab.expect_response("**/tracking?seen=*") as news:
            tab.clock.run_for(61_000)
        assert news.value.status == 200
        tab.wait_for_selector("text=Hoàn thành bước 2, trình: đồng ý giải quyết.")
        expect(tab.locator("#messages[aria-live=polite]")).to_contain_text("Hồ sơ vừa có thay đổi:")
        assert tab.locator("#tracking").count() == 1
        phone.context.clear_cookies()
        with tab.expect_navigation():
            tab.clock.run_for(61_000)
        assert tab.url == f"{phone.site.url}/track"


@pytest.mark.parametrize("path", ["/t/unknown", "/t/{t_ready}", "/track", "/"])
def test_the_language_can_be_changed_wherever_one_stands(phone: Visit, path: str) -> None:
    with pages_at(AT):
        phone.go(path)
        where = phone.tab.url
        with phone.tab.expect_navigation():
            phone.tab.click("button[lang=en]")
        assert phone.tab.get_attribute("html", "lang") == "en"
        assert phone.tab.url == where


def test_a_half_torn_code_still_leads_to_the_dossier(phone: Visit) -> None:
    with pages_at(AT):
        phone.go("/t/unknown")
        phone.fill("code", phone.site.codes["ready"])
        phone.fill("pin", "12")
        with phone.tab.expect_navigation():
            phone.tab.click("main button[type=submit]")
        assert phone.tab.url == f"{phone.site.url}/track"
        expect(phone.tab.locator("[data-problems]")).to_be_focused()
        assert phone.tab.input_value("#id_code") == phone.site.codes["ready"]
        phone.tab.click("[data-problems] a")
        expect(phone.tab.locator("#id_pin")).to_be_focused()
