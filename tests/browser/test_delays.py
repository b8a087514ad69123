"""A delay before it is one: an officer prepares the letter, a leader signs it, the person reads it on a telephone."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from motcua.dossiers.tracked import token_of
from motcua.kernel.time import local, now
from tests.browser.conftest import Opens
from tests.browser.test_every_page import NARROW
from tests.support.acts import open_day
from tests.support.axe import faults
from tests.support.site import cookie_of
from tests.support.situations import dossier_in

pytestmark = pytest.mark.browser


def tab_of(visit: Opens, login: str) -> Page:
    shown = visit()
    name, secret = cookie_of(login, at=now())
    shown.context.add_cookies([{"name": name, "value": secret, "url": shown.site.url}])
    return shown.tab


def test_prepared_signed_and_read(visit: Opens) -> None:
    row = dossier_in("in_process", since=now() - timedelta(days=1))
    code, day = row["code"], open_day(local(row["due_at"]).date())
    phone = visit(width=NARROW)
    url = phone.site.url
    officer = tab_of(visit, "tuphap1")
    officer.goto(f"{url}/dossiers/{code}")
    officer.get_by_role("link", name="Trình xin lỗi, hẹn lại").click()
    for n, figures in enumerate((day.day, day.month, day.year)):
        officer.locator(f"#id_apology_date_{n}").fill(str(figures))
    officer.get_by_label("việc xác minh cần thêm thời gian").check()
    officer.get_by_label("Nói rõ lý do cho người dân").fill("Chờ nơi cư trú cũ trả lời.")
    officer.get_by_role("button", name="Trình xin lỗi, hẹn lại").click()
    expect(officer.get_by_text(f"Văn bản xin lỗi chờ ký, hẹn lại ngày {day:%d/%m/%Y}")).to_be_visible()
    chair = tab_of(visit, "chutich")
    chair.goto(f"{url}/signing?room=letters")
    chair.get_by_role("link", name=code).click()
    chair.get_by_role("group", name="Việc có thể làm").get_by_role("link", name="Ký văn bản xin lỗi").click()
    expect(chair.get_by_text("Chờ nơi cư trú cũ trả lời.").first).to_be_visible()
    expect(chair.get_by_role("button", name="Ký văn bản xin lỗi")).to_be_focused()  # nothing to fill in
    chair.keyboard.press("Enter")
    expect(chair.get_by_text("Đã ghi nhận: Ký văn bản xin lỗi.")).to_be_visible()
    phone.go(f"/t/{token_of(row)}")
    expect(phone.tab.get_by_text("Cơ quan xin lỗi và hẹn lại:")).to_contain_text(f"{day:%d/%m/%Y}")
    expect(phone.tab.get_by_text("Trước đây hẹn")).to_contain_text(f"{local(row['due_at']):%d/%m/%Y}")
    assert faults(phone.tab) == []
    phone.tab.click("button[lang=en]")
    expect(phone.tab.get_by_text("Reason: verifying takes more time.")).to_be_visible()
