"""The certification desk: papers in, numbers out, the clause printed, signed, handed over."""

from collections.abc import Sequence

from tests.proof.day.desk import Desk
from tests.proof.day.hand import Hand

DESK = "/certification"
Line = tuple[str, int, int]


def type_lines(hand: Hand, lines: Sequence[Line]) -> None:
    """Letters of the paper, pages, copies; Enter between."""
    for place, (letters, pages, count) in enumerate(lines):
        hand.reach(f"#id_line-{place}-paper", key="Enter")
        hand.type(letters)
        hand.press("Enter")
        hand.type(str(pages))
        hand.press("Enter")
        hand.type(str(count))


def certify(
    desk: Desk, login: str, lines: Sequence[Line], *, kind: str = "copy", name: str = "", number: str = ""
) -> str:
    """One person's papers, from the first letter to the next person; gives the page of what was done."""
    hand = desk.officer(login, DESK if kind == "copy" else f"{DESK}?kind={kind}")
    with desk.measured(
        "certification" if len(lines) == 1 and kind == "copy" else f"certification {kind}", hand
    ):
        type_lines(hand, lines)
        if name:
            hand.press("F4")
            hand.type(name)
        if number:
            hand.write("number", number)
        hand.go_by("Control+Enter")
        there = hand.path
        numbers = [int(n) for n in hand.tab.locator("main table tbody th").all_inner_texts()]
        assert len(numbers) == len(lines), hand.said()
        desk.books.certified[kind] += numbers
        words = hand.print("a[href$='clauses.pdf']", f"clause-{kind}")
        assert str(numbers[0]) in words
        hand.go_by("Control+Enter")
        assert hand.path == DESK, hand.tab.url
    desk.books.did[kind] += 1
    return there
