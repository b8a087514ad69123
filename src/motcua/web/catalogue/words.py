"""The keys of the national service's records, as people call what stands under them."""

from collections.abc import Mapping
from typing import Any

from motcua.catalogue.national.places import lines_of
from motcua.catalogue.national.words import Words
from motcua.kernel.say import Say

KEYS: Mapping[str, Say] = {
    "MATTHC": Say("Mã thủ tục", "Code"),
    "TENTTHC": Say("Tên thủ tục", "Title"),
    "TRANGTHAI": Say("Trạng thái", "State"),
    "COQUANCONGBO": Say("Cơ quan công bố", "Publisher"),
    "LOAITHUTUC": Say("Loại thủ tục", "Kind of procedure"),
    "MALINHVUC": Say("Mã lĩnh vực", "Sector's code"),
    "TENLINHVUC": Say("Lĩnh vực", "Sector"),
    "CAPTHUCHIEN": Say("Cấp thực hiện", "Level"),
    "MADONVI": Say("Mã đơn vị", "Agency's code"),
    "TENDONVI": Say("Cơ quan thực hiện", "Agency"),
    "COQUANCOTHAMQUYEN": Say("Cơ quan có thẩm quyền", "Competent agency"),
    "COQUANDUOCUYQUYEN": Say("Cơ quan được ủy quyền", "Agency by delegation"),
    "COQUANPHOIHOP": Say("Cơ quan phối hợp", "Agencies that work with it"),
    "DIACHITIEPNHAN": Say("Địa chỉ tiếp nhận", "Where to hand in"),
    "THUTUCLIENQUAN": Say("Thủ tục liên quan", "Related procedures"),
    "TRUONGHOP": Say("Trường hợp", "Heading"),
    "TENTRINHTU": Say("Trình tự", "Step"),
    "KENH": Say("Cách nộp (1 trực tiếp, 2 trực tuyến, 3 bưu chính)", "Channel (1 counter, 2 online, 3 post)"),
    "THOIGIANGIAIQUYET": Say("Thời gian giải quyết", "Time"),
    "DONVITINH": Say("Đơn vị thời gian", "Unit of time"),
    "MOTA": Say("Lời ghi", "Words"),
    "MAPHILEPHI": Say("Mã phí, lệ phí", "Fee's code"),
    "SOTIEN": Say("Số tiền", "Amount"),
    "DONVI": Say("Đơn vị tiền", "Currency"),
    "MAGIAYTO": Say("Mã giấy tờ", "Paper's code"),
    "TENGIAYTO": Say("Giấy tờ", "Paper"),
    "SOBANCHINH": Say("Số bản chính", "Originals"),
    "SOBANSAO": Say("Số bản sao", "Copies"),
    "TENMAUDON": Say("Mẫu đơn, tờ khai", "Form"),
    "YEUCAU": Say("Yêu cầu, điều kiện", "Conditions"),
    "DOITUONGTHUCHIEN": Say("Đối tượng thực hiện", "Who may apply"),
    "MOTADOITUONGTHUCHIEN": Say("Đối tượng, nguyên văn", "Who may apply, in words"),
    "MAKETQUA": Say("Mã kết quả", "Result's code"),
    "TENKETQUA": Say("Kết quả", "Result"),
    "SOVANBAN": Say("Số văn bản", "Document's number"),
    "TENVANBAN": Say("Văn bản", "Document"),
    "SOQUYETDINH": Say("Quyết định công bố", "Announcing decision"),
}


def told_record(value: Any, where: str = "") -> list[tuple[Say | str, str]]:
    """What stands at a place of a record, under people's words for the keys."""
    last = where.rpartition(".")[2].partition("[")[0]
    return [(KEYS.get(key, key), text) for key, text in lines_of(value, last)]


_CHANNELS = {
    "1": Say("Trực tiếp", "In person"),
    "2": Say("Trực tuyến", "Online"),
    "3": Say("Bưu chính", "By post"),
}


def words_told(words: Words) -> list[tuple[Say | str, Say | str]]:
    """The words a decision is taken on, under people's words for the keys."""
    told: list[tuple[Say | str, Say | str]] = []
    for key, text in words:
        if key == "KENH" and text in _CHANNELS:
            told.append((Say("Cách nộp", "Handed in"), _CHANNELS[text]))
        else:
            told.append((KEYS.get(key, key), text))
    return told
