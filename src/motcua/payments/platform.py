"""The national payment platform's messages: what is asked, how it is signed, what an answer says. Pure.

A message's code (MaXacThuc) is the SHA-256 of its fields and the shared secret, joined by "|". The fields of INIT and
of the query are those of the platform's version 1.0.6. Which fields a confirmation's code is made of, and the numbers
of TrangThaiGD, could not be read in an original (ADR 0038): they stand here, in one place, to be put right.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from motcua.kernel.time import ZONE, local
from motcua.payments.days import AHEAD
from motcua.payments.vietqr import BankAccount

VERSION = "1.0.6"
INIT_SIGNED = (
    "LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "SoTien", "LoaiHinhThanhToan", "MaKenhThanhToan",
    "MaThietBi", "NgonNgu", "MaTienTe", "MaNganHang", "ThongTinGiaoDich", "ThoiGianGD", "Ip",
)  # fmt: skip
QUERY_SIGNED = ("LoaiBanTin", "PhienBan", "MaDoiTac", "MaThamChieu", "ThoiGianGD")
CONFIRM_SIGNED = (
    "LoaiBanTin", "MaDoiTac", "MaThamChieu", "ThoiGianGD", "SoTien", "MaTienTe", "MaGiaoDich", "MaNganHang",
    "TrangThaiGD", "MaLoi",
)  # fmt: skip
PAID, FAILED, WAITING = "1", "2", "0"
LONGEST_NUMBER = 60
# A telling is of a payment made not long ago.
OLDEST = timedelta(days=366)
# A name is asked for; whose money it is follows from the dossier's code, and nobody else needs to know who applied.
PAYER = "Người nộp hồ sơ"


class Forged(Exception):
    """A message that is not from the platform, or was changed on its way."""


class Unreadable(Exception):
    """A message that lacks what it must say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A payment about to begin there: `lines` are (code of the fee, its name, đồng)."""

    reference: str
    total: int
    lines: Sequence[tuple[str, str, int]]
    account: BankAccount
    procedure: str
    title: str
    agency: str
    agency_name: str
    dossier: str
    address: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the platform says of a payment: `state` is paid, failed or waiting; `number` is its own for the money."""

    reference: str
    state: str
    number: str
    amount: int
    on: date


def init(asked: Asked, *, partner: str, secret: str) -> dict[str, Any]:
    """The message that begins a payment."""
    fees = [
        {"LoaiPhiLePhi": "1", "MaPhiLePhi": code, "TenPhiLePhi": name, "SoTien": str(amount)}
        for code, name, amount in asked.lines
    ]
    body: dict[str, Any] = {
        "LoaiBanTin": "INIT",
        "PhienBan": VERSION,
        "MaDoiTac": partner,
        "MaThamChieu": asked.reference,
        "SoTien": str(asked.total),
        "LoaiHinhThanhToan": "PAY",
        "MaKenhThanhToan": "1",
        "MaThietBi": "1",
        "NgonNgu": "vi-VN",
        "MaTienTe": "VND",
        "MaNganHang": "PAYMENT",
        "ThongTinGiaoDich": f"Phi le phi {asked.reference}",
        "ThoiGianGD": instant(asked.at),
        "Ip": asked.address,
        "ThongTinBienLai": {
            "MaDichVu": "2",
            "MaDVC": f"{asked.procedure}.01",
            "TenDVC": asked.title[:250],
            "MaTTHC": asked.procedure,
            "TenTTHC": asked.title[:250],
            "MaDonVi": asked.agency,
            "TenDonVi": asked.agency_name,
            "MaHoSo": asked.dossier,
            "TKThuHuong": asked.account.number,
            "MaNHThuHuong": asked.account.bin,
            "TenTKThuHuong": asked.account.holder,
            "NoiDungThanhToan": asked.reference,
            "HoTenNguoiNop": PAYER,
            "PhiLePhi": fees,
            "DSKhoanNop": [{"NoiDung": fee["TenPhiLePhi"], "SoTien": fee["SoTien"]} for fee in fees],
        },
    }
    return body | {"MaXacThuc": code_of(body, INIT_SIGNED, secret)}


def query(reference: str, *, at: datetime, partner: str, secret: str) -> dict[str, str]:
    """The message that asks how a payment stands."""
    body = {
        "LoaiBanTin": "QUERY",
        "PhienBan": VERSION,
        "MaDoiTac": partner,
        "MaThamChieu": reference,
        "ThoiGianGD": instant(at),
    }
    return body | {"MaXacThuc": code_of(body, QUERY_SIGNED, secret)}


def code_of(body: Mapping[str, Any], signed: Sequence[str], secret: str) -> str:
    """A message's code. Raises ValueError for a field that holds the separator: two messages would have one code."""
    values = [str(body.get(name, "")) for name in signed]
    if any("|" in value for value in values):
        raise ValueError("a signed field holds the separator")
    return hashlib.sha256("|".join((*values, secret)).encode()).hexdigest()


def told(body: object, *, at: datetime, partner: str, secret: str) -> Told:
    """What a confirmation, or the answer to a query, says at `at`. Raises Forged before anything in it is believed,
    then Unreadable: also for letters that no reference has, and for a day that cannot be."""
    if not isinstance(body, Mapping):
        raise Unreadable
    try:
        wanted = code_of(body, CONFIRM_SIGNED, secret)
    except ValueError as error:
        raise Forged from error
    given = str(body.get("MaXacThuc", "")).lower()
    if not hmac.compare_digest(wanted.encode(), given.encode()) or body.get("MaDoiTac") != partner:
        raise Forged
    state, number, amount = (str(body.get(name, "")) for name in ("TrangThaiGD", "MaGiaoDich", "SoTien"))
    has_amount = amount.isascii() and amount.isdigit() and 0 < len(amount) <= 13 and int(amount) > 0
    if state not in (PAID, FAILED, WAITING) or body.get("MaTienTe") != "VND" or not has_amount:
        raise Unreadable
    reference = str(body.get("MaThamChieu", ""))
    if not (_is_plain(reference) and _is_plain(number)) or (state == PAID and not number):
        raise Unreadable
    return Told(
        reference=reference,
        state=state,
        number=number,
        amount=int(amount),
        on=_day(str(body.get("ThoiGianGD", "")), at),
    )


def _is_plain(text: str) -> bool:
    return len(text) <= LONGEST_NUMBER and text.isascii() and (text.isprintable() or not text)


def instant(at: datetime) -> str:
    """An instant as the platform writes it, on Vietnam's clock of 24 hours."""
    return f"{local(at):%Y%m%d%H%M%S}"


def _day(text: str, at: datetime) -> date:
    try:
        told = datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=ZONE)
    except ValueError as error:
        raise Unreadable from error
    if not at - OLDEST <= told <= at + AHEAD:
        raise Unreadable
    return told.date()
