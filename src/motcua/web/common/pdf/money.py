"""Receipts of money and refund vouchers on A5, a page for each part. As `render`: facts in, bytes out."""

from dataclasses import asdict, dataclass
from datetime import datetime

from motcua.web.common.pdf.amount_words import dong_words
from motcua.web.common.pdf.facts import PaperHead
from motcua.web.common.pdf.render import draw, head_fields
from motcua.web.common.pdf.words import moment_words

RECEIPT_PARTS = ("Liên 1: Lưu tại quầy", "Liên 2: Giao người nộp tiền", "Liên 3: Báo cáo, quyết toán")
VOUCHER_PARTS = ("Liên 1: Lưu tại quầy", "Liên 2: Giao người nhận tiền")


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyLine:
    """One line: what for, of which dossier, how much in đồng."""

    what: str
    reference: str
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyFacts:
    """A receipt or a voucher. `means` in words; `given` and `change` only where cash came back; `about` one more line
    (what it replaces, what it refunds)."""

    head: PaperHead
    title: str
    parts: tuple[str, ...]
    person_label: str
    person: str
    lines: tuple[MoneyLine, ...]
    total: int
    means: str
    issued_at: datetime
    officer: str
    officer_role: str
    person_role: str
    given: int = 0
    change: int = 0
    about: str = ""


def dong(amount: int) -> str:
    """1.234.567."""
    return f"{amount:,}".replace(",", ".")


def render_money(facts: MoneyFacts) -> bytes:
    """The PDF of a receipt or voucher. Raises MissingGlyphError when a text has a letter that no font can draw."""
    data = {
        **head_fields(facts.head, at=facts.issued_at),
        "title_short": facts.title,
        "title_upper": facts.title.upper(),
        "parts": list(facts.parts),
        "person_label": facts.person_label,
        "person": facts.person,
        "lines": [{**asdict(line), "amount": dong(line.amount)} for line in facts.lines],
        "total": dong(facts.total),
        "words": dong_words(facts.total),
        "means": facts.means,
        "given": f"{dong(facts.given)} đồng" if facts.change else "",
        "change": f"{dong(facts.change)} đồng" if facts.change else "",
        "when": moment_words(facts.issued_at),
        "officer": facts.officer,
        "officer_role": facts.officer_role,
        "person_role": facts.person_role,
        "about": facts.about,
    }
    return draw("money.typ", data, qr=facts.head.qr, at=facts.issued_at)
