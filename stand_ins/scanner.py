"""A stand-in for a virus scanner (ClamAV's daemon): takes files by INSTREAM, and finds EICAR's test string in them.

`python -m stand_ins.scanner --port 3310 --page 8033`. It knows no other virus. The page, or POST /behave with `mode`,
tells it to work (`ok`), to hang (`hang`), to answer garbage (`garbage`), or to say that it can't (`error`).
"""

import argparse
import socketserver
import struct
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field

from stand_ins.page import Page, show

MODES = ("ok", "hang", "garbage", "error")
# EICAR's harmless test string, in two parts: whole it would be found in this file too.
TEST = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
NAME = "Eicar-Test-Signature"
LARGEST = 100 * 1024 * 1024


@dataclass
class Scans:
    """What came in, and how it is answered."""

    mode: str = "ok"
    kept: list[dict[str, str]] = field(default_factory=list)
    asked: int = 0
    heard: threading.Event = field(default_factory=threading.Event)
    hang_seconds: float = 60.0


class Talking(socketserver.StreamRequestHandler):
    """One connection: a command that ends with a NUL (z) or a line feed (n), and its answer, which ends alike."""

    scans: Scans

    def handle(self) -> None:
        """PING, VERSION or INSTREAM."""
        command, end = self._command()
        with suppress(ConnectionError):
            if command == b"PING":
                self.wfile.write(b"PONG" + end)
            elif command == b"VERSION":
                self.wfile.write(b"ClamAV stand-in, not the real system" + end)
            elif command == b"INSTREAM":
                self.wfile.write(self._scanned() + end)
            else:
                self.wfile.write(b"UNKNOWN COMMAND" + end)

    def _command(self) -> tuple[bytes, bytes]:
        kind = self.rfile.read(1)
        end = b"\0" if kind == b"z" else b"\n"
        word = bytearray()
        while len(word) < 100 and (one := self.rfile.read(1)) not in (end, b""):
            word += one
        return bytes(word), end

    def _scanned(self) -> bytes:
        held = bytearray()
        while size := struct.unpack(">I", self.rfile.read(4))[0]:
            held += self.rfile.read(size)
            if len(held) > LARGEST:
                return b"INSTREAM size limit exceeded. ERROR"
        self.scans.asked += 1
        self.scans.heard.set()
        if self.scans.mode == "hang":
            time.sleep(self.scans.hang_seconds)
        if self.scans.mode == "garbage":
            return b"\xff what"
        if self.scans.mode == "error":
            return b"stream: Can't allocate memory ERROR"
        said = f"stream: {NAME} FOUND" if TEST in held else "stream: OK"
        self.scans.kept.append({"bytes": str(len(held)), "said": said})
        return said.encode()


def serve(scans: Scans, *, port: int) -> socketserver.ThreadingTCPServer:
    """A server that scans on `port` of this machine, in threads of its own; `shutdown()` ends it."""

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

    server = Server(("127.0.0.1", port), type("Bound", (Talking,), {"scans": scans}))
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    return server


def main() -> None:
    """Run until stopped."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=3310)
    parser.add_argument("--page", type=int, default=8033)
    chosen = parser.parse_args()
    scans = Scans()
    serve(scans, port=chosen.port)
    show(Page("Bộ quét mã độc mô phỏng · Stand-in for a virus scanner", scans, MODES), port=chosen.page)
    print(f"INSTREAM on 127.0.0.1:{chosen.port}, page on http://127.0.0.1:{chosen.page}", flush=True)
    with suppress(KeyboardInterrupt):
        threading.Event().wait()


if __name__ == "__main__":
    main()
