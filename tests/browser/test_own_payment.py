"""A citizen pays for their own dossier, at a telephone: when handing in, on request, at return; and what goes wrong
after the click is told as it is and mended by going on."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from motcua.dossiers.states import State
from motcua.kernel.time import now
from motcua.web.citizen.tests.walk import handed_in
from tests.browser.conftest import Opens
from tests.support.axe import faults
from tests.support.citizens import citizen_client, citizen_session
from tests.support.lives import brought_to, row_of
from tests.support.money_days import fees
from tests.support.paygov import Platform, paygov
from tests.support.visits import Visit

pytestmark = pytest.mark.browser
HUNG = {"number": "001085000002", "name": "Trần Văn Hùng"}


@pytest.fixture
def platform() -> Iterator[Platform]:
    with paygov() as found:
        yield found


Own = Callable[[Visit], str]


def at_home(visit: Opens, **options: object) -> Visit:
    """A browser in which Hùng has signed in just now."""
    opened = visit(**options)
    session = {"name": settings.CITIZEN_COOKIE, "value": citizen_session("hung", at=now())}
    opened.context.add_cookies([{**session, "url": opened.site.url}])  # type: ignore[typeddict-item]
    return opened


def just_handed_in(_phone: Visit) -> str:
    client: Client = citizen_client("hung", at=now())
    return handed_in(client)


def asked_for_money(_phone: Visit) -> str:
    return brought_to(State.PAYMENT_REQUESTED, **HUNG)[0]


def charged_at_return(_phone: Visit) -> str:
    return brought_to("charged", **HUNG)[0]


def leads(platform: Platform, phone: Visit) -> None:
    platform.paying.tell = f"{phone.site.url}/payments/platform/confirm"
    platform.paying.back = f"{phone.site.url}/payments/platform/back"


def states(code: str) -> set[str]:
    return {state for _, _, state in fees(code)}


def to_the_platform(tab: Page) -> None:
    tab.get_by_role("button", name="Thanh toán qua nền tảng").press("Enter")
    expect(tab.get_by_text("Nền tảng thanh toán chưa báo đã thu tiền")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
@pytest.mark.parametrize(
    ("own", "after"),
    [
        (just_handed_in, State.SUBMITTED),
        (asked_for_money, State.IN_PROCESS),
        (charged_at_return, State.DECIDED),
    ],
    ids=["when handing in", "on request", "at return"],
)
def test_paid_on_ones_own_page_by_keyboard(
    visit: Opens, platform: Platform, own: Own, after: State, scripts: bool
) -> None:
    phone = at_home(visit, width=390, scripts=scripts)
    leads(platform, phone)
    code, tab = own(phone), phone.tab
    phone.go(f"/my/dossiers/{code}")
    if after is State.SUBMITTED:
        expect(tab.get_by_role("img", name="Mã VietQR")).to_be_visible()
    else:
        tab.get_by_role("link", name="Thanh toán").press("Enter")
        expect(tab).to_have_url(re.compile("/payment$"))
        expect(tab.get_by_role("button", name="Thanh toán qua nền tảng")).to_be_visible()
    if scripts:
        assert faults(tab) == []
    to_the_platform(tab)
    tab.get_by_role("link", name="Mở trang của Nền tảng").press("Enter")
    tab.get_by_role("button", name="Thành công").press("Enter")
    expect(tab.get_by_text("Đã nhận tiền")).to_be_visible()
    assert tab.url.endswith(f"/my/dossiers/{code}/payment")
    assert (states(code), row_of(code)["state"]) == ({"paid"}, after)
    assert len(platform.paying.payments) == 1


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_after_the_click_nothing_is_lost_and_nothing_paid_twice(
    visit: Opens, platform: Platform, scripts: bool
) -> None:
    phone = at_home(visit, width=390, scripts=scripts)
    leads(platform, phone)
    code, tab = just_handed_in(phone), phone.tab
    page = f"/my/dossiers/{code}/payment"
    phone.go(page)
    tab.get_by_role("button", name="Thanh toán qua nền tảng").dblclick()
    expect(tab.get_by_text("Nền tảng thanh toán chưa báo đã thu tiền")).to_be_visible()
    assert len(platform.paying.payments) == 1, "two clicks begin one payment"

    platform.kill()
    tab.get_by_role("link", name="Mở trang của Nền tảng").click()
    tab.wait_for_url("chrome-error://**")  # the browser's own word: nobody answers there
    tab.go_back()
    expect(tab.get_by_text("Nền tảng thanh toán chưa báo đã thu tiền")).to_be_visible()
    expect(tab.get_by_role("img", name="Mã VietQR")).to_be_hidden()
    tab.get_by_text("muốn chuyển khoản bằng mã VietQR").click()
    expect(tab.get_by_role("img", name="Mã VietQR")).to_be_visible()
    assert states(code) == {"open"}

    tab.close()  # and on another day, at another browser: the same payment is gone on with
    platform.come_back()
    other = at_home(visit, width=1366, scripts=scripts)
    other.go(page)
    other.tab.get_by_role("link", name="Mở trang của Nền tảng").click()
    other.tab.get_by_role("button", name="Thất bại").click()
    other.go(page)
    expect(other.tab.get_by_text("Lần thanh toán vừa rồi không thành công")).to_be_visible()
    assert states(code) == {"open"}
    other.tab.goto(f"http://127.0.0.1:{platform.port}/pay/{platform.last()}")
    other.tab.get_by_role("button", name="Thành công").click()
    other.go(page)
    expect(other.tab.get_by_text("Đã nhận tiền")).to_be_visible()
    assert (len(platform.paying.payments), states(code)) == (1, {"paid"})
