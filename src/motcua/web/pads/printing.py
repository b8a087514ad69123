"""The sheets of a pad on paper: blank forms with their pad, number and barcode."""

from typing import Any

from django.conf import settings

from motcua.agencies.selectors import agency
from motcua.kernel.time import local
from motcua.pads.selectors import PadLine
from motcua.web.common.codes import code128_svg
from motcua.web.common.pdf.facts import PaperHead
from motcua.web.common.pdf.render import compiled, head_fields
from motcua.web.common.pdf.words import day_words

# What is left to be filled in by hand, and who signs.
_PERSON = ("Họ và tên người nộp", "Số giấy tờ tùy thân", "Điện thoại", "Địa chỉ")
BLANKS: dict[str, tuple[str, tuple[str, ...], int, tuple[str, str]]] = {
    "01": (
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        (*_PERSON, "Thủ tục", "Chủ hồ sơ, nếu khác người nộp", "Thời hạn giải quyết", "Ngày hẹn trả kết quả"),
        5,
        ("NGƯỜI NỘP HỒ SƠ", "NGƯỜI TIẾP NHẬN HỒ SƠ"),
    ),
    "02": (
        "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
        (*_PERSON, "Thủ tục", "Mã hồ sơ, nếu đã có"),
        7,
        ("NGƯỜI NỘP HỒ SƠ", "NGƯỜI HƯỚNG DẪN"),
    ),
    "03": (
        "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ",
        (*_PERSON, "Thủ tục", "Căn cứ pháp lý"),
        6,
        ("NGƯỜI NỘP HỒ SƠ", "NGƯỜI TIẾP NHẬN HỒ SƠ"),
    ),
    "hand_over": (
        "PHIẾU TRẢ KẾT QUẢ",
        (
            "Mã hồ sơ",
            "Họ và tên người nhận",
            "Giấy tờ đã đối chiếu, số",
            "Kết quả số, ngày",
            "Giấy tờ trả lại",
        ),
        3,
        ("NGƯỜI NHẬN KẾT QUẢ", "NGƯỜI TRẢ KẾT QUẢ"),
    ),
    "act": (
        "PHIẾU GHI VIỆC",
        ("Mã hồ sơ", "Việc đã làm", "Người làm, vị trí", "Căn cứ pháp lý, nếu cần"),
        8,
        ("NGƯỜI NỘP, NGƯỜI NHẬN (nếu có)", "NGƯỜI GHI"),
    ),
}
LISTS = {
    "01": "Giấy tờ đã nhận (bản chính, bản sao)",
    "02": "Giấy tờ cần bổ sung, lý do",
    "03": "Lý do từ chối",
    "hand_over": "Ghi chú",
    "act": "Nội dung",
}
NOTE = (
    "Tờ này chỉ dùng khi hệ thống ngừng hoạt động. Ghi đủ ngày, giờ; nhập vào hệ thống ngay khi có lại, "
    "mỗi tờ một lần. "
    "Tờ hỏng giữ lại trong quyển và báo phụ trách quầy."
)
UNDATED = "ngày ...... tháng ...... năm ..........."


def pad_pdf(line: PadLine) -> bytes:
    """All sheets of a pad, one A5 page each. Raises MissingGlyphError for letters no font has."""
    owner = agency(line.agency)
    head = PaperHead(
        trial=settings.INSTALLATION == "trial",
        parent_agency=owner.parent_name,
        agency=owner.name,
        place=owner.place,
        code=line.code,
    )
    title, entries, rows, signers = BLANKS[line.form]
    facts: dict[str, Any] = {
        **head_fields(head, at=line.issued_at),
        # A sheet is dated by who fills it in, not by the pad's issue (ND 30/2020, Appendix I).
        "place_date": ", ".join(part for part in (owner.place, UNDATED) if part),
        "issued": f"Cấp {day_words(local(line.issued_at).date())}",
        "title_short": title.capitalize(),
        "title": title,
        "entries": list(entries),
        "list": LISTS[line.form],
        "rows": rows,
        "signers": list(signers),
        "note": NOTE,
        "hotline": owner.phone,
        "sheets": [
            {"number": f"{number:06}", "bars": code128_svg(f"{line.code}-{number:06}")}
            for number in range(line.first, line.last + 1)
        ],
    }
    return compiled("pad.typ", facts, at=line.issued_at, marks={})
