"""What VNeID tells of who signs in, as we take it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from motcua.kernel.errors import Denied
from motcua.kernel.text import clean
from motcua.parties.operations import Particulars

BUSINESS = "2"  # LoaiTaiKhoan
_DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%Y%m%d")


@dataclass(frozen=True, slots=True)
class Introduced:
    """Who signs in: by what the provider knows them (`subject`: TechID), and what it tells of them."""

    subject: str
    particulars: Particulars


def introduced(claims: Mapping[str, Any]) -> Introduced:
    """Who the claims are of. Raises Denied where they name nobody we can know again."""
    told = {name: clean(value) for name, value in claims.items() if isinstance(value, str)}
    subject = told.get("TechID") or told.get("sub", "")
    business = told.get("LoaiTaiKhoan") == BUSINESS
    number = told.get("MaSoThue") if business else told.get("SoDinhDanh")
    name = told.get("TenDoanhNghiep") if business else told.get("HoVaTen")
    if not (subject and number and name):
        raise Denied(
            "Hệ thống định danh không cho biết số định danh và họ tên, nên không đăng nhập được. "
            "Hãy kiểm tra tài khoản VNeID đã ở mức độ 2.",
            "The identity provider tells no number and name, so you can't sign in. See that your VNeID account is of "
            "level 2.",
        )
    return Introduced(
        subject,
        Particulars(
            name=name,
            kind="business" if business else "citizen",
            paper="tax_code" if business else "citizen_id",
            number=number,
            born_on=_day(told.get("NgayThangNamSinh", "")),
            phone=told.get("SoDienThoai", ""),
            email=told.get("ThuDienTu", ""),
            address=told.get("DiaChi", ""),
        ).cleaned(),
    )


def _day(text: str) -> date | None:
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, no instant
        except ValueError:
            continue
    return None
