"""VietQR: the payload of a transfer's QR (EMVCo merchant-presented, NAPAS 247 service, ISO/IEC 13239 CRC). Pure.

The amount and the transfer's text stand in it (a *dynamic* code), so whoever scans it types nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

NAPAS = "A000000727"  # the application identifier of NAPAS
TO_ACCOUNT = "QRIBFTTA"  # the service: an instant transfer to an account
DONG = "704"  # ISO 4217
LONGEST_TEXT = 25  # EMVCo: additional data, purpose of transaction
MOST_DONG = 9_999_999_999_999  # EMVCo: 13 figures
# Banks by their BIN at NAPAS, under the names people know them by.
BANKS: Mapping[str, str] = {
    "970405": "Agribank",
    "970415": "VietinBank",
    "970418": "BIDV",
    "970436": "Vietcombank",
    "970403": "Sacombank",
    "970407": "Techcombank",
    "970416": "ACB",
    "970422": "MB Bank",
    "970423": "TPBank",
    "970426": "MSB",
    "970431": "Eximbank",
    "970432": "VPBank",
    "970437": "HDBank",
    "970440": "SeABank",
    "970441": "VIB",
    "970443": "SHB",
    "970448": "OCB",
    "970449": "LPBank",
}
_NUMBER = re.compile(r"[0-9A-Z]{6,19}")
_TEXT = re.compile(r"[0-9A-Z ]+")


@dataclass(frozen=True, slots=True)
class BankAccount:
    """An account that takes money: the bank's BIN at NAPAS, the number, and the holder as the bank writes it."""

    bin: str
    number: str
    holder: str


def is_number(text: str) -> bool:
    """Whether `text` has the shape of an account's number."""
    return _NUMBER.fullmatch(text) is not None


def payload(account: BankAccount, *, amount: int, text: str) -> str:
    """What the QR says. Raises ValueError for what no bank could read back."""
    if not (account.bin in BANKS and is_number(account.number)):
        raise ValueError("an account is a known bank's BIN and a number of 6 to 19 letters and figures")
    if not 0 < amount <= MOST_DONG:
        raise ValueError("an amount is a whole number of đồng above nought")
    if len(text) > LONGEST_TEXT or not _TEXT.fullmatch(text):
        raise ValueError(f"a transfer's text has 1 to {LONGEST_TEXT} capital letters and figures")
    beneficiary = _field(0, account.bin) + _field(1, account.number)
    body = "".join(
        (
            _field(0, "01"),  # version
            _field(1, "12"),  # good for one payment
            _field(38, _field(0, NAPAS) + _field(1, beneficiary) + _field(2, TO_ACCOUNT)),
            _field(53, DONG),
            _field(54, str(amount)),
            _field(58, "VN"),
            _field(62, _field(8, text)),
            "6304",  # the check counts its own tag and length
        )
    )
    return f"{body}{crc16(body.encode('ascii')):04X}"


def crc16(body: bytes) -> int:
    """CRC-16/CCITT-FALSE: polynomial 0x1021, begun with 0xFFFF, nothing reflected."""
    value = 0xFFFF
    for byte in body:
        value ^= byte << 8
        for _ in range(8):
            value = (value << 1) ^ 0x1021 if value & 0x8000 else value << 1
        value &= 0xFFFF
    return value


def _field(tag: int, value: str) -> str:
    return f"{tag:02}{len(value):02}{value}"
