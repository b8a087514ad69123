"""Kinds of identity papers and what their numbers look like. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from motcua.kernel.say import Say
from motcua.kernel.text import fold


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of identity paper; `number` is what its number must match, `hint` says it in words, `holds` whether its
    check digits agree. A number that is not `unique` tells nobody apart: registers of two communes have the same."""

    code: str
    label: Say
    number: re.Pattern[str]
    hint: Say
    holds: Callable[[str], bool] = lambda number: True
    unique: bool = True

    def identifies(self, number: str) -> bool:
        """Whether `number` is of one person in the whole country; a personal number is, whatever paper it is read
        from."""
        return bool(number) and (self.unique or bool(PERSONAL_NUMBER.fullmatch(number)))


PERSONAL_NUMBER = re.compile(r"\d{12}")
TAX_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


def tax_code_holds(number: str) -> bool:
    """Whether the tenth digit of a tax code is what the nine before it give; a personal number of 12 digits, which a
    household business uses since 1 July 2025, has none."""
    if len(number) == 12:
        return True
    total = sum(weight * int(digit) for weight, digit in zip(TAX_WEIGHTS, number, strict=False))
    return 10 - total % 11 == int(number[9])


_KINDS = (
    Paper(
        "citizen_id",
        Say("Căn cước, căn cước công dân", "Citizen identity card"),
        re.compile(r"\d{12}"),
        Say("12 chữ số", "12 digits"),
    ),
    Paper(
        "old_id",
        Say("Chứng minh nhân dân", "Old identity card"),
        re.compile(r"\d{9}"),
        Say("9 chữ số", "9 digits"),
    ),
    Paper(
        "passport",
        Say("Hộ chiếu", "Passport"),
        re.compile(r"[A-Z0-9]{5,15}"),
        Say("5 đến 15 chữ cái và chữ số", "5 to 15 letters and digits"),
    ),
    Paper(
        "birth_certificate",
        Say("Giấy khai sinh", "Birth certificate"),
        re.compile(r"[0-9]{1,6}(/[0-9]{4})?(/[A-ZĐ0-9.\-]{1,12})?|\d{12}"),
        Say(
            "số trong sổ, như 123/2024, hoặc số định danh 12 chữ số",
            "the number of the register, like 123/2024, or the 12 digits of the personal number",
        ),
        unique=False,
    ),
    Paper(
        "residence",
        Say("Thẻ thường trú, thẻ tạm trú", "Residence card"),
        re.compile(r"[A-Z0-9\-]{5,20}"),
        Say("5 đến 20 chữ cái và chữ số", "5 to 20 letters and digits"),
    ),
    Paper(
        "tax_code",
        Say("Mã số thuế, mã số doanh nghiệp", "Tax or enterprise code"),
        re.compile(r"\d{10}(-\d{3})?|\d{12}"),
        Say(
            "10 chữ số, hoặc 10 chữ số và -001, hoặc 12 chữ số", "10 digits, 10 digits and -001, or 12 digits"
        ),
        tax_code_holds,
    ),
    Paper(
        "agency_code",
        Say("Mã định danh cơ quan", "Agency identifier"),
        re.compile(r"[A-Z0-9][A-Z0-9.]{1,34}"),
        Say("như H99.01.01", "like H99.01.01"),
    ),
    Paper(
        "other",
        Say("Giấy tờ khác", "Another paper"),
        re.compile(r"[A-Z0-9/.\- ]{2,40}"),
        Say("2 đến 40 chữ cái, chữ số", "2 to 40 letters and digits"),
    ),
    Paper(
        "none",
        Say("Không có giấy tờ", "No paper"),
        re.compile(r""),
        Say("để trống số", "leave the number empty"),
    ),
)
PAPERS = {paper.code: paper for paper in _KINDS}
# The papers that tell who an enterprise or an organisation is; people have the others.
_CODES = {
    "business": frozenset({"tax_code"}),
    "household_business": frozenset({"tax_code"}),
    "organisation": frozenset({"tax_code", "agency_code"}),
    "agency": frozenset({"tax_code", "agency_code"}),
}
_ANY_CODE = frozenset().union(*_CODES.values())
# What people call them beside their labels.
_CALLED = {
    "citizen_id": "cccd, cc, thẻ cccd, thẻ căn cước, thẻ căn cước công dân, số định danh cá nhân",
    "old_id": "cmnd, cmt, chứng minh, chứng minh thư, giấy chứng minh nhân dân",
    "passport": "hc, sổ hộ chiếu",
    "birth_certificate": "khai sinh, gks, giấy ks",
    "residence": "thường trú, tạm trú",
    "tax_code": "mst, msdn, mã số hộ kinh doanh, giấy chứng nhận đăng ký doanh nghiệp",
    "agency_code": "mã cơ quan, mã định danh",
    "other": "khác, loại khác",
    "none": "không, không có",
}
_MEANT = {
    fold(name): paper.code
    for paper in _KINDS
    for name in (
        paper.code,
        paper.label.vi,
        paper.label.en,
        *paper.label.vi.split(","),
        *_CALLED[paper.code].split(","),
    )
}


def fits(*, kind: str, paper: str) -> bool:
    """Whether a party of `kind` is told by this kind of paper: an enterprise by its code, a person by none."""
    return paper in _CODES[kind] if kind in _CODES else paper not in _ANY_CODE


def short_name(paper: Paper) -> Say:
    """The first of the names in a label: what a list offers to choose from."""
    return Say(paper.label.vi.split(",")[0], paper.label.en)


def meant(text: str) -> str | None:
    """The code of the kind that people call `text`, in whatever letters; None for what is none."""
    return _MEANT.get(fold(text))


def normal(number: str) -> str:
    """A number as it is compared: capitals, no spaces or dots inside digits-only numbers."""
    bare = number.strip().upper()
    digits = bare.replace(" ", "").replace(".", "")
    return digits if digits.replace("-", "").isdigit() else bare
