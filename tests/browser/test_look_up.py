"""Looking somebody up at the desk in a real browser; without scripts: the counter's own tests."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from motcua.flows.reception import submit
from motcua.kernel.time import now
from tests.browser.conftest import Opens
from tests.browser.test_files import at_the_desk
from tests.support.acts import act
from tests.support.axe import faults
from tests.support.register import BORN, TUYET, stand_in
from tests.support.site import session_of
from tests.support.world import intake

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [1366, 390])
def test_a_look_up_beside_an_act_keeps_what_was_ticked(visit: Opens, width: int) -> None:
    with stand_in():
        told = {"number": TUYET[0], "name": "Nguyễn Thị Anh Tuyết", "born_on": BORN, "channel": "online"}
        code = act("tiepnhan1", now(), submit, intake=intake("1.004772", **told)).row["code"]
        desk = visit(width=width)
        session = {"name": settings.SESSION_COOKIE, "value": session_of("tiepnhan1", at=now())}
        desk.context.add_cookies([{**session, "url": desk.site.url}])
        desk.go(f"/dossiers/{code}/receive")
        tab = desk.tab
        first, second = tab.locator("main .papers input[type=checkbox]").all()[:2]
        first.uncheck()
        second.check()
        with tab.expect_navigation():
            tab.get_by_role("button", name="Tra cứu chủ hồ sơ").click()
        expect(tab.locator("section:has(#looked_up_title)")).to_contain_text("CSDL dân cư ghi khác")
        expect(first).not_to_be_checked()
        expect(second).to_be_checked()
        assert tab.locator("[data-problems]").count() == 0
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        assert faults(tab) == []


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
        expect(tab.locator("#papers")).to_contain_text("CSDL dân cư đã có dữ liệu")
        register.turn("away")  # nobody waits for it for a minute: the last test here
        screen.fill("applicant-0-number", "001190000099")
        tab.get_by_role("button", name="Tra CSDL dân cư").click()
        expect(answer).to_contain_text("CSDL dân cư chưa trả lời được")
        assert screen.complaints == []
