"""Consent by a code on the applicant's own telephone: the code is made, then sent, outside any transaction, while the
helper waits; a code that comes an hour later is worth nothing, so it is no message of the sender's."""

import textwrap
from datetime import datetime
from uuid import UUID

from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.kernel.say import Say
from motcua.kernel.time import local
from motcua.notifications.addresses import mobile
from motcua.notifications.letters import Sealed
from motcua.notifications.outlets import CannotNow, Never, Outgoing, offered, sms
from motcua.notifications.rules import SMS
from motcua.notifications.writing import plain
from motcua.submissions import consent_codes

TEXT = Say(
    "{code} la ma dong y nop ho so: {what}. Den {until}. Chi doc cho nguoi nop giup khi ong/ba dong y. "
    "Khong nho ai thi bo qua.",
    "{code}: your consent to hand in: {what}. Until {until}. Tell it to your helper only if you agree. "
    "No helper: ignore it.",
)
LONGEST_WHAT = 45


def is_offered() -> bool:
    """Whether text messages leave this house."""
    return SMS in offered()


def number_of(typed: str) -> str:
    """The number a code would go to; "" for what is no mobile telephone."""
    return mobile(typed)


def send_code(*, draft: UUID, owner: UUID, of: str, what: str, to: str, language: str, at: datetime) -> None:
    """Send a new code for what `of` stands for in `draft`, the procedure `what`, to a number (`number_of`); not within
    a transaction: who reads it knows what they agree to. Raises
    Invalid for none, and one that takes no messages; NotAllowedNow as `submissions.consent_codes.ask`, and where the
    gateway did not take it."""
    if not to or not is_offered():
        raise Invalid(
            "Chưa có số di động của chủ hồ sơ để gửi mã.",
            "There is no mobile number of the applicant to send a code to.",
            field="code",
        )
    made = consent_codes.ask(draft=draft, owner=owner, of=of, to=to, at=at)
    named = textwrap.shorten(plain(what), LONGEST_WHAT, placeholder="...")
    text = TEXT(language).format(code=made.code, what=named, until=f"{local(made.until):%H:%M}")
    try:
        sms.send(Outgoing(made.id, SMS, Sealed(to, "", text), language))
    except Never:
        raise Invalid(
            "Số điện thoại này không nhận được tin nhắn. Hãy xem lại số, hoặc ghi sự đồng ý bằng cách khác.",
            "This number takes no text messages. Look at it again, or record consent another way.",
            field="code",
        ) from None
    except CannotNow:
        raise NotAllowedNow(
            "Chưa gửi được mã: máy chủ gửi tin không trả lời. Nếu điện thoại vẫn nhận được mã thì cứ nhập; không thì "
            "ghi sự đồng ý bằng cách khác.",
            "The code could not be sent: the gateway does not answer. If the telephone gets it all the same, type it; "
            "else record consent another way.",
        ) from None
