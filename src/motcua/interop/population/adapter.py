"""The population register over the province's bus: one POST, bounded in time and size."""

import time
from functools import cache

import httpx
from django.conf import settings

from motcua.interop.population.message import LARGEST, Sender, Unreadable, read, request_of
from motcua.parties.registers import Outcome, Question, Registered

TIMEOUT = httpx.Timeout(4.0, connect=2.0)
LONGEST = 8.0  # seconds in all: one that sends a byte now and then keeps nobody at the counter


class PopulationRegister:
    """The register at `url`; connections are kept for the next question."""

    def __init__(self, url: str, sender: Sender) -> None:
        self._url = url
        self._sender = sender
        self._client = httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=False)

    def ask(self, question: Question, *, number: str, officer: str) -> tuple[Outcome, Registered | None]:
        """What it says; whatever goes wrong on the way is an outcome."""
        asked = request_of(question, number=number, officer=officer, sender=self._sender)
        try:
            person = read(self._sent(dict(asked)), question=question)
        except httpx.HTTPError:
            return Outcome.SILENT, None
        except Unreadable:
            return Outcome.UNREADABLE, None
        return (Outcome.FOUND, person) if person is not None else (Outcome.NOT_FOUND, None)

    def _sent(self, asked: dict[str, str]) -> bytes:
        until = time.monotonic() + LONGEST
        found = bytearray()
        with self._client.stream("POST", self._url, json=asked) as answer:
            answer.raise_for_status()
            for part in answer.iter_bytes():
                found += part
                if len(found) > LARGEST:
                    raise Unreadable("too large")
                if time.monotonic() > until:
                    raise httpx.ReadTimeout("too slow")
        return bytes(found)


def from_settings() -> PopulationRegister | None:
    """The register this installation is connected to; None where it is to none."""
    url = settings.POPULATION_URL
    return (
        _at(url, settings.POPULATION_INTEGRATION, settings.POPULATION_SERVICE, settings.POPULATION_ACCOUNT)
        if url
        else None
    )


@cache
def _at(url: str, integration: str, service: str, account: str) -> PopulationRegister:
    return PopulationRegister(url, Sender(integration=integration, service=service, account=account))
