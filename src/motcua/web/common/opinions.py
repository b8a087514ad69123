"""Opinions that were asked for, as everybody who may see the dossier reads them: whom, from when to when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.calendars.calendar import WorkCalendar
from motcua.kernel.say import Say
from motcua.kernel.time import parse_utc

MINUTES_A_DAY = 8 * 60  # as working hours count: eight of them are a day


@dataclass(frozen=True, slots=True)
class AskedLine:
    """Who was asked, since when, until when at most; `ended` None while it is awaited."""

    name: Say
    since: datetime
    due: datetime
    ended: datetime | None


def asked_lines(row: Mapping[str, Any]) -> list[AskedLine]:
    """Those that were asked and not taken back, in order."""
    return [
        AskedLine(
            Say(one["name"], one["name_en"]),
            parse_utc(one["asked_at"]),
            parse_utc(one["due_at"]),
            parse_utc(one["answered_at"] or one["ended_at"]) if one["ended_at"] else None,
        )
        for one in row["consultations"]
        if one["outcome"] != "taken_back"
    ]


def used_minutes(one: Mapping[str, Any], calendar: WorkCalendar, at: datetime) -> int:
    """Of a body's office hours: as the event says once it has ended, else until now."""
    if one["used_minutes"] is not None:
        return int(one["used_minutes"])
    asked = parse_utc(one["asked_at"])
    return int(calendar.office_time_between(asked, max(asked, at)).total_seconds() // 60)


def working_time(minutes: int) -> Say:
    """Office hours in words: days of eight hours, and hours."""
    days, rest = divmod(minutes, MINUTES_A_DAY)
    hours, left = divmod(rest, 60)
    vi = [f"{days} ngày"] if days else []
    en = [f"{days} d"] if days else []
    if hours or not days:
        vi, en = [*vi, f"{hours} giờ"], [*en, f"{hours} h"]
    if left and not days:
        vi, en = [*vi, f"{left} phút"], [*en, f"{left} min"]
    return Say(f"{' '.join(vi)} làm việc", f"{' '.join(en)} of office hours")
