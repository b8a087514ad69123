"""Calls go through the proxy that the installation names, and through no other."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.test import override_settings
from tests.support.trickles import trickles

from motcua.kernel.wire import Answered, call, proxy_for

THERE = "http://sms.example.gov.vn/messages"


@dataclass
class Seen:
    """What the proxy was asked: the line as it came, who asked, what was sent."""

    lines: list[str] = field(default_factory=list)
    authorised: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)


@contextmanager
def a_proxy() -> Iterator[tuple[str, Seen]]:
    """A proxy that answers for whatever lies behind it, and opens no tunnel."""
    seen = Seen()

    class Proxy(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            seen.lines.append(self.requestline)
            seen.authorised.append(self.headers.get("Proxy-Authorization", ""))
            seen.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def do_CONNECT(self) -> None:
            seen.lines.append(self.requestline)
            self.send_error(403)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_port}", seen
    finally:
        server.shutdown()
        server.server_close()


def sent(url: str) -> Answered:
    headers = {"Content-Type": "text/plain", "Content-Length": "2"}
    return call("POST", url, b"{}", headers=headers, seconds=2, connect=1, largest=100)


def test_a_call_goes_through_the_proxy_by_name_and_password():
    with a_proxy() as (where, seen), override_settings(PROXY=f"http://motcua:mat%20khau@{where}"):
        assert sent(THERE) == Answered(200, b"ok")
    assert seen.lines == [f"POST {THERE} HTTP/1.1"]
    assert seen.authorised == ["Basic bW90Y3VhOm1hdCBraGF1"]
    assert seen.bodies == [b"{}"]


def test_to_https_a_tunnel_is_asked_for_and_a_refusal_is_an_outage():
    with (
        a_proxy() as (where, seen),
        override_settings(PROXY=f"http://{where}"),
        pytest.raises(ConnectionError),
    ):
        sent("https://sms.example.gov.vn/messages")
    assert seen.lines == ["CONNECT sms.example.gov.vn:443 HTTP/1.1"]
    assert seen.bodies == []


def test_a_proxy_that_trickles_ends_in_time():
    with trickles() as begin:
        where = begin(b"HTTP/1.1 200 OK\r\nX-Slow: ", b" ")
        with override_settings(PROXY=f"http://127.0.0.1:{where}"), pytest.raises(TimeoutError):
            call("GET", THERE, headers={}, seconds=0.4, connect=0.4, largest=100)


def test_what_the_environment_names_is_not_obeyed(monkeypatch):
    with a_proxy() as (where, seen):
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://{where}")
        assert proxy_for(THERE) is None
        with pytest.raises(ConnectionError):
            sent("http://127.0.0.1:9/")
    assert seen.lines == []


@pytest.mark.parametrize(
    ("url", "direct"),
    [
        ("https://sms.example.vn/x", False),
        ("https://lgsp.gov.vn/x", True),
        ("https://population.LGSP.gov.vn:8443/x", True),
        ("https://other-lgsp.gov.vn/x", False),
        ("http://localhost:8000/x", True),
        ("http://127.0.0.5/x", True),
        ("http://[::1]:8000/x", True),
        ("http://10.0.0.5/x", False),
        ("http://10.0.0.7/x", True),
    ],
)
def test_what_lies_inside_is_called_without_it(url, direct):
    with override_settings(PROXY="http://proxy:3128", NO_PROXY=("lgsp.gov.vn", "10.0.0.7")):
        assert (proxy_for(url) is None) == direct
