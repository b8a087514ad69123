"""Paying from a telephone: to the platform and back, its confirmation on the wire, the page true at each step."""

import pytest
from playwright.sync_api import expect

from motcua.dossiers.tracked import token_of
from motcua.kernel.time import now
from tests.browser.conftest import Opens
from tests.support.lives import opened, row_of
from tests.support.paygov import paygov

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scripts", [True, False])
def test_paid_on_the_platform_by_keyboard(visit: Opens, scripts: bool) -> None:
    phone = visit(width=390, scripts=scripts)
    tab, site = phone.tab, phone.site
    with paygov() as platform:
        platform.paying.tell = f"{site.url}/payments/platform/confirm"
        platform.paying.back = f"{site.url}/tracking/payment"
        tab.goto(f"{site.url}/t/{token_of(row_of(opened(now())))}")
        tab.get_by_role("link", name="Thanh toán").press("Enter")
        tab.get_by_role("button", name="Chuyển khoản bằng mã VietQR").press("Enter")
        expect(tab.get_by_role("img", name="Mã VietQR")).to_be_visible()
        expect(tab.get_by_text("Chưa thấy tiền vào tài khoản")).to_be_visible()
        tab.get_by_role("button", name="Thanh toán qua nền tảng").press("Enter")
        expect(tab.get_by_text("Nền tảng thanh toán chưa báo đã thu tiền")).to_be_visible()
        tab.get_by_role("link", name="Mở trang của Nền tảng").press("Enter")
        expect(tab.get_by_text("Bản mô phỏng, không phải hệ thống thật")).to_be_visible()
        tab.get_by_role("button", name="Thành công").press("Enter")
        expect(tab.get_by_text("Đã nhận tiền")).to_be_visible()
        assert platform.paying.answers == [200]
