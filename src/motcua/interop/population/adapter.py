"""The population register over the province's bus: one POST, bounded in time and size."""

import asyncio
from functools import cache
from http import HTTPStatus

import httpx
from django.conf import settings

from motcua.interop.population.message import LARGEST, Sender, Unreadable, read, request_of
from motcua.kernel.wire import proxy_for
from motcua.parties.registers import Outcome, Question, Registered

TIMEOUT = httpx.Timeout(4.0, connect=2.0)
# What the province's bus says where nothing behind it answers.
AWAY = frozenset({HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT})
LONGEST = 8.0  # seconds in all, headers too: one that sends a byte now and then keeps nobody at the counter


class PopulationRegister:
    """The register at `url`."""

    def __init__(self, url: str, sender: Sender) -> None:
        self._url = url
        self._sender = sender

    def ask(self, question: Question, *, number: str, officer: str) -> tuple[Outcome, Registered | None]:
        """What it says; whatever goes wrong on the way is an outcome."""
        asked = request_of(question, number=number, officer=officer, sender=self._sender)
        try:
            person = read(asyncio.run(self._sent(dict(asked))), question=question)
        except httpx.HTTPStatusError as error:
            return Outcome.SILENT if error.response.status_code in AWAY else Outcome.FAILED, None
        except Unreadable:
            return Outcome.UNREADABLE, None
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError):
            return Outcome.SILENT, None
        return (Outcome.FOUND, person) if person is not None else (Outcome.NOT_FOUND, None)

    async def _sent(self, asked: dict[str, str]) -> bytes:
        # A loop of its own, as only that can end a call wherever it hangs.
        found = bytearray()
        async with (
            asyncio.timeout(LONGEST),
            httpx.AsyncClient(
                timeout=TIMEOUT, follow_redirects=False, trust_env=False, proxy=proxy_for(self._url)
            ) as client,
            client.stream("POST", self._url, json=asked) as answer,
        ):
            answer.raise_for_status()
            async for part in answer.aiter_bytes():
                found += part
                if len(found) > LARGEST:
                    raise Unreadable("too large")
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
