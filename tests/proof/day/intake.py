"""Receiving, as an officer does it: procedure, person, questions, papers, receipt."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from playwright.sync_api import expect

from tests.proof.day.desk import Desk, Received
from tests.proof.day.hand import STILL, Hand
from tests.proof.day.people import Person

RECEIVE = "/dossiers/receive"
COMPLETE = "Đủ thành phần hồ sơ."
CODE = re.compile(r"H99\.(?:01\.0[12]|10)-\d{6}-\d{4}")
PIN = re.compile(r"\b(\d{3}) (\d{3})\b")
# The next question without an answer, and the next paper without a tick; what can be looked up is looked up.
OPEN_QUESTION = """() => {
  const names = [...new Set([...document.querySelectorAll("#asked input[type=radio][name^=ask-]")].map((e) => e.name))];
  return names.find((name) => !document.querySelector(`input[name="${name}"]:checked`)) ?? '';
}"""
OPEN_PAPER = """(left) => {
  for (const row of document.querySelectorAll("#papers tr[data-drop]")) {
    const ticks = [...row.querySelectorAll("input[type=checkbox][name$=_have], input[type=checkbox][name$=_found]")];
    if (!ticks.length || ticks.some((e) => e.checked)) continue;
    const tick = ticks.find((e) => e.name.endsWith("_found")) ?? ticks[0];
    if (!left.some((part) => tick.name.includes(part))) return tick.name;
  }
  return '';
}"""


@dataclass(frozen=True)
class Matter:
    """A procedure as somebody asks for it."""

    code: str
    words: str
    variant: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, str] = field(default_factory=dict)


SINGLE = Matter("1.004873", "tinh trang hon nhan", "no_verification")
DEATH = Matter("1.000656", "khai tu", answers={"death_notice": "yes", "on_time": "yes", "delegated": "no"})
EXTRACT = Matter("2.000635", "trich luc ho tich", counts={"copies": "2"})
MARRIAGE = Matter("1.000894", "dang ky ket hon", "no_verification")
BUSINESS = Matter("1.001612", "thanh lap ho kinh doanh", answers={"family": "yes", "acting": "self"})
LAND = Matter("1.013978", "dang ky dat dai", "resident", answers={"inherited": "yes", "household": "yes"})
ADOPTION = Matter("2.001263", "nuoi con nuoi trong nuoc", answers={"couple": "yes", "child": "orphan"})
BUILDING = Matter("1.013225", "giay phep xay dung", "off_line")
POOR = Matter("1.011607", "ho ngheo")


Who = Callable[[Hand], None]


def by_card(person: Person) -> Who:
    """The card is scanned."""

    def does(hand: Hand) -> None:
        hand.reach("#id_applicant-0-scan", key="F2")
        hand.scan(person.card)
        with hand.redrawn():
            hand.press("Enter")
        assert hand.tab.input_value("#id_applicant-0-name") == person.name

    return does


def by_hand(person: Person, *, paper: str = "none", number: str = "") -> Who:
    """Another paper, or none: name, telephone and address are typed."""

    def does(hand: Hand) -> None:
        hand.write("applicant-0-name", person.name)
        hand.select("applicant-0-paper", paper)
        if number:
            hand.write("applicant-0-number", number)
        hand.write("applicant-0-phone", person.phone)
        hand.write("applicant-0-address", person.address)

    return does


def find_procedure(hand: Hand, matter: Matter) -> None:
    """From the empty screen to the form, by some letters without accents."""
    assert hand.tab.evaluate("document.activeElement.id") == "id_q"
    hand.type(matter.words)
    hand.tab.wait_for_selector("[role=option]")
    for _ in range(20):
        hand.press("ArrowDown")
        chosen = hand.tab.locator("[role=option][aria-selected=true]").get_attribute("data-href") or ""
        if f"procedure={matter.code}" in chosen:
            break
    else:
        raise AssertionError(f"{matter.words} does not find {matter.code}")
    hand.go_by("Enter")
    if hand.tab.locator("#reception").count() == 0:
        hand.choose("variant", matter.variant)
        hand.go_by("Enter")
    assert hand.tab.evaluate("document.activeElement.id") == "id_applicant-0-scan"


def answer_questions(hand: Hand, matter: Matter) -> None:
    """Each question as it comes up; no where nothing is said."""
    for _ in range(20):
        name = hand.tab.evaluate(OPEN_QUESTION)
        if not name:
            return
        hand.reach(f"input[name='{name}']")
        options = hand.tab.evaluate("(n) => [...document.getElementsByName(n)].map((e) => e.value)", name)
        wanted = matter.answers.get(name.removeprefix("ask-"), options[-1])
        presses = ["Space"] if options.index(wanted) == 0 else ["ArrowDown"] * options.index(wanted)
        for key in presses:
            with hand.redrawn():
                hand.press(key)
    raise AssertionError("the questions do not end")


def tick_papers(hand: Hand, *, without: tuple[str, ...] = ()) -> None:
    """Papers in their order, until nothing is missing."""
    hand.press("F4")
    for _ in range(40):
        if COMPLETE in hand.tab.inner_text("#outcome"):
            return
        name = hand.tab.evaluate(OPEN_PAPER, list(without))
        if not name:
            break
        hand.reach(f"input[name='{name}']", key="Enter")
        with hand.redrawn():
            hand.press("Space")
    assert without, f"not complete:\n{hand.tab.inner_text('#outcome')}"


def count(hand: Hand, matter: Matter) -> None:
    """What the fees are counted by."""
    for name, number in matter.counts.items():
        hand.write(f"count-{name}", number)
        with hand.redrawn():
            hand.press("Enter")


def fill(hand: Hand, matter: Matter, who: Who, *, more: Who | None = None) -> None:
    """The whole form."""
    find_procedure(hand, matter)
    who(hand)
    answer_questions(hand, matter)
    tick_papers(hand)
    count(hand, matter)
    if more:
        more(hand)
    hand.tab.wait_for_function(STILL)


def receive_it(desk: Desk, hand: Hand, matter: Matter, person: Person) -> Received:
    """The form is sent, the receipt printed."""
    hand.go_by("Control+Enter")
    expect(hand.tab, hand.said()[:1500]).to_have_url(re.compile("/received$"))
    said = hand.said()
    code, pin = CODE.search(said), PIN.search(said)
    assert code, said
    assert pin, said
    one = Received(code[0], matter.code, person, pin[1] + pin[2])
    desk.books.received.append(one)
    paper = hand.print(f"a[href$='{one.code}/receipt.pdf']", "01-receipt")
    assert one.code in paper
    assert person.name in " ".join(paper.split()), paper
    return one


def ordinary(
    desk: Desk, login: str, matter: Matter, person: Person, who: Who, *, what: str = "intake"
) -> Received:
    """One person, one dossier."""
    hand = desk.officer(login, RECEIVE)
    with desk.measured(what, hand):
        fill(hand, matter, who)
        return receive_it(desk, hand, matter, person)
