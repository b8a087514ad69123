"""A page opened for one and sent for another, from a second window: nothing is done, what was typed is kept, and one
button goes back."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from motcua.kernel.time import now
from tests.browser.conftest import Opens
from tests.support.axe import faults
from tests.support.citizens import provided
from tests.support.joint import married
from tests.support.mandated import HUNG, mandate, signed_in

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def _provider() -> Iterator[None]:
    with provided():
        yield


def press(tab: Page, button: str) -> None:
    with tab.expect_navigation():
        tab.get_by_role("button", name=button, exact=True).click()


def come_in(tab: Page, name: str) -> None:
    tab.get_by_role("link", name="Đăng nhập bằng VNeID").click()
    press(tab, name)
    expect(tab.get_by_role("heading", name="Hồ sơ của tôi")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
@pytest.mark.parametrize("width", [1366, 390])
def test_chosen_otherwise_in_another_window(visit: Opens, width: int, scripts: bool) -> None:
    at = now()
    business = signed_in("congty", at)
    mandate(business, HUNG, at)
    draft = married(signed_in("hung", at).id, at)
    mine = visit(width=width, scripts=scripts)
    mine.go("/my/sign-in")
    come_in(mine.tab, "Trần Văn Hùng")
    mine.go(f"/my/drafts/{draft}/you")
    mine.fill("phone", "0933333333")
    other = mine.context.new_page()
    other.goto(f"{mine.site.url}/my/acting")
    other.get_by_label("Công ty TNHH Mẫu").check()
    press(other, "Chọn")
    press(mine.tab, "Lưu và tiếp tục")
    expect(mine.tab.get_by_role("heading", name="Trang này mở để làm cho người khác")).to_be_visible()
    if scripts:
        assert faults(mine.tab) == []
    press(mine.tab, "Làm cho bản thân và mở lại trang")
    expect(mine.tab).to_have_url(re.compile(f"/my/drafts/{draft}/you$"))
    expect(mine.tab.locator("main [name='phone']")).to_have_value("0933333333")


def test_another_person_has_signed_in_meanwhile(visit: Opens) -> None:
    at = now()
    draft = married(signed_in("tuyet", at).id, at)
    hers = visit(width=390)
    hers.go("/my/sign-in")
    come_in(hers.tab, "Nguyễn Thị Ánh Tuyết")
    hers.go(f"/my/drafts/{draft}/you")
    hers.fill("phone", "0933333333")
    other = hers.context.new_page()
    other.goto(f"{hers.site.url}/my/dossiers")
    press(other, "Đăng xuất")
    expect(other).to_have_url(re.compile(r"/logout\?"))
    other.goto(f"{hers.site.url}/my/sign-in")
    come_in(other, "Trần Văn Hùng")
    press(hers.tab, "Lưu và tiếp tục")
    expect(hers.tab.get_by_text("Người đang đăng nhập không phải người đã mở trang này")).to_be_visible()
    expect(hers.tab.get_by_role("button", name="mở lại trang")).to_have_count(0)
    assert faults(hers.tab) == []
