"""What can be wrong with a paper, as data: the officer picks, the applicant reads it on form 02. Pure."""

from collections.abc import Mapping

from motcua.kernel.say import Say

FAULTS: Mapping[str, Say] = {
    "missing": Say("Chưa có", "Missing"),
    "wrong_form": Say("Không đúng mẫu hoặc mẫu đã cũ", "Not the form in force"),
    "not_certified": Say("Chưa chứng thực hoặc chưa đối chiếu bản chính", "Not certified"),
    "expired": Say("Hết hạn", "Expired"),
    "unreadable": Say("Mờ, rách, tẩy xóa, không đọc được", "Unreadable, torn or altered"),
    "not_signed": Say("Thiếu chữ ký, con dấu hoặc nội dung phải khai", "Not signed, sealed or filled in"),
    "differs": Say("Nội dung khác giấy tờ khác trong hồ sơ", "Says something else than another paper"),
}


def said(fault: str, text: str) -> str:
    """A fault and what the officer adds to it, as one text; either may be empty."""
    label = FAULTS[fault].vi if fault else ""
    return ": ".join(part for part in (label, text) if part)
