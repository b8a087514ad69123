"""What this surface calls things, in both languages, as data."""

from collections.abc import Mapping

from motcua.kernel.say import Say

SHOWS: Mapping[str, Say] = {
    "accept": Say("Chờ tiếp nhận", "To accept"),
    "today": Say("Đến hạn hôm nay", "Due today"),
    "late": Say("Quá hạn", "Late"),
    "paused": Say("Đang tạm dừng hạn", "Clock stopped"),
    "helped": Say("Nộp giúp, chưa xong", "Handed in for others, not ended"),
    "pay": Say("Còn phải thu tiền", "Money still owed"),
}
# The moment a list is sorted by, where it is not the due one.
SINCE: Mapping[str, Say] = {
    "helped": Say("Nộp lúc", "Handed in"),
    "pay": Say("Nhận lúc", "Received"),
    "paused": Say("Ở đó từ", "There since"),
}
GIVING = Say("Bên giao", "Giving side")
RECEIVING = Say("Bên nhận", "Receiving side")
WEEKDAYS = (
    Say("Thứ Hai", "Mon"),
    Say("Thứ Ba", "Tue"),
    Say("Thứ Tư", "Wed"),
    Say("Thứ Năm", "Thu"),
    Say("Thứ Sáu", "Fri"),
    Say("Thứ Bảy", "Sat"),
)
# How a question to a register ended; "" for one that was cut off.
ASKED: Mapping[str, Say] = {
    "found": Say("Tìm thấy", "Found"),
    "not_found": Say("Không tìm thấy", "Not found"),
    "silent": Say("Không trả lời", "No answer"),
    "failed": Say("Báo lỗi", "An error"),
    "unreadable": Say("Trả lời không đọc được", "An unreadable answer"),
    "": Say("Bị ngắt giữa chừng", "Cut off"),
}
# Why a question in the name of an intake is not its dossier's.
STRAYS: Mapping[str, Say] = {
    "late": Say("tra sau khi đã tiếp nhận hồ sơ này", "asked after this dossier was received"),
    "stranger": Say("người này không có trong hồ sơ", "this person is not in the dossier"),
}
