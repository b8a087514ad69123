"""An officer hands in for one person after another in Chromium: what the one left is not there for the next."""

import pytest
from playwright.sync_api import Page, expect

from motcua.kernel.time import now
from tests.browser.conftest import Opens
from tests.browser.test_citizen import choose, go_on
from tests.support.axe import faults
from tests.support.site import cookie_of
from tests.support.visits import Visit

pytestmark = pytest.mark.browser
NAME, NUMBER = "Lò Thị Mai", "001155000077"


def at_desk(visit: Opens, login: str, **options: object) -> Visit:
    """A tab of an officer who has signed in just now: what is handed in bears the server's own time."""
    shown = visit(**options)
    name, secret = cookie_of(login, at=now())
    shown.tab.context.add_cookies([{"name": name, "value": secret, "url": shown.site.url}])
    return shown


def written_for(shown: Visit, *, scripts: bool) -> None:
    """The draft as far as its check, page by page."""
    tab = shown.tab
    shown.go("/assist?q=thong+tin+ho+tich")
    tab.locator("a[href$='/assist/begin/2.002516']").click()
    go_on(tab, "Họ muốn nộp, bắt đầu")
    shown.fill("name", NAME)
    shown.fill("number", NUMBER)
    judge(tab, "whom", scripts)
    go_on(tab)
    go_on(tab)
    shown.fill("delegated", "no")
    go_on(tab)
    shown.fill("address", "Bản Mẫu")
    judge(tab, "you", scripts)
    go_on(tab)
    choose(tab, "paper-online_form", "to-khai.pdf", scripts)
    choose(tab, "paper-related_papers", "trich-luc.pdf", scripts)
    go_on(tab)
    shown.fill("consent", "said")
    shown.fill("sure", "on")
    judge(tab, "consent", scripts)
    go_on(tab)
    judge(tab, "check", scripts)


def judge(tab: Page, name: str, scripts: bool) -> None:
    if scripts:
        assert faults(tab) == [], name


@pytest.mark.parametrize(("scripts", "width"), [(True, 1366), (False, 390)], ids=["scripts", "plain"])
def test_the_next_person_comes_to_an_empty_screen(visit: Opens, scripts: bool, width: int) -> None:
    shown = at_desk(visit, "tiepnhan1", width=width, scripts=scripts)
    tab = shown.tab
    written_for(shown, scripts=scripts)
    expect(tab.get_by_text(NAME).first).to_be_visible()
    shown.fill("sure", "on")
    go_on(tab, "Nộp hồ sơ")
    expect(tab.get_by_role("heading", name="Hồ sơ đã nộp", exact=True)).to_be_visible()
    judge(tab, "done", scripts)
    go_on(tab, "Người tiếp theo")
    judge(tab, "start", scripts)
    gone(tab)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_who_leaves_unfinished_leaves_nothing(visit: Opens, scripts: bool) -> None:
    shown = at_desk(visit, "tiepnhan2", scripts=scripts)
    tab = shown.tab
    written_for(shown, scripts=scripts)
    go_on(tab, "Người tiếp theo")
    gone(tab)


def gone(tab: Page) -> None:
    """Whatever page the Back button finds, nothing of the person stands on it."""
    for _ in range(16):
        tab.go_back(wait_until="load")
        expect(tab.locator("main")).not_to_contain_text(NAME)
        expect(tab.locator("main")).not_to_contain_text(NUMBER)
        typed = tab.locator("main input:not([type=hidden])").evaluate_all(
            "all => all.map(each => each.value)"
        )
        assert NAME not in typed
        assert NUMBER not in typed
        if tab.url.endswith("/assist?q=thong+tin+ho+tich") or tab.url == "about:blank":
            return
    raise AssertionError("the way back has no end")
