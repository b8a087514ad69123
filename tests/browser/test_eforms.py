"""A form's topic in a real browser: nothing for axe to find in any state, narrow enough for a telephone, quick with
scripts and whole without."""

from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from django.template import engines
from playwright.sync_api import Page as Tab, Route, expect

from motcua.eforms.answers import check
from motcua.eforms.selectors import forms
from motcua.eforms.shapes import Form, Page
from motcua.eforms.tests.whole import BIRTH, birth
from motcua.web.common.eforms import drawn, is_rearranging, posted, summary, unseen
from tests.browser.conftest import Opens
from tests.browser.keyboard import Keyboard
from tests.support.axe import faults
from tests.support.visits import Visit

pytestmark = pytest.mark.browser

TODAY = date(2026, 11, 22)
FRAME = """{% extends "common/base_public.html" %}{% block title %}Tờ khai{% endblock %}
{% block content %}<h1>Tờ khai</h1><form method="post" novalidate>{{ topic }}
<p>{{ button("Tiếp tục", primary=True) }}</p></form>{% endblock %}
{% block scripts %}<script type="module" src="{{ static("motcua/eform.js") }}"></script>{% endblock %}"""
BUSINESS, MARITAL = forms()["household_business", 1], forms()["marital_status", 1]


class Topic:
    """A topic as a page of the site, at an address of no other page. What it sends is answered as a surface answers:
    with the same topic while something is wrong or new, else with a word."""

    def __init__(self, visit: Visit, shown: Form, page: Page, answers: dict[str, Any]) -> None:
        self.shown, self.page, self.answers = shown, page, answers
        visit.tab.route("**/a-topic", self._answer)
        visit.tab.goto(visit.site.url + "/a-topic")

    def _answer(self, route: Route) -> None:
        told: tuple[Any, ...] = ()
        again = True
        if route.request.method == "POST":
            data = QueryDict(route.request.post_data or "")
            self.answers = self.answers | posted(self.shown, self.page, data)
            checked = check(self.shown, self.answers, on=TODAY)
            fresh = unseen(self.page, data, checked)
            told = () if is_rearranging(data) or fresh else checked.faults_on(self.page.key)
            again = bool(told) or fresh or is_rearranging(data)
        topic = (
            summary(self.page, told) + drawn(self.shown, self.page, self.answers, told, on=TODAY)
            if again
            else "Đã xong"
        )
        body = str(engines["jinja2"].from_string(FRAME).render({"topic": topic}))
        route.fulfill(status=200, content_type="text/html; charset=utf-8", body=body)


def sent(tab: Tab, button: str = "button[data-primary]") -> None:
    with tab.expect_navigation():
        tab.click(f"main {button}")


@pytest.mark.parametrize(
    ("shown", "page", "answers"),
    [
        pytest.param(BIRTH, "child", {}, id="empty"),
        pytest.param(BIRTH, "parents", check(BIRTH, birth()).answers, id="filled"),
        pytest.param(BUSINESS, "business", {"trades": [{}, {}]}, id="rows"),
    ],
)
def test_a_topic_is_sound_empty_filled_and_wrong(
    visit: Opens, shown: Form, page: str, answers: dict[str, Any]
) -> None:
    screen = visit()
    Topic(screen, shown, shown.page(page), answers)
    tab = screen.tab
    assert faults(tab) == []
    Keyboard(tab).walk()
    if answers and shown is BIRTH:
        return
    sent(tab)
    expect(tab.locator("[data-problems]")).to_be_focused()
    assert faults(tab, contrast=False) == []
    tab.set_viewport_size({"width": 320, "height": 800})
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320
    for link in tab.locator("[data-problems] a").all():
        target = (link.get_attribute("href") or "").removeprefix("#")
        assert tab.locator(f"[id='{target}']").count() == 1


def test_with_scripts_conditions_show_and_hide_at_once(visit: Opens) -> None:
    screen = visit()
    Topic(screen, BIRTH, BIRTH.page("child"), {})
    tab = screen.tab
    clinic = tab.get_by_label("Tên cơ sở y tế")
    expect(clinic).to_be_hidden()
    tab.get_by_label("Tại cơ sở y tế").check()
    expect(clinic).to_be_visible()
    tab.get_by_label("Ở nước ngoài", exact=True).check()
    expect(clinic).to_be_hidden()
    expect(tab.get_by_label("Nơi sinh ở nước ngoài")).to_be_visible()
    other = tab.get_by_label("Tên quốc tịch")
    expect(other).to_be_hidden()
    tab.get_by_label("Quốc tịch", exact=True).select_option("other")
    expect(other).to_be_visible()


def test_with_scripts_sums_are_shown_and_other_topics_answers_count(visit: Opens) -> None:
    screen = visit()
    topic = Topic(screen, BUSINESS, BUSINESS.page("tax"), {})
    tab = screen.tab
    tab.get_by_label("Vốn bằng tiền (đồng)").fill("15.000.000")
    expect(tab.locator("output")).to_have_text("15.000.000")
    tab.get_by_label("Vốn bằng tài sản khác (đồng)").fill("5000000")
    expect(tab.locator("output")).to_have_text("20.000.000")
    assert topic.answers == {}
    Topic(screen, MARITAL, MARITAL.page("subject"), {"for_self": "self"})
    expect(tab.get_by_text("Lấy theo phần người yêu cầu")).to_be_visible()
    expect(tab.locator("[data-path=subject]")).to_be_hidden()


def test_without_scripts_the_next_answer_brings_what_a_condition_shows(visit: Opens) -> None:
    screen = visit(scripts=False)
    topic = Topic(screen, BIRTH, BIRTH.page("end"), {})
    tab = screen.tab
    tab.get_by_label("Có", exact=True).check()
    tab.get_by_label("Tôi cam đoan").check()
    expect(tab.get_by_label("Số bản sao")).to_be_hidden()
    sent(tab)
    expect(tab.locator("[data-problems]")).to_have_count(0)  # nothing was wrong: it was not asked yet
    tab.get_by_label("Số bản sao").fill("0")
    sent(tab)
    expect(tab.locator("[data-problems]")).to_contain_text("Nhập số từ 1 trở lên.")
    expect(tab.get_by_label("Số bản sao")).to_have_value("0")
    tab.get_by_label("Số bản sao").fill("2")
    sent(tab)
    expect(tab.locator("main")).to_contain_text("Đã xong")
    assert topic.answers == {"wants_copies": "yes", "copies": "2", "truth": "on"}


def test_rows_come_and_go_without_scripts_and_keep_what_was_typed(visit: Opens) -> None:
    screen = visit(scripts=False)
    Topic(screen, BUSINESS, BUSINESS.page("business"), {})
    tab = screen.tab
    names = tab.get_by_label("Tên ngành, nghề")
    names.first.fill("Bán lẻ")
    sent(tab, "button[name=_add][value=trades]")
    expect(names).to_have_count(2)
    expect(names.first).to_have_value("Bán lẻ")
    names.nth(1).fill("Sửa xe")
    sent(tab, "button[name=_remove][value='trades.0']")
    expect(names).to_have_count(1)
    expect(names.first).to_have_value("Sửa xe")


def test_enter_in_a_row_goes_on_and_takes_no_row_away(visit: Opens) -> None:
    screen = visit()
    topic = Topic(
        screen, BUSINESS, BUSINESS.page("business"), {"trades": [{"name": "Bán lẻ"}, {"name": "Sửa xe"}]}
    )
    with screen.tab.expect_navigation():
        screen.tab.get_by_label("Tên ngành, nghề").first.press("Enter")
    assert [row["name"] for row in topic.answers["trades"]] == ["Bán lẻ", "Sửa xe"]
    expect(screen.tab.locator("[data-problems]")).to_contain_text("Ngành, nghề kinh doanh")
