"""What happens when a button is pressed: the wait is said, a second press is none, and what is next has the focus."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Opens
from tests.support.scenes import AT
from tests.support.site import pages_at

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def still() -> Iterator[None]:
    with pages_at(AT):
        yield


def test_a_slow_network_is_said_and_a_second_press_sends_nothing(visit: Opens) -> None:
    shown = visit("citizen:tuyet", width=390)
    assert shown.go("/my/drafts/{draft_whole}/you") == 200
    came: list[str] = []

    def hang(route: Route) -> None:
        came.append(route.request.method)
        route.fulfill(status=204)  # the page stays, as while an answer is waited for

    shown.tab.route("**/you", hang)
    save = shown.tab.get_by_role("button", name="Lưu và tiếp tục")
    save.dblclick()
    expect(shown.tab.locator("#messages")).to_contain_text("Đang gửi, xin chờ.")
    expect(save).to_be_disabled()
    assert came == ["POST"]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_a_question_that_an_answer_opens_is_said_and_has_the_focus(visit: Opens, scripts: bool) -> None:
    shown = visit("citizen:tuyet", width=390, scripts=scripts)
    tab = shown.tab
    assert shown.go("/my/begin/1.001193?agency=H99.01.01") == 200
    with tab.expect_navigation():
        tab.get_by_role("button", name="Bắt đầu").press("Enter")
    for name in tab.locator("main [type=radio][value=no]").evaluate_all("all => all.map(each => each.name)"):
        shown.fill(name, "no")
    shown_before = set(tab.locator("main [type=radio]").evaluate_all("all => all.map(each => each.name)"))
    with tab.expect_navigation():
        tab.get_by_role("button", name="Lưu và tiếp tục").press("Enter")
    expect(tab.locator("#messages")).to_contain_text("xin trả lời thêm")
    expect(tab.locator(":focus")).to_have_attribute("type", "radio")
    assert tab.locator(":focus").get_attribute("name") not in shown_before
    expect(tab.locator("fieldset:has(:focus) legend")).to_be_in_viewport()


def test_without_scripts_a_button_is_honest_and_the_summary_comes_first(visit: Opens) -> None:
    shown = visit("citizen:tuyet", width=390, scripts=False)
    assert shown.go("/my/drafts/{draft_birth}/form-child") == 200
    with shown.tab.expect_navigation() as answer:
        shown.tab.get_by_role("button", name="Lưu và tiếp tục").press("Enter")
    assert answer.value.status == 422
    expect(shown.tab.get_by_role("button", name="Lưu và tiếp tục")).to_be_enabled()
    first = shown.tab.locator("[data-problems], h1").first
    expect(first).to_have_attribute("data-problems", "")
    link = first.locator("a").first
    link.press("Enter")
    expect(shown.tab.locator(":focus")).to_have_attribute(
        "id", (link.get_attribute("href") or "").removeprefix("#")
    )


def test_printed_without_backgrounds_every_word_is_dark(visit: Opens) -> None:
    shown = visit("citizen:tuyet")
    assert shown.go("/my/dossiers/{online}") == 200
    shown.tab.emulate_media(media="print")
    for part in (".panel .big", ".tag"):
        expect(shown.tab.locator(part).first).to_have_css("color", "rgb(0, 0, 0)")
