"""Talking to the identity provider: few at a time, bounded in time and size, its description kept for some minutes."""

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.conf import settings

from motcua.kernel.errors import Denied, Unavailable
from motcua.kernel.wire import proxy_for

Told = Mapping[str, Any]
CONNECT, READ = 2.0, 4.0
LONGEST = 8.0  # seconds for all calls of one sign-in together
LARGEST = 262_144
# A slow provider must not hold every thread of a process: the counters work in the others.
MOST_AT_ONCE = 3
KNOWN_FOR = 300.0
_NEEDED = ("issuer", "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri")
_turns = BoundedSemaphore(MOST_AT_ONCE)
_known: dict[str, tuple[float, Told]] = {}

AWAY = Unavailable(
    "Hệ thống định danh chưa trả lời. Chưa có gì được ghi; hãy thử đăng nhập lại sau vài phút.",
    "The identity provider does not answer. Nothing was written; try to sign in again in a few minutes.",
)
NOT_BELIEVED = Denied(
    "Không xác minh được câu trả lời của hệ thống định danh, nên chưa đăng nhập. Hãy thử lại, hoặc báo cơ quan.",
    "The identity provider's answer could not be verified, so you are not signed in. Try again, or tell the agency.",
)


class Talk:
    """The calls of one sign-in, over one client, until one moment."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client
        self._until = time.monotonic() + LONGEST

    def told(self, request: httpx.Request) -> Told:
        """What the provider answers. A refusal of its own (4xx) is not believed; anything else that fails is away."""
        try:
            found = json.loads(self._sent(request))
        except (httpx.HTTPError, ValueError):
            raise AWAY from None
        if not isinstance(found, dict):
            raise NOT_BELIEVED
        return found

    def _sent(self, request: httpx.Request) -> bytes:
        left = self._left()
        timeout = httpx.Timeout(min(READ, left), connect=min(CONNECT, left))
        request.extensions["timeout"] = timeout.as_dict()
        found = bytearray()
        answer = self._client.send(request, stream=True)
        try:
            if answer.is_client_error:
                raise NOT_BELIEVED
            answer.raise_for_status()
            for part in answer.iter_bytes():
                found += part
                if len(found) > LARGEST:
                    raise AWAY
                self._left()
        finally:
            answer.close()
        return bytes(found)

    def _left(self) -> float:
        left = self._until - time.monotonic()
        if left <= 0:
            raise AWAY
        return left


@contextmanager
def talk() -> Iterator[Talk]:
    """Talk to the provider. Raises Unavailable at once where as many as may are talking to it."""
    if not _turns.acquire(blocking=False):
        raise AWAY
    try:
        with httpx.Client(follow_redirects=False, trust_env=False, proxy=_proxy()) as client:
            yield Talk(client)
    finally:
        _turns.release()


def _proxy() -> str | None:
    try:
        return proxy_for(settings.IDENTITY["issuer"])
    except (ConnectionError, ValueError):
        raise AWAY from None


def discovered(issuer: str, talking: Talk | None = None) -> Told:
    """The provider's own description, asked for again after some minutes. Raises Denied for one that is not whole or
    not of `issuer`."""
    until, known = _known.get(issuer, (0.0, {}))
    if time.monotonic() < until:
        return known
    if talking is None:
        with talk() as talking:
            return discovered(issuer, talking)
    found = talking.told(httpx.Request("GET", f"{issuer.rstrip('/')}/.well-known/openid-configuration"))
    scheme = urlsplit(issuer).scheme
    complete = all(isinstance(found.get(name), str) for name in _NEEDED)
    if not complete or found["issuer"] != issuer:
        raise NOT_BELIEVED
    if any(urlsplit(found[name]).scheme != scheme for name in _NEEDED):
        raise NOT_BELIEVED
    _known[issuer] = time.monotonic() + KNOWN_FOR, found
    return found


def forget() -> None:
    """Ask for every description again."""
    _known.clear()
