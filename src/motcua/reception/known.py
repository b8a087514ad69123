"""The keys people who came before are found by. Pure but for the installation's key."""

from collections.abc import Iterator, Mapping
from typing import Any

from motcua.kernel.seals import mac
from motcua.kernel.text import fold
from motcua.parties.papers import normal

FEWEST_DIGITS = 8


def digits_of(text: str) -> str:
    """A telephone number as it is compared: digits only, +84 as 0."""
    bare = "".join(c for c in text if c.isdigit() and c.isascii())
    return f"0{bare[2:]}" if bare.startswith("84") and len(bare) == 11 else bare


def number_key(agency: str, number: str) -> bytes:
    """The key of an identity number at a desk."""
    return mac("known-person", f"{agency}/number/{normal(number)}".encode())


def phone_key(agency: str, phone: str) -> bytes:
    """The key of a telephone number at a desk."""
    return mac("known-person", f"{agency}/phone/{digits_of(phone)}".encode())


def name_keys(agency: str, name: str) -> list[bytes]:
    """A key for each word of a name, without accents."""
    return [
        mac("known-person", f"{agency}/name/{word}".encode()) for word in dict.fromkeys(fold(name).split())
    ]


def keys_of(agency: str, told: Mapping[str, Any]) -> Iterator[bytes]:
    """The keys of a party as a dossier's snapshot tells it."""
    if told.get("number"):
        yield number_key(agency, str(told["number"]))
    if len(digits_of(str(told.get("phone") or ""))) >= FEWEST_DIGITS:
        yield phone_key(agency, str(told["phone"]))
