"""Calls to other systems over HTTP that end in time: bounded as a whole, head and body, and in size."""

import ssl
import time
from collections.abc import Iterable
from typing import Any

import httpcore


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


def post(url: str, body: bytes, *, kind: str, seconds: float, connect: float, largest: int) -> bytes | None:
    """What `url` answers to `body` of media type `kind`, read as it comes; None for an answer that is no success, or
    is longer than `largest`.

    All of it takes at most `seconds`, the connection at most `connect`: a server that sends a letter of its head or
    body now and then keeps nobody waiting. Raises TimeoutError, ConnectionError.
    """
    timeouts = {"connect": connect, "read": seconds, "write": seconds, "pool": seconds}
    headers = [("Content-Type", kind), ("Accept", kind)]
    found = bytearray()
    try:
        with (
            httpcore.ConnectionPool(network_backend=_Network(_Until(seconds))) as pool,
            pool.stream(
                "POST", url, headers=headers, content=body, extensions={"timeout": timeouts}
            ) as answer,
        ):
            if not 200 <= answer.status < 300:
                return None
            for part in answer.iter_stream():
                found += part
                if len(found) > largest:
                    return None
    except httpcore.TimeoutException as error:
        raise TimeoutError from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
        raise ConnectionError from error
    return bytes(found)
