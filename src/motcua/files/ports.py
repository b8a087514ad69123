"""The port of this module: a scanner for malicious code. Its adapter lives in `interop`."""

import io
from dataclasses import dataclass
from typing import Protocol

from motcua.kernel.registry import wiring

SCANNER = "scanner"


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scanner says: `finding` is the name of what it found, "" for nothing; None: it said nothing at all."""

    finding: str | None


class Scanner(Protocol):
    """A scanner. It never raises for what the other side does: that is silence."""

    def scan(self, stream: io.BufferedReader) -> Scanned:
        """What it says of the file in `stream`, read from its beginning. Slow: never inside a unit of work."""

    def scan_now(self, stream: io.BufferedReader) -> Scanned:
        """The same while somebody waits for it at a page: it is silent soon rather than late."""


def scanner() -> Scanner | None:
    """The scanner; None where the installation has none."""
    make = wiring().adapters.get(SCANNER)
    return make() if make else None
