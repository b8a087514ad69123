"""The stand-in of the payment platform on a port of its own, and an installation that pays through it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.test import override_settings
from stand_ins.payments import PARTNER, SECRET, Paying, serve

from tests.support.outlets import free_port


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
