"""The stand-ins of mail server and gateway as programs of their own, which a test kills and starts again."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

import httpx
from django.test import override_settings

from tests.support.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<pre>(.*?)</pre>", re.DOTALL)


@dataclass
class Running:
    """A stand-in that can be killed, and started again at the same address. What came in before is remembered here, as
    the program forgets it with its life."""

    command: list[str]
    page: str
    came_in_before: list[list[str]] = field(default_factory=list)
    process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it, and wait until it listens."""
        environment = {**os.environ, "PYTHONPATH": ""}
        self.process = subprocess.Popen(
            self.command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline().strip() == self.page

    def kill(self) -> None:
        """End it as a fall would, in the middle of whatever it does."""
        self.came_in_before = self.came_in
        self.end()

    def end(self) -> None:
        """Take the process away."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process = None

    @property
    def came_in(self) -> list[list[str]]:
        """What came in over all its lives: id, to, and what else its page shows."""
        if self.process is None:
            return self.came_in_before
        page = httpx.get(self.page, trust_env=False).text
        rows = [[unescape(cell) for cell in _CELL.findall(row)] for row in _ROW.findall(page)]
        return [*self.came_in_before, *reversed(rows)]


@contextmanager
def outlet_processes() -> Iterator[tuple[Running, Running]]:
    """Mail server and gateway at work, and the settings that lead to them."""
    by_mail, mail_page, by_sms = free_port(), free_port(), free_port()
    begin = [sys.executable, "-m"]
    mail = Running(
        [*begin, "stand_ins.mail", "--port", str(by_mail), "--page", str(mail_page)],
        f"http://127.0.0.1:{mail_page}",
    )
    sms = Running([*begin, "stand_ins.sms", "--port", str(by_sms)], f"http://127.0.0.1:{by_sms}")
    connected = override_settings(
        SMTP_HOST="127.0.0.1",
        SMTP_PORT=by_mail,
        SMTP_TLS="none",
        MAIL_FROM="motcua@xamau.example",
        SMS_URL=f"http://127.0.0.1:{by_sms}/messages",
    )
    try:
        with connected:
            mail.start()
            sms.start()
            yield mail, sms
    finally:
        mail.end()
        sms.end()
