"""Time-based one-time passwords, RFC 6238 on HMAC-SHA-1 with 6 digits and steps of 30 seconds, as every
authenticator app reads them. Pure."""

import base64
import hashlib
import hmac
from datetime import datetime
from urllib.parse import quote, urlencode

STEP_SECONDS = 30
DIGITS = 6
DRIFT = 1  # steps that a telephone's clock may be ahead or behind
SEED_BYTES = 20


def step_at(at: datetime) -> int:
    """The number of the step in which `at` lies."""
    return int(at.timestamp()) // STEP_SECONDS


def code_of(seed: bytes, step: int, *, digits: int = DIGITS) -> str:
    """The code of `seed` in a step (RFC 4226, section 5.3)."""
    digest = hmac.new(seed, step.to_bytes(8, "big"), hashlib.sha1).digest()
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**digits:0{digits}}"


def accepted_step(seed: bytes, typed: str, *, at: datetime, after: int) -> int | None:
    """The step whose code was typed, at most one beside that of `at`; None when there is none.

    Steps up to `after`, the last one used, are spent: a code read over somebody's shoulder opens nothing.
    """
    here = step_at(at)
    found = None
    for step in range(here - DRIFT, here + DRIFT + 1):
        if hmac.compare_digest(code_of(seed, step).encode(), typed.encode()) and step > after:
            found = step
    return found


def seed_text(seed: bytes) -> str:
    """The seed as a person types it into an app: base32 in groups of four."""
    plain = base64.b32encode(seed).decode().rstrip("=")
    return " ".join(plain[i : i + 4] for i in range(0, len(plain), 4))


def address(seed: bytes, *, issuer: str, login: str) -> str:
    """What the QR holds: the otpauth address that authenticator apps read."""
    label = quote(f"{issuer}:{login}")
    told = {"secret": base64.b32encode(seed).decode().rstrip("="), "issuer": issuer}
    return f"otpauth://totp/{label}?{urlencode(told, quote_via=quote)}"
