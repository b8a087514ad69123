"""Text messages by an HTTP gateway (docs/operations.md): POST takes one, GET says whether it arrived.

The message's id goes along as its Idempotency-Key: a gateway that gets it twice sends it once.
"""

import re
from typing import Any

import httpx
from django.conf import settings

from motcua.notifications.outlets import CannotNow, Never, Outgoing, Taken

SECONDS = 10.0
# It becomes a part of an address when we ask: nothing that could lead elsewhere.
AN_ID = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}")


def send(outgoing: Outgoing) -> Taken:
    """Give one text message to the gateway. Raises CannotNow, Never."""
    answer = _asked(
        "POST",
        settings.SMS_URL,
        headers={"Idempotency-Key": str(outgoing.id)},
        json={"to": outgoing.letter.to, "text": outgoing.letter.body, "from": settings.SMS_SENDER},
    )
    name = answer.get("id")
    if not isinstance(name, str) or not AN_ID.fullmatch(name):
        raise CannotNow("not_understood")
    return Taken(provider_id=name, arrived=answer.get("status") == "delivered", may_be_asked=True)


def arrived(provider_id: str) -> bool:
    """Whether the telephone has it. Raises CannotNow while nobody knows, Never once it is given up there."""
    answer = _asked("GET", f"{settings.SMS_URL}/{provider_id}")
    if answer.get("status") == "undelivered":
        raise Never("not_arrived")
    return answer.get("status") == "delivered"


def _asked(method: str, url: str, headers: dict[str, str] | None = None, json: Any = None) -> dict[str, Any]:
    known = {"Authorization": f"Bearer {settings.SMS_TOKEN}"} if settings.SMS_TOKEN else {}
    try:
        answer = httpx.request(method, url, headers={**known, **(headers or {})}, json=json, timeout=SECONDS)
    except httpx.TimeoutException:
        raise CannotNow("timeout") from None
    except (httpx.RemoteProtocolError, httpx.DecodingError):
        raise CannotNow("not_understood") from None
    except httpx.TransportError:
        raise CannotNow("unreachable") from None
    except (httpx.InvalidURL, ValueError):  # this message can't even be put into a request
        raise CannotNow("unreadable", whole=False) from None
    if answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY:
        raise Never("bad_address")
    if answer.status_code in (httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN):
        raise CannotNow("refused_us")
    if not answer.is_success:
        raise CannotNow("busy")
    try:
        told = answer.json()
    except (ValueError, RecursionError):
        raise CannotNow("not_understood") from None
    if not isinstance(told, dict):
        raise CannotNow("not_understood")
    return told
