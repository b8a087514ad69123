"""Files on the receiving screen in a real browser: chosen, dragged, dropped again, and kept while the page redraws."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from motcua.web.common import codes
from motcua.web.counter import phone
from tests.browser.conftest import Opens
from tests.support import papers
from tests.support.axe import faults
from tests.support.visits import Visit
from tests.support.world import PASSWORD

pytestmark = pytest.mark.browser

FORM = "/dossiers/receive?procedure=1.004873&variant=no_verification&channel=counter"
BOX = "[data-files='paper-form_files']"
DRAG = """([name, bytes]) => {
  const carried = new DataTransfer();
  carried.items.add(new File([new Uint8Array(bytes)], name, { type: "application/pdf" }));
  const row = document.querySelector("[data-files='paper-form_files']").closest("tr");
  for (const kind of ["dragover", "drop"]) {
    row.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: carried }));
  }
}"""


def at_the_desk(visit: Opens, **options: Any) -> Visit:
    """The receiving screen, at the real time: what is received must be near it."""
    screen = visit(**options)
    screen.go("/sign-in")
    screen.fill("login", "tiepnhan1")
    screen.fill("password", PASSWORD)
    with screen.tab.expect_navigation():
        screen.tab.click("main form button[type=submit]")
    screen.go(FORM)
    return screen


def choose(tab: Page, *files: tuple[str, bytes]) -> None:
    payload: list[Any] = [
        {"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files
    ]
    tab.set_input_files(f"{BOX} input[type=file]", payload)


def lines(tab: Page) -> Locator:
    return tab.locator(f"{BOX} .kept li[data-upload]")


def test_files_go_ahead_of_the_form_and_into_the_dossier(visit: Opens) -> None:
    screen = at_the_desk(visit)
    tab = screen.tab
    choose(tab, ("Tờ khai.pdf", papers.pdf(2)), ("ảnh.jpg", papers.picture()), ("a.exe", b"MZ"))
    expect(lines(tab)).to_have_count(2)
    expect(tab.locator(f"{BOX} .told")).to_contain_text("a.exe: Không phải tệp nhận được")
    expect(lines(tab).first).to_contain_text("2 trang")
    tab.evaluate(DRAG, ["kéo.pdf", list(papers.pdf(3))])
    expect(lines(tab)).to_have_count(3)
    tab.evaluate(DRAG, ["lại.pdf", list(papers.pdf(3))])
    expect(tab.locator(f"{BOX} .told")).to_contain_text("Tệp này đã có ở đây")
    expect(lines(tab)).to_have_count(3)
    lines(tab).nth(1).locator("label").click()
    expect(lines(tab)).to_have_count(2)
    with tab.expect_response(lambda answer: answer.url.endswith("/dossiers/receive")):
        tab.check("main [name='ask-reissue'][value='no']")
    for name, value in (("applicant-0-name", "Lò Thị Mai"), ("applicant-0-number", "001190000088")):
        screen.fill(name, value)
    expect(lines(tab)).to_have_count(2)
    for question in ("married_before", "delegated"):
        with tab.expect_response(lambda answer: answer.url.endswith("/dossiers/receive")):
            tab.check(f"main [name='ask-{question}'][value='no']")
    for tick in ("paper-form_have", "paper-identity_have", "paper-residence_found"):
        tab.check(f"main [name='{tick}']")
    with tab.expect_navigation(url=re.compile("/received$")):
        tab.click("main form button[data-primary]")
    code = re.search(r"H99\.01\.01-\d{6}-\d{4}", tab.url)
    assert code
    screen.go(f"/dossiers/{code[0]}")
    for name in ("Tờ khai.pdf", "kéo.pdf"):
        expect(tab.locator("main")).to_contain_text(name)
    expect(tab.locator("main")).not_to_contain_text("ảnh.jpg")


def test_a_file_that_comes_while_the_page_redraws_stays(visit: Opens) -> None:
    screen = at_the_desk(visit)
    tab = screen.tab
    held: list[Any] = []
    tab.route("**/dossiers/receive", lambda route: held.append(route))
    tab.check("main [name='ask-reissue'][value='no']")
    choose(tab, ("muộn.pdf", papers.pdf(4)))
    expect(lines(tab)).to_have_count(1)
    with tab.expect_response("**/dossiers/receive"):
        for route in held:
            route.continue_()
    expect(lines(tab)).to_have_count(1)
    assert tab.locator(f"{BOX} input[name='paper-form_files_kept']").count() == 1


def test_a_form_waits_for_its_file(visit: Opens) -> None:
    screen = at_the_desk(visit)
    tab = screen.tab
    held: list[Any] = []
    tab.route("**/uploads", lambda route: held.append(route))
    choose(tab, ("chậm.pdf", papers.pdf(5)))
    tab.click("main form button[data-primary]")
    expect(tab.locator("main .told").first).to_contain_text("đợi gửi xong")
    assert "/dossiers/receive?" in tab.url
    held[0].abort()
    expect(tab.locator(f"{BOX} .told")).to_contain_text("chưa gửi được")
    expect(lines(tab)).to_have_count(0)
    screen.complaints.clear()  # the browser says that a request was cut


def test_without_scripts_the_form_sends_its_files(visit: Opens) -> None:
    screen = at_the_desk(visit, scripts=False)
    tab = screen.tab
    choose(tab, ("Tờ khai.pdf", papers.pdf(6)))
    tab.click("main form button[name=_update] >> nth=0")
    expect(lines(tab)).to_have_count(1)
    tab.check(f"{BOX} [name$=_drop]")
    tab.click("main form button[name=_update] >> nth=0")
    expect(lines(tab)).to_have_count(0)


def fits_and_reads(tab: Page) -> None:
    tab.set_viewport_size({"width": 320, "height": 800})
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320
    assert faults(tab) == []


@pytest.mark.slow
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no_scripts"])
def test_a_telephone_sends_to_the_screen(
    visit: Opens, monkeypatch: pytest.MonkeyPatch, scripts: bool
) -> None:
    told: list[str] = []

    def draw(text: str) -> str:
        told.append(text)
        return codes.qr_svg(text)

    monkeypatch.setattr(phone, "qr_svg", draw)
    screen = at_the_desk(visit)
    tab = screen.tab
    screen.fill("applicant-0-name", "Lò Thị Mai")
    with tab.expect_navigation():
        tab.click("main [name=_phone]")
    assert tab.input_value("main [name='applicant-0-name']") == "Lò Thị Mai"
    assert tab.locator(".invite img").bounding_box()

    pocket = visit(width=320, scripts=scripts).tab
    pocket.goto(told[0])
    assert pocket.url.endswith("/phone")
    if scripts:
        fits_and_reads(pocket)
    pocket.set_input_files(
        "#photo", [{"name": "IMG.jpg", "mimeType": "image/jpeg", "buffer": papers.picture()}]
    )
    with pocket.expect_navigation():
        pocket.click("main form button[type=submit]")
    expect(pocket.locator("main")).to_contain_text("Đã gửi 1 tệp đến quầy")
    if scripts:
        fits_and_reads(pocket)

    arrived = tab.locator(".phone .file")
    expect(arrived).to_have_count(1, timeout=10_000)
    arrived.locator("select").select_option("form")
    expect(lines(tab)).to_contain_text("IMG.jpg")
    expect(arrived).to_have_count(0)
    assert tab.input_value("main [name='applicant-0-name']") == "Lò Thị Mai"
    tab.set_viewport_size({"width": 1366, "height": 900})
    fits_and_reads(tab)
