"""A stand-in for a mail server: takes e-mails by SMTP, keeps them in memory, and shows them on a page.

`python -m stand_ins.mail --port 2525 --page 8025`. It sends nothing on. The page, or POST /behave with `mode`, tells it
to work (`ok`), to refuse for now (`busy`), to refuse an address for good (`refuse`), to hang (`hang`), or to answer
garbage (`garbage`).
"""

import argparse
import asyncio
import email
import email.policy
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from stand_ins.page import Page, show

MODES = ("ok", "busy", "refuse", "hang", "garbage")


@dataclass
class Mailbox:
    """What came in, and how it is answered. A server drops a second e-mail of one Message-ID (`repeated`)."""

    mode: str = "ok"
    kept: list[dict[str, str]] = field(default_factory=list)
    repeated: int = 0
    tried: int = 0
    hang_seconds: float = 60.0

    async def handle_RCPT(
        self, server: SMTP, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        self.tried += 1
        if self.mode == "hang":
            await asyncio.sleep(self.hang_seconds)
            return "451 too late"
        if self.mode == "busy":
            return "451 try again later"
        if self.mode == "refuse":
            return "550 no such user here"
        if self.mode == "garbage":
            return "xyz what"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        name = str(message["Message-ID"])
        if any(each["id"] == name for each in self.kept):
            self.repeated += 1
            return "250 OK"
        plain, html = message.get_body(("plain",)), message.get_body(("html",))
        self.kept.append(
            {
                "id": name,
                "to": ", ".join(envelope.rcpt_tos),
                "from": str(message["From"]),
                "subject": str(message["Subject"]),
                "text": plain.get_content() if plain else "",
                "html": html.get_content() if html else "",
            }
        )
        return "250 OK"


def serve(mailbox: Mailbox, *, port: int) -> Controller:
    """Take e-mails on `port` in a thread, until `.stop()`."""
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    return controller


def main() -> None:
    """Run until interrupted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=2525)
    parser.add_argument("--page", type=int, default=8025)
    told = parser.parse_args()
    mailbox = Mailbox()
    serve(mailbox, port=told.port)
    show(Page("Máy chủ thư · mail server", mailbox, MODES), port=told.page)
    print(f"http://127.0.0.1:{told.page}", flush=True)
    with suppress(KeyboardInterrupt):
        threading.Event().wait()


if __name__ == "__main__":
    main()
