"""Identifiers minted by us: UUIDv7 (RFC 9562), rising with time so that indexes stay narrow."""

import os
import time
from uuid import UUID


def uuid7() -> UUID:
    """A new UUIDv7: 48 bits of milliseconds, 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    random_bits = int.from_bytes(os.urandom(10), "big")
    value = (milliseconds & (2**48 - 1)) << 80
    value |= 0x7 << 76
    value |= (random_bits >> 68 & 0xFFF) << 64
    value |= 0b10 << 62
    value |= random_bits & (2**62 - 1)
    return UUID(int=value)


_LAST = "ffffffff-ffff-ffff-ffff-ffffffffffff"


def before_id(after: str | None) -> str:
    """Below which id a list, newest first, goes on after `after`: all of it where that is no id."""
    try:
        return str(UUID(after)) if after else _LAST
    except ValueError:
        return _LAST
