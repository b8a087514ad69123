"""What the two demo pages show: every component once, with the strings that break pages."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django import forms

from motcua.web.common.context import Chrome, Link
from motcua.web.common.day_field import DayField
from motcua.web.common.stored_file import SignatureField

HOSTILE = '"" onmouseover="alert(1)"><script>alert(2)</script>'
AT = datetime(2026, 8, 26, 2, 0, tzinfo=UTC)
DUE = datetime(2026, 8, 27, 10, 0, tzinfo=UTC)


class DemoForm(forms.Form):
    name = forms.CharField(label="Họ và tên", help_text="Như trên giấy tờ, ví dụ Y Blŏk Êban")
    number = forms.CharField(label="Số định danh")
    phone = forms.CharField(label="Điện thoại", required=False)
    born = DayField(label="Ngày sinh", help_text="Ví dụ 05 09 1990")
    channel = forms.ChoiceField(
        label="Cách nhận kết quả",
        widget=forms.RadioSelect,
        choices=[("desk", "Tại bộ phận một cửa"), ("post", "Qua bưu chính"), ("online", "Trực tuyến")],
    )
    papers = forms.MultipleChoiceField(
        label="Giấy tờ đã nhận",
        widget=forms.CheckboxSelectMultiple,
        choices=[("a", "Tờ khai theo mẫu"), ("b", "Bản sao trích lục ghi chú ly hôn")],
    )
    fee = forms.IntegerField(label="Lệ phí", widget=forms.TextInput(attrs={"inputmode": "numeric"}))
    note = forms.CharField(label="Ghi chú", widget=forms.Textarea(attrs={"rows": 2}), required=False)
    scan = forms.FileField(label="Bản quét", required=False)
    signature = SignatureField(label="Chữ ký người nhận", required=False)
    agree = forms.BooleanField(label="Người nộp đồng ý nhận tin nhắn", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        raise forms.ValidationError("Thủ tục này chưa có quy trình; người quản trị danh mục có thể ban hành.")


@dataclass(frozen=True, slots=True)
class Event:
    at: datetime
    sentence: dict[str, str]
    actor: str = ""
    note: str = ""


EVENTS = (
    Event(
        AT,
        {"vi": "Tiếp nhận hồ sơ, hẹn trả 27/08/2026.", "en": "Received; due 27 August 2026."},
        "Trần Thị Bưởi",
    ),
    Event(AT, {"vi": f"Yêu cầu bổ sung: {HOSTILE}", "en": f"Supplement requested: {HOSTILE}"}, note=HOSTILE),
)
STATES = tuple(
    {"code": code, "label": {"vi": vi, "en": en}}
    for code, vi, en in (
        ("in_process", "Đang xử lý", "In process"),
        ("submitted", "Mới đăng ký", "Submitted"),
        ("supplement_requested", "Yêu cầu bổ sung", "Supplement requested"),
        ("suspended", "Tạm dừng", "Suspended"),
        ("decided", "Đã xử lý xong", "Decided"),
        ("stopped", "Dừng xử lý", "Stopped"),
    )
)
LATE = datetime(2026, 8, 24, 10, 0, tzinfo=UTC)


def context(*, bound: bool = True) -> dict[str, Any]:
    """The context of both demo pages; `bound`: the form was sent, with errors."""
    posted = {"name": HOSTILE, "born_0": "31", "born_1": "2", "born_2": "2026", "channel": "desk"}
    return {
        "form": DemoForm(posted) if bound else DemoForm(),
        "code": "H99.01.01-260824-0001",
        "hostile": HOSTILE,
        "at": AT,
        "due_at": DUE,
        "states": STATES,
        "events": EVENTS,
        "lines": [
            {
                "vi": "Ngày tiếp nhận 24/8 là ngày 0.",
                "en": "24 August is day zero.",
                "basis": "BLDS 2015 Đ147.3",
            },
            {"vi": "3 ngày làm việc: 25, 26, 27/8.", "en": "3 working days: 25, 26, 27 August.", "basis": ""},
        ],
        "dues": [
            (DUE, None, False),
            (AT.replace(hour=10), None, False),
            (LATE, None, False),
            (DUE, None, True),
            (None, None, False),
            (DUE, AT, False),
            (LATE, AT, False),
        ],
        "inbox": [
            {"code": "H99.01.01-260824-0001", "title": "Xác nhận hôn nhân", "due_at": LATE, "fee": 15000},
            {"code": "H99.01.01-260824-0002", "title": HOSTILE, "due_at": DUE, "fee": 0},
        ],
        "head": ["Tháng", "Tiếp nhận", "Trễ"],
        "rows": [["Tháng 8", 210, 3], [HOSTILE, 1, 0]],
        "pairs": [("Người nộp", HOSTILE), ({"vi": "Địa chỉ", "en": "Address"}, "Xã Mẫu")],
        "hidden": {"return_to": HOSTILE},
        "key_list": [("F2", "Quét thẻ"), ("F3", "Thủ tục"), ("F4", "Giấy tờ"), ("Ctrl+Enter", "Tiếp nhận")],
        "chrome": Chrome(
            agency={"vi": "UBND xã Mẫu", "en": "People's Committee of Mẫu commune"},
            trial=True,
            person="Nguyễn Thị Hường",
            positions=["Công chức tiếp nhận, Quầy 2"],
            nav=[
                Link("/inbox", {"vi": "Hộp việc", "en": "Inbox"}, current=True, count=12),
                Link("/receive", "Tiếp nhận"),
                Link("/search", "Tìm hồ sơ"),
            ],
            sign_out="/sign-out",
            language="/language",
            contact="Đường dây nóng 1022",
            foot=[Link("/track", "Tra cứu"), Link("/help", "Trợ giúp")],
        ),
    }
