"""The fifteen examples of the design's table, to the second."""

from datetime import datetime
from decimal import Decimal

import pytest

from motcua.calendars.calendar import national_calendar
from motcua.calendars.clock import Extension, Limit, Pause, compute
from motcua.kernel.time import ZONE


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def due(start, value, unit, pauses=(), extensions=(), calendar=None):
    return compute(
        start=at(start),
        limit=Limit(None if value is None else Decimal(str(value)), unit),
        calendar=calendar or national_calendar(),
        pauses=[Pause(at(p), at(r) if r else None, "bổ sung hồ sơ") for p, r in pauses],
        extensions=[Extension(at(moment), Decimal(n), u, "cần xác minh") for moment, n, u in extensions],
    )


TABLE = [
    ("2026-08-24 09:10", 3, "working_day", (), (), "2026-08-27 17:00"),
    ("2026-08-28 16:40", 3, "working_day", (), (), "2026-09-07 17:00"),
    ("2026-08-21 10:00", 1, "working_day", (), (), "2026-08-22 17:00"),
    ("2026-11-07 09:00", 3, "working_day", (), (), "2026-11-11 17:00"),
    ("2026-11-20 15:00", None, "same_day", (), (), "2026-11-20 17:00"),
    ("2026-11-20 15:01", None, "same_day", (), (), "2026-11-23 17:00"),
    (
        "2026-11-23 09:00",
        5,
        "working_day",
        [("2026-11-25 10:00", "2026-11-27 22:00")],
        (),
        "2026-12-03 17:00",
    ),
    (
        "2026-11-02 09:00",
        1,
        "working_day",
        [("2026-11-03 08:00", "2026-11-10 15:00")],
        (),
        "2026-11-10 17:00",
    ),
    (
        "2026-11-16 09:00",
        3,
        "working_day",
        [("2026-11-19 10:00", "2026-11-20 20:00")],
        (),
        "2026-11-23 17:00",
    ),
    ("2026-11-23 09:00", 8, "working_hour", (), (), "2026-11-25 09:00"),
    (
        "2026-11-23 16:00",
        8,
        "working_hour",
        [("2026-11-25 08:30", "2026-11-25 10:00")],
        (),
        "2026-11-26 08:00",
    ),
    ("2026-11-21 20:00", 24, "hour", (), (), "2026-11-22 20:00"),
    ("2026-02-02 08:00", 15, "calendar_day", (), (), "2026-02-23 17:00"),
    (
        "2026-11-04 08:00",
        10,
        "calendar_day",
        [("2026-11-16 09:00", "2026-11-20 09:00")],
        (),
        "2026-11-20 17:00",
    ),
    ("2026-02-28 08:00", 1, "month", (), (), "2026-03-30 17:00"),
    ("2026-11-16 08:00", 3, "working_day", (), [("2026-11-18 10:00", 2, "working_day")], "2026-11-23 17:00"),
    ("2026-11-16 08:00", 3, "working_day", (), [("2026-11-20 10:00", 2, "working_day")], "2026-11-19 17:00"),
]


@pytest.mark.parametrize(("start", "value", "unit", "pauses", "extensions", "expected"), TABLE)
def test_the_table(start, value, unit, pauses, extensions, expected):
    assert due(start, value, unit, pauses, extensions).due_at == at(expected)


def test_the_late_extension_of_the_table_is_reported():
    answer = due("2026-11-16 08:00", 3, "working_day", (), [("2026-11-20 10:00", 2, "working_day")])
    assert answer.ignored == (0,)
