"""What is said of an answer that does not do. Pure."""

from collections.abc import Mapping

from motcua.kernel.say import Say

FAULTS: Mapping[str, Say] = {
    "required": Say("Cần trả lời mục này.", "This needs an answer."),
    "choose": Say("Chọn một câu trả lời.", "Choose an answer."),
    "undertake": Say("Đánh dấu để cam đoan.", "Tick to undertake this."),
    "attach": Say("Hãy chọn tệp hoặc chụp ảnh.", "Choose a file or take a photo."),
    "type": Say(
        "Câu trả lời không đúng dạng. Hãy nhập lại.", "The answer is not of the right kind. Enter it again."
    ),
    "unknown": Say("Mẫu này không có mục “{key}”.", "This form has no item “{key}”."),
    "long": Say("Dài quá {most} chữ. Hãy viết ngắn lại.", "Longer than {most} letters. Make it shorter."),
    "letter": Say(
        "Không ghi được ký tự “{letter}”. Hãy viết bằng chữ Quốc ngữ hoặc chữ La-tinh.",
        "The letter “{letter}” cannot be written. Use Latin letters.",
    ),
    "short": Say("Cần ít nhất {least} chữ.", "Needs at least {least} letters."),
    "number": Say(
        "Nhập một số bằng chữ số, ví dụ {example}.", "Enter a number in figures, such as {example}."
    ),
    "below": Say("Nhập số từ {least} trở lên.", "Enter {least} or more."),
    "above": Say("Nhập số không quá {most}.", "Enter {most} at most."),
    "money": Say(
        "Nhập số đồng bằng chữ số, ví dụ 15000 hoặc 15.000.",
        "Enter the đồng in figures, such as 15000 or 15.000.",
    ),
    "day_parts": Say("Nhập đủ ngày, tháng, năm.", "Enter day, month and year."),
    "no_such_day": Say(
        "Không có ngày này. Nhập ngày, tháng, năm bằng số, ví dụ 05 09 1990.",
        "There is no such day. Enter day, month and year in figures, such as 05 09 1990.",
    ),
    "ahead": Say("Ngày này chưa đến. Hãy xem lại.", "This day is still to come. Look again."),
    "year": Say("Nhập năm gồm 4 chữ số, ví dụ 1990.", "Enter a year of 4 figures, such as 1990."),
    "choice": Say(
        "Chọn trong các câu trả lời của mẫu này.", "Choose one of the answers that this form offers."
    ),
    "personal_id": Say(
        "Số định danh cá nhân gồm đúng 12 chữ số, như in trên thẻ căn cước.",
        "The personal number has exactly 12 figures, as on the identity card.",
    ),
    "phone": Say(
        "Nhập số điện thoại, ví dụ 0912 345 678; số nước ngoài bắt đầu bằng dấu +.",
        "Enter a telephone number, such as 0912 345 678; numbers abroad begin with +.",
    ),
    "email": Say("Nhập địa chỉ thư, ví dụ ten@example.vn.", "Enter an address such as name@example.vn."),
    "province": Say("Chọn tỉnh, thành phố.", "Choose the province or city."),
    "commune": Say("Nhập xã, phường, đặc khu.", "Enter the commune, ward or special zone."),
    "no_commune": Say(
        "{province} không có xã, phường, đặc khu “{typed}” từ 01/7/2025. {near}",
        "{province} has no commune, ward or special zone “{typed}” since 1 July 2025. {near}",
    ),
    "near": Say("Có phải: {names}?", "Did you mean: {names}?"),
    "detail": Say("Nhập số nhà, đường, thôn, tổ.", "Enter house number, street, hamlet."),
    "files": Say("Chỉ gửi được {most} tệp ở đây; hãy bỏ bớt.", "Only {most} files go here; take some away."),
    "few": Say("Cần ít nhất {least} mục.", "At least {least} are needed."),
    "many": Say("Chỉ ghi được {most} mục ở đây.", "At most {most} go here."),
}


def fault_words(code: str, facts: Mapping[str, object]) -> Say:
    """The sentence for a fault in both languages."""
    said = FAULTS[code]
    filled = {
        tongue: {k: getattr(v, tongue) if isinstance(v, Say) else v for k, v in facts.items()}
        for tongue in ("vi", "en")
    }
    return Say(said.vi.format(**filled["vi"]).strip(), said.en.format(**filled["en"]).strip())
