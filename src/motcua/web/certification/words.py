"""What the certification desk calls things, as data for people."""

from collections.abc import Mapping

from motcua.agencies.positions import POSITION_KINDS
from motcua.kernel.say import Say

SEATS: Mapping[str, Say] = {kind.code: kind.title for kind in POSITION_KINDS.values()}
STATES: Mapping[str, Say] = {
    "entered": Say("chờ ký", "to be signed"),
    "signed": Say("đã ký, đã trả", "signed, handed over"),
    "void": Say("gạch bỏ", "struck out"),
}
TONES = {"entered": "waiting", "signed": "good", "void": "bad"}
CORRECTED: Mapping[str, Say] = {
    "name": Say("Người yêu cầu", "Requester"),
    "parties": Say("Các bên, giấy tờ tùy thân", "Parties and their identity papers"),
    "paper": Say("Tên giấy tờ", "Paper"),
    "pages": Say("Số trang", "Pages"),
    "count": Say("Số bản", "Number"),
    "void": Say("Gạch bỏ số này", "Strike this number out"),
}
NOTES: Mapping[str, Say] = {
    "refused": Say("Từ chối chứng thực", "Certification refused"),
    "day_closed": Say("Khóa sổ ngày", "Day closed"),
    "day_reopened": Say("Mở lại sổ ngày", "Day reopened"),
    "year_closed": Say("Khóa sổ năm", "Year closed"),
}
