"""What the pages call messages: how they stand, where they go, and what went wrong."""

from collections.abc import Mapping

from motcua.kernel.say import Say
from motcua.notifications.about import UNFILED as UNFILED
from motcua.notifications.outlets import FAULTS as FAULTS
from motcua.notifications.says import TITLES as TITLES

STATES: Mapping[str, Say] = {
    "queued": Say("Chờ gửi", "Waiting"),
    "sent": Say("Đã gửi", "Sent"),
    "delivered": Say("Đã đến", "Delivered"),
    "failed": Say("Không gửi được", "Failed"),
}
TONES: Mapping[str, str] = {"queued": "waiting", "sent": "good", "delivered": "good", "failed": "late"}
CHANNELS: Mapping[str, Say] = {
    "email": Say("Thư điện tử", "E-mail"),
    "sms": Say("Tin nhắn SMS", "Text message"),
    "account": Say("Trang tra cứu", "Tracking page"),
}
