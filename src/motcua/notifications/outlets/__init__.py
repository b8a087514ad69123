"""How messages leave the house. Each outlet sends one message, and says how that went."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings

from motcua.kernel.say import Say
from motcua.notifications.letters import Sealed
from motcua.notifications.rules import ACCOUNT, EMAIL, SMS

# What may go wrong, by the word that is kept: never what the other side said, which may name the person.
FAULTS = {
    "unreachable": Say("Không kết nối được máy chủ gửi tin", "The sending server can't be reached"),
    "timeout": Say("Máy chủ gửi tin không trả lời kịp", "The sending server did not answer in time"),
    "refused_us": Say("Máy chủ gửi tin từ chối tài khoản của ta", "The sending server refuses our account"),
    "busy": Say("Máy chủ gửi tin bận, hẹn gửi lại", "The sending server is busy"),
    "not_understood": Say("Máy chủ gửi tin trả lời không hiểu được", "Its answer can't be understood"),
    "unreadable": Say("Nội dung tin bị hỏng, không gửi được", "The message itself is damaged and can't be sent"),
    "bad_address": Say("Địa chỉ nhận không dùng được", "The address can't be used"),
    "abroad": Say("Số điện thoại nước ngoài, không gửi tin nhắn; hãy gọi", "A number abroad gets no text; call it"),
    "not_arrived": Say("Không đến được máy người nhận", "It did not arrive at the telephone"),
    "not_offered": Say("Kênh gửi này đang tắt", "This channel is switched off"),
    "changed": Say("Người nhận đã đổi kênh nhận hoặc địa chỉ", "Its channel or address is no longer theirs"),
    "unwanted": Say("Người nhận không muốn nhận tin nữa", "They want no messages any more"),
    "erased": Say("Nội dung đã xóa theo quy định", "Its text was erased by law"),
}  # fmt: skip


class CannotNow(Exception):
    """It may go later. `fault` is a key of FAULTS; `whole`: no other message would go either."""

    def __init__(self, fault: str, *, whole: bool = True) -> None:
        super().__init__(fault)
        self.fault = fault
        self.whole = whole


class Never(Exception):
    """It will never go to this address."""

    def __init__(self, fault: str) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Taken:
    """The other side took it: under which id, whether it has arrived, whether it can be asked."""

    provider_id: str
    arrived: bool = False
    may_be_asked: bool = False


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message on its way."""

    id: UUID
    channel: str
    letter: Sealed
    language: str


def offered() -> frozenset[str]:
    """The channels this installation has: the account always, the others where they are configured."""
    configured = ((EMAIL, settings.SMTP_HOST), (SMS, settings.SMS_URL))
    return frozenset({ACCOUNT, *(channel for channel, place in configured if place)})
