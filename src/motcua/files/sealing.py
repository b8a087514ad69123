"""Bytes at rest: AES-GCM in chunks, so that a file is sealed while it streams in and opened at any place of it.

A data key seals one file only, so the number of the chunk is its nonce; the last chunk says that it is the last:
a file cut short, or with chunks exchanged, does not open.
"""

import io
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CHUNK = 64 * 1024
MARK = b"MCF1"
_TAG = 16
# What the seals of a file's key and of an upload's name are bound to.
KEY_PURPOSE, NAME_PURPOSE = "file-key", "file-name"


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class Sealer:
    """Seals what is fed to it; what is ready to be written comes back."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)
        self._rest = bytearray()
        self._number = 0

    def feed(self, plain: bytes) -> bytes:
        """The chunks that are full and not the last."""
        self._rest += plain
        out = bytearray()
        while len(self._rest) > CHUNK:
            out += self._seal(bytes(self._rest[:CHUNK]), last=False)
            del self._rest[:CHUNK]
        return bytes(out)

    def finish(self) -> bytes:
        """The last chunk."""
        return self._seal(bytes(self._rest), last=True)

    def _seal(self, chunk: bytes, *, last: bool) -> bytes:
        sealed = self._cipher.encrypt(_nonce(self._number, last=last), chunk, MARK)
        self._number += 1
        return sealed


class Opened(io.RawIOBase):
    """A sealed file as a readable, seekable one. Raises OSError where it was changed or cut."""

    def __init__(self, sealed: BinaryIO, key: bytes) -> None:
        super().__init__()
        self._sealed = sealed
        self._cipher = AESGCM(key)
        sealed.seek(0, io.SEEK_END)
        body = sealed.tell() - len(MARK)
        self._chunks = max(-(-body // (CHUNK + _TAG)), 1)
        self.size = body - self._chunks * _TAG
        self._at = 0
        self._kept: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        self._at = max(start + offset, 0)
        return self._at

    def readinto(self, buffer: "bytearray | memoryview", /) -> int:  # type: ignore[override]
        if self._at >= self.size:
            return 0
        number, skip = divmod(self._at, CHUNK)
        part = self._chunk(number)[skip : skip + len(buffer)]
        buffer[: len(part)] = part
        self._at += len(part)
        return len(part)

    def close(self) -> None:
        if not self.closed:
            self._sealed.close()
        super().close()

    def _chunk(self, number: int) -> bytes:
        if self._kept[0] != number:
            self._sealed.seek(len(MARK) + number * (CHUNK + _TAG))
            sealed = self._sealed.read(CHUNK + _TAG)
            try:
                plain = self._cipher.decrypt(_nonce(number, last=number == self._chunks - 1), sealed, MARK)
            except (InvalidTag, ValueError) as error:
                raise OSError("the stored file was changed, cut, or belongs to another key") from error
            self._kept = (number, plain)
        return self._kept[1]


def opened(sealed: BinaryIO, key: bytes) -> io.BufferedReader:
    """A sealed file, opened for reading at any place."""
    return io.BufferedReader(Opened(sealed, key), CHUNK)
