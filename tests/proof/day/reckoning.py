"""The evening: the product's books against the script's own."""

from playwright.sync_api import APIResponse

from motcua.certification.rules import rules
from motcua.cli.cluster import Dsns
from motcua.cli.database import as_owner
from motcua.ledger.replay import replay
from motcua.ledger.selectors import check
from motcua.ledger.sequencer import sequence
from motcua.reception.xlsx import read_sheet
from tests.proof.day.desk import Desk
from tests.proof.day.intake import CODE
from tests.support.database import Logins

BOOKS = "/certification/books"


def register_equals(desk: Desk, day: str) -> int:
    """Form 07 on the screen, as PDF and as a workbook holds exactly what was received today, each once."""
    codes = sorted(one.code for one in desk.books.received)
    hand = desk.officer("truongquay", f"/register?first={day}&last={day}")
    shown = hand.tab.locator("main tbody th a").all_inner_texts()
    while hand.tab.locator("a[rel=next]").count():
        hand.go("a[rel=next]")
        shown += hand.tab.locator("main tbody th a").all_inner_texts()
    assert sorted(shown) == codes, set(shown) ^ set(codes)
    window = f"?agency=H99.01.01&first={day}&last={day}"
    assert sorted(_codes(_sheet(hand.tab.context.request.get(f"{desk.url}/register.xlsx{window}")))) == codes
    words = hand.fetch(f"/register.pdf{window}", "07-register")
    assert f"Tổng số: {len(codes)} hồ sơ" in " ".join(words.split())
    return len(codes)


def certification_equals(desk: Desk) -> dict[str, int]:
    """Each book, its page, paper and workbook, holds the numbers given today, from 1, without a gap."""
    hand = desk.officer("truongquay", BOOKS)
    books = hand.tab.locator("main tbody tr").evaluate_all(
        "(rows) => rows.map((r) => [r.querySelector('.code').textContent, r.querySelector('a').getAttribute('href')])"
    )
    found = {}
    for symbol, path in books:
        lines = _sheet(hand.tab.context.request.get(f"{desk.url}{path}.xlsx"))
        found[KINDS[symbol]] = sorted(int(line[0]) for line in lines if line and line[0].isdigit())
        hand.fetch(f"{path}.pdf", f"book-{KINDS[symbol]}")
    assert found == {kind: sorted(numbers) for kind, numbers in desk.books.certified.items()}
    for numbers in found.values():
        assert numbers == list(range(1, len(numbers) + 1))
    return {kind: len(numbers) for kind, numbers in found.items()}


KINDS = {kind.symbol: kind.code for kind in rules().kinds}


def _sheet(answer: APIResponse) -> list[list[str]]:
    assert answer.status == 200, answer.text()[:500]
    return [[line.cells[n] for n in sorted(line.cells)] for line in read_sheet(answer.body())]


def _codes(lines: list[list[str]]) -> list[str]:
    return [cell for line in lines for cell in line if CODE.fullmatch(cell)]


def ledger_is_whole(logins: Logins) -> int:
    """Nothing altered, cut or swapped; every projection rebuilt from the events is what stands there."""
    while sequence():
        pass
    report = check()
    assert report.faults == (), report.faults
    with as_owner(Dsns(app=logins.app, owner=logins.owner, superuser=None)):
        differences = replay()
    assert [d for d in differences if not d.equal] == []
    return report.events
