"""A stand-in for a gateway of text messages (docs/operations.md has what it speaks): keeps them, and shows them.

`python -m stand_ins.sms --port 8026`. It sends nothing on. The page, or POST /behave with `mode`, tells it to work and
say that each arrived (`ok`), to take them and never say (`silent`), to say that none arrived (`undelivered`), to refuse
for now (`busy`), to refuse a number for good (`refuse`), to hang (`hang`), or to answer garbage (`garbage`).
"""

import argparse
import json
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field

from stand_ins.page import Handler, Page, show

MODES = ("ok", "silent", "undelivered", "busy", "refuse", "hang", "garbage")
MESSAGES = "/messages"
STATUS = {"silent": "accepted", "undelivered": "undelivered"}


@dataclass
class Gateway:
    """What came in, and how it is answered. One Idempotency-Key is sent once (`repeated`)."""

    mode: str = "ok"
    kept: list[dict[str, str]] = field(default_factory=list)
    repeated: int = 0
    tried: int = 0
    hang_seconds: float = 60.0


class Speaking(Handler):
    """POST /messages takes one, GET /messages/ID says how it stands; everything else is the page."""

    @property
    def gateway(self) -> Gateway:
        """What this handler serves."""
        shown = self.page.shown
        assert isinstance(shown, Gateway)  # noqa: S101 - main and tests give no other
        return shown

    def do_GET(self) -> None:
        """The page, or how one message stands."""
        if not self.path.startswith(f"{MESSAGES}/"):
            super().do_GET()
        elif not self._troubled():
            status = STATUS.get(self.gateway.mode, "delivered")
            name = self.path.removeprefix(f"{MESSAGES}/")
            self.answer(200, json.dumps({"id": name, "status": status}).encode())

    def do_POST(self) -> None:
        """Take one message, or a mode."""
        if self.path != MESSAGES:
            self.behave()
            return
        told = json.loads(self.body())
        self.gateway.tried += 1
        if self._troubled():
            return
        if self.gateway.mode == "refuse":
            self.answer(422, json.dumps({"error": "no such number"}).encode())
            return
        name = f"sms-{self.headers['Idempotency-Key']}"
        if any(each["id"] == name for each in self.gateway.kept):
            self.gateway.repeated += 1
        else:
            self.gateway.kept.append(
                {"id": name, "to": told["to"], "from": told["from"], "text": told["text"]}
            )
        self.answer(202, json.dumps({"id": name, "status": "accepted"}).encode())

    def _troubled(self) -> bool:
        mode = self.gateway.mode
        if mode == "hang":  # and says nothing at all
            time.sleep(self.gateway.hang_seconds)
            self.close_connection = True
        if mode == "busy":
            self.answer(503, b"{}")
        if mode == "garbage":
            self.answer(200, b"<html>what?", "text/html")
        return mode in ("hang", "busy", "garbage")


def main() -> None:
    """Run until interrupted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8026)
    told = parser.parse_args()
    show(Page("Cổng tin nhắn · SMS gateway", Gateway(), MODES), port=told.port, handler=Speaking)
    print(f"http://127.0.0.1:{told.port}", flush=True)
    with suppress(KeyboardInterrupt):
        threading.Event().wait()


if __name__ == "__main__":
    main()
