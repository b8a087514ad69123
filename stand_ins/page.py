"""The page of a stand-in: says what it is, shows what came in, and lets somebody choose how it behaves."""

import threading
from dataclasses import dataclass
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol
from urllib.parse import parse_qs

NOTICE = "Bản mô phỏng, không phải hệ thống thật · A stand-in, not the real system"


class Behaving(Protocol):
    """What a page shows: how it behaves, and what it kept."""

    mode: str

    @property
    def kept(self) -> list[dict[str, str]]:
        """What came in, oldest first."""


@dataclass
class Page:
    """The title of a stand-in, what it shows, and the ways in which it can behave."""

    title: str
    shown: Behaving
    modes: tuple[str, ...]

    def html(self) -> str:
        """The whole page."""
        choices = "".join(
            f'<button name="mode" value="{mode}"{" disabled" if mode == self.shown.mode else ""}>{mode}</button> '
            for mode in self.modes
        )
        kept = "".join(
            "<tr>" + "".join(f"<td><pre>{escape(value)}</pre></td>" for value in each.values()) + "</tr>"
            for each in reversed(self.shown.kept)
        )
        return (
            f'<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{escape(self.title)}</title></head>'
            f"<body><p><strong>{NOTICE}</strong></p><h1>{escape(self.title)}</h1>"
            f'<form method="post" action="/behave">{choices}</form><table border="1">{kept}</table></body></html>'
        )


class Handler(BaseHTTPRequestHandler):
    """Serves the page, and takes the choice of a mode."""

    page: Page

    def do_GET(self) -> None:
        """The page."""
        self.answer(200, self.page.html().encode(), "text/html; charset=utf-8")

    def do_POST(self) -> None:
        """POST /behave with `mode`."""
        self.behave()

    def behave(self) -> None:
        """Take the mode that was chosen, and show the page again."""
        chosen = parse_qs(self.body().decode()).get("mode", [""])[0]
        if chosen not in self.page.modes:
            self.answer(422, b"unknown mode", "text/plain")
            return
        self.page.shown.mode = chosen
        self.send_response(303)
        self.send_header("Location", "/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def body(self) -> bytes:
        """What was posted."""
        return self.rfile.read(int(self.headers.get("Content-Length", "0")))

    def answer(self, status: int, body: bytes, kind: str = "application/json") -> None:
        """Send one answer."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: Any) -> None:
        """Say nothing: what came in is on the page."""


def show(page: Page, *, port: int, handler: type[Handler] = Handler) -> ThreadingHTTPServer:
    """Serve `page` on `port` in a thread, until `.shutdown()`."""
    bound = type("Bound", (handler,), {"page": page})
    server = ThreadingHTTPServer(("127.0.0.1", port), bound)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    return server
