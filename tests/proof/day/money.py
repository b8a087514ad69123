"""The cashier: takes what is owed, prints receipts, closes the day."""

import re
from collections.abc import Sequence

from tests.proof.day.desk import Desk
from tests.proof.day.hand import Hand

COLLECT = "/payments"
DONG = re.compile(r"([\d.]+) đồng")
NOTES = (500_000, 200_000, 100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000)


def dong(text: str) -> int:
    """The first amount in some words."""
    found = DONG.search(text.replace("\xa0", " "))
    assert found, text
    return int(found[1].replace(".", ""))


def owed(desk: Desk, code: str, *, login: str = "thuquy") -> tuple[Hand, int]:
    """The cashier at the page that takes what `code` owes, scanned from its receipt; and how much."""
    hand = desk.officer(login, COLLECT)
    hand.write("words", code)
    hand.go_by("Enter")
    assert hand.path == "/payments/take", hand.said()
    return hand, dong(hand.tab.inner_text("main button[data-primary]"))


def take(desk: Desk, code: str, *, payer: str = "", card: str = "", given: int = 0) -> str:
    """Take it all; gives the receipt's page."""
    hand, total = owed(desk, code)
    with desk.measured("payment", hand):
        tender(hand, payer=payer, card=card, given=given)
        hand.go_by("Control+Enter")
        assert hand.path.startswith("/payments/receipts/"), hand.said()
        book(desk, hand, total, card=card)
    return hand.path


def tender(hand: Hand, *, payer: str = "", card: str = "", given: int = 0) -> None:
    """How it is paid."""
    if card:
        hand.choose("means", "card")
        hand.write("slip", card)
    elif given:
        hand.write("given", str(given))
    if payer:
        hand.write("payer", payer)


def book(desk: Desk, hand: Hand, total: int, *, card: str = "") -> None:
    """Money changed hands: the script's own count of it, and the printed receipt."""
    if card:
        desk.books.card_in += total
    else:
        desk.books.cash_in += total
    desk.books.receipts.append(hand.path)
    words = hand.print("a[href$='.pdf']", "fee-receipt")
    assert f"{total:,}".replace(",", ".") in words, words


def count(total: int) -> Sequence[tuple[int, int]]:
    """The notes in the box."""
    found = []
    for note in NOTES:
        found.append((note, total // note))
        total %= note
    assert total == 0
    return found


def close(desk: Desk) -> None:
    """The box is counted note by note, and the book closed on it."""
    hand = desk.officer("thuquy", "/payments/books")
    hand.go("main tbody tr:first-child a[href^='/payments/books/']")
    expected = desk.books.cash_in - desk.books.cash_out
    for note, number in count(expected):
        if number:
            hand.write(f"note_{note}", str(number))
    hand.write("handed_in", str(expected))
    hand.go_by("Control+Enter")
    said = hand.said()
    assert "Đếm được" in said, said
    assert "Chênh lệch" not in said, said
    assert dong(said[said.index("Đếm được") :]) == expected
    hand.print("a[href$='.pdf']", "cash-book")
