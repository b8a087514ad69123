"""Moments as official papers write them: Vietnamese, the clock of Vietnam (Decree 30/2020, Appendix I)."""

from datetime import date, datetime

from motcua.kernel.time import local

WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


def day_words(on: date) -> str:
    """ngày 05 tháng 01 năm 2026: days below 10 and months 1 and 2 get a zero, so none is added by hand."""
    month = f"{on.month:02}" if on.month < 3 else str(on.month)
    return f"ngày {on.day:02} tháng {month} năm {on.year}"


def moment_words(at: datetime) -> str:
    """09 giờ 10 phút, thứ Hai ngày 24 tháng 8 năm 2026."""
    there = local(at)
    return f"{there:%H} giờ {there:%M} phút, {WEEKDAYS[there.weekday()]} {day_words(there.date())}"
