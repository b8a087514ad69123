"""What the designer calls things."""

from collections.abc import Mapping

from motcua.eforms.shapes import FieldType
from motcua.kernel.say import Say

TYPES: Mapping[FieldType, Say] = {
    FieldType.TEXT: Say("Một dòng chữ", "A line of text"),
    FieldType.TEXTAREA: Say("Nhiều dòng chữ", "Several lines of text"),
    FieldType.NUMBER: Say("Số", "Number"),
    FieldType.MONEY: Say("Số tiền (đồng)", "Amount of money (đồng)"),
    FieldType.DATE: Say("Ngày tháng năm", "Day, month, year"),
    FieldType.YEAR: Say("Năm", "Year"),
    FieldType.RADIO: Say("Chọn một (nút tròn)", "Choose one (buttons)"),
    FieldType.SELECT: Say("Chọn một (danh sách dài)", "Choose one (a long list)"),
    FieldType.CHECKBOXES: Say("Chọn nhiều", "Choose several"),
    FieldType.ADDRESS: Say("Địa chỉ", "Address"),
    FieldType.PERSON: Say("Một người", "A person"),
    FieldType.PERSONAL_ID: Say("Số định danh cá nhân", "Personal number"),
    FieldType.PHONE: Say("Số điện thoại", "Telephone number"),
    FieldType.EMAIL: Say("Thư điện tử", "E-mail"),
    FieldType.FILE: Say("Tệp gửi kèm", "File to attach"),
    FieldType.UNDERTAKING: Say("Ô cam đoan", "Undertaking to tick"),
    FieldType.GROUP: Say("Nhóm nhiều dòng", "Group of several rows"),
    FieldType.COMPUTED: Say("Số tính ra", "Computed figure"),
    FieldType.INFO: Say("Lời dẫn (không hỏi gì)", "A remark (asks nothing)"),
}
KINDS: Mapping[str, Say] = {
    "form": Say("Tờ khai", "Form"),
    "page": Say("Trang", "Page"),
    "section": Say("Phần", "Section"),
    "field": Say("Mục", "Field"),
}
# What is said of a test between the field and what it is compared with.
TESTS: Mapping[str, Say] = {
    "is": Say("là", "is"),
    "is_not": Say("không phải là", "is not"),
    "among": Say("là một trong (cách nhau bằng dấu ;)", "is one of (with ; between)"),
    "has": Say("có chọn", "has chosen"),
    "answered": Say("đã trả lời", "is answered"),
    "empty": Say("chưa trả lời", "is not answered"),
    "below": Say("nhỏ hơn", "is less than"),
    "at_most": Say("không quá", "is at most"),
    "above": Say("lớn hơn", "is more than"),
    "at_least": Say("từ … trở lên", "is at least"),
}
HOW: Mapping[str, Say] = {
    "none": Say("Không đặt điều kiện", "No condition"),
    "and": Say("Khi đúng tất cả các dòng dưới", "When all lines below hold"),
    "or": Say("Khi đúng ít nhất một dòng dưới", "When at least one line below holds"),
    "json": Say("Theo quy tắc viết bằng JSON", "By the rule written as JSON"),
}
SOURCES: Mapping[str, Say] = {
    "account": Say("Tài khoản định danh (cả khối người)", "Identity account (the whole person)"),
    "account.name": Say("Tài khoản: họ tên", "Account: full name"),
    "account.born": Say("Tài khoản: ngày sinh", "Account: date of birth"),
    "account.personal_id": Say("Tài khoản: số định danh", "Account: personal number"),
    "account.phone": Say("Tài khoản: điện thoại", "Account: telephone"),
    "account.email": Say("Tài khoản: thư điện tử", "Account: e-mail"),
}
PARTS: Mapping[str, Say] = {
    "": Say("Không hỏi", "Not asked"),
    "asked": Say("Có hỏi", "Asked"),
    "needed": Say("Bắt buộc", "Required"),
}
# What was done to a draft; %(label)s is what it was done to.
DID: Mapping[str, Say] = {
    "begun": Say("Bắt đầu soạn", "Began the draft"),
    "put_in": Say("Thay cả bản soạn bằng tệp", "Put a file in the place of the whole draft"),
    "changed": Say("Sửa “%(label)s”", "Changed “%(label)s”"),
    "added": Say("Thêm “%(label)s”", "Added “%(label)s”"),
    "copied": Say("Chép “%(label)s”", "Copied “%(label)s”"),
    "removed": Say("Bỏ “%(label)s”", "Removed “%(label)s”"),
    "moved": Say("Chuyển chỗ “%(label)s”", "Moved “%(label)s”"),
    "brought_back": Say("Trở về bản sửa %(label)s", "Brought back revision %(label)s"),
}


def did_words(did: Mapping[str, object]) -> Say:
    """What was done, in both languages."""
    said = DID[str(did["what"])]
    told = {"label": str(did.get("label", ""))[:80]}
    return Say(said.vi % told, said.en % told)
