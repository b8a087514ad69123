"""From home, on a running installation: a birth from search to result by keyboard; outages; a night in between."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Error as BrowserError, expect

from tests.proof.home.house import House, house, until
from tests.proof.home.people import Citizen
from tests.proof.home.steps import (
    NEXT,
    PICTURES,
    act,
    at,
    decide,
    done,
    find_and_sign_in,
    hand_in,
    pay,
    picture,
    return_with_two_faults,
    send_file,
    sign_in,
    typed,
    write_all,
)
from tests.support.chromium import chromium

pytestmark = pytest.mark.proof
NIGHT = 18 * 3600.0
MESSAGES = """SELECT n.cause, m.channel, m.addressee, m.state, m.attempts, m.fault FROM notifications_message m
  JOIN notifications_notice n ON n.id = m.notice_id WHERE n.reference = %s"""
OUTSIDE = ("population", "payments", "sms", "mail")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def home(browser: Browser) -> Iterator[House]:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with house("home") as running:
        yield running


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
@pytest.mark.parametrize("width", [1366, 390])
def test_a_birth_from_home(home: House, browser: Browser, width: int, scripts: bool) -> None:
    shot = f"{width}{'' if scripts else '-plain'}"
    citizen = at(browser, width=width, scripts=scripts)
    find_and_sign_in(citizen, home, "giay khai sinh", "Thủ tục đăng ký khai sinh")
    citizen.tab.get_by_role("button", name="Nguyễn Thị Ánh Tuyết").press("Enter")
    citizen.choose_option("agency", "Ủy ban nhân dân Xã Mẫu")
    citizen.press_button("Bắt đầu")
    known = write_all(citizen, scripts=scripts)
    assert {"requester.name", "requester.born.day", "requester.personal_id", "phone"} <= known
    picture(citizen, f"check-{shot}")
    code = hand_in(citizen)
    picture(citizen, f"handed-in-{shot}")
    pay(citizen)
    picture(citizen, f"paid-{shot}")
    citizen.tab.goto(f"{home.url}/my/dossiers/{code}")

    desk = at(browser, scripts=scripts)
    sign_in(desk, home, "tiepnhan1")
    picture(desk, f"inbox-{shot}")
    desk.go(f"main a:is([href='/dossiers/{code}'], [href^='/dossiers/{code}?'])")
    picture(desk, f"online-{shot}")
    desk.go(
        f"main a:is([href='/dossiers/{code}/request_supplement'], [href^='/dossiers/{code}/request_supplement?'])"
    )
    return_with_two_faults(desk)
    picture(desk, f"returned-{shot}")
    done(desk, code)

    citizen.tab.reload()
    expect(citizen.tab.get_by_text("Ảnh mờ, không đọc được số.").first).to_be_visible()
    picture(citizen, f"asked-{shot}")
    citizen.follow("Bổ sung giấy tờ")
    for name in citizen.files():
        send_file(citizen, name, scripts=scripts, file=f"bo-sung-{name}.pdf")
    picture(citizen, f"supply-{shot}")
    citizen.press_button("Gửi bổ sung")
    expect(citizen.tab.get_by_text("Đã gửi. Còn 1 mục chưa trả lời.")).to_be_visible()
    citizen.follow("Mở tờ khai để sửa mục 2")
    assert citizen.answer_page({}) == ["child.name"], "what was not named is only shown"
    citizen.write("child.name", "Lê Minh Khoa")
    picture(citizen, f"mend-{shot}")
    citizen.press_button("Gửi mục này")
    expect(citizen.tab.get_by_text("Đã gửi giấy tờ bổ sung.")).to_be_visible()

    act(desk, home, code, "receive")
    expect(desk.tab.get_by_text("đã sửa tờ khai lúc")).to_be_visible()
    expect(desk.tab.locator("main")).to_contain_text("Lê Minh Khôi → Lê Minh Khoa")
    picture(desk, f"receive-{shot}")
    for box in desk.tab.eval_on_selector_all(
        "main input[type=checkbox]:not(:checked)", "es => es.map(e => e.name)"
    ):
        if box.startswith(("good_", "found_")):
            desk.tick(box)
    done(desk, code)
    citizen.tab.reload()
    expect(citizen.tab.get_by_text("Hẹn trả:").first).to_be_visible()
    picture(citizen, f"accepted-{shot}")

    until(
        "the register has answered", lambda: not waiting(home, code, ("population",))
    )  # before that, no decision
    decide(home, browser, code, scripts=scripts)
    citizen.tab.reload()
    expect(citizen.tab.locator(".situation")).to_contain_text("Đã trả kết quả")
    picture(citizen, f"given-{shot}")


def test_not_a_field_is_lost(home: House, browser: Browser) -> None:
    citizen = at(browser)
    find_and_sign_in(citizen, home, "giay khai sinh", "Thủ tục đăng ký khai sinh")
    citizen.tab.get_by_role("button", name="Lò Thị Mây").press("Enter")
    citizen.choose_option("agency", "Ủy ban nhân dân Xã Mẫu")
    citizen.press_button("Bắt đầu")
    pages: dict[str, dict[str, list[str]]] = {}

    def page() -> str:
        return citizen.tab.url.rpartition("/")[2].partition("#")[0]

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
    hand_in(phone)


def begin(browser: Browser, home: House, who: str) -> Citizen:
    """Somebody signed in, with a draft of a birth written whole."""
    citizen = at(browser)
    find_and_sign_in(citizen, home, "giay khai sinh", "Thủ tục đăng ký khai sinh")
    citizen.tab.get_by_role("button", name=who).press("Enter")
    citizen.choose_option("agency", "Ủy ban nhân dân Xã Mẫu")
    citizen.press_button("Bắt đầu")
    write_all(citizen, scripts=True)
    return citizen


@pytest.mark.parametrize("away", [*[(one,) for one in OUTSIDE], OUTSIDE], ids=lambda names: "+".join(names))
def test_outside_systems_are_away(home: House, browser: Browser, away: tuple[str, ...]) -> None:
    """The citizen still hands in, officers see why something waits, all is completed afterwards, and nothing twice."""
    names = "-".join(away)
    citizen = begin(browser, home, "Nguyễn Thị Ánh Tuyết")
    home.kill(*away)
    code = hand_in(citizen)

    if "payments" in away:
        citizen.press_button("Thanh toán qua nền tảng")
        picture(citizen, f"away-{names}-paying")
        expect(citizen.tab.get_by_role("img", name="Mã VietQR").first).to_be_visible()
    waits = until("something waits", lambda: waiting(home, code, away))
    officer = at(browser)
    sign_in(officer, home, "tiepnhan1")
    officer.tab.goto(f"{home.url}/dossiers/{code}")
    picture(officer, f"away-{names}-dossier")
    officer.tab.goto(f"{home.url}/dossiers/{code}/messages")
    picture(officer, f"away-{names}-messages")
    print(f"\n{names}: {code} handed in; waits: {waits}")

    home.start(*away)
    citizen.tab.goto(f"{home.url}/my/dossiers/{code}")
    if "payments" in away:
        # while it was away our own page told people to come back in a while
        until("the platform is offered", lambda: offered(citizen, home, code))
        pay(citizen, began=True)
    until("all is completed", lambda: not waiting(home, code, OUTSIDE), patience=900)
    sent = home.rows(MESSAGES, code)
    assert {one["state"] for one in sent} <= {"sent", "delivered"}
    assert len({(one["cause"], one["channel"], one["addressee"]) for one in sent}) == len(sent)
    told = home.told(code)
    assert len(told) == len(set(told))
    paid = home.rows("SELECT id FROM payments_order WHERE reference = %s AND state = 'paid'", code)
    assert len(paid) == ("payments" in away)


def offered(citizen: Citizen, home: House, code: str) -> bool:
    """Whether the platform takes a payment again."""
    citizen.tab.goto(f"{home.url}/my/dossiers/{code}")
    citizen.press_button("Thanh toán qua nền tảng")
    return citizen.tab.get_by_role("link", name="Mở trang của Nền tảng thanh toán quốc gia").count() > 0


def waiting(home: House, code: str, outside: tuple[str, ...]) -> list[str]:
    """What of a dossier waits for somebody outside."""
    found = []
    if "population" in outside:
        rows = home.rows("SELECT degraded FROM dossiers_dossier WHERE code = %s", code)
        found += [f"population: {one}" for row in rows for one in row["degraded"] or ()]
    channels = {"sms": "sms", "mail": "email"}
    wanted = {channels[one] for one in outside if one in channels}
    found += [
        f"{one['channel']}: {one['state']}, {one['attempts']} times, {one['fault']}"
        for one in home.rows(MESSAGES, code)
        if one["channel"] in wanted and one["state"] == "queued"
    ]
    if outside == ("payments",):
        found.append("payments")
    return found
