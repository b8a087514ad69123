"""Looking somebody up at the desk in a real browser; without scripts: the counter's own tests."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opens
from tests.browser.test_files import at_the_desk
from tests.support.axe import faults
from tests.support.register import TUYET, stand_in

pytestmark = pytest.mark.browser


def test_the_answer_is_shown_and_taken_over(visit: Opens) -> None:
    with stand_in() as register:
        screen = at_the_desk(visit)
        tab = screen.tab
        for name, value in (("applicant-0-name", "Nguyễn Thị Anh Tuyết"), ("applicant-0-number", TUYET[0])):
            screen.fill(name, value)
        tab.get_by_role("button", name="Tra CSDL dân cư").click()
        answer = tab.locator(".look-up")
        expect(answer).to_contain_text("NGUYỄN THỊ ÁNH TUYẾT")
        expect(answer).to_contain_text("khác")
        assert faults(tab) == []
        tab.get_by_role("button", name="Lấy theo CSDL dân cư").click()
        expect(tab.locator("[name='applicant-0-name']")).to_have_value(TUYET[1])
        expect(tab.locator("[name='applicant-0-born_2']")).to_have_value("1990")
        register.turn("fail")
        screen.fill("applicant-0-number", "001190000099")
        tab.get_by_role("button", name="Tra CSDL dân cư").click()
        expect(answer).to_contain_text("CSDL dân cư chưa trả lời được")
        assert screen.complaints == []
