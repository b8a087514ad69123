"""The applicant's messages and their choice, on a narrow telephone and by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opens
from tests.support.axe import faults
from tests.support.outlets import outlets
from tests.support.scenes import AT
from tests.support.site import pages_at

pytestmark = pytest.mark.browser
NOTHING_WIDER = "document.documentElement.scrollWidth <= window.innerWidth"


def test_messages_are_read_and_the_choice_is_made_by_keyboard(visit: Opens) -> None:
    phone = visit(width=320)
    tab = phone.tab
    with pages_at(AT), outlets():
        phone.go("/t/{t_received}")
        phone.go("/tracking/messages")
        expect(tab.get_by_text("Chưa có tin nào")).to_be_visible()
        assert faults(tab) == []
        phone.go("/t/{t_in_process}")
        tab.get_by_role("link", name="Tin báo về hồ sơ và cách nhận tin").click()
        expect(tab.get_by_text("Hẹn trả 17:00 27/08/2026.")).to_be_visible()
        assert tab.evaluate(NOTHING_WIDER)
        assert faults(tab) == []
        for box in tab.get_by_role("checkbox").all():
            box.focus()
            tab.keyboard.press("Space")
        tab.get_by_role("button", name="Lưu cách nhận tin").press("Enter")
        expect(tab.get_by_text("Hãy chọn ít nhất một kênh, hoặc chọn không nhận tin.").first).to_be_visible()
        assert tab.evaluate(NOTHING_WIDER)
        assert faults(tab) == []
        tab.get_by_role("radio", name="Không, tôi tự xem ở trang tra cứu").check()
        tab.get_by_role("button", name="Lưu cách nhận tin").press("Enter")
        expect(tab.get_by_text("Đã lưu cách nhận tin.")).to_be_visible()
    assert phone.complaints == []
