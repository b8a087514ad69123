"""The slip of a visit: all dossiers of one person at the desk on one sheet, in two sizes of print."""

from dataclasses import dataclass
from datetime import datetime

from motcua.web.common.pdf.facts import PaperHead
from motcua.web.common.pdf.render import draw, head_fields
from motcua.web.common.pdf.words import moment_words

KEEP = "Phiếu này liệt kê các hồ sơ đã nộp trong một lượt; mỗi hồ sơ có giấy tiếp nhận riêng."


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipLine:
    """One dossier; `due_at` None: the law sets no date; `fee` in words, empty when there is none."""

    code: str
    procedure: str
    applicant: str
    due_at: datetime | None
    fee: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipFacts:
    """A visit. `big` prints in large letters."""

    head: PaperHead
    desk: str
    person: str
    at: datetime
    lines: tuple[SlipLine, ...]
    total: str
    officer: str
    hotline: str = ""
    big: bool = False


def render_slip(facts: SlipFacts) -> bytes:
    """The slip on A5. Raises as render.render_receipt does."""
    same = all(line.applicant == facts.person for line in facts.lines)
    data = {
        **head_fields(facts.head, at=facts.at),
        "title_short": "Phiếu hẹn của lượt giao dịch",
        "desk": facts.desk,
        "person": facts.person,
        "lines": [
            {
                "code": line.code,
                "what": line.procedure if same else f"{line.applicant}\n{line.procedure}",
                "due": moment_words(line.due_at) if line.due_at else "không quy định thời hạn",
                "fee": line.fee or "–",
            }
            for line in facts.lines
        ],
        "total": facts.total,
        "received": moment_words(facts.at),
        "officer": facts.officer,
        "hotline": facts.hotline,
        "note": KEEP,
        "big": facts.big,
    }
    return draw("slip.typ", data, qr="", at=facts.at)
