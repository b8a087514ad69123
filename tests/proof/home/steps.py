"""Steps of the stories from home: what a citizen and the officers do, page by page."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Browser, expect

from tests.browser.keyboard import Keyboard
from tests.proof.home.house import ROOT, House
from tests.proof.home.people import Citizen

PICTURES = ROOT / "var" / "home"
MAIN_BUTTON = "main form button[data-primary]"
CODE = re.compile(r"H99\.01\.01-\d{6}-\d{4}")
NEXT = "Lưu và tiếp tục"
PATIENCE = 15_000
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


def hand_in(citizen: Citizen) -> str:
    """From the page of answers to the confirmation; gives the code."""
    citizen.tick("sure")
    citizen.press_button("Nộp hồ sơ")
    expect(citizen.tab.get_by_role("heading", name="Hồ sơ đã nộp", exact=True)).to_be_visible()
    code = CODE.search(citizen.said())
    assert code, citizen.said()
    return code[0]


def pay(citizen: Citizen, *, began: bool = False) -> None:
    """On the platform, from the page that shows what is owed."""
    if not began:
        expect(citizen.tab.get_by_role("img", name="Mã VietQR").first).to_be_visible()
        citizen.press_button("Thanh toán qua nền tảng")
    citizen.follow("Mở trang của Nền tảng thanh toán quốc gia")
    expect(citizen.tab.get_by_text("Bản mô phỏng, không phải hệ thống thật").first).to_be_visible()
    citizen.tab.get_by_role("button", name="Thành công").press("Enter")
    expect(citizen.tab.get_by_text("Đã nhận tiền").first).to_be_visible()


def write_all(citizen: Citizen, *, scripts: bool) -> set[str]:
    """Page after page until the answers are to be checked; gives what was filled in beforehand."""
    known: set[str] = set()
    sent: set[str] = set()  # a page without scripts may come twice
    for _ in range(30):
        if citizen.tab.url.partition("#")[0].endswith(
            "/check"
        ):  # a browser keeps what it was led to on a page
            return known
        known |= set(citizen.answer_page())
        for name in citizen.files():
            if name not in sent:
                send_file(citizen, name, scripts=scripts)
                sent.add(name)
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
    officer.go(f"main a:is([href='/dossiers/{code}/{name}'], [href^='/dossiers/{code}/{name}?'])")


def done(officer: Keyboard, code: str) -> None:
    """Press the page's main button; the dossier's page comes."""
    officer.go(MAIN_BUTTON)
    assert urlsplit(officer.tab.url).path == f"/dossiers/{code}", officer.said()


def return_with_two_faults(desk: Keyboard) -> None:
    """On the page that asks for what is missing: a paper that can't be read, and a name that is wrong in the form."""
    desk.tick("missing_birth_notice")
    desk.write("wrong_birth_notice", "Ảnh mờ, không đọc được số.")
    desk.reach("main details:has([name='form_child']) > summary")
    desk.press("Enter")
    desk.tick("fields_child", "child.name")
    desk.write("form_child", "Tên đệm khác giấy chứng sinh.")


def typed(citizen: Citizen) -> dict[str, list[str]]:
    """What stands in the fields of the page."""
    found: dict[str, list[str]] = citizen.tab.eval_on_selector_all(
        "main input, main select, main textarea", TYPED
    )
    return found


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
