"""The stand-in of the payment platform on a port of its own, and an installation that pays through it."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from django.test import override_settings
from stand_ins.payments import PARTNER, SECRET, Paying, serve

from tests.support.ports import free_port


class Platform:
    """The stand-in, which can be killed and come back on the same port with what it knew."""

    def __init__(self) -> None:
        self.paying, self.port = Paying(), free_port()
        self.server: Any = serve(self.paying, port=self.port)

    def kill(self) -> None:
        """It answers no more."""
        self.server.shutdown()
        self.server.server_close()

    def come_back(self) -> None:
        """It answers again."""
        self.server = serve(self.paying, port=self.port)

    def last(self) -> str:
        """The reference of the last payment begun."""
        return list(self.paying.payments)[-1]


@contextmanager
def paygov() -> Iterator[Platform]:
    """The stand-in at work, and the settings that lead to it."""
    platform = Platform()
    told = {"url": f"http://127.0.0.1:{platform.port}", "partner": PARTNER, "secret": SECRET}
    try:
        with override_settings(PAY=told):
            yield platform
    finally:
        platform.kill()


class Alone:
    """The stand-in as a process of its own, which dies without a word and comes back with what it wrote down."""

    def __init__(self, keep: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.command = [
            *(sys.executable, "-m", "stand_ins.payments", "--port", str(self.port)),
            *("--tell", "", "--keep", str(keep)),
        ]
        self.process = self._begun()

    def _begun(self) -> subprocess.Popen[bytes]:
        begun = subprocess.Popen(self.command)
        with httpx.Client(transport=httpx.HTTPTransport(retries=9)) as client:
            client.get(self.url)
        return begun

    def kill(self) -> None:
        """It dies at once."""
        self.process.kill()
        self.process.wait()

    def come_back(self) -> None:
        """A new process, on the same port, with the same file."""
        self.process = self._begun()

    def pay(self, reference: str) -> None:
        """Somebody pays there."""
        answer = httpx.post(f"{self.url}/pay/{reference}", data={"how": "success"})
        assert answer.status_code == 303, answer.text


@contextmanager
def paygov_alone(keep: Path) -> Iterator[Alone]:
    """That process at work, and the settings that lead to it."""
    platform = Alone(keep)
    try:
        with override_settings(PAY={"url": platform.url, "partner": PARTNER, "secret": SECRET}):
            yield platform
    finally:
        platform.kill()
