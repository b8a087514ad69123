"""The letter that asks a body outside the system for its opinion. As `render`: facts in, bytes out."""

from motcua.web.common.pdf.facts import OpinionFacts
from motcua.web.common.pdf.render import draw, head_fields
from motcua.web.common.pdf.words import moment_words

TITLE = "Công văn lấy ý kiến"


def render_opinion_letter(facts: OpinionFacts) -> bytes:
    """The letter on A5. Raises MissingGlyphError when a text has a letter that no font can draw."""
    lines = (
        ("Về việc", f"lấy ý kiến để giải quyết hồ sơ {facts.head.code}"),
        ("Thủ tục", facts.procedure),
        ("Người nộp hồ sơ", facts.applicant),
    )
    closing = (
        f"Đề nghị trả lời bằng văn bản trước {moment_words(facts.answer_by)}.",
        facts.silence,
        f"Trả lời xin gửi về {facts.head.agency}. Trân trọng cảm ơn.",
    )
    data = {
        **head_fields(facts.head, at=facts.issued_at),
        "title": TITLE,
        "title_upper": TITLE.upper(),
        "title_short": TITLE,
        "to": facts.to,
        "lines": [{"label": label, "value": value} for label, value in lines],
        "parts": [
            {"heading": "Nội dung đề nghị cho ý kiến:", "items": [facts.about]},
            *([{"heading": "Tài liệu gửi kèm:", "items": list(facts.enclosed)}] if facts.enclosed else []),
        ],
        "closing": [text for text in closing if text],
        "receiver_role": "",
        "signer_role": facts.signer_position,
        "signer": facts.signer,
        "signer_note": "Ký, ghi rõ họ tên, đóng dấu",
    }
    return draw("letter.typ", data, qr="", at=facts.issued_at)
