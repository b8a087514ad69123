"""Text messages by an HTTP gateway (docs/operations.md): POST takes one, GET says whether it arrived.

The message's id goes along as its Idempotency-Key: a gateway that gets it twice sends it once.
"""

import json
import re
from http import HTTPStatus
from typing import Any

from django.conf import settings

from motcua.kernel import wire
from motcua.notifications.addresses import HERE
from motcua.notifications.outlets import CannotNow, Never, Outgoing, Taken

# A whole call, head and body: the sender has other messages, and its claim on this one ends (LEASE).
LONGEST, CONNECT = 10.0, 5.0
LARGEST = 64 * 1024
# It becomes a part of an address when we ask: nothing that could lead elsewhere.
AN_ID = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}")


def send(outgoing: Outgoing) -> Taken:
    """Give one text message to the gateway; none goes abroad. Raises CannotNow, Never."""
    if not outgoing.letter.to.startswith(HERE):
        raise Never("abroad")
    answer = _asked(
        "POST",
        settings.SMS_URL,
        key=str(outgoing.id),
        told={"to": outgoing.letter.to, "text": outgoing.letter.body, "from": settings.SMS_SENDER},
    )
    name = answer.get("id")
    if not isinstance(name, str) or not AN_ID.fullmatch(name):
        raise CannotNow("not_understood")
    return Taken(provider_id=name, arrived=answer.get("status") == "delivered", may_be_asked=True)


def arrived(provider_id: str) -> bool:
    """Whether the telephone has it. Raises CannotNow while nobody knows, Never once it is given up there."""
    if not AN_ID.fullmatch(provider_id):
        raise CannotNow("unreadable", whole=False)
    answer = _asked("GET", f"{settings.SMS_URL}/{provider_id}")
    if answer.get("status") == "undelivered":
        raise Never("not_arrived")
    return answer.get("status") == "delivered"


def _asked(method: str, url: str, *, key: str = "", told: Any = None) -> dict[str, Any]:
    headers = {"Accept": "application/json"}
    if settings.SMS_TOKEN:
        headers["Authorization"] = f"Bearer {settings.SMS_TOKEN}"
    if key:
        headers |= {"Idempotency-Key": key, "Content-Type": "application/json"}
    try:
        body = json.dumps(told, ensure_ascii=False).encode() if key else None
        answer = wire.call(
            method, url, body, headers=headers, seconds=LONGEST, connect=CONNECT, largest=LARGEST
        )
    except TimeoutError:
        raise CannotNow("timeout") from None
    except wire.Garbled:
        raise CannotNow("not_understood") from None
    except ConnectionError:
        raise CannotNow("unreachable") from None
    except ValueError:  # this message can't even be put into a request
        raise CannotNow("unreadable", whole=False) from None
    return _understood(answer)


def _understood(answer: wire.Answered) -> dict[str, Any]:
    if answer.status == HTTPStatus.UNPROCESSABLE_ENTITY:
        raise Never("bad_address")
    if answer.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        raise CannotNow("refused_us")
    if not 200 <= answer.status < 300:
        raise CannotNow("busy")
    try:
        found = json.loads(answer.body or b"")
    except (ValueError, RecursionError):
        raise CannotNow("not_understood") from None
    if not isinstance(found, dict):
        raise CannotNow("not_understood")
    return found
