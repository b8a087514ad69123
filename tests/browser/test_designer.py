"""A form designed with keys only, with scripts and without, from nothing to what a citizen is asked."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from motcua.kernel.time import local, now
from tests.browser.conftest import Opens
from tests.browser.keyboard import Keyboard
from tests.browser.test_citizen import go_on
from tests.support.axe import faults
from tests.support.citizens import provided
from tests.support.site import cookie_of
from tests.support.world import COMMUNE

pytestmark = pytest.mark.browser
ADOPTION = {True: "2.001255", False: "2.002080"}  # procedures without a form, one for each run
ADD = "main details form button[value='add']"


@pytest.fixture
def provider() -> Iterator[None]:
    with provided():
        yield


def add(keys: Keyboard, what: str, vi: str, en: str) -> None:
    """Add something after what is chosen."""
    keys.tab.wait_for_load_state()
    if not keys.tab.locator("main details.one[open]").count():
        keys.reach("main details.one > summary")
        keys.press("Enter")
    keys.select("what", what)
    keys.write("new-vi", vi)
    keys.write("new-en", en)
    keys.go(ADD)


def save(keys: Keyboard) -> None:
    """Press the page's main button."""
    keys.go("main form button[data-primary]")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
@pytest.mark.usefixtures("provider")
def test_a_form_is_made_and_asked(visit: Opens, scripts: bool) -> None:
    shown = visit(scripts=scripts)
    tab, keys = shown.tab, Keyboard(shown.tab)
    name, secret = cookie_of("danhmuctinh", at=now())
    shown.context.add_cookies([{"name": name, "value": secret, "url": shown.site.url}])
    code = "made_with_scripts" if scripts else "made_without"
    shown.go("/catalogue/procedures")
    keys.go("main a[href='/catalogue/forms']")
    keys.go("main a[href='/catalogue/form-drafts/begin']")
    keys.write("code", code)
    keys.write("title-vi", "Tờ khai đăng ký lại")
    keys.write("title-en", "Registering again")
    save(keys)

    # The whole form: what it serves and follows.
    keys.write("procedures", ADOPTION[scripts])
    keys.write("source-name-vi", "Mẫu thử nghiệm")
    keys.write("source-name-en", "A trial form")
    save(keys)
    expect(tab.get_by_text("Đã giữ “Tờ khai”.")).to_be_visible()

    # A question, and another that is asked only after one of its answers.
    keys.go("main nav.outline li.section a")
    add(keys, "radio", "Đã đăng ký lần nào chưa?", "Registered before?")
    add(keys, "text", "Đăng ký ở đâu?", "Where?")
    keys.select("visible_if-how", "and")
    keys.select("visible_if-0-field", "da_dang_ky_lan_nao_chua")
    keys.write("visible_if-0-value", "Có")
    save(keys)
    expect(tab.get_by_text("Không còn lỗi; có thể công bố")).to_be_visible()
    look = tab.locator("#look")
    expect(look.get_by_label("Đăng ký ở đâu?")).to_be_visible()
    if scripts:
        # Shown at once, in what is drawn anew as well.
        keys.choose("da_dang_ky_lan_nao_chua", "no")
        expect(look.get_by_label("Đăng ký ở đâu?")).to_be_hidden()
        keys.write("label-vi", "Đăng ký ở xã nào?")
        keys.press("Tab")
        expect(look.get_by_label("Đăng ký ở xã nào?")).to_be_visible()
        keys.choose("da_dang_ky_lan_nao_chua", "no")
        expect(look.get_by_label("Đăng ký ở xã nào?")).to_be_hidden()
        assert faults(tab) == []
    keys.write("label-vi", "Đăng ký tại nơi nào?")
    save(keys)

    # Moved up it would read what stands later: told, and moved back.
    keys.go("main nav.outline li.chosen button[value='up']")
    expect(tab.get_by_text("hãy đưa lên trước").first).to_be_visible()
    keys.go("main nav.outline li.chosen button[value='down']")
    expect(tab.get_by_text("Không còn lỗi; có thể công bố")).to_be_visible()

    keys.go("main a[href$='/draft/publish']")
    day = local(now()).date()
    for n, part in enumerate((day.day, day.month, day.year)):
        keys.write(f"valid_from_{n}", str(part))
    keys.tick("agreed")
    save(keys)
    expect(tab.get_by_text(f"Đã công bố tờ khai {code}.")).to_be_visible()

    citizen = visit(width=390, scripts=scripts)
    citizen.go(f"/procedures/{ADOPTION[scripts]}/form")
    expect(citizen.tab.get_by_text("Đăng ký tại nơi nào?")).to_be_visible()
    if not scripts:
        return
    citizen.go(f"/procedures/{ADOPTION[scripts]}")
    citizen.tab.get_by_role("link", name="Nộp trực tuyến").first.click()
    citizen.tab.get_by_role("link", name="Đăng nhập bằng VNeID").click()
    citizen.tab.get_by_role("button", name="Trần Văn Hùng").click()
    citizen.tab.get_by_label("Nộp đến cơ quan nào?").select_option(COMMUNE)
    go_on(citizen.tab, "Bắt đầu")
    go_on(citizen.tab)
    asked = citizen.tab.get_by_label("Đăng ký tại nơi nào?")
    expect(asked).to_be_hidden()
    citizen.tab.get_by_label("Có", exact=True).check()
    expect(asked).to_be_visible()
