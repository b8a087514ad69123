"""The cashier: takes what is owed, prints receipts, closes the day."""

import re
from collections.abc import Sequence

from tests.proof.day.desk import Desk
from tests.proof.day.hand import Hand

COLLECT = "/payments"
CHANGE = 20_000
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


def take_newest(desk: Desk, expected: int | None) -> None:
    """Who has just been served steps over to the cashier: the first line of the list."""
    hand = desk.officer("thuquy", COLLECT)
    with desk.measured("payment of a certification", hand):
        hand.go("main tbody tr:first-child a[href*='/payments/take']")
        total = dong(hand.tab.inner_text("main button[data-primary]"))
        assert expected in (None, total), f"{total} đồng, not {expected}"
        if not hand.tab.input_value("main [name=payer]"):
            hand.write("payer", "Người yêu cầu")
        hand.go_by("Control+Enter")
        book(desk, hand, total)


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
    desk.last_total = total
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
    hand = _counted(desk, kept=0)
    if desk.books.voided or desk.books.cash_out:
        # Who crossed out receipts or gave money back is confirmed by another person.
        manager = desk.officer("truongquay", hand.path)
        manager.go("main form:has(input[value=confirm]) button")
        assert "Người xác nhận" in manager.said()
    hand.print("a[href$='.pdf']", "cash-book")


def close_at_noon(desk: Desk) -> None:
    """The morning's box goes to the bank but for some change: nothing was crossed out, so one person closes."""
    hand = _counted(desk, kept=CHANGE)
    assert "Chờ người thứ hai xác nhận" not in hand.said()
    hand.print("a[href$='.pdf']", "cash-book-of-morning")


def _counted(desk: Desk, *, kept: int) -> Hand:
    hand = desk.officer("thuquy", "/payments/books")
    hand.go("main tbody tr:first-child a[href^='/payments/books/']")
    expected = desk.books.cash_in - desk.books.cash_out - desk.books.handed_in
    for note, number in count(expected):
        if number:
            hand.write(f"note_{note}", str(number))
    kept = min(kept, expected)
    hand.write("handed_in", str(expected - kept))
    hand.go_by("Control+Enter")
    said = hand.said()
    assert "Đếm được" in said, said
    assert "Chênh lệch" not in said, said
    assert dong(said[said.index("Đếm được") :]) == expected
    desk.books.handed_in += expected - kept
    return hand


def take_all(desk: Desk, codes: list[str], *, given: int) -> None:
    """All dossiers of one visit, one receipt."""
    hand = desk.officer("thuquy", COLLECT)
    for code in codes:
        hand.tick("code", code)
    hand.go_by("Control+Enter")
    assert hand.path == "/payments/take", hand.said()
    total = dong(hand.tab.inner_text("main button[data-primary]"))
    tender(hand, given=given)
    hand.go_by("Control+Enter")
    book(desk, hand, total)


def void(desk: Desk, receipt: str, total: int, reason: str) -> None:
    """Crossed out: the charge is open again."""
    hand = desk.officer("thuquy", receipt)
    _open(hand, "void")
    hand.write("reason", reason)
    hand.go("main form:has(input[value=void]) button")
    desk.books.cash_in -= total
    desk.books.voided.append(receipt)
    hand.print("a[href$='.pdf']", "fee-receipt-void")


def replace(desk: Desk, receipt: str, total: int, card: str) -> None:
    """It was a card, not cash: one receipt crossed out, another given."""
    hand = desk.officer("thuquy", receipt)
    _open(hand, "replace")
    form = "main form:has(input[value=replace])"
    hand.reach(f"{form} [name=means]")
    while hand.focus()["value"] != "card":
        hand.press("ArrowDown")
    hand.reach(f"{form} [name=slip]")
    hand.type(card)
    hand.reach(f"{form} [name=payer]")
    if not hand.focus()["value"]:
        hand.type("Người nộp")
    hand.reach(f"{form} [name=reason]")
    hand.type("Khách quẹt thẻ, ghi nhầm tiền mặt.")
    hand.go(f"{form} button")
    desk.books.cash_in -= total
    desk.books.card_in += total
    desk.books.voided.append(receipt)
    hand.print("a[href$='.pdf']", "fee-receipt-replaced")


def _open(hand: Hand, deed: str) -> None:
    hand.reach(f"main details:has(input[value={deed}]) summary")
    hand.press("Enter")


def refund(desk: Desk, receipt: str, total: int, ground: str, to: str) -> None:
    """Asked for by the cashier, approved by a leader, paid by the cashier by voucher."""
    hand = desk.officer("thuquy", receipt)
    _open(hand, "refund")
    form = "main form:has(input[value=refund])"
    hand.reach(f"{form} [name=charges]")
    hand.press("Space")
    hand.choose("ground", ground)
    hand.reach(f"{form} [name=reason]")
    hand.type("Chủ hồ sơ rút hồ sơ trước khi giải quyết.")
    hand.go(f"{form} button")
    leader = desk.officer("chutich", "/payments/refunds")
    leader.go("main tbody a[href^='/payments/refunds/']")
    where = leader.path
    leader.go("main form:has(input[value=approve]) button")
    hand = desk.officer("thuquy", where)
    hand.write("recipient", to)
    hand.go("main form:has(input[value=pay]) button")
    desk.books.cash_out += total
    words = hand.print("main a[href$='.pdf']", "refund-voucher")
    assert to in " ".join(words.split())
    desk.books.did["refund"] += 1
