"""Identifiers minted by us: UUIDv7 (RFC 9562), rising with time so that indexes stay narrow."""

import os
import time
from uuid import UUID


def uuid7() -> UUID:
    """A new UUIDv7: 48 bits of milliseconds, 12 of the fraction of one (RFC 9562 section 6.2, method 3: what one
    process makes one after another stays in that order), 62 random."""
    milliseconds, nanoseconds = divmod(time.time_ns(), 1_000_000)
    value = (milliseconds & (2**48 - 1)) << 80
    value |= 0x7 << 76
    value |= (nanoseconds << 12) // 1_000_000 << 64
    value |= 0b10 << 62
    value |= int.from_bytes(os.urandom(8), "big") >> 2
    return UUID(int=value)


def identifier(text: str | None) -> UUID | None:
    """The id written in `text`; None for anything else."""
    try:
        return UUID(text) if text else None
    except ValueError:
        return None


_LAST = "ffffffff-ffff-ffff-ffff-ffffffffffff"


def before_id(after: str | None) -> str:
    """Below which id a list, newest first, goes on after `after`: all of it where that is no id."""
    try:
        return str(UUID(after)) if after else _LAST
    except ValueError:
        return _LAST
