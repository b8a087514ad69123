"""A citizen in Chromium, with scripts and without: signed in by the provider, written, handed in, supplied."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from motcua.kernel.time import now
from motcua.web.citizen.tests.walk import received_at_desk, send
from tests.browser.conftest import Opens
from tests.support.axe import faults
from tests.support.citizens import provided
from tests.support.pages import visitor
from tests.support.papers import pdf
from tests.support.world import COMMUNE

pytestmark = pytest.mark.browser


@pytest.fixture
def provider() -> Iterator[None]:
    with provided():
        yield


def go_on(tab: Page, button: str = "Lưu và tiếp tục") -> None:
    with tab.expect_navigation():
        tab.get_by_role("button", name=button).click()


def choose(tab: Page, name: str, file: str, scripts: bool) -> None:
    scan = {"name": file, "mimeType": "application/pdf", "buffer": pdf(2, mark=f"{file} {scripts}")}
    tab.set_input_files(f"input[name='{name}'][type=file]", [scan])
    if scripts:  # sent ahead at once, and its pages counted
        line = tab.locator(f"[data-files='{name}'] li.file")
        expect(line).to_contain_text(file)
        expect(line).to_contain_text("2 trang")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
@pytest.mark.usefixtures("provider")
def test_from_home_to_the_desk_and_back(visit: Opens, scripts: bool) -> None:
    shown = visit(width=390, scripts=scripts)
    tab = shown.tab
    shown.go("/procedures/2.002516")
    tab.get_by_role("link", name="Nộp trực tuyến").first.click()
    tab.get_by_role("link", name="Đăng nhập bằng VNeID").click()
    expect(tab.get_by_text("Bản mô phỏng, không phải hệ thống thật.")).to_be_visible()
    tab.get_by_role("button", name="Trần Văn Hùng").click()
    tab.get_by_label("Nộp đến cơ quan nào?").select_option(COMMUNE)
    go_on(tab, "Bắt đầu")
    go_on(tab)
    shown.fill("delegated", "no")
    go_on(tab)
    assert tab.input_value("[name=phone]") == "0987654321"
    go_on(tab)
    choose(tab, "paper-online_form", "to-khai.pdf", scripts)
    choose(tab, "paper-related_papers", "trich-luc.pdf", scripts)
    go_on(tab)
    expect(tab.get_by_text("to-khai.pdf")).to_be_visible()
    shown.fill("sure", "on")
    go_on(tab, "Nộp hồ sơ")
    expect(tab.get_by_role("heading", name="Hồ sơ đã nộp", exact=True)).to_be_visible()
    code = tab.url.rpartition("/")[2]

    asked = {"missing_online_form": "on", "wrong_online_form": "Tờ khai mờ."}
    desk = visitor("tiepnhan1", at=now())
    assert send(desk, f"/dossiers/{code}/request_supplement", asked).status_code == 302
    tab.reload()
    expect(tab.get_by_text("Tờ khai mờ.").first).to_be_visible()
    tab.get_by_role("link", name="Bổ sung giấy tờ").click()
    choose(tab, "item_1", "to-khai-ro.pdf", scripts)
    if scripts:
        assert faults(tab) == []
    go_on(tab, "Gửi bổ sung")
    expect(tab.get_by_text("Đã gửi giấy tờ bổ sung.")).to_be_visible()
    ticks = {"found_residence": "on"}
    assert received_at_desk(desk, code, ticks).status_code == 302
    tab.reload()
    expect(tab.get_by_text("Hẹn trả:").first).to_be_visible()
