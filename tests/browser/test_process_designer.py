"""A step table drafted and published with keys only, with scripts and without."""

import re

import pytest
from playwright.sync_api import expect

from motcua.kernel.time import now
from tests.browser.conftest import Opens
from tests.browser.keyboard import Keyboard
from tests.browser.test_designer import add, save
from tests.support.axe import faults
from tests.support.site import cookie_of

pytestmark = pytest.mark.browser
CODES = {True: "QT-PHIM-1", False: "QT-PHIM-2"}  # a draft of its own for each run


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_a_table_is_made_and_published(visit: Opens, scripts: bool) -> None:
    shown = visit(scripts=scripts)
    tab, keys = shown.tab, Keyboard(shown.tab)
    name, secret = cookie_of("danhmuctinh", at=now())
    shown.context.add_cookies([{"name": name, "value": secret, "url": shown.site.url}])
    shown.go("/catalogue/procedures")
    keys.go("main a[href='/catalogue/processes']")
    keys.go("main a[href='/catalogue/process-drafts/begin']")
    keys.write("code", CODES[scripts])
    keys.write("procedure", "1.001193")
    keys.write("title-vi", "Đăng ký khai sinh, bảng mới")
    keys.write("title-en", "A birth, the new table")
    save(keys)
    expect(tab.get_by_text("Còn phải sửa trước khi công bố")).to_be_visible()

    # What is still wrong leads to its row.
    for number, seat in ((0, ""), (1, "justice_officer"), (2, "chair"), (3, "")):
        keys.go(f"main nav.outline a[href*='at=steps.{number}#']")
        if seat:
            keys.select("positions-0", seat)
        keys.write("times-0-value", "0,5") if number == 0 else None
        keys.select("times-0-unit", "ngày" if number == 0 else "merged")
        save(keys)
        expect(tab.get_by_text("Đã giữ “").first).to_be_visible()
    keys.go("main nav.outline li.page a")
    keys.write("source", "QT 01/PHIM")
    save(keys)
    expect(tab.get_by_text("Không còn lỗi; có thể công bố")).to_be_visible()

    # The picture follows what is typed, kept or not; what cannot be read leaves it with a word.
    image, said = tab.locator("#drawing img"), tab.locator("#drawing [role=status]")
    keys.go("main nav.outline a[href*='at=steps.1#']")
    before = image.get_attribute("src")
    keys.write("work-vi", "Thẩm tra tại thực địa")
    if not scripts:
        keys.go("main button[value='draw']")
    expect(image).to_have_attribute("src", re.compile("^data:image/svg"))
    drawn = image.get_attribute("src")
    assert drawn != before
    keys.write("times-0-value", "hai")
    if not scripts:
        keys.go("main button[value='draw']")
    expect(said).to_contain_text("Hình chưa theo kịp")
    expect(image).to_have_attribute("src", drawn if scripts else before)
    tab.goto(tab.url)

    # A row more, put a place up, and undone.
    keys.go("main nav.outline a[href*='at=steps.1#']")
    add(keys, "verify", "Xác minh tại chỗ", "Look at the place")
    expect(tab.locator("li.step.chosen")).to_contain_text("Xác minh tại chỗ")
    keys.go("main nav.outline li.chosen button[value='up']")
    expect(tab.locator("ol.steps li").nth(1)).to_contain_text("Xác minh tại chỗ")
    keys.go("main nav.outline button[value='undo']")
    expect(tab.locator("ol.steps li").nth(2)).to_contain_text("Xác minh tại chỗ")
    keys.go("main nav.outline a[href*='at=steps.2#']")
    keys.select("positions-0", "justice_officer")
    keys.select("times-0-unit", "merged")
    save(keys)
    expect(tab.get_by_text("Không còn lỗi; có thể công bố")).to_be_visible()
    if scripts:
        assert faults(tab) == []

    if not scripts:
        a_test_keeps_it_from_being_published(keys)
    keys.go("main a[href$='/publish']")
    keys.tick("agreed")
    save(keys)
    expect(tab.get_by_text(f"Đã công bố quy trình {CODES[scripts]}.")).to_be_visible()


def a_test_keeps_it_from_being_published(keys: Keyboard) -> None:
    """A test is typed that expects something else than comes; the draft is not published until it is mended."""
    tab = keys.tab
    keys.go("main a[href$='/tests']")
    keys.write("title-vi", "Nhận việc")
    keys.write("title-en", "Work is taken up")
    keys.go("main button[value='write']")
    keys.select("new-act", "start")
    keys.go("main button[value='add']")
    expect(tab.locator("#chosen_head")).to_contain_text("Dòng 2: Công chức Tư pháp - Hộ tịch: Nhận việc")
    expect(tab.locator("[name=outcome]")).to_have_count(0)
    keys.select("state", "received")
    save(keys)
    row = tab.locator("ol.steps li").nth(1)
    expect(row).to_contain_text("trạng thái: mong đợi “Đã tiếp nhận”, thực tế “Đang xử lý”")

    draft = tab.url.partition("/tests")[0]
    address = draft[draft.index("/catalogue") :]
    keys.go("a[href$='/tests']")
    keys.go(f"a[href='{address}']")
    keys.go("main a[href$='/publish']")
    expect(tab.get_by_text("Chưa công bố được")).to_be_visible()
    expect(tab.locator("[name=agreed]")).to_have_count(0)

    keys.go("main a[href$='/tests']")
    keys.go("main a[href$='/tests/nhan_viec']")
    keys.go("main nav.outline a[href*='row=2#']")
    keys.select("state", "in_process")
    save(keys)
    expect(row).to_contain_text("đúng")
    keys.go("a[href$='/tests']")
    keys.go(f"a[href='{address}']")
    expect(tab.get_by_text("Không còn lỗi; có thể công bố")).to_be_visible()
