"""Two papers of assisted filing, in the frame of all letters: the applicant's consent, and how they follow it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.web.common.pdf.facts import PaperHead, PaperPerson
from motcua.web.common.pdf.render import KEEP_THIS, draw, head_fields
from motcua.web.common.pdf.words import moment_words


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentFacts:
    """What somebody agrees to who has another hand in for them."""

    head: PaperHead
    person: PaperPerson
    procedure: str
    statement: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackingFacts:
    """What somebody follows their dossier with; `answer_by`: when the desk answers at the latest."""

    head: PaperHead
    procedure: str
    submitted_at: datetime
    answer_by: datetime | None
    pin: str
    tracking_url: str
    hotline: str


def render_consent(facts: ConsentFacts) -> bytes:
    """The sheet of consent, to be signed. Raises as render.render_receipt does."""
    return _letter(
        "Phiếu đồng ý nhờ nộp hồ sơ",
        facts.head,
        facts.at,
        to="",
        lines=[
            {"label": "Chủ hồ sơ", "value": facts.person.name},
            {"label": "Giấy tờ tùy thân", "value": facts.person.identity},
            {"label": "Thủ tục", "value": facts.procedure},
        ],
        parts=[{"heading": "Nội dung đồng ý:", "items": [facts.statement]}],
        closing=["Phiếu này được giữ cùng hồ sơ. Người không ký được thì điểm chỉ."],
        signer_role="CHỦ HỒ SƠ",
        signer=facts.person.name,
        signer_note="Ký hoặc điểm chỉ, ghi rõ họ tên",
    )


def render_tracking(facts: TrackingFacts) -> bytes:
    """The slip with code and PIN. Raises as render.render_receipt does."""
    answer = f"Cơ quan trả lời trước {moment_words(facts.answer_by)}." if facts.answer_by else ""
    return _letter(
        "Phiếu tra cứu hồ sơ đã nộp",
        facts.head,
        facts.submitted_at,
        to="",
        lines=[
            {"label": "Thủ tục", "value": facts.procedure},
            {"label": "Nộp lúc", "value": moment_words(facts.submitted_at)},
            {"label": "Mã tra cứu", "value": facts.pin},
            {"label": "Tra cứu tại", "value": facts.tracking_url},
            {"label": "Điện thoại hỗ trợ", "value": facts.hotline},
        ],
        parts=[],
        closing=[
            text
            for text in (
                answer,
                "Đây chưa phải giấy tiếp nhận. Nếu không nhờ nộp hồ sơ này, hãy báo ngay cho số điện thoại trên.",
                KEEP_THIS,
            )
            if text
        ],
        signer_role="",
        signer="",
        signer_note="",
    )


def _letter(title: str, head: PaperHead, at: datetime, **parts: Any) -> bytes:
    data = {
        **head_fields(head, at=at),
        "title": title,
        "title_upper": title.upper(),
        "title_short": title,
        "form_mark": "",
        "receiver_role": "",
        **parts,
    }
    return draw("letter.typ", data, qr=head.qr, at=at)
