"""The national payment platform over HTTP."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from motcua.kernel import wire
from motcua.payments import platform as messages
from motcua.payments.platform import Asked, Forged, Told, Unreadable
from motcua.payments.ports import Away, CannotNow, Platform

LONGEST, CONNECT = 8.0, 3.0  # seconds in all, and to be there at all
LARGEST = 64 * 1024
LONGEST_ADDRESS = 2_000


@dataclass(frozen=True, slots=True)
class PayGov:
    """The platform at `url`, as which partner, with which secret."""

    url: str
    partner: str
    secret: str

    def begin(self, asked: Asked) -> str:
        """Begin a payment."""
        answer = self._sent("init", messages.init(asked, partner=self.partner, secret=self.secret))
        try:
            address = str(json.loads(answer["message"])["UrlThanhToan"])
        except (KeyError, TypeError, ValueError, RecursionError):
            raise CannotNow("not understood") from None
        if not address.startswith(("https://", f"{self.url}/")) or len(address) > LONGEST_ADDRESS:
            raise CannotNow("an address that is none")
        return address

    def ask(self, reference: str, *, at: datetime) -> Told:
        """How a payment stands there."""
        asked = messages.query(reference, at=at, partner=self.partner, secret=self.secret)
        answer = self._sent("query", asked)
        try:
            found = self.told(json.loads(answer["message"]), at=at)
        except (KeyError, TypeError, ValueError, RecursionError, Forged, Unreadable):
            raise CannotNow("not understood") from None
        if found.reference != reference:
            raise CannotNow("an answer about another payment")
        return found

    def told(self, body: object, *, at: datetime) -> Told:
        """What a confirmation says that came by itself."""
        return messages.told(body, at=at, partner=self.partner, secret=self.secret)

    def _sent(self, what: str, body: dict[str, Any]) -> dict[str, Any]:
        try:
            answer = wire.post(
                f"{self.url}/{what}",
                json.dumps(body, ensure_ascii=False).encode(),
                kind="application/json",
                seconds=LONGEST,
                connect=CONNECT,
                largest=LARGEST,
            )
        except TimeoutError:
            raise Away("timeout") from None
        except ConnectionError:
            raise Away("unreachable") from None
        except ValueError:
            raise CannotNow("not to be put into a request") from None
        try:
            told = json.loads(answer) if answer is not None else None
        except (ValueError, RecursionError):
            told = None
        if not isinstance(told, dict) or str(told.get("error_code")) != "0":
            raise CannotNow("refused")
        return told


def configured() -> Platform | None:
    """The platform this installation pays through; None where none is configured."""
    told = settings.PAY
    return PayGov(told["url"], told["partner"], told["secret"]) if all(told.values()) else None
