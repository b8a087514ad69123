"""The small scripts in a real browser, under the strict policy the pages are served with."""

import functools
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import django_htmx
import pytest
from playwright.sync_api import Browser, Page, Route, expect
from tests.support.axe import faults

from motcua.web.common.tests import demo
from motcua.web.common.tests.support import COMMON, draw, page

pytestmark = pytest.mark.browser

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"
)
OPTIONS = [
    {"label": "Đăng ký khai sinh", "detail": "1.001193", "href": "/chosen.html?procedure=1.001193"},
    {"label": "Đăng ký khai tử", "detail": "1.000656", "href": "/chosen.html?procedure=1.000656"},
]


@dataclass
class Site:
    """A folder of pages, and what was sent to it."""

    url: str
    posts: list[dict[str, list[str]]] = field(default_factory=list)
    searches: list[str] = field(default_factory=list)


def handler_for(site: Site) -> type[SimpleHTTPRequestHandler]:
    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *_args: object) -> None:
            pass

        def end_headers(self) -> None:
            self.send_header("Content-Security-Policy", POLICY)
            super().end_headers()

        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            if asked.path == "/procedures/suggest":
                site.searches.append(parse_qs(asked.query)["q"][0])
                self.path = "/suggestions.html"
            super().do_GET()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            site.posts.append(parse_qs(unquote(body), keep_blank_values=True))
            self.send_response(204)
            self.end_headers()

    return Handler


@pytest.fixture
def site(tmp_path: Path, bare_pages: None) -> Iterator[Site]:
    shutil.copytree(COMMON / "static", tmp_path / "static")
    shutil.copytree(Path(django_htmx.__file__).parent / "static", tmp_path / "static", dirs_exist_ok=True)
    for name in ("staff", "public"):
        for state, bound in (("empty", False), ("error", True)):
            text = page(f"demo_{name}", **demo.context(bound=bound))
            (tmp_path / f"{name}_{state}.html").write_text(text, encoding="utf-8")
    listbox = draw("{% include 'common/suggestions.html' %}", options=OPTIONS)
    (tmp_path / "suggestions.html").write_text(listbox, encoding="utf-8")
    (tmp_path / "chosen.html").write_text(
        '<!doctype html><title>ok</title><link rel="icon" href="data:,">', encoding="utf-8"
    )
    server = ThreadingHTTPServer(("127.0.0.1", 0), SimpleHTTPRequestHandler)
    made = Site(url=f"http://127.0.0.1:{server.server_address[1]}")
    server.RequestHandlerClass = functools.partial(handler_for(made), directory=str(tmp_path))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield made
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def staff(browser: Browser, site: Site) -> Iterator[Page]:
    tab = browser.new_page(viewport={"width": 1366, "height": 768})
    complaints: list[str] = []
    tab.on("console", lambda message: complaints.append(message.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.goto(f"{site.url}/staff_empty.html")
    yield tab
    tab.close()
    assert complaints == []


@pytest.mark.parametrize("width", [1366, 390, 320])
@pytest.mark.parametrize("name", ["staff_empty", "staff_error", "public_empty", "public_error"])
def test_pages_reflow_and_axe_finds_nothing(browser: Browser, site: Site, name: str, width: int) -> None:
    tab = browser.new_page(viewport={"width": width, "height": 800})
    tab.goto(f"{site.url}/{name}.html")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    found = faults(tab, contrast=width == 1366)
    tab.close()
    assert found == []


def test_the_summary_of_errors_has_the_focus_and_leads_into_the_field(staff: Page, site: Site) -> None:
    staff.goto(f"{site.url}/staff_error.html")
    expect(staff.locator("[data-problems]")).to_be_focused()
    staff.click("[data-problems] a[href='#id_born_0']")
    expect(staff.locator("#id_born_0")).to_be_focused()


def test_keys_lead_to_their_places(staff: Page) -> None:
    staff.keyboard.press("F3")
    expect(staff.locator("#id_q")).to_be_focused()
    staff.keyboard.press("F2")
    expect(staff.locator("#id_name")).to_be_focused()
    staff.keyboard.press("F4")
    expect(staff.locator("#id_papers_0")).to_be_focused()


def test_enter_goes_on_and_escape_clears(staff: Page, site: Site) -> None:
    staff.focus("#id_name")
    staff.keyboard.type("Lê Văn A")
    staff.keyboard.press("Enter")
    expect(staff.locator("#id_number")).to_be_focused()
    staff.keyboard.type("123")
    staff.keyboard.press("Escape")
    assert staff.input_value("#id_number") == ""
    assert staff.input_value("#id_name") == "Lê Văn A"
    for _ in range(5):
        staff.keyboard.press("Enter")
    expect(staff.locator("#id_channel_0")).to_be_focused()
    staff.keyboard.press("Enter")
    expect(staff.locator("#id_papers_0")).to_be_focused()
    assert site.posts == []


def test_ctrl_enter_sends_once_with_its_key(staff: Page, site: Site) -> None:
    staff.fill("#id_name", "Lê Văn A")
    staff.focus("#id_note")
    with staff.expect_response("**/receive"):
        staff.keyboard.press("Control+Enter")
    staff.keyboard.press("Control+Enter")
    assert staff.locator("form[data-keys] button[data-primary]").is_disabled()
    assert [post["name"] for post in site.posts] == [["Lê Văn A"]]
    assert len(site.posts[0]["idempotency_key"][0]) == 36


def test_the_pressed_button_s_own_value_is_sent(staff: Page, site: Site) -> None:
    with staff.expect_response("**/receive"):
        staff.click("button[name=act]")
    assert site.posts[0]["act"] == ["guide"]


def test_suggestions_by_keyboard(staff: Page, site: Site) -> None:
    staff.keyboard.press("F3")
    staff.keyboard.insert_text("khai")
    staff.wait_for_selector("[role=option]")
    assert site.searches[-1] == "khai"
    expect(staff.locator("#id_q")).to_have_attribute("aria-expanded", "true")
    expect(staff.locator(".suggest [role=status]")).to_have_text("2 kết quả")
    staff.keyboard.press("ArrowDown")
    staff.keyboard.press("ArrowDown")
    assert staff.get_attribute("#id_q", "aria-activedescendant") == "option_2"
    assert staff.get_attribute("#option_2", "aria-selected") == "true"
    staff.keyboard.press("Escape")
    expect(staff.locator("[role=option]")).to_have_count(0)
    assert staff.input_value("#id_q") == "khai"
    staff.keyboard.insert_text(" t")
    staff.wait_for_selector("[role=option]")
    staff.keyboard.press("ArrowDown")
    with staff.expect_navigation():
        staff.keyboard.press("Enter")
    assert urlsplit(staff.url).query == "procedure=1.001193"


def test_without_a_script_the_form_still_goes(browser: Browser, site: Site) -> None:
    bare = browser.new_context(java_script_enabled=False)
    tab = bare.new_page()
    tab.goto(f"{site.url}/staff_empty.html")
    assert tab.locator("[data-copy]").is_hidden()
    tab.fill("#id_name", "Lê Văn A")
    with tab.expect_response("**/receive"):
        tab.click("form[data-keys] button[data-primary]")
    bare.close()
    assert site.posts[0]["name"] == ["Lê Văn A"]


def test_a_signature_is_sent_as_a_picture(staff: Page) -> None:
    sent: list[bytes] = []
    line = '<li class="file" data-upload="u1" data-digest="d1">chữ ký.png</li>'

    def answer(route: Route) -> None:
        sent.append(route.request.post_data_buffer or b"")
        route.fulfill(status=200, content_type="text/html; charset=utf-8", body=line)

    staff.route("**/uploads", answer)
    pad = staff.locator("[data-files=signature] canvas")
    pad.scroll_into_view_if_needed()
    staff.click("[data-files=signature] [data-done]")
    assert sent == []  # nothing is drawn yet
    box = pad.bounding_box()
    assert box
    staff.mouse.move(box["x"] + 20, box["y"] + 20)
    staff.mouse.down()
    for step in range(1, 6):
        staff.mouse.move(box["x"] + 20 + 40 * step, box["y"] + 20 + 15 * (step % 2))
    staff.mouse.up()
    with staff.expect_response("**/uploads"):  # its line stands there as soon as it is on its way
        staff.click("[data-files=signature] [data-done]")
    expect(staff.locator("[data-files=signature] .kept li")).to_have_text("chữ ký.png")
    assert b"\x89PNG\r\n" in sent[0]
    assert len(sent) == 1
