"""A form opened again at what is wrong in it, in Chromium: an answer brings its question, with scripts at once."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from motcua.dossiers.answered import form_of
from motcua.dossiers.operations import MissingPaper
from motcua.dossiers.own import whole_row
from motcua.kernel.time import now
from tests.browser.conftest import Opens
from tests.support.axe import faults
from tests.support.citizens import citizen_session
from tests.support.mending import birth_returned
from tests.support.scenes_joint import person

pytestmark = pytest.mark.browser
BORN_AT = MissingPaper(component=None, topic="child", fields=("born_at",), text="Trẻ sinh ở trạm y tế.")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_an_answer_brings_its_question(visit: Opens, scripts: bool) -> None:
    code = birth_returned(person("tuyet", now()), now(), [BORN_AT])
    shown = visit(width=390, scripts=scripts)
    tab, secret = shown.tab, citizen_session("tuyet", at=now())
    shown.context.add_cookies([{"name": settings.CITIZEN_COOKIE, "value": secret, "url": shown.site.url}])
    shown.go(f"/my/dossiers/{code}/supply/1")
    clinic, name = tab.locator("[name=clinic]"), tab.locator("[data-path='child.name']")
    expect(name).to_contain_text("Nguyễn Minh")
    expect(name.locator("input")).to_have_count(0)
    expect(clinic).to_be_hidden()
    tab.locator("[name=born_at][value=clinic]").check()
    if not scripts:
        with tab.expect_navigation():
            tab.get_by_role("button", name="Gửi mục này").click()
        expect(tab.get_by_text("Cần thêm câu trả lời")).to_be_visible()
    expect(clinic).to_be_visible()
    expect(name).to_contain_text("Nguyễn Minh")
    if scripts:
        assert faults(tab) == []
    clinic.fill("Trạm y tế Xã Mẫu")
    with tab.expect_navigation():
        tab.get_by_role("button", name="Gửi mục này").click()
    expect(tab.get_by_text("Đã gửi giấy tờ bổ sung.")).to_be_visible()
    held = form_of(whole_row(code))
    assert held is not None
    assert (held.answers["born_at"], held.answers["clinic"]) == ("clinic", "Trạm y tế Xã Mẫu")
    assert held.mends[0].fields == ("born_at", "clinic")
