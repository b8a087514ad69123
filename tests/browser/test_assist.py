"""An officer hands in for one person after another in Chromium: what the one left is not there for the next."""

import re

import pytest
from playwright.sync_api import Page, expect

from motcua.kernel.time import now
from tests.browser.conftest import Opens
from tests.browser.test_citizen import choose, go_on
from tests.support.axe import faults
from tests.support.outlets import outlets
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


def written_for(
    shown: Visit, *, scripts: bool, whom: str = NAME, number: str = NUMBER, consent: bool = True
) -> None:
    """The draft as far as its check, page by page; without `consent` as far as that."""
    tab = shown.tab
    shown.go("/assist?q=thong+tin+ho+tich")
    tab.locator("a[href$='/assist/begin/2.002516']").click()
    go_on(tab, "Họ muốn nộp, bắt đầu")
    shown.fill("name", whom)
    shown.fill("number", number)
    judge(tab, "whom", scripts)
    go_on(tab)
    shown.fill("delegated", "no")
    go_on(tab)
    shown.fill("address", "Bản Mẫu")
    shown.fill("phone", "0912345678")
    judge(tab, "you", scripts)
    go_on(tab)
    choose(tab, "paper-online_form", "to-khai.pdf", scripts)
    choose(tab, "paper-related_papers", "trich-luc.pdf", scripts)
    go_on(tab)
    if not consent:
        return
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
    # One person each: who has such a dossier already is asked about (flows.submissions).
    whom, number = (NAME, NUMBER) if scripts else ("Lò Thị Mận", "001155000079")
    written_for(shown, scripts=scripts, whom=whom, number=number)
    expect(tab.get_by_text(whom).first).to_be_visible()
    shown.fill("sure", "on")
    go_on(tab, "Nộp hồ sơ")
    expect(tab.get_by_role("heading", name="Hồ sơ đã nộp", exact=True)).to_be_visible()
    judge(tab, "done", scripts)
    go_on(tab, "Người tiếp theo")
    judge(tab, "start", scripts)
    gone(tab, whom, number, "0912345678", "to-khai.pdf")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_who_leaves_unfinished_leaves_nothing(visit: Opens, scripts: bool) -> None:
    shown = at_desk(visit, "tiepnhan2", scripts=scripts)
    tab = shown.tab
    written_for(shown, scripts=scripts)
    go_on(tab, "Người tiếp theo")
    gone(tab)


@pytest.mark.parametrize(("scripts", "width"), [(True, 1366), (False, 390)], ids=["scripts", "plain"])
def test_consent_by_a_code_by_keyboard(visit: Opens, scripts: bool, width: int) -> None:
    with outlets() as out:
        shown = at_desk(visit, "giaodichvien", width=width, scripts=scripts)
        tab = shown.tab
        written_for(shown, scripts=scripts, whom="Lò Thị Mơ", number="001155000078", consent=False)
        judge(tab, "consent", scripts)
        code, sheet = tab.locator("[name=code]"), tab.locator("[name=paper_kept]")
        expect(code).to_be_hidden()
        expect(sheet).to_be_hidden()
        shown.fill("consent", "sheet")
        expect(sheet).to_be_visible()
        tab.locator("[name=consent][value=sheet]").press("ArrowUp")
        expect(tab.locator("[name=consent][value=code]")).to_be_checked()
        expect(sheet).to_be_hidden()
        button = tab.get_by_role("button", name="Gửi mã", exact=True)
        button.focus()
        button.press("Enter")
        expect(tab.get_by_text("Đã gửi mã đến điện thoại của chủ hồ sơ.")).to_be_visible()
        judge(tab, "sent", scripts)
        told = re.findall(r"\b\d{6}\b", out.sms.kept[-1]["text"])[0]
        shown.fill("sure", "on")
        code.fill("000" if told != "000" else "111")
        code.press("Enter")
        expect(tab.locator("main .error p.error").first).to_contain_text("Mã không đúng")
        judge(tab, "wrong", scripts)
        code.fill(told)
        code.press("Enter")
        expect(tab.get_by_role("heading", name="Kiểm tra trước khi nộp")).to_be_visible()
        assert len(out.sms.kept) == 1, "Enter sends what was typed, no other code"
        expect(tab.get_by_text("Đọc mã gửi đến điện thoại của chủ hồ sơ")).to_be_visible()
        go_on(tab, "Người tiếp theo")
        expect(tab.locator("main")).not_to_contain_text("Lò Thị Mơ")


def gone(tab: Page, *of: str) -> None:
    """Whatever page the Back button finds, nothing of the person stands on it: not what they are, typed or sent."""
    theirs = of or (NAME, NUMBER, "0912345678", "to-khai.pdf")
    for _ in range(24):
        tab.go_back(wait_until="load")
        typed = tab.locator("main input:not([type=hidden])").evaluate_all(
            "all => all.map(each => each.value)"
        )
        for each in theirs:
            expect(tab.locator("main")).not_to_contain_text(each)
            assert each not in typed
        if tab.url.endswith("/assist?q=thong+tin+ho+tich") or tab.url == "about:blank":
            return
    raise AssertionError("the way back has no end")
