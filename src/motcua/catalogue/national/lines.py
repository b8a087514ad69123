"""The lines of a file of records, gzipped or plain, whatever state it is in."""

import gzip
import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from motcua.catalogue.national.record import LONGEST_LINE

_GZIP = b"\x1f\x8b"
_BOM = b"\xef\xbb\xbf"
_MOST_BYTES = 4 * LONGEST_LINE


@dataclass(frozen=True, slots=True)
class Line:
    """`text`: None where the bytes are no UTF-8 or too many; `digest`: SHA-256 of the bytes."""

    number: int
    text: str | None
    digest: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """The file ends in the middle of its compression, after this line."""

    after: int


def digest_of(path: Path) -> bytes:
    """The file's SHA-256. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def lines(path: Path) -> Iterator[Line | Cut]:
    """Every line that is not blank, one at a time; a Cut at the end of a file that was cut. Raises OSError."""
    with path.open("rb") as plain:
        packed = plain.read(len(_GZIP)) == _GZIP
        plain.seek(0)
        if packed:
            with gzip.open(plain) as file:
                yield from _lines(file)  # type: ignore[arg-type]
        else:
            yield from _lines(plain)


def _lines(file: BinaryIO) -> Iterator[Line | Cut]:
    number = 0
    try:
        while content := file.readline(_MOST_BYTES):
            number += 1
            whole = content.endswith(b"\n") or len(content) < _MOST_BYTES
            while not content.endswith(b"\n") and (rest := file.readline(_MOST_BYTES)):
                content, whole = rest, False
            line = content.strip().removeprefix(_BOM)
            if line or not whole:
                yield Line(number, _text(line) if whole else None, hashlib.sha256(line).digest())
    except (EOFError, zlib.error, gzip.BadGzipFile):
        yield Cut(number)


def _text(line: bytes) -> str | None:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return None
