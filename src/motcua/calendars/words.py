"""Dates, moments and amounts of time in words, as (Vietnamese, English)."""

import json
from datetime import date, datetime, time, timedelta
from functools import cache, lru_cache

from motcua.calendars.calendar import WorkCalendar
from motcua.calendars.editions import DAY, HOUR, SECOND, Note
from motcua.kernel.say import Say, counted
from motcua.kernel.time import local

Pair = tuple[str, str]

OFFICE_DAY = 8  # hours
_AN_HOUR = timedelta(hours=1)
NAMED_AT_MOST = 12  # dates spelt out in one sentence; a limit of years would name hundreds
_HOUR_UNITS = ("working_hour", "hour")
_UNITS_VI = {
    "working_day": "ngày làm việc",
    "calendar_day": "ngày",
    "week": "tuần",
    "month": "tháng",
    "year": "năm",
    "working_hour": "giờ làm việc",
    "hour": "giờ",
}
_UNITS_EN = {unit: unit.replace("_", " ") for unit in _UNITS_VI}
_WEEKDAYS_VI = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


@cache
def day_words(day: int) -> Pair:
    """A date with its weekday."""
    when = date.fromordinal(day)
    return f"{_WEEKDAYS_VI[when.weekday()]} {when:%d/%m/%Y}", f"{when:%A} {when.day} {when:%B %Y}"


def said_day(day: date) -> Say:
    """A date as pages show it: "thứ Năm 27/08/2026"."""
    return Say(*day_words(day.toordinal()))


def said_moment(moment: datetime) -> Say:
    """A moment as pages show it: "17:00, thứ Năm 27/08/2026", by the clock of Vietnam."""
    there, day = local(moment), said_day(local(moment).date())
    return Say(f"{there:%H:%M}, {day.vi}", f"{there:%H:%M}, {day.en}")


def said_end(moment: datetime) -> Say:
    """Until when something lasts, after "đến", "until": a midnight is the end of the day before it."""
    there = local(moment)
    if there.time() != time():
        return said_moment(moment)
    day = said_day(there.date() - timedelta(days=1))
    return Say(f"hết {day.vi}", f"the end of {day.en}")


def office_amount(left: timedelta) -> Say:
    """Office time as people count it: whole working days of eight hours, below one whole working hours."""
    hours = left // _AN_HOUR
    if hours < 1:
        return Say("dưới 1 giờ làm việc", "less than 1 working hour")
    if hours < OFFICE_DAY:
        return Say(f"{hours} giờ làm việc", counted(hours, "working hour"))
    days = hours // OFFICE_DAY
    return Say(f"{days} ngày làm việc", counted(days, "working day"))


@cache
def _short_day(day: int) -> Pair:
    when = date.fromordinal(day)
    return f"{when:%d/%m}", f"{when.day} {when:%b}"


def at_words(at: int) -> Pair:
    """An instant, a fraction of a second rounded up as in `due_at`; seconds only when there are any."""
    day, clock = divmod(-(-at // SECOND), DAY // SECOND)
    shown = _clock(clock)
    vi, en = day_words(day)
    return f"{shown} {vi}", f"{shown} on {en}"


def iso_text(at: int) -> str:
    """An instant in ISO 8601 with +07:00, in whole seconds, a fraction rounded up."""
    day, clock = divmod(-(-at // SECOND), DAY // SECOND)
    return f"{_iso_day(day)}T{_iso_clock(clock)}+07:00"


@cache
def _iso_day(day: int) -> str:
    return date.fromordinal(day).isoformat()


@cache
def _iso_clock(clock: int) -> str:
    return f"{clock // 3600:02}:{clock // 60 % 60:02}:{clock % 60:02}"


@cache
def _clock(clock: int) -> str:
    minutes, seconds = divmod(clock, 60)
    shown = f"{minutes // 60:02}:{minutes % 60:02}"
    return f"{shown}:{seconds:02}" if seconds else shown


def hours_text(amount: int) -> str:
    """Microseconds as hours in decimals: "8", "2.5"; at most six decimals, the last rounded up."""
    whole, rest = divmod(-(-amount * 1_000_000 // HOUR), 1_000_000)
    return f"{whole}.{rest:06}".rstrip("0") if rest else str(whole)


def amount_words(amount: tuple[int, str]) -> Pair:
    """An amount in a unit: whole units, for hour units microseconds."""
    value, unit = amount
    shown = hours_text(value) if unit in _HOUR_UNITS else str(value)
    return (
        f"{shown.replace('.', ',')} {_UNITS_VI[unit]}",
        f"{shown} {_UNITS_EN[unit]}{'' if shown == '1' else 's'}",
    )


# What pauses and lengthens a limit under codes of ours; any other reason is shown as it was written.
REASONS = {
    "supplement": ("chờ bổ sung giấy tờ", "waiting for papers"),
    "payment": ("chờ nộp phí, lệ phí", "waiting for payment"),
    "transfer": ("chuyển cơ quan", "transfer between agencies"),
    "suspension": ("tạm dừng có căn cứ", "suspension"),
    "verification": ("phải xác minh", "verification"),
    "court": ("chờ tòa án", "court proceedings"),
    "posting": ("niêm yết công khai", "public posting"),
    "tax": ("nghĩa vụ thuế", "tax obligation"),
    "pausing_consultation": ("lấy ý kiến", "consultation"),
    "complex_matter": ("việc phức tạp", "complex matter"),
}


@lru_cache(maxsize=1024)
def reason_words(reason: str) -> Pair:
    """A reason or a ground in brackets, escaped for JSON: ours in words, a person's as written."""
    if reason in REASONS:
        vi, en = REASONS[reason]
        return f" ({vi})", f" ({en})"
    shown = f" ({json.dumps(reason, ensure_ascii=False)[1:-1]})" if reason else ""
    return shown, shown


def number_words(number: int) -> Pair:
    """A bare number."""
    shown = str(number)
    return shown, shown


def years_words(years: tuple[int, ...]) -> Pair:
    """A few years one by one, many as a range."""
    shown = ", ".join(map(str, years)) if len(years) <= 3 else f"{years[0]}-{years[-1]}"
    return shown, shown


def why_off(calendar: WorkCalendar, day: int) -> Pair:
    """Why `day` is no working day."""
    notes = calendar.notes_between(day - 1, day)
    return (notes[0][1].vi, notes[0][1].en) if notes else ("nghỉ cuối tuần", "weekend")


def named_words(days: list[tuple[int, Note]]) -> Pair:
    """Dates with their names, a name said once for neighbours: "01/09, 02/09 (Quốc khánh)"."""
    vi: list[str] = []
    en: list[str] = []
    for i, (day, note) in enumerate(days[:NAMED_AT_MOST]):
        last = i + 1 == min(len(days), NAMED_AT_MOST) or days[i + 1][1] != note
        doubt_vi, doubt_en = ("", "") if note.verified else (", chưa kiểm chứng", ", unverified")
        when_vi, when_en = _short_day(day)
        vi.append(f"{when_vi} ({note.vi}{doubt_vi})" if last else when_vi)
        en.append(f"{when_en} ({note.en}{doubt_en})" if last else when_en)
    more = len(days) - NAMED_AT_MOST
    if more > 0:
        vi.append(f"và {more} ngày khác")
        en.append(f"and {more} more")
    return ", ".join(vi), ", ".join(en)
