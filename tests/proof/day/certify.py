"""The certification desk: papers in, numbers out, the clause printed, signed, handed over."""

from collections.abc import Sequence

from tests.proof.day import money
from tests.proof.day.desk import Desk, Received
from tests.proof.day.hand import Hand
from tests.proof.day.intake import CODE
from tests.proof.day.people import Person

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
    desk: Desk,
    login: str,
    lines: Sequence[Line],
    *,
    kind: str = "copy",
    name: str = "",
    number: str = "",
    other: Person | None = None,
    fee: int | None = None,
) -> str:
    """One person's papers (with the `other` party of a transaction), from the first letter to the next person; gives
    the page of what was done."""
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
        if other:
            hand.write("other-0-name", other.name)
            hand.write("other-0-number", other.number)
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
    money.take_newest(desk, sum(map(copy_fee, lines)) if kind == "copy" else fee)
    return there


def copy_fee(line: Line) -> int:
    """Circular 226/2016/TT-BTC by hand: 2,000 a page, from the third on 1,000, at most 200,000 a copy."""
    _paper, pages, count = line
    return min(2_000 * min(pages, 2) + 1_000 * max(pages - 2, 0), 200_000) * count


def with_slip(desk: Desk, login: str, lines: Sequence[Line], name: str, signer_later: str) -> str:
    """Too many to wait for: a slip now, numbers when they are ready; gives the code."""
    hand = desk.officer(login, DESK)
    type_lines(hand, lines)
    hand.press("F4")
    hand.type(name)
    hand.go_by("F9")
    assert hand.path.endswith("/received"), hand.said()
    found = CODE.search(hand.said())
    assert found
    hand.print("main a[href$='receipt.pdf']", "01-certification-slip")
    desk.books.received.append(Received(found[0], "2.000815", Person(name, "", "", "", "", "")))
    hand = desk.officer(signer_later, DESK)
    hand.go("main a[href$='/enter']")
    hand.go_by("Control+Enter")
    numbers = [int(n) for n in hand.tab.locator("main table tbody th").all_inner_texts()]
    desk.books.certified["copy"] += numbers
    hand.print("a[href$='clauses.pdf?size=a4']", "clause-a4")
    hand.go_by("Control+Enter")
    desk.books.did["certification with a slip"] += 1
    return found[0]


def refuse(desk: Desk, login: str, ground: str, name: str) -> None:
    """Not to be certified, on a ground of the law."""
    hand = desk.officer(login, DESK)
    hand.go("main a[href^='/certification/refuse']")
    hand.choose("ground", ground)
    hand.write("name", name)
    hand.go_by("Control+Enter")
    assert hand.path == DESK, hand.said()
    desk.books.did["certification refused"] += 1


def correct(desk: Desk, login: str, number: int, what: str, new: str, reason: str) -> None:
    """A mistake in the book, mended so that it shows."""
    hand = desk.officer(login, f"{DESK}/books")
    hand.go("main tbody a[href^='/certification/books/']")
    hand.go(f"main tbody a[href$='/{number}']")
    hand.choose("what", what)
    hand.write("new", new)
    hand.write("reason", reason)
    hand.go_by("Control+Enter")
    desk.books.did["certification corrected"] += 1


def close_books(desk: Desk, login: str) -> int:
    """Each book is closed for the day."""
    hand = desk.officer(login, f"{DESK}/books")
    books = [link.get_attribute("href") or "" for link in hand.tab.locator("main tbody th a").all()]
    for book in books:
        hand.open(book)
        hand.reach("form:has(input[value=close_day]) button")
        hand.go_by("Enter")
        assert "Khóa sổ" in hand.said()
    return len(books)
