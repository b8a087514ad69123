"""The stand-ins of mail server and gateway, on ports of their own, and an installation that sends by them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.test import override_settings
from stand_ins import mail, sms
from stand_ins.page import Page, show

from motcua.notifications.letters import Sealed
from motcua.notifications.operations import NewLetter, NewNotice, claim, make, note_failed
from tests.support.ports import free_port
from tests.support.world import COMMUNE

SOMEBODY = UUID("00000000-0000-7000-8000-0000000000aa")


@dataclass
class Outlets:
    """What the stand-ins got and how they answer."""

    mail: mail.Mailbox
    sms: sms.Gateway


def letter(channel: str, sealed: Sealed, *, to: UUID | None = None, language: str = "vi") -> NewLetter:
    """One letter to somebody."""
    return NewLetter(addressee=to or SOMEBODY, channel=channel, language=language, letter=sealed)


def told_of(code: str, *, at: datetime, cause: str = "scene") -> None:
    """Messages about the dossier `code`: one that waits, one that failed, one in the account."""
    letters = (
        ("email", Sealed("tuyet@example.vn", "Đã tiếp nhận", "Hẹn trả 17:00 27/08/2026.")),
        ("sms", Sealed("+84912345678", "", "Ho so da tiep nhan.")),
        ("account", Sealed("", "Đã tiếp nhận", "Hẹn trả 17:00 27/08/2026.")),
    )
    notice = NewNotice(
        reference=code,
        cause=cause,
        as_of=1,
        about="received",
        agency=COMMUNE,
        asked_for=True,
        letters=[letter(*each) for each in letters],
    )
    make(notice, at=at)
    tried = claim(without=("email",), at=at)
    assert tried is not None
    note_failed(tried, fault="bad_address", at=at)


@contextmanager
def outlets() -> Iterator[Outlets]:
    """Both stand-ins at work, and the settings that lead to them."""
    mailbox, gateway = mail.Mailbox(hang_seconds=0.5), sms.Gateway(hang_seconds=0.5)
    by_mail, by_sms = free_port(), free_port()
    controller = mail.serve(mailbox, port=by_mail)
    server = show(Page("SMS", gateway, sms.MODES), port=by_sms, handler=sms.Speaking)
    try:
        with override_settings(
            SMTP_HOST="127.0.0.1",
            SMTP_PORT=by_mail,
            SMTP_TLS="none",
            MAIL_FROM="motcua@xamau.example",
            SMS_URL=f"http://127.0.0.1:{by_sms}/messages",
        ):
            yield Outlets(mailbox, gateway)
    finally:
        controller.stop()
        server.shutdown()
        server.server_close()
