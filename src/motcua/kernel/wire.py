"""Calls to other systems over HTTP that end in time: bounded as a whole, head and body, and in size.

They go through the proxy that the installation names (docs/operations.md), and through none that an environment does:
who runs the house says where people's data passes.
"""

import ipaddress
import ssl
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import httpcore
import httpx
from django.conf import settings


class _Until:
    """When a call has to be over, as the time left for its next step."""

    def __init__(self, seconds: float) -> None:
        self.over = time.monotonic() + seconds

    def left(self, timeout: float | None) -> float:
        """At most `timeout`. Raises ReadTimeout once nothing is left."""
        rest = self.over - time.monotonic()
        if rest <= 0:
            raise httpcore.ReadTimeout("the call took too long")
        return rest if timeout is None else min(rest, timeout)


class _Stream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream, until: _Until) -> None:
        self.inner, self.until = inner, until

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.inner.read(max_bytes, self.until.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.inner.write(buffer, self.until.left(timeout))

    def close(self) -> None:
        self.inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self.inner.start_tls(ssl_context, server_hostname, self.until.left(timeout))
        return _Stream(inner, self.until)

    def get_extra_info(self, info: str) -> Any:
        return self.inner.get_extra_info(info)


class _Network(httpcore.NetworkBackend):
    def __init__(self, until: _Until) -> None:
        self.inner, self.until = httpcore.SyncBackend(), until

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        stream = self.inner.connect_tcp(host, port, self.until.left(timeout), local_address, socket_options)
        return _Stream(stream, self.until)


def is_http(url: str) -> bool:
    """Whether `url` is one that a call can go to, or through."""
    try:
        told = urlsplit(url)
        httpx.URL(url)
        is_whole = bool((told.hostname or "").encode("idna")) and told.port != 0
    except (ValueError, httpx.InvalidURL):
        return False
    return is_whole and told.scheme in ("http", "https") and url.isascii() and " " not in url


def proxy_for(url: str) -> str | None:
    """The proxy that leads to `url`, by `settings.PROXY`; None for a host of `settings.NO_PROXY` or below one, and for
    this machine itself. Raises ValueError for what is no address, ConnectionError where the proxy that is named is
    none."""
    host = urlsplit(url).hostname or ""
    if (
        not settings.PROXY
        or _is_here(host)
        or any(f".{host}".endswith(f".{one}") for one in settings.NO_PROXY)
    ):
        return None
    if not is_http(settings.PROXY):
        raise ConnectionError("MOTCUA_PROXY is no HTTP address")
    return str(settings.PROXY)


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _pool(url: str, network: _Network) -> httpcore.ConnectionPool:
    trusted = httpx.create_ssl_context() if url.startswith("https:") else None
    named = proxy_for(url)
    if named is None:
        return httpcore.ConnectionPool(network_backend=network, ssl_context=trusted)
    proxy = httpx.Proxy(named)
    return httpcore.HTTPProxy(
        str(proxy.url),
        proxy_auth=proxy.raw_auth,
        ssl_context=trusted,
        proxy_ssl_context=httpx.create_ssl_context() if proxy.url.scheme == "https" else None,
        network_backend=network,
    )


class Garbled(ConnectionError):
    """Somebody answered, in no HTTP."""


@dataclass(frozen=True, slots=True)
class Answered:
    """How a call was answered; `body` is None for an answer that is no success, or is too long."""

    status: int
    body: bytes | None


def call(
    method: str,
    url: str,
    body: bytes | None = None,
    *,
    headers: Mapping[str, str],
    seconds: float,
    connect: float,
    largest: int,
) -> Answered:
    """What `url` answers, read as it comes and no further than `largest`; whatever it answers to is followed nowhere.

    All of it takes at most `seconds`, the connection at most `connect`: a server that sends a letter of its head or
    body now and then keeps nobody waiting. Raises TimeoutError, ConnectionError (Garbled for what is no HTTP),
    ValueError for what can't be put into a request.
    """
    address = url.encode("ascii")
    sent = [(name.encode("ascii"), value.encode("ascii")) for name, value in headers.items()]
    timeouts = {"connect": connect, "read": seconds, "write": seconds, "pool": seconds}
    try:
        with (
            _pool(url, _Network(_Until(seconds))) as pool,
            pool.stream(
                method, address, headers=sent, content=body, extensions={"timeout": timeouts}
            ) as answer,
        ):
            return Answered(answer.status, _read(answer, largest) if 200 <= answer.status < 300 else None)
    except httpcore.TimeoutException as error:
        raise TimeoutError from error
    except httpcore.RemoteProtocolError as error:
        raise Garbled from error
    except (
        httpcore.NetworkError,
        httpcore.ProtocolError,
        httpcore.ProxyError,
        httpcore.UnsupportedProtocol,
    ) as error:
        raise ConnectionError from error


def _read(answer: httpcore.Response, largest: int) -> bytes | None:
    found = bytearray()
    for part in answer.iter_stream():
        found += part
        if len(found) > largest:
            return None
    return bytes(found)


def post(url: str, body: bytes, *, kind: str, seconds: float, connect: float, largest: int) -> bytes | None:
    """What `url` answers to `body` of media type `kind`, bounded like `call`; None for an answer that is no success, or
    is longer than `largest`. Raises TimeoutError, ConnectionError."""
    headers = {"Content-Type": kind, "Accept": kind}
    return call("POST", url, body, headers=headers, seconds=seconds, connect=connect, largest=largest).body
