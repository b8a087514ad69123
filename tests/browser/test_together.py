"""Two who marry, each at a browser of their own on a telephone: written, sent to be confirmed, confirmed, handed in."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from motcua.kernel.time import now
from tests.browser.conftest import Opens
from tests.support.axe import faults
from tests.support.citizens import provided
from tests.support.joint import married
from tests.support.mandated import signed_in
from tests.support.visits import Visit

pytestmark = pytest.mark.browser


def press(tab: Page, button: str) -> None:
    with tab.expect_navigation():
        tab.get_by_role("button", name=button, exact=True).click()


@pytest.fixture
def provider() -> Iterator[None]:
    with provided():
        yield


def come_in(visit: Visit, name: str) -> Visit:
    visit.go("/my/sign-in")
    visit.tab.get_by_role("link", name="Đăng nhập bằng VNeID").click()
    press(visit.tab, name)
    expect(visit.tab.get_by_role("heading", name="Hồ sơ của tôi")).to_be_visible()
    return visit


@pytest.mark.usefixtures("provider")
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_each_reads_and_confirms_and_then_it_is_handed_in(visit: Opens, scripts: bool) -> None:
    draft = married(signed_in("tuyet", now()).id, now())
    bride = come_in(visit(width=390, scripts=scripts), "Nguyễn Thị Ánh Tuyết")
    groom = come_in(visit(width=390, scripts=scripts), "Trần Văn Hùng")
    check = f"/my/drafts/{draft}/check"
    bride.go(check)
    press(bride.tab, "Gửi để xác nhận")
    expect(bride.tab.get_by_text("Chờ xác nhận, gửi lúc")).to_be_visible()
    expect(bride.tab.get_by_role("button", name="Nộp hồ sơ")).to_have_count(0)
    groom.go("/my/dossiers")
    groom.tab.get_by_role("link", name="Thủ tục đăng ký kết hôn").first.click()
    expect(groom.tab.get_by_role("heading", name="Xác nhận hồ sơ trước khi nộp")).to_be_visible()
    if scripts:
        assert faults(groom.tab) == []
    groom.fill("sure", "on")
    press(groom.tab, "Xác nhận")
    expect(groom.tab.get_by_text("Ông/bà đã xác nhận, chờ nộp")).to_be_visible()
    bride.go(check)
    bride.fill("sure", "on")
    press(bride.tab, "Nộp hồ sơ")
    expect(bride.tab.get_by_role("heading", name="Hồ sơ đã nộp", exact=True)).to_be_visible()
    code = bride.tab.url.rpartition("/")[2]
    groom.go(f"/my/dossiers/{code}")
    expect(groom.tab.get_by_text("Một người có tên trong tờ khai đã đọc và xác nhận hồ sơ.")).to_be_visible()
