"""From home, on a running installation: a birth, from the search to the result, by keyboard."""

import re
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Error as BrowserError, expect

from tests.browser.keyboard import Keyboard
from tests.proof.home.house import ROOT, House, house
from tests.proof.home.people import Citizen
from tests.support.chromium import chromium

pytestmark = pytest.mark.proof
PICTURES = ROOT / "var" / "home"
MAIN_BUTTON = "main form button[data-primary]"
CODE = re.compile(r"H99\.01\.01-\d{6}-\d{4}")
NEXT = "Lưu và tiếp tục"
PATIENCE = 15_000
NIGHT = 18 * 3600.0
TYPED = """es => Object.fromEntries(es.filter(e => e.type !== 'hidden' && e.type !== 'file').map(e => e.name)
  .map(name => [name, es.filter(e => e.name === name && (!/radio|checkbox/.test(e.type) || e.checked))
    .map(e => e.value)]))"""
WORK = {
    "tuphap1": (("start", {}), ("step", {"outcome": "granted"})),
    "chutich": (("step", {"outcome": "granted"}),),
    "vanthu": (("decide", {"result_number": "{code}/KS", "sure": "on"}),),
    "tiepnhan2": (
        ("make_available", {"shelf": "A3"}),
        ("hand_over", {"way": "in_person", "checked_by": "citizen_id", "sure": "on"}),
    ),
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def home(browser: Browser) -> Iterator[House]:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with house("home") as running:
        yield running


def at(browser: Browser, *, width: int = 1366, scripts: bool = True) -> Citizen:
    """Somebody in front of a browser of their own."""
    context = browser.new_context(java_script_enabled=scripts, viewport={"width": width, "height": 800})
    context.set_default_timeout(PATIENCE)
    return Citizen(context.new_page())


def picture(who: Keyboard, name: str) -> None:
    """A picture of the whole page, to be looked at."""
    who.tab.screenshot(path=PICTURES / f"{name}.png", full_page=True)


def find_and_sign_in(citizen: Citizen, home: House, words: str, title: str) -> None:
    """From the search's words to the page where a draft begins."""
    citizen.tab.goto(f"{home.url}/")
    citizen.write("q", words)
    citizen.go_by("Enter")
    citizen.follow(title)
    citizen.follow("Nộp trực tuyến")
    citizen.follow("Đăng nhập bằng VNeID")
    expect(citizen.tab.get_by_text("Bản mô phỏng, không phải hệ thống thật.")).to_be_visible()


def send_file(citizen: Citizen, name: str, *, scripts: bool, file: str = "") -> None:
    """Choose a file; with scripts it goes ahead at once, and its pages are counted."""
    citizen.attach(name, file or f"{name}.pdf")
    if scripts:
        line = citizen.tab.locator(f"[data-files='{name}'] li.file").last
        expect(line).to_contain_text("2 trang")


def write_all(citizen: Citizen, *, scripts: bool) -> set[str]:
    """Page after page until the answers are to be checked; gives what was filled in beforehand."""
    known: set[str] = set()
    for _ in range(30):
        if citizen.tab.url.endswith("/check"):
            return known
        known |= set(citizen.answer_page())
        for name in citizen.files():
            send_file(citizen, name, scripts=scripts)
        citizen.press_button(NEXT)
    raise AssertionError(f"no end of pages at {citizen.tab.url}: {citizen.said()}")


def sign_in(officer: Keyboard, home: House, login: str) -> None:
    """An officer's password, typed."""
    account = next(one for one in home.accounts() if one["login"] == login)
    officer.tab.goto(f"{home.url}/sign-in")
    officer.write("login", login)
    officer.write("password", account["password"])
    officer.go_by("Enter")
    assert officer.tab.url == f"{home.url}/inbox", officer.said()


def act(officer: Keyboard, home: House, code: str, name: str) -> None:
    """From the dossier's page to an act's."""
    officer.tab.goto(f"{home.url}/dossiers/{code}")
    officer.go(f"main a[href='/dossiers/{code}/{name}']")


def done(officer: Keyboard, code: str) -> None:
    """Press the page's main button; the dossier's page comes."""
    officer.go(MAIN_BUTTON)
    assert officer.tab.url.endswith(f"/dossiers/{code}"), officer.said()


@pytest.mark.parametrize(("width", "scripts"), [(1366, True), (390, False)], ids=["scripts", "plain"])
def test_a_birth_from_home(home: House, browser: Browser, width: int, scripts: bool) -> None:
    citizen = at(browser, width=width, scripts=scripts)
    find_and_sign_in(citizen, home, "giay khai sinh", "Thủ tục đăng ký khai sinh")
    citizen.tab.get_by_role("button", name="Nguyễn Thị Ánh Tuyết").press("Enter")
    citizen.choose_option("agency", "Ủy ban nhân dân Xã Mẫu")
    citizen.press_button("Bắt đầu")
    known = write_all(citizen, scripts=scripts)
    assert {"requester.name", "requester.born.day", "requester.personal_id", "phone"} <= known
    picture(citizen, f"check-{width}")
    citizen.tick("sure")
    citizen.press_button("Nộp hồ sơ")
    expect(citizen.tab.get_by_role("heading", name="Hồ sơ đã nộp", exact=True)).to_be_visible()
    picture(citizen, f"handed-in-{width}")
    code = CODE.search(citizen.said())[0]

    desk = at(browser, scripts=scripts)
    sign_in(desk, home, "tiepnhan1")
    picture(desk, f"inbox-{width}")
    desk.go(f"main a[href='/dossiers/{code}']")
    picture(desk, f"online-{width}")
    desk.go(f"main a[href='/dossiers/{code}/request_supplement']")
    for paper, fault in (("birth_notice", "Ảnh mờ, không đọc được số."), ("residence", "Thiếu mặt sau.")):
        desk.tick(f"missing_{paper}")
        desk.write(f"wrong_{paper}", fault)
    done(desk, code)

    citizen.tab.reload()
    expect(citizen.tab.get_by_text("Ảnh mờ, không đọc được số.").first).to_be_visible()
    picture(citizen, f"asked-{width}")
    citizen.follow("Bổ sung giấy tờ")
    for name in citizen.files():
        send_file(citizen, name, scripts=scripts, file=f"bo-sung-{name}.pdf")
    picture(citizen, f"supply-{width}")
    citizen.press_button("Gửi bổ sung")
    expect(citizen.tab.get_by_text("Đã gửi giấy tờ bổ sung.")).to_be_visible()

    act(desk, home, code, "receive")
    picture(desk, f"receive-{width}")
    for box in desk.tab.eval_on_selector_all(
        "main input[type=checkbox]:not(:checked)", "es => es.map(e => e.name)"
    ):
        if box.startswith(("good_", "found_")):
            desk.tick(box)
    done(desk, code)
    citizen.tab.reload()
    expect(citizen.tab.get_by_text("Hẹn trả:").first).to_be_visible()
    picture(citizen, f"accepted-{width}")

    decide(home, browser, code, scripts=scripts)
    citizen.tab.reload()
    expect(citizen.tab.locator(".situation")).to_contain_text("Đã trả kết quả")
    picture(citizen, f"given-{width}")


def decide(home: House, browser: Browser, code: str, *, scripts: bool) -> None:
    """The agency's own work: justice officer, chairman, clerk, and back at the desk."""
    for login, acts in WORK.items():
        officer = at(browser, scripts=scripts)
        sign_in(officer, home, login)
        for name, answers in acts:
            act(officer, home, code, name)
            for field, value in answers.items():
                kind = officer.tab.locator(f"main [name='{field}']").first.evaluate("e => e.type")
                {"radio": officer.choose, "checkbox": officer.tick}.get(kind, officer.write)(
                    field, *([] if kind == "checkbox" else [value.format(code=code[-4:])])
                )
            done(officer, code)
        officer.tab.context.close()


def typed(citizen: Citizen) -> dict[str, list[str]]:
    """What stands in the fields of the page."""
    found: dict[str, list[str]] = citizen.tab.eval_on_selector_all(
        "main input, main select, main textarea", TYPED
    )
    return found


def test_not_a_field_is_lost(home: House, browser: Browser) -> None:
    citizen = at(browser)
    find_and_sign_in(citizen, home, "giay khai sinh", "Thủ tục đăng ký khai sinh")
    citizen.tab.get_by_role("button", name="Lò Thị Mây").press("Enter")
    citizen.choose_option("agency", "Ủy ban nhân dân Xã Mẫu")
    citizen.press_button("Bắt đầu")
    pages: dict[str, dict[str, list[str]]] = {}

    def page() -> str:
        return citizen.tab.url.rpartition("/")[2]

    while page() != "form-child":
        at_page = page()
        citizen.answer_page()
        pages[at_page] = typed(citizen)
        citizen.press_button(NEXT)
        assert page() != at_page, citizen.said()

    # the session expires while a page is typed
    citizen.answer_page()
    pages["form-child"] = typed(citizen)
    home.move(NIGHT)
    citizen.press_button(NEXT)
    picture(citizen, "expired")
    citizen.follow("Đăng nhập bằng VNeID")
    citizen.tab.get_by_role("button", name="Lò Thị Mây").press("Enter")
    expect(citizen.tab.get_by_text("Nội dung đã nhập được giữ lại")).to_be_visible()
    picture(citizen, "held")
    assert typed(citizen) == pages["form-child"]
    citizen.press_button(NEXT)

    # the server is killed while the next one is typed, and comes back
    assert page() == "form-parents"
    citizen.answer_page()
    pages["form-parents"] = typed(citizen)
    home.kill("motcua")
    citizen.reach("main form button")
    with suppress(BrowserError), citizen.tab.expect_navigation():
        citizen.press("Enter")
    home.start("motcua")
    citizen.tab.reload()  # the browser's error page offers just this, and sends again what was typed
    assert page() == "form-end", citizen.said()

    # next day, on a telephone
    home.move(NIGHT)
    phone = at(browser, width=390)
    phone.tab.goto(f"{home.url}/my/dossiers")
    phone.follow("Đăng nhập bằng VNeID")
    phone.tab.get_by_role("button", name="Lò Thị Mây").press("Enter")
    picture(phone, "mine-390")
    phone.follow("Thủ tục đăng ký khai sinh")
    assert phone.tab.url.endswith("/form-end")
    draft = phone.tab.url.rpartition("/")[0]
    for name, fields in pages.items():
        phone.tab.goto(f"{draft}/{name}")
        assert typed(phone) == fields, name
    phone.tab.goto(f"{draft}/form-end")
    write_all(phone, scripts=True)
    phone.tick("sure")
    phone.press_button("Nộp hồ sơ")
    # our clock is not the database's, as if somebody wanted to put a day into the ledger
    expect(phone.tab.get_by_text("giờ của máy chủ và cơ sở dữ liệu lệch nhau")).to_be_visible()
    home.move(-2 * NIGHT)
    phone.tick("sure")
    phone.press_button("Nộp hồ sơ")
    expect(phone.tab.get_by_role("heading", name="Hồ sơ đã nộp", exact=True)).to_be_visible()
