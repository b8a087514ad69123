"""Numbers of receipts, vouchers and settlements: a series for each agency and year, from 1, without gaps. Pure."""

from datetime import datetime

from motcua.kernel.time import local

RECEIPTS, VOUCHERS, ELECTRONIC, SETTLEMENTS = "BL", "PC", "BT", "TH"


def year_of(at: datetime) -> int:
    """The year whose series a paper of `at` is numbered in: Vietnam's own."""
    return local(at).year


def label(series: str, year: int, number: int) -> str:
    """A number as people write it: BL-2026/0000123."""
    return f"{series}-{year}/{number:07}"
