"""What VNeID tells of who signs in, as we take it. Pure."""

import re
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
# Level 2 is that of a person whose face and fingerprints were compared (Decree 69/2024); an organisation's account
# has no level. Where the level is told is unverified: these claims were seen, the first that says something counts.
LEAST_LEVEL = 2
_LEVELS = ("IAL", "loAs", "acr")
# Not among the claims that are documented; taken where it is told, as the population register writes it or in words.
_SEXES = {"1": "male", "2": "female", "nam": "male", "nữ": "female"}
_DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%Y%m%d")


@dataclass(frozen=True, slots=True)
class Introduced:
    """Who signs in: by what the provider knows them (`subject`: TechID), and what it tells of them."""

    subject: str
    particulars: Particulars


def introduced(claims: Mapping[str, Any], *, least: int = LEAST_LEVEL) -> Introduced:
    """Who the claims are of. Raises Denied where they name nobody we can know again, and for a person whose account is
    below level `least` (0: of any level, told or not)."""
    told = {name: clean(str(value)) for name, value in claims.items() if type(value) in {str, int}}
    if (account := _ACCOUNTS.get(told.get("LoaiTaiKhoan", ""))) is None:
        raise Denied(
            "Hệ thống định danh không cho biết đây là tài khoản cá nhân hay tổ chức, nên không đăng nhập được. "
            "Hãy báo bộ phận một cửa.",
            "The identity provider does not tell whether this is a person's or an organisation's account, so you "
            "can't sign in. Tell the one-stop desk.",
        )
    kind, paper, where, called = account
    if kind == "citizen":
        _demand(level_of(told), least)
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
            sex=_SEXES.get(told.get("GioiTinh", "").casefold(), "") if kind == "citizen" else "",
            phone=told.get("SoDienThoai", ""),
            email=told.get("ThuDienTu", ""),
            address=told.get("DiaChi", ""),
        ).cleaned(),
    )


def level_of(told: Mapping[str, str]) -> int | None:
    """The level of identification, which is the number at the end of what is told ("2", "urn:vn:loa:2"); None where
    none is told."""
    level = next((told[name] for name in _LEVELS if told.get(name)), "")
    found = re.search(r"[0-9]{1,2}\Z", level)
    return int(found[0]) if found else None


def _demand(level: int | None, least: int) -> None:
    if least and level is None:
        raise Denied(
            f"Hệ thống định danh không cho biết mức độ của tài khoản, còn nộp trực tuyến cần mức độ {least}, nên chưa "
            "đăng nhập được. Hãy báo bộ phận một cửa, hoặc nộp hồ sơ tại đó.",
            f"The identity provider does not tell your account's level, and filing online needs level {least}, so you "
            "are not signed in. Tell the one-stop desk, or hand in there.",
        )
    if level is not None and level < least:
        raise Denied(
            f"Tài khoản định danh này ở mức độ {level}, còn nộp trực tuyến cần mức độ {least}. Hãy nâng mức tại công "
            "an xã, phường rồi đăng nhập lại, hoặc nộp hồ sơ tại bộ phận một cửa.",
            f"This account is of level {level}, and filing online needs level {least}. Have it raised at the commune's "
            "police and sign in again, or hand in at the one-stop desk.",
        )


def _day(text: str) -> date | None:
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day, no instant
        except ValueError:
            continue
    return None
