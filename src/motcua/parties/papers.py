"""Kinds of identity papers and what their numbers look like. Pure."""

import re
from dataclasses import dataclass

from motcua.kernel.say import Say


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of identity paper; `number` is what its number must match, `hint` says it in words."""

    code: str
    label: Say
    number: re.Pattern[str]
    hint: Say


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
        "tax_code",
        Say("Mã số thuế, mã số doanh nghiệp", "Tax or enterprise code"),
        re.compile(r"\d{10}(-\d{3})?|\d{12}"),
        Say(
            "10 chữ số, hoặc 10 chữ số và -001, hoặc 12 chữ số", "10 digits, 10 digits and -001, or 12 digits"
        ),
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


def normal(number: str) -> str:
    """A number as it is compared: capitals, no spaces or dots inside digits-only numbers."""
    bare = number.strip().upper()
    digits = bare.replace(" ", "").replace(".", "")
    return digits if digits.replace("-", "").isdigit() else bare
