"""What VNeID tells of who signs in, as we take it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from motcua.kernel.errors import Denied
from motcua.kernel.text import clean
from motcua.parties.operations import Particulars
from motcua.parties.papers import PAPERS

# LoaiTaiKhoan: what the account is of, and where its number and name stand.
_ACCOUNTS = {
    "1": ("citizen", "citizen_id", "SoDinhDanh", "HoVaTen"),
    "2": ("business", "tax_code", "MaSoThue", "TenDoanhNghiep"),
}
_DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%Y%m%d")


@dataclass(frozen=True, slots=True)
class Introduced:
    """Who signs in: by what the provider knows them (`subject`: TechID), and what it tells of them."""

    subject: str
    particulars: Particulars


def introduced(claims: Mapping[str, Any]) -> Introduced:
    """Who the claims are of. Raises Denied where they name nobody we can know again."""
    told = {name: clean(str(value)) for name, value in claims.items() if type(value) in {str, int}}
    if (account := _ACCOUNTS.get(told.get("LoaiTaiKhoan", ""))) is None:
        raise Denied(
            "Hệ thống định danh không cho biết đây là tài khoản cá nhân hay tổ chức, nên không đăng nhập được. "
            "Hãy báo bộ phận một cửa.",
            "The identity provider does not tell whether this is a person's or an organisation's account, so you "
            "can't sign in. Tell the one-stop desk.",
        )
    kind, paper, where, called = account
    subject, number, name = (
        told.get("TechID") or told.get("sub", ""),
        told.get(where, ""),
        told.get(called, ""),
    )
    if not (subject and name and PAPERS[paper].identifies(number)):
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
            kind=kind,
            paper=paper,
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
