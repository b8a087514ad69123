"""Receptions that are not ordinary: several dossiers, several people, papers missing, lists, paper pads."""

from io import BytesIO

import xlsxwriter
from playwright.sync_api import expect

from tests.proof.day import intake
from tests.proof.day.desk import Desk, Received
from tests.proof.day.hand import STILL, Hand
from tests.proof.day.intake import CODE, RECEIVE, Matter, by_card, by_hand, fill, find_procedure, receive_it
from tests.proof.day.people import Person
from tests.support.world import PASSWORD


def found_again(desk: Desk, login: str, matter: Matter, person: Person, words: str) -> Received:
    """Somebody who came before, found by name or telephone and filled in by one key."""

    def who(hand: Hand) -> None:
        hand.type(words)
        with hand.redrawn():
            hand.press("Enter")
        with hand.redrawn():
            hand.press("Enter")
        assert hand.tab.input_value("#id_applicant-0-name") == person.name

    return intake.ordinary(desk, login, matter, person, who, what="intake of somebody known")


def submitted_by_another(desk: Desk, login: str, matter: Matter, person: Person, other: Person) -> Received:
    """The applicant's papers, brought by somebody else."""

    def who(hand: Hand) -> None:
        by_card(person)(hand)
        hand.reach("#id_other_submitter", key="Shift+Tab")
        with hand.redrawn():
            hand.press("Space")
        hand.reach("#id_submitter-scan")
        hand.scan(other.card)
        with hand.redrawn():
            hand.press("Enter")
        assert hand.tab.input_value("#id_submitter-name") == other.name

    return intake.ordinary(desk, login, matter, person, who, what="intake by another")


def two_applicants(desk: Desk, login: str, matter: Matter, one: Person, other: Person) -> Received:
    """Both stand at the counter with their cards."""

    def who(hand: Hand) -> None:
        by_card(one)(hand)
        hand.reach("button[name=_add_applicant]", key="Shift+Tab")
        hand.go_by("Enter")
        assert hand.tab.evaluate("document.activeElement.id") == "id_applicant-1-scan"
        hand.scan(other.card)
        with hand.redrawn():
            hand.press("Enter")
        assert hand.tab.input_value("#id_applicant-1-name") == other.name

    return intake.ordinary(desk, login, matter, one, who, what="intake of two")


def three_on_one_slip(desk: Desk, login: str, matters: tuple[Matter, ...], person: Person) -> list[Received]:
    """One person, several matters, one slip, also in large letters."""
    hand = desk.officer(login, RECEIVE)
    found: list[Received] = []
    with desk.measured("visit of three", hand):
        for matter in matters:
            if found:
                hand.go_by("F9")
                find_procedure_of_visit(hand, matter, person)
            else:
                fill(hand, matter, by_card(person))
            found.append(receive_it(desk, hand, matter, person))
        words = hand.print("a[href$='/slip.pdf']", "slip")
        hand.print("a[href$='/slip.pdf?print=big']", "slip-big")
    for one in found:
        assert one.code in words
    return found


def find_procedure_of_visit(hand: Hand, matter: Matter, person: Person) -> None:
    """The next matter of the same person, who is filled in already."""
    find_procedure(hand, matter)
    assert hand.tab.input_value("#id_applicant-0-name") == person.name
    intake.answer_questions(hand, matter)
    intake.tick_papers(hand)
    intake.count(hand, matter)


def guided(desk: Desk, login: str, matter: Matter, person: Person, *, without: tuple[str, ...]) -> str:
    """Papers are missing: told once, in writing (form 02); gives the record's number."""
    hand = desk.officer(login, RECEIVE)
    with desk.measured("guidance", hand):
        find_procedure(hand, matter)
        by_card(person)(hand)
        intake.answer_questions(hand, matter)
        intake.tick_papers(hand, without=without)
        hand.go("button[name=_guide]")
        assert hand.path.startswith("/guidance/"), hand.said()[:1500]
        words = hand.print("a[href$='.pdf']", "02-guidance")
        assert person.name in " ".join(words.split())
    desk.books.did["guidance"] += 1
    return hand.path.rsplit("/", 1)[1]


def back_with_papers(desk: Desk, login: str, matter: Matter, person: Person, number: str) -> Received:
    """Who was guided comes back, and is found by the record's number."""
    hand = desk.officer(login, f"{RECEIVE}?guidance={number}")
    with desk.measured("intake after guidance", hand):
        assert hand.tab.input_value("#id_applicant-0-name") == person.name
        intake.answer_questions(hand, matter)
        intake.tick_papers(hand)
        return receive_it(desk, hand, matter, person)


def parked(desk: Desk, login: str, matter: Matter, person: Person, between: Matter, other: Person) -> None:
    """Half done, put aside for the next person, and gone on with."""
    hand = desk.officer(login, RECEIVE)
    find_procedure(hand, matter)
    by_card(person)(hand)
    intake.answer_questions(hand, matter)
    hand.go_by("F7")
    assert hand.path == RECEIVE
    assert "Hồ sơ đang nhập dở" in hand.said()
    fill(hand, between, by_card(other))
    receive_it(desk, hand, between, other)
    hand.go_by("F8")
    hand.go("form[action$='/resume'] button")
    assert hand.tab.input_value("#id_applicant-0-name") == person.name
    intake.answer_questions(hand, matter)
    intake.tick_papers(hand)
    claim(hand, "poor", "Giấy chứng nhận hộ nghèo số 31/2026")
    one = receive_it(desk, hand, matter, person)
    hand.open(f"/dossiers/{one.code}")
    assert "0 đồng" in hand.said()
    assert "Người thuộc hộ nghèo" in hand.said()
    desk.books.did["park"] += 1


def claim(hand: Hand, exemption: str, evidence: str) -> None:
    """Less is due, on a paper shown."""
    hand.reach("details:has([name='claim-exemption']) summary")
    hand.press("Enter")
    with hand.redrawn():
        hand.select("claim-exemption", exemption)
        hand.press("Tab")
    hand.tab.wait_for_function(STILL)
    assert "Chưa áp dụng" in hand.tab.inner_text("#outcome")
    hand.write("claim-evidence", evidence)
    with hand.redrawn():
        hand.press("Tab")
    hand.tab.wait_for_function(STILL)
    assert "Chưa áp dụng" not in hand.tab.inner_text("#outcome")


def turned_away(desk: Desk, login: str, matter: Matter, person: Person) -> str:
    """Refused before there is a dossier (form 03), from the receiving screen; gives the record's number."""
    hand = desk.officer(login, RECEIVE)
    with desk.measured("refusal", hand):
        find_procedure(hand, matter)
        by_card(person)(hand)
        hand.go("button[name=_refuse]")
        assert hand.tab.input_value("main [name='applicant-0-name']") == person.name
        hand.choose("applicant-0-ground", "not_competent")
        hand.write("applicant-0-reason", "Nơi cư trú trước khi kết hôn thuộc xã khác.")
        hand.write("applicant-0-advice", "Nộp tại Ủy ban nhân dân xã nơi thường trú.")
        hand.go_by("Control+Enter")
        assert hand.path.startswith("/guidance/"), hand.said()[:1500]
        words = hand.print("a[href$='.pdf']", "03-refusal")
    assert person.name in " ".join(words.split())
    desk.books.did["refusal"] += 1
    return hand.path.rsplit("/", 1)[1]


def from_list(desk: Desk, login: str, matter: Matter, submitter: Person, people: list[Person]) -> list[str]:
    """A list of people (XLSX), of which two lines are wrong; the good ones are received."""
    hand = desk.officer(login, RECEIVE)
    find_procedure(hand, matter)
    by_card(submitter)(hand)
    intake.answer_questions(hand, matter)
    intake.tick_papers(hand)
    hand.reach("details:has(#id_list) summary")
    hand.press("Enter")
    hand.tab.set_input_files("#id_list", {"name": "ds.xlsx", "mimeType": XLSX, "buffer": _list(people)})
    hand.go("button[name=_list]")
    assert hand.path.startswith("/batches/"), hand.said()[:1500]
    assert "2" in hand.said()
    with hand.answered():
        hand.reach("form[action$='/receive'] button")
        hand.press("Enter")
    expect(hand.tab.locator("a[href$='/slip.pdf']")).to_be_visible(timeout=60_000)
    codes = sorted(set(CODE.findall(hand.print("a[href$='/slip.pdf']", "slip-of-list"))))
    assert len(codes) == len(people) - 2
    desk.books.received += [Received(code, matter.code, submitter) for code in codes]
    desk.books.did["list"] += 1
    return codes


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _list(people: list[Person]) -> bytes:
    target = BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        sheet.write_row(
            0, 0, ["Họ và tên", "Loại giấy tờ", "Số giấy tờ", "Ngày sinh", "Điện thoại", "Địa chỉ"]
        )
        for n, one in enumerate(people, 1):
            name, number = ("", one.number) if n == 2 else (one.name, "12AB" if n == 4 else one.number)
            paper = "Căn cước, căn cước công dân"
            sheet.write_row(n, 0, [name, paper, number, one.born, one.phone, one.address])
    return target.getvalue()


def from_pad(desk: Desk, login: str, matter: Matter, person: Person, *, sheet: str, time: str) -> Received:
    """Written on a numbered pad while there was no power, entered afterwards."""
    hand = desk.officer(login, RECEIVE)
    find_procedure(hand, matter)
    by_hand(person)(hand)
    intake.answer_questions(hand, matter)
    intake.tick_papers(hand)
    hand.reach("details:has([name='pad-pad']) summary")
    hand.press("Enter")
    now = desk.clock()
    told = {
        "pad": "S001",
        "number": sheet,
        "day_0": now.day,
        "day_1": now.month,
        "day_2": now.year,
        "time": time,
    }
    for name, text in told.items():
        hand.write(f"pad-{name}", str(text))
    one = receive_it(desk, hand, matter, person)
    assert "ghi trên giấy, nhập sau" in hand.said()
    desk.books.did["pad"] += 1
    return one


def switched(desk: Desk, first: str, second: str, person: Person) -> None:
    """Two officers at one computer: F10 and a PIN, and what was half typed waits for its own person."""
    pins = {first: "314159", second: "271828"}
    hand = desk.officer(first, "/account/pin")
    set_pin(hand, pins[first])
    hand.open("/account")
    hand.go_by("F10")
    hand.go("main a[href^='/sign-in']")
    desk.sign_in(hand, second)
    hand.open("/account/pin")
    set_pin(hand, pins[second])
    hand.open(f"{RECEIVE}?procedure=1.004873&variant=no_verification")
    hand.write("applicant-0-name", person.name)
    with desk.measured("change of user", hand):
        hand.go_by("F10")
        hand.press("Shift+Tab", "ArrowDown", "Tab")
        hand.type(pins[first])
        hand.go_by("Enter")
    hand.open(RECEIVE)
    assert person.name not in hand.tab.content()
    hand.go_by("F10")
    hand.press("Shift+Tab", "ArrowDown", "Tab")
    hand.type(pins[second])
    hand.go_by("Enter")
    assert hand.tab.input_value("#id_applicant-0-name") == person.name
    hand.go_by("F10")
    hand.press("Shift+Tab", "ArrowDown", "Tab")
    hand.type(pins[first])
    hand.go_by("Enter")
    desk.books.did["switch"] += 1


def set_pin(hand: Hand, pin: str) -> None:
    """One's own PIN, typed twice."""
    hand.write("own_pin", pin)
    hand.write("password_again", pin)
    if hand.tab.locator("main [name=own_password]").count():
        hand.write("own_password", PASSWORD)
    hand.reach("main form button[type=submit], main form button:not([type])")
    hand.go_by("Enter")
