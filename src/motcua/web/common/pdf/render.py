"""Papers as PDF: facts in, bytes out. No database, no network; about 10 ms a paper.

The texts go to typst as one string of JSON and are never evaluated there. Bytes depend on the facts and the font only.
"""

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

from motcua.kernel.text import clean
from motcua.kernel.time import local
from motcua.web.common.codes import code128_svg, qr_svg
from motcua.web.common.fonts import PaperFont, font_for, paper_fonts
from motcua.web.common.pdf.facts import (
    ApologyFacts,
    ComponentLine,
    PaperHead,
    PaperPerson,
    ReceiptFacts,
    RefusalFacts,
    StopFacts,
    SupplementFacts,
)
from motcua.web.common.pdf.forms import in_force
from motcua.web.common.pdf.words import day_words, moment_words

HERE = Path(__file__).resolve().parent
KEEP_THIS = "Giữ giấy này và mang theo khi nhận kết quả; không đưa mã tra cứu cho người khác."
EXPECTED_NOTE = (
    "Ngày dự kiến: thời hạn chính thức tính từ khi cơ quan có thẩm quyền tiếp nhận; "
    "ngày trả kết quả sẽ được báo lại."
)
PROVISIONAL_NOTE = (
    "Tạm tính: lịch nghỉ lễ của năm này chưa được công bố; nếu ngày trả thay đổi sẽ được báo lại."
)

Shaped = Callable[[dict[str, Any], PaperFont], dict[str, Any]]

_thread = threading.local()


@cache
def _fonts() -> typst.Fonts:
    """All fonts of papers, read once and shared between threads."""
    folders = sorted({str(path.parent) for font in paper_fonts() for path in font.paths})
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def _compiler() -> typst.Compiler:
    """This thread's compiler: one is not safe between threads, and a warm one keeps what it has parsed."""
    if not hasattr(_thread, "compiler"):
        _thread.compiler = typst.Compiler(root=HERE, font_paths=_fonts())
    compiler: typst.Compiler = _thread.compiler
    return compiler


def _normal(value: Any) -> Any:
    """`value` with each text in NFC and without what has no form on paper (controls, marks of direction)."""
    if isinstance(value, str):
        return "\n".join(clean(line) for line in value.splitlines())
    if isinstance(value, dict):
        return {key: _normal(inner) for key, inner in value.items()}
    return [_normal(inner) for inner in value] if isinstance(value, list | tuple) else value


def _texts(value: Any) -> Iterator[str]:
    """Every text in `value`."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _texts(list(value.values()))
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _literal(text: str) -> str:
    """`text` as a string of typst, in which nothing but these two letters has a meaning."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def draw(
    template: str, facts: dict[str, Any], *, qr: str, at: datetime, shaped: Shaped = lambda data, _font: data
) -> bytes:
    """The PDF of `template` with `facts`; `at` is its time of creation, so that each drawing is the same.

    Raises MissingGlyphError when a text has a letter that no font can draw.
    """
    marks = {"bars": code128_svg(facts["code"]), "qr": qr_svg(qr) if qr else ""}
    return compiled(template, facts, at=at, marks=marks, shaped=shaped)


def compiled(
    template: str,
    facts: dict[str, Any],
    *,
    at: datetime,
    marks: Mapping[str, str] | None = None,
    shaped: Shaped = lambda data, _font: data,
) -> bytes:
    """The PDF of any template of this folder with `facts`, in the font that has all their letters; `marks` are
    pictures, given as they are; `shaped` makes of the facts what the template draws in that font.

    Raises MissingGlyphError when a text has a letter that no font can draw.
    """
    data = _normal(facts)
    font = font_for(_texts(data))
    data = shaped(data, font) | {"font": font.family} | dict(marks or {})
    facts_json = json.dumps(data, ensure_ascii=False, sort_keys=True)
    source = f'#import "/{template}": draw\n#draw(json(bytes({_literal(facts_json)})))\n'
    # A whole second: the format of PDF dates knows no finer one.
    created = int(at.timestamp())
    paper = _compiler().compile(
        source.encode(),
        format="pdf",
        timestamp=created,
        # Read aloud by screen readers, and fit for the archive; costs 4 KB and no time.
        pdf_standards=["a-2a", "ua-1"],
    )
    if not isinstance(paper, bytes):
        message = f"{template} gave no PDF"
        raise TypeError(message)
    return paper


def head_fields(head: PaperHead, *, at: datetime) -> dict[str, Any]:
    """What heads each paper."""
    return {
        "trial": head.trial,
        "void": head.void,
        "parent": head.parent_agency.upper(),
        "agency": head.agency,
        "agency_upper": head.agency.upper(),
        "code": head.code,
        "number": (head.number or head.code) if head.numbered else "",
        "place_date": ", ".join(part for part in (head.place, day_words(local(at).date())) if part),
    }


def _form(form: str, head: PaperHead, at: datetime) -> dict[str, str]:
    """What the version of `form` in force on the paper's own day prints: title, number line, mark."""
    version = in_force(form, local(at).date())
    return {
        "title": version.title,
        "title_upper": version.title.upper(),
        "title_short": version.title,
        "number": version.number_line(head.number or head.code),
        "form_mark": version.mark,
    }


def _others(facts: ReceiptFacts) -> list[PaperPerson]:
    """The applicants who are not simply the submitter again."""
    me = facts.submitter
    return [p for p in facts.applicants if (p.name, p.address) != (me.name, me.address)]


def _counts(components: tuple[ComponentLine, ...]) -> tuple[list[str], list[dict[str, Any]]]:
    """Heads of the number columns and the rows; electronic files have a column only where there are any."""
    columns = {"originals": "Bản chính", "copies": "Bản sao", "files": "Bản điện tử"}
    if not any(line.files for line in components):
        del columns["files"]
    rows = [
        # A dash closes the cell: nobody can write a number into it afterwards.
        {
            "name": line.name,
            "struck": line.struck,
            "counts": [str(getattr(line, key) or "–") for key in columns],
        }
        for line in components
    ]
    return list(columns.values()), rows


def render_receipt(facts: ReceiptFacts) -> bytes:
    """Form 01 of Circular 03/2025/TT-VPCP on A5, as many pages as it takes.

    Raises MissingGlyphError when a text has a letter that no font can draw, ValueError when the code is not
    ASCII or is longer than 48 letters.
    """
    columns, rows = _counts(facts.components)
    notes = [
        note for on, note in ((facts.expected, EXPECTED_NOTE), (facts.provisional, PROVISIONAL_NOTE)) if on
    ]
    data = {
        **head_fields(facts.head, at=facts.received_at),
        **_form("01", facts.head, facts.received_at),
        "desk": facts.desk,
        "submitter": asdict(facts.submitter),
        "applicants": [asdict(person) for person in _others(facts)],
        "procedure": facts.procedure,
        "procedure_code": facts.procedure_code,
        "variant": facts.variant,
        "competent": facts.competent_agency,
        "columns": columns,
        "components": rows,
        "sets": f"{facts.sets:02} (bộ)",
        "limit": facts.limit,
        "promise": facts.promise,
        "received": moment_words(facts.received_at),
        "due_label": "Dự kiến trả kết quả" if facts.expected else "Thời gian trả kết quả",
        "due": moment_words(facts.due_at) if facts.due_at else "không quy định thời hạn",
        "due_note": " ".join(notes) if facts.due_at else "",
        "fee": facts.fee,
        "return_way": facts.return_way,
        "register_book": facts.register_book,
        "register_number": facts.register_number,
        "tracking_url": facts.tracking_url,
        "pin": facts.pin,
        "hotline": facts.hotline,
        "officer": facts.officer,
        "note": KEEP_THIS if facts.pin else "",
        "corrected": _correction(facts),
    }
    return draw("receipt.typ", data, qr=facts.head.qr, at=facts.received_at)


def _correction(facts: ReceiptFacts) -> str:
    """Which correction this print is, and both dates where it moved the due one."""
    if not facts.corrected or facts.corrected_at is None:
        return ""
    told = f"Đính chính lần {facts.corrected}, {moment_words(facts.corrected_at)}; thay bản in trước."
    if facts.due_before and facts.due_before != facts.due_at:
        told += f" Bản trước hẹn trả {moment_words(facts.due_before)}."
    return told


def _letter(form: str, head: PaperHead, to: PaperPerson, at: datetime, **parts: Any) -> bytes:
    """A letter of letter.typ in the version of `form` of its day; `parts` fills what differs from form to form."""
    empty = {"receiver_role": "", "signer_note": ""}
    data = {**head_fields(head, at=at), **_form(form, head, at), **empty, **parts, "to": to.name}
    return draw("letter.typ", data, qr=head.qr, at=at)


def _about(to: PaperPerson, procedure: str, received_at: datetime | None = None) -> list[dict[str, str]]:
    received = moment_words(received_at) if received_at else ""
    pairs = (
        ("Địa chỉ", to.address),
        ("Điện thoại", to.phone),
        ("Thư điện tử", to.email),
        ("Nội dung yêu cầu giải quyết", procedure),
        ("Thời gian nhận hồ sơ", received),
    )
    return [{"label": label, "value": value} for label, value in pairs]


def render_supplement_request(facts: SupplementFacts) -> bytes:
    """Form 02. Raises as `render_receipt` does."""
    answer = f"Đề nghị bổ sung trước {moment_words(facts.answer_by)}." if facts.answer_by else ""
    contact = f"Khi cần hướng dẫn, liên hệ: {facts.contact}." if facts.contact else ""
    return _letter(
        "02",
        facts.head,
        facts.to,
        facts.issued_at,
        lines=_about(facts.to, facts.procedure),
        parts=[
            {"heading": "Giấy tờ, nội dung cần bổ sung, hoàn thiện:", "items": list(facts.items)},
            {"heading": "Lý do:", "items": [facts.reason]},
            {"heading": "Căn cứ:", "items": [facts.basis]},
        ],
        closing=[text for text in (answer, contact) if text],
        receiver_role="NGƯỜI NHẬN PHIẾU",
        signer_role="NGƯỜI HƯỚNG DẪN",
        signer=facts.officer,
        signer_note="Ký, ghi rõ họ tên",
    )


def render_refusal(facts: RefusalFacts) -> bytes:
    """Form 03. Raises as `render_receipt` does."""
    contact = f"Khi cần hướng dẫn, liên hệ: {facts.contact}." if facts.contact else ""
    return _letter(
        "03",
        facts.head,
        facts.to,
        facts.issued_at,
        lines=_about(facts.to, facts.procedure, facts.received_at),
        parts=[
            {
                "heading": f"{facts.head.agency} không tiếp nhận, giải quyết hồ sơ này. Lý do:",
                "items": list(facts.reasons),
            },
            {"heading": "Căn cứ:", "items": [facts.basis]},
            *([{"heading": "Hướng dẫn:", "items": [facts.advice]}] if facts.advice else []),
        ],
        closing=[text for text in (contact,) if text],
        receiver_role="NGƯỜI NHẬN PHIẾU",
        signer_role="NGƯỜI TIẾP NHẬN HỒ SƠ",
        signer=facts.officer,
        signer_note="Ký, ghi rõ họ tên",
    )


def render_apology(facts: ApologyFacts) -> bytes:
    """Form 04. Raises as `render_receipt` does."""
    return _letter(
        "04",
        facts.head,
        facts.to,
        facts.issued_at,
        lines=[
            *_about(facts.to, facts.procedure, facts.received_at),
            {"label": "Thời gian hẹn trả kết quả", "value": moment_words(facts.due_at)},
        ],
        parts=[{"heading": "Lý do chậm trả kết quả:", "items": [facts.reason]}],
        closing=[
            f"{facts.head.agency} xin lỗi về sự chậm trễ này.",
            f"Thời gian dự kiến trả kết quả: {moment_words(facts.new_date)}.",
        ],
        signer_role=facts.signer_position.upper(),
        signer=facts.signer,
    )


def render_stop(facts: StopFacts) -> bytes:
    """Form 05. Raises as `render_receipt` does."""
    return _letter(
        "05",
        facts.head,
        facts.to,
        facts.issued_at,
        lines=_about(facts.to, facts.procedure, facts.received_at),
        parts=[
            {"heading": "Lý do dừng:", "items": [facts.reason]},
            {"heading": "Căn cứ:", "items": [facts.basis]},
            *([{"heading": "Giấy tờ và khoản đã nộp:", "items": [facts.then]}] if facts.then else []),
        ],
        closing=[f"{facts.head.agency} thông báo để ông/bà biết."],
        signer_role=facts.signer_position.upper(),
        signer=facts.signer,
    )
