"""A dossier's due moments: the clock applied to its pinned limits, pauses and extensions. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from motcua.calendars.calendar import WorkCalendar
from motcua.calendars.clock import Due, compute
from motcua.calendars.terms import Extension, Limit, Pause
from motcua.dossiers.events import DueFact, LimitFact
from motcua.kernel.time import parse_utc

RULE = "vn-2026"
Row = Mapping[str, Any]


def as_limit(fact: LimitFact) -> Limit:
    """A pinned limit as the clock takes it."""
    return Limit(None if fact.value is None else Decimal(fact.value), fact.unit)


def not_begun(row: Row) -> bool:
    """Whether it was received for another agency that has not accepted it yet: no limit runs."""
    return row["received_at"] is not None and row["clock_from"] is None and row["decided_at"] is None


def pauses_of(entries: Sequence[Mapping[str, Any]]) -> list[Pause]:
    """The row's pauses as the clock takes them."""
    return [
        Pause(parse_utc(p["from"]), None if p["to"] is None else parse_utc(p["to"]), p["ground"] or p["kind"])
        for p in entries
    ]


def extensions_of(entries: Sequence[Mapping[str, Any]]) -> list[Extension]:
    """The row's extensions as the clock takes them."""
    return [Extension(parse_utc(x["at"]), Decimal(x["value"]), x["unit"], x["ground"]) for x in entries]


def clocks(row: Row, calendar: WorkCalendar, **override: Sequence[Mapping[str, Any]]) -> tuple[Due, Due]:
    """The promise's and the limit's answer for a dossier row; `override` puts other pauses or extensions in.

    `due_at` is the promise's (without one, the limit's): printed, sorted by, and what late means
    (design, section 4).
    """
    pauses = pauses_of(override["pauses"] if "pauses" in override else row["pauses"])
    extensions = extensions_of(override["extensions"] if "extensions" in override else row["extensions"])

    def clock(prefix: str) -> Due:
        value, unit = row[f"{prefix}_value"], row[f"{prefix}_unit"]
        limit = Limit(Decimal(value) if value else None, unit)
        fitting = extensions if unit == row["promise_unit"] else _fitting(extensions, unit)
        return compute(
            start=row["clock_from"], limit=limit, calendar=calendar, pauses=pauses, extensions=fitting
        )

    promise, limit = clock("promise"), clock("limit")
    # A promise in another unit than the limit's can come out later (3 working days over Tết against 5 calendar
    # days); it is never longer than the law's time.
    if promise.due_at is not None and limit.due_at is not None and promise.due_at > limit.due_at:
        promise = limit
    return promise, limit


def _fitting(extensions: list[Extension], unit: str) -> list[Extension]:
    days = ("working_day", "calendar_day", "week", "month", "year")
    return [x for x in extensions if x.unit == unit or (unit in days and x.unit in days)]


def due_fact(row: Row, calendar: WorkCalendar, **override: Sequence[Mapping[str, Any]]) -> DueFact:
    """The due moments of `row` as an event writes them down."""
    promise, limit = clocks(row, calendar, **override)
    return DueFact(
        due_at=promise.due_at,
        limit_due_at=limit.due_at,
        provisional=promise.provisional,
        calendar_edition=calendar.label,
    )


def moved_later(old: datetime | None, new: datetime | None) -> bool:
    """Whether a date somebody was given is followed by a later one: they are owed a word."""
    return old is not None and new is not None and new > old


def answer_due(submitted_at: datetime, calendar: WorkCalendar) -> datetime | None:
    """When a submission must be answered: within 8 working hours (design, section 7.6)."""
    return _within(8, submitted_at, calendar)


def arrival_due(sent_at: datetime, calendar: WorkCalendar) -> datetime | None:
    """When papers sent to another agency count as arrived there: after two working days of its, noted or not."""
    return _within(16, sent_at, calendar)


def _within(hours: int, start: datetime, calendar: WorkCalendar) -> datetime | None:
    return compute(start=start, limit=Limit(Decimal(hours), "working_hour"), calendar=calendar).due_at
