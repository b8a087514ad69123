"""The receiving screen in a real browser: keys only, parts redrawn under the hand, a session that ends, no script."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, Route, expect
from tests.support.site import session_of
from tests.support.world import PASSWORD

from motcua.accounts.operations import SESSION_LIFE
from motcua.kernel.time import now
from motcua.web.counter.tests.support import NAME, NUMBER
from motcua.web.counter.tests.test_batches import book, person

pytestmark = pytest.mark.browser
CARD = f"{NUMBER}||{NAME}|05091990|Nữ|Thôn 1, Xã Mẫu|01012022"
FORM = "/dossiers/receive?procedure=1.004873&variant=no_verification"


@dataclass
class Counter:
    """The served pages, a browser, and a clerk's session."""

    url: str
    browser: Browser
    session: str

    def tab(self, *, scripts: bool = True) -> Page:
        context = self.browser.new_context(
            viewport={"width": 1366, "height": 768}, java_script_enabled=scripts
        )
        context.add_cookies([{"name": settings.SESSION_COOKIE, "value": self.session, "url": self.url}])
        return context.new_page()


@pytest.fixture(scope="module")
def counter(browser: Browser, served_pages: str) -> Counter:
    """What is done here is really committed, for the server's threads to see; put back at the end."""
    return Counter(served_pages, browser, session_of("tiepnhan1", at=now()))


@pytest.fixture
def tab(counter: Counter) -> Iterator[Page]:
    """A tab that nothing may complain in."""
    page = counter.tab()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    page.context.close()
    assert complaints == []


def redrawn(tab: Page, key: str) -> None:
    """Press a key that makes the page ask the server for a part of itself, and wait for the part."""
    with tab.expect_response("**/dossiers/receive"):
        tab.keyboard.press(key)
    expect(tab.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)


def test_what_is_drawn_anew_leaves_the_page_where_it_is(tab: Page, counter: Counter) -> None:
    tab.set_viewport_size({"width": 1366, "height": 768})
    tab.goto(f"{counter.url}/dossiers/receive?procedure=1.004873&variant=no_verification")
    question = tab.locator("#id_ask-delegated_0")
    question.evaluate(
        "(field) => { field.focus({preventScroll: true}); scrollBy(0, field.getBoundingClientRect().top - 20) }"
    )
    before = tab.evaluate("scrollY")
    redrawn(tab, "ArrowRight")
    # Where the questions began above the window, the browser moved the page by their height, and the focus with it.
    expect(tab.locator("#id_ask-delegated_1")).to_be_focused()
    assert tab.evaluate("scrollY") == before


def test_a_whole_reception_by_keyboard(tab: Page, counter: Counter) -> None:
    tab.goto(f"{counter.url}/dossiers/receive")
    expect(tab.locator("#id_q")).to_be_focused()
    tab.keyboard.type("tinh trang hon")
    tab.wait_for_selector("[role=option]")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    expect(tab.locator("input[name=variant]:focus")).to_be_visible()
    tab.keyboard.press("Space")
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#reception")
    expect(tab.locator("#id_applicant-0-scan")).to_be_focused()
    # A scanner types the card and ends with Enter.
    tab.keyboard.insert_text(CARD)
    redrawn(tab, "Enter")
    assert tab.input_value("#id_applicant-0-name") == NAME
    assert tab.input_value("#id_applicant-0-born_2") == "1990"
    expect(tab.locator("#id_ask-reissue_0")).to_be_focused()
    tab.focus("#id_applicant-0-name")
    # Enter goes from field to field and meets no button on the way to the questions.
    for _ in range(11):
        tab.keyboard.press("Enter")
    expect(tab.locator("#id_ask-reissue_0")).to_be_focused()
    for question in ("reissue", "married_before", "delegated"):
        redrawn(tab, "ArrowRight")
        expect(tab.locator(f"#id_ask-{question}_1")).to_be_focused()
        tab.keyboard.press("Enter")
    expect(tab.locator("#outcome")).to_contain_text("Còn 3 giấy tờ chưa đánh dấu")
    tab.keyboard.press("F4")
    expect(tab.locator("#id_paper-form_have")).to_be_focused()
    redrawn(tab, "Space")
    tab.focus("#id_paper-identity_have")
    redrawn(tab, "Space")
    tab.focus("#id_paper-residence_found")
    redrawn(tab, "Space")
    expect(tab.locator("#outcome")).to_contain_text("Đủ thành phần hồ sơ.")
    with tab.expect_navigation(url="**/received"):
        tab.keyboard.press("Control+Enter")
    assert tab.inner_text(".panel h1") == "Đã tiếp nhận hồ sơ"
    expect(tab.locator(":focus")).to_have_text("In giấy tiếp nhận")
    with tab.expect_navigation(url="**/dossiers/receive"):
        tab.keyboard.press("F8")
    expect(tab.locator("#id_q")).to_be_focused()


def test_a_card_scanned_where_the_variant_is_chosen_goes_along(tab: Page, counter: Counter) -> None:
    tab.goto(f"{counter.url}/dossiers/receive?procedure=1.004873")
    expect(tab.locator("[id*=variant]:focus")).to_be_visible()
    tab.keyboard.press(CARD[0])
    expect(tab.locator("#id_applicant-0-scan")).to_be_focused()
    tab.keyboard.insert_text(CARD[1:])
    with tab.expect_navigation(url="**/dossiers/receive?intake=*"):
        tab.keyboard.press("Enter")
    assert tab.locator("input[name=variant]:checked").count() == 0
    assert NAME in tab.inner_text("main")
    expect(tab.locator("input[name=variant]:focus")).to_be_visible()
    tab.keyboard.press("Space")
    with tab.expect_navigation(url="**/dossiers/receive?intake=*"):
        tab.keyboard.press("Enter")
    assert tab.input_value("#id_applicant-0-name") == NAME
    assert tab.input_value("#id_applicant-0-number") == NUMBER


def test_enter_takes_the_first_procedure_found(tab: Page, counter: Counter) -> None:
    tab.goto(f"{counter.url}/dossiers/receive")
    expect(tab.locator("#id_q")).to_be_focused()
    tab.keyboard.type("hon nhan")
    tab.wait_for_selector("[role=option]")
    first = tab.get_attribute("[role=option]", "data-href") or ""
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert tab.url == counter.url + first
    # Faster than the list comes: the page of hits has the first one under the finger.
    tab.goto(f"{counter.url}/dossiers/receive?q=hon+nhan")
    expect(tab.locator(":focus")).to_have_attribute("href", first)
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    assert tab.url == counter.url + first


def test_a_list_goes_along_although_other_files_go_ahead(tab: Page, counter: Counter) -> None:
    tab.goto(f"{counter.url}/dossiers/receive?procedure=1.011607&variant=general")
    tab.fill("#id_applicant-0-name", NAME)
    tab.select_option("#id_applicant-0-paper", "none")
    tab.check("input[name$=_have]")
    tab.click("details:has(#id_list) summary")
    tab.set_input_files("#id_list", {"name": "ds.xlsx", "mimeType": "", "buffer": book(person(1), person(2))})
    with tab.expect_navigation(url="**/batches/*"):
        tab.click("button[name=_list]")
    assert "Chờ tiếp nhận" in tab.inner_text("main")


def test_an_answer_changes_the_papers_and_keeps_what_is_typed(tab: Page, counter: Counter) -> None:
    tab.goto(counter.url + FORM)
    tab.fill("#id_applicant-0-name", NAME)
    tab.check("#id_paper-form_have")
    assert not tab.locator("#id_paper-previous_certificate_have").count()
    tab.focus("#id_ask-reissue_0")
    redrawn(tab, "Space")
    assert tab.locator("#id_paper-previous_certificate_have").count() == 1
    expect(tab.locator("#id_ask-reissue_0")).to_be_focused()
    assert tab.is_checked("#id_paper-form_have")
    assert tab.input_value("#id_applicant-0-name") == NAME
    tab.focus("#id_other_submitter")
    redrawn(tab, "Space")
    assert tab.locator("#id_submitter-name").count() == 1
    expect(tab.locator("#id_other_submitter")).to_be_focused()
    with tab.expect_navigation():
        tab.click("button[name=_add_applicant]")
    expect(tab.locator("#id_applicant-1-scan")).to_be_focused()
    assert tab.input_value("#id_applicant-0-name") == NAME


def test_what_is_typed_while_an_answer_is_under_way_stays(tab: Page, counter: Counter) -> None:
    """Answers given faster than the line is: the redraws are held back until all of them are given."""
    held: list[Route] = []
    line_is_slow = True
    tab.goto(counter.url + FORM)
    tab.route("**/dossiers/receive*", lambda route: held.append(route) if line_is_slow else route.continue_())
    questions = sorted({q.get_attribute("name") or "" for q in tab.locator("input[name^=ask-]").all()})
    assert len(questions) >= 2
    for name in questions:
        tab.locator(f"input[name='{name}']").last.check()
    papers = tab.locator("input[type=checkbox][name$=_have]")
    papers.first.check()
    ticked = papers.first.get_attribute("name")
    line_is_slow = False
    assert held
    for route in held:
        route.continue_()
    tab.wait_for_load_state("networkidle")
    for name in questions:
        expect(tab.locator(f"input[name='{name}']").last).to_be_checked()
    expect(tab.locator(f"input[name='{ticked}']")).to_be_checked()


def test_a_session_that_ends_while_a_part_is_asked_for(counter: Counter) -> None:
    tab = counter.tab()
    tab.goto(counter.url + FORM)
    tab.fill("#id_applicant-0-name", NAME)
    ended = session_of("tiepnhan1", at=now() - SESSION_LIFE)
    tab.context.add_cookies([{"name": settings.SESSION_COOKIE, "value": ended, "url": counter.url}])
    tab.click("input[name=ask-reissue][value=yes]")
    tab.wait_for_url("**/sign-in?next=%2Fdossiers%2Freceive")
    tab.fill("#id_login", "tiepnhan1")
    tab.fill("#id_password", PASSWORD)
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#reception")
    assert tab.input_value("#id_applicant-0-name") == NAME
    assert tab.is_checked("input[name=ask-reissue][value=yes]")
    assert "Phiên làm việc trước đã hết" in tab.inner_text("main")
    tab.context.close()


def test_without_a_script(counter: Counter) -> None:
    tab = counter.tab(scripts=False)
    tab.goto(f"{counter.url}/dossiers/receive?q=doc+than")
    tab.check("input[value=no_verification]")
    tab.click("main button:has-text('Tiếp tục')")
    tab.fill("#id_applicant-0-name", NAME)
    tab.select_option("#id_applicant-0-paper", "none")
    tab.check("input[name=ask-reissue][value=yes]")
    tab.check("input[name=ask-married_before][value=no]")
    tab.check("input[name=ask-delegated][value=no]")
    # Enter in a field presses the first button of the form, which writes nothing.
    tab.press("#id_applicant-0-name", "Enter")
    tab.wait_for_selector("#id_paper-previous_certificate_have")
    for name in ("form", "previous_certificate", "identity", "residence"):
        tab.check(f"#id_paper-{name}_have")
    tab.click("button[data-primary]")
    assert tab.url.endswith("/received")
    assert tab.inner_text(".panel h1") == "Đã tiếp nhận hồ sơ"
    tab.context.close()
