"""A limit in words, as people say it. Pure."""

from decimal import Decimal

from motcua.calendars.terms import HOUR_UNITS, microseconds
from motcua.calendars.words import amount_words
from motcua.kernel.say import Say

_BARE = {
    "same_day": Say("trả trong ngày", "the same day"),
    "none": Say("không quy định thời hạn", "no time limit"),
}


def limit_words(unit: str, value: str | Decimal | None) -> Say:
    """A limit as people say it: "3 ngày làm việc"; `unit` one of calendars.terms.UNITS, or "unknown"."""
    if unit == "unknown":
        return _unknown(value)
    if unit in _BARE or not value:
        return _BARE.get(unit, _BARE["none"])
    amount = Decimal(value)
    measured = microseconds(amount, "limit") if unit in HOUR_UNITS else int(amount)
    return Say(*amount_words((measured, unit)))


def _unknown(value: str | Decimal | None) -> Say:
    if not value:
        return Say("bản công bố không ghi rõ thời hạn", "the announcement does not say how long")
    return Say(
        f"“{value}”, bản công bố không ghi rõ ngày hay ngày làm việc",
        f"“{value}”, the announcement does not say of what unit",
    )
