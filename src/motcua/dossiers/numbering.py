"""Dossier codes from an agency's template. Pure."""

import re
from datetime import date

DEFAULT_TEMPLATE = "{agency}-{yymmdd}-{seq:04}"
_CODE = re.compile(r"[A-Z0-9][A-Z0-9.\-]{3,63}")


def format_code(*, template: str, agency: str, day: date, seq: int) -> str:
    """The code of the `seq`-th dossier of `agency` on local day `day` (TT 01/2018 art. 19: agency, day, number).

    The number keeps at least the template's width and widens after it (10000 after 9999). Raises ValueError
    for a number below 1 or a template that names anything else.
    """
    if seq < 1:
        raise ValueError("numbers begin at 1")
    try:
        return template.format(
            agency=agency, yymmdd=day.strftime("%y%m%d"), yyyymmdd=day.strftime("%Y%m%d"), seq=seq
        )
    except (KeyError, IndexError) as unknown:
        raise ValueError(f"unknown part in the code template: {unknown}") from None


def normalise_code(text: str) -> str | None:
    """A code as typed or scanned, in its stored form; None when it can't be one."""
    code = text.strip().upper().replace(" ", "").replace("–", "-").replace("—", "-")
    return code if _CODE.fullmatch(code) else None
