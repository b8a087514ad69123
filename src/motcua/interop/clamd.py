"""A scanner for malicious code that speaks ClamAV's daemon protocol: INSTREAM over TCP or a local socket."""

import io
import socket
import struct
import threading
import time
from functools import cache

from django.conf import settings

from motcua.files.ports import Scanned

LONGEST = 15.0  # seconds in all; twenty megabytes take one
SOON = 4.0  # the same where somebody waits at a page
AWAY_FOR = 30.0  # seconds in which nobody waits for it after it was silent
_CONNECT = 2.0
_PIECE = 64 * 1024
_LARGEST_ANSWER = 4096
_BEGIN = b"zINSTREAM\0"
_SAID, _CLEAN, _FOUND = "stream: ", "OK", " FOUND"


class Clamd:
    """The daemon at `address`: `host:port`, or `unix:` and the path of its socket."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._waiting = threading.Lock()
        self._away_until = 0.0

    def scan(self, stream: io.BufferedReader) -> Scanned:
        """What it says; whatever goes wrong on the way, and whatever it answers else, is silence."""
        return self._scanned(stream, LONGEST)

    def scan_now(self, stream: io.BufferedReader) -> Scanned:
        """The same, soon: one at a time in each process, and not at all for a while after silence. A scanner that hangs
        holds no page up."""
        if time.monotonic() < self._away_until or not self._waiting.acquire(blocking=False):
            return Scanned(None)
        try:
            said = self._scanned(stream, SOON)
        finally:
            self._waiting.release()
        if said.finding is None:
            self._away_until = time.monotonic() + AWAY_FOR
        return said

    def _scanned(self, stream: io.BufferedReader, seconds: float) -> Scanned:
        try:
            return Scanned(finding(self._asked(stream, seconds)))
        except OSError:
            return Scanned(None)

    def _asked(self, stream: io.BufferedReader, seconds: float) -> str:
        over = time.monotonic() + seconds
        with self._connected() as talk:
            talk.sendall(_BEGIN)
            while piece := stream.read(_PIECE):
                talk.settimeout(_left(over))
                talk.sendall(struct.pack(">I", len(piece)) + piece)
            talk.sendall(struct.pack(">I", 0))
            said = bytearray()
            while b"\0" not in said and len(said) < _LARGEST_ANSWER:
                talk.settimeout(_left(over))
                part = talk.recv(_LARGEST_ANSWER)
                if not part:
                    break
                said += part
        return bytes(said).partition(b"\0")[0].decode("utf-8", "replace")

    def _connected(self) -> socket.socket:
        kind, _, path = self._address.partition(":")
        if kind == "unix":
            talk = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            talk.settimeout(_CONNECT)
            try:
                talk.connect(path)
            except OSError:
                talk.close()
                raise
            return talk
        host, _, port = self._address.rpartition(":")
        return socket.create_connection((host, int(port)), timeout=_CONNECT)


def _left(over: float) -> float:
    rest = over - time.monotonic()
    if rest <= 0:
        raise TimeoutError
    return rest


def finding(answer: str) -> str | None:
    """The name of what was found in `stream: … FOUND`, "" for `stream: OK`, None for anything else."""
    said = answer.strip().removeprefix(_SAID)
    if not answer.startswith(_SAID):
        return None
    if said == _CLEAN:
        return ""
    return said.removesuffix(_FOUND) if said.endswith(_FOUND) and said != _FOUND.strip() else None


def from_settings() -> Clamd | None:
    """The scanner this installation is connected to; None where it is to none."""
    return _at(settings.SCANNER) if settings.SCANNER else None


@cache
def _at(address: str) -> Clamd:
    return Clamd(address)
