"""The statute's holidays for years without a shipped edition: provisional ("tạm tính").

Seeded from the `holidays` package, which knows the lunar calendar. It is loaded on first need, as most runs
ask only about shipped years and its import takes longer than ten thousand due dates.
"""

from datetime import date
from functools import cache
from importlib import import_module

from motcua.calendars.editions import Edition, Note

_LABOUR_CODE = "BLLĐ 2019 Đ112"
_CULTURE_DAY_SINCE = 2026  # Resolution 28/2026/QH16
_CULTURE_DAY = Note("Ngày Văn hóa Việt Nam", "Vietnam Culture Day", "NQ 28/2026/QH16")
_MAKE_UP = Note("ngày làm bù", "make-up day", "Thông báo hoán đổi ngày làm việc", verified=False)


def _note(vi: str, en: str) -> Note:
    """The package's names without their brackets, as the clock puts names in brackets itself."""
    if "substituted" in en:
        en = "Day off (swapped with a Saturday)"
    return Note(vi.replace(" (", ", ").rstrip(")"), en.replace(" (", ", ").rstrip(")"), _LABOUR_CODE)


@cache
def statutory(year: int) -> Edition:
    """The statutory holidays of `year` (1990-2100) with their days in lieu, as an undecreed edition."""
    source = import_module("holidays")
    # years= and expand=False: without them a look-up silently invents other years.
    vi = source.country_holidays("VN", years=year, expand=False, language="vi")
    en = source.country_holidays("VN", years=year, expand=False, language="en_US")
    off = {day.toordinal(): _note(vi[day], en[day]) for day in vi if day.year == year}
    if year >= _CULTURE_DAY_SINCE:
        off[date(year, 11, 24).toordinal()] = _CULTURE_DAY
    # A day off in January may be made up in the December before: the next year's list names it.
    swapped = source.country_holidays("VN", years=[year, year + 1], expand=False).weekend_workdays
    worked = {day.toordinal(): _MAKE_UP for day in swapped if day.year == year}
    return Edition(code=f"statute-{year}", year=year, decreed=False, days_off=off, working_days=worked)
