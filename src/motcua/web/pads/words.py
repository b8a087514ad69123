"""What this surface calls things."""

from collections.abc import Mapping

from motcua.kernel.say import Say

FORMS: Mapping[str, Say] = {
    "01": Say("Mẫu 01: giấy tiếp nhận và hẹn trả", "Form 01: receipt"),
    "02": Say("Mẫu 02: phiếu yêu cầu bổ sung", "Form 02: supplement request"),
    "03": Say("Mẫu 03: phiếu từ chối tiếp nhận", "Form 03: refusal"),
    "hand_over": Say("Phiếu trả kết quả", "Hand-over sheet"),
    "act": Say("Phiếu ghi việc bất kỳ", "Sheet for any act"),
}
STATES: Mapping[str, Say] = {
    "used": Say("Đã nhập", "Entered"),
    "void": Say("Đã hủy", "Void"),
    "allowed": Say("Được nhập muộn", "Late entry allowed"),
    "missing": Say("Chưa nhập", "Not entered"),
}
TONES: Mapping[str, str] = {"used": "good", "void": "bad", "allowed": "waiting", "missing": "late"}
VOID: Mapping[str, Say] = {
    "spoiled": Say("Viết hỏng", "Spoiled"),
    "lost": Say("Mất tờ", "Lost"),
    "misprinted": Say("In lỗi", "Misprinted"),
}
LATE: Mapping[str, Say] = {
    "power": Say("Mất điện kéo dài", "A long power cut"),
    "network": Say("Mất mạng kéo dài", "A long network outage"),
    "machine": Say("Máy hỏng", "The machine was broken"),
    "found_late": Say("Tìm thấy tờ giấy sau", "The sheet was found later"),
}
GROUNDS = {**VOID, **LATE, "merged": Say("Khóa quyển khi sáp nhập", "Closed as the agency was merged")}
ACTS: Mapping[str, Say] = {
    "dossier_submitted": Say("Nộp hồ sơ", "Submitted"),
    "dossier_received": Say("Tiếp nhận", "Received"),
    "dossier_refused": Say("Từ chối tiếp nhận", "Refused"),
    "dossier_supplement_requested": Say("Yêu cầu bổ sung", "Supplement requested"),
    "dossier_supplied": Say("Nhận bổ sung", "Supplied"),
    "dossier_handed_over": Say("Trả kết quả", "Handed over"),
}
OTHER_ACT = Say("Việc khác", "Another act")
