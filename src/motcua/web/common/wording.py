"""How values are said to people: two languages, dates of Vietnam, money, and how a due date stands.

Pure but for the active language, which it asks Django for. Templates have them as filters.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils.translation import get_language, gettext

from motcua.calendars.calendar import WorkCalendar, national_calendar
from motcua.calendars.words import office_amount, said_end
from motcua.catalogue.fees import Lacking
from motcua.files.words import size_words
from motcua.kernel.time import ZONE
from motcua.web.common.pdf import words

WEEKDAYS = {
    "vi": words.WEEKDAYS,
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def language() -> str:
    """The language of the page being rendered: "vi" or "en"."""
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def say(value: object) -> str:
    """A bilingual value in the active language: {"vi", "en"}, an object with `vi` and `en`, or a text."""
    if value is None:
        return ""
    if isinstance(value, str):
        return str(value)
    tongue = language()
    if isinstance(value, dict):
        return str(value.get(tongue) or value.get("vi") or "")
    if hasattr(value, "vi") and hasattr(value, "en"):
        return str(getattr(value, tongue) or value.vi)
    return str(value)


def unknown_amount(lacking: Lacking | None) -> str:
    """What to say in the place of an amount that is not known."""
    if lacking is Lacking.ANSWER:
        return gettext("chưa xác định")
    if lacking is Lacking.QUANTITY:
        return gettext("chưa ghi số trang, số bản")
    return gettext("chưa có mức thu")


def local_day(value: date | datetime) -> date:
    """The civil day of `value` in Vietnam; a naive moment is a programming error."""
    if not isinstance(value, datetime):
        return value
    if value.tzinfo is None:
        message = f"naive moment {value.isoformat()}: moments carry their zone"
        raise ValueError(message)
    return value.astimezone(ZONE).date()


def day(value: date | datetime | None) -> str:
    """27/08/2026 | 27 August 2026."""
    if value is None:
        return ""
    on = local_day(value)
    if language() == "en":
        return f"{on.day} {MONTHS[on.month - 1]} {on.year}"
    return f"{on:%d/%m/}{on.year:04}"


def weekday(value: date | datetime | None) -> str:
    """thứ Năm 27/08/2026 | Thursday 27 August 2026."""
    if value is None:
        return ""
    return f"{WEEKDAYS[language()][local_day(value).weekday()]} {day(value)}"


def moment(value: datetime | None) -> str:
    """17:00, thứ Năm 27/08/2026 | 17:00, Thursday 27 August 2026; always the clock of Vietnam."""
    if value is None:
        return ""
    on = local_day(value)
    return f"{value.astimezone(ZONE):%H:%M}, {weekday(on)}"


def until(value: datetime | None) -> str:
    """The same after "đến", "until"; a midnight is the end of the day before it: hết thứ Năm 27/08/2026 | the end of
    Thursday 27 August 2026."""
    return "" if value is None else say(said_end(value))


def office_hours(value: timedelta | None) -> str:
    """2,5 giờ | 2.5 hours."""
    if value is None:
        return ""
    shown = f"{value.total_seconds() / 3600:.2f}".rstrip("0").rstrip(".")
    if language() == "en":
        return f"{shown} hour{'' if shown == '1' else 's'}"
    return f"{shown.replace('.', ',')} giờ"


def dong(amount: int | None) -> str:
    """1.234.567 đồng | VND 1,234,567. Nothing for None: an unknown amount is never shown as free."""
    if amount is None:
        return ""
    grouped = f"{amount:,}"
    return f"VND {grouped}" if language() == "en" else f"{grouped.replace(',', '.')} đồng"


class Standing(StrEnum):
    """How a due date stands."""

    LATE = "late"
    TODAY = "today"
    IN_TIME = "in_time"
    PAUSED = "paused"
    NONE = "none"
    ENDED_IN_TIME = "ended_in_time"
    ENDED_LATE = "ended_late"


# The look of each; the words say the same.
STANDING_TONE = {
    Standing.LATE: "late",
    Standing.TODAY: "waiting",
    Standing.IN_TIME: "progress",
    Standing.PAUSED: "paused",
    Standing.NONE: "",
    Standing.ENDED_IN_TIME: "good",
    Standing.ENDED_LATE: "bad",
}


@dataclass(frozen=True, slots=True)
class DueMark:
    """A due date in words: `standing`, and `text` for people."""

    standing: Standing
    text: str
    says_when: bool = False  # the hour of this day is in it

    @property
    def tone(self) -> str:
        """The class of the tag."""
        return STANDING_TONE[self.standing]


def standing(due_at: datetime | None, *, at: datetime, ended_at: datetime | None, paused: bool) -> Standing:
    """How `due_at` stands at `at`; due means up to and including the due moment."""
    if ended_at is not None:
        return Standing.ENDED_LATE if due_at is not None and ended_at > due_at else Standing.ENDED_IN_TIME
    if paused:
        return Standing.PAUSED
    if due_at is None:
        return Standing.NONE
    if at > due_at:
        return Standing.LATE
    return Standing.TODAY if local_day(at) == local_day(due_at) else Standing.IN_TIME


def due_mark(
    due_at: datetime | None,
    *,
    at: datetime,
    ended_at: datetime | None = None,
    paused: bool = False,
    calendar: WorkCalendar | None = None,
) -> DueMark:
    """The due date in words: what is left or gone in whole working days, as limits are given, below one in working
    hours, by `calendar` (None: the nation's)."""
    now = standing(due_at, at=at, ended_at=ended_at, paused=paused)
    if now is Standing.PAUSED:
        return DueMark(now, gettext("Đang tạm dừng tính hạn"))
    if due_at is None:
        return DueMark(now, gettext("Đã xong") if ended_at else gettext("Không có thời hạn"))
    clock_time = f"{due_at.astimezone(ZONE):%H:%M}"
    if now is Standing.TODAY:
        return DueMark(now, gettext("Hạn hôm nay, %(time)s") % {"time": clock_time}, says_when=True)
    if now is Standing.LATE and local_day(due_at) == local_day(at):
        return DueMark(now, gettext("Quá hạn từ %(time)s hôm nay") % {"time": clock_time}, says_when=True)
    if now in (Standing.ENDED_LATE, Standing.ENDED_IN_TIME):
        return DueMark(
            now, gettext("Xong, trễ hạn") if now is Standing.ENDED_LATE else gettext("Xong, đúng hạn")
        )
    time = say(office_amount((calendar or national_calendar()).office_time_between(*sorted((due_at, at)))))
    said = gettext("Quá hạn %(time)s") if now is Standing.LATE else gettext("Còn %(time)s")
    return DueMark(now, said % {"time": time})


def size(value: int) -> str:
    """The size of a file: "340 KB", "2,4 MB"."""
    words = size_words(value)
    return words.replace(",", ".") if language() == "en" else words
