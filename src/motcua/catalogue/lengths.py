"""How long limits are beside each other, so that a promise is never longer than the law's time. Pure."""

from collections.abc import Mapping
from fractions import Fraction

from motcua.catalogue.shapes import Limit, LimitUnit
from motcua.kernel.say import Say

# Working hours of one unit in an ordinary week of five days of eight hours; where two units meet, due dates are still
# compared by the clock, and the law's one is never passed (dossiers.due.clocks).
_DAY = Fraction(40, 7)
_HOURS = {
    LimitUnit.WORKING_HOUR: Fraction(1),
    LimitUnit.HOUR: _DAY / 24,
    LimitUnit.SAME_DAY: Fraction(8),
    LimitUnit.WORKING_DAY: Fraction(8),
    LimitUnit.CALENDAR_DAY: _DAY,
    LimitUnit.WEEK: Fraction(40),
    LimitUnit.MONTH: 30 * _DAY,
    LimitUnit.YEAR: 365 * _DAY,
}

# All that a person may choose: what is unknown is nobody's to choose.
LIMIT_UNITS: Mapping[str, Say] = {
    LimitUnit.WORKING_DAY: Say("ngày làm việc", "working days"),
    LimitUnit.CALENDAR_DAY: Say("ngày (kể cả ngày nghỉ)", "calendar days"),
    LimitUnit.WORKING_HOUR: Say("giờ làm việc", "working hours"),
    LimitUnit.HOUR: Say("giờ", "hours"),
    LimitUnit.WEEK: Say("tuần", "weeks"),
    LimitUnit.MONTH: Say("tháng", "months"),
    LimitUnit.YEAR: Say("năm", "years"),
    LimitUnit.SAME_DAY: Say("trả trong ngày", "the same day"),
    LimitUnit.NONE: Say("không quy định thời hạn", "no time limit"),
}

# No law gives more; the calendar ends in 2100, and beyond it there is no due moment to tell.
LONGEST_YEARS = 30


def is_too_long(limit: Limit) -> bool:
    """Whether no calendar could count it."""
    return (hours(limit) or 0) > LONGEST_YEARS * _HOURS[LimitUnit.YEAR]


def hours(limit: Limit) -> Fraction | None:
    """About how many working hours a limit is; None for one that never ends or is not known."""
    unit = _HOURS.get(limit.unit)
    if unit is None:
        return None
    return unit * (1 if limit.value is None else Fraction(limit.value))


def fits(promise: Limit, limit: Limit) -> bool:
    """Whether `promise` is a time, and no longer than `limit`; one shorter than no limit at all always is."""
    promised, allowed = hours(promise), hours(limit)
    if promised is None:
        return False
    return limit.unit is LimitUnit.NONE if allowed is None else promised <= allowed


def shorter(one: Limit, other: Limit) -> Limit:
    """The shorter of the two; the first where they are as long."""
    return one if fits(one, other) else other
