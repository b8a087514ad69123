"""Calendar editions as plain data: what a decree, or an agency, says about days and hours.

The same JSON is shipped in `data/` and stored by the database:

    {"code": "vn-2026", "year": 2026, "decreed": true,
     "days_off":     [{"date": "2026-09-02", "name": {"vi", "en"}, "basis": "...", "verified": true}],
     "working_days": [{"date": "2026-08-22", "name": {"vi", "en"}, "basis": "...", "verified": true}],
     "hours":        [{"from": "2026-06-01", "to": "2026-08-31" | null, "spans": [["07:00", "11:30"], ...],
                       "name": {"vi", "en"}, "basis": "..."}],
     "closures":     [{"from": "2026-10-05", "to": "2026-10-06", "name": {"vi", "en"}, "basis": "..."}],
     "notes": {"vi", "en"}}

A *national* edition has a `year` and says everything about it. An *agency* edition has `year` null and says
only what differs; editions are laid one on the other and for each date the last one that speaks wins. Inside
one edition `working_days` win over `days_off` and `closures`. `days_off` and `closures` are the same fact,
one by one or by range.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any

from motcua.kernel.errors import Invalid
from motcua.kernel.text import nfc

FIRST_YEAR, LAST_YEAR = 1990, 2100
FIRST_DAY = date(FIRST_YEAR, 1, 1).toordinal()
LAST_DAY = date(LAST_YEAR, 12, 31).toordinal()
SECOND = 1_000_000  # the module counts in microseconds, the resolution of datetime
HOUR = 3_600 * SECOND
DAY = 24 * HOUR

_DATA = Path(__file__).parent / "data"

Span = tuple[int, int]
Spans = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Why a date differs from the ordinary week; `verified` is False while no document was seen."""

    vi: str
    en: str
    basis: str
    verified: bool = True


@dataclass(frozen=True, slots=True)
class HoursChange:
    """Other office hours from `first` to `last` (ordinals, both included; `last` None: from then on)."""

    first: int
    last: int | None
    spans: Spans
    note: Note


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition; dates are proleptic Gregorian ordinals."""

    code: str
    year: int | None
    decreed: bool
    days_off: Mapping[int, Note]
    working_days: Mapping[int, Note]
    hours: tuple[HoursChange, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleSet:
    """What a province's regulation may choose: the week, the default hours, the same-day cut-off."""

    code: str
    working_weekdays: frozenset[int]
    office_hours: Spans
    same_day_cutoff: int  # microseconds after midnight


def _invalid(where: str, vi: str, en: str) -> Invalid:
    return Invalid(f"Lịch làm việc, mục {where}: {vi}", f"Calendar, {where}: {en}", field=where)


def _date(raw: object, where: str) -> int:
    try:
        return date.fromisoformat(str(raw)).toordinal()
    except ValueError:
        raise _invalid(
            where,
            f"“{raw}” không phải là ngày; viết dạng 2026-09-02",
            f"“{raw}” is no date; write it as 2026-09-02",
        ) from None


def _time(raw: object, where: str) -> int:
    try:
        clock = time.fromisoformat(str(raw))
    except ValueError:
        raise _invalid(
            where,
            f"“{raw}” không phải là giờ; viết dạng 07:30",
            f"“{raw}” is no time of day; write it as 07:30",
        ) from None
    return (clock.hour * 3600 + clock.minute * 60 + clock.second) * SECOND


def spans_from(raw: object, where: str = "spans") -> Spans:
    """`[["07:30", "11:30"], ["13:00", "17:00"]]` as rising, separate (start, end) pairs in microseconds."""
    rows = raw if isinstance(raw, list) else []
    if not rows or any(not isinstance(row, list) or len(row) != 2 for row in rows):
        raise _invalid(
            where, "cần ít nhất một khoảng [giờ mở, giờ đóng]", "at least one [opening, closing] is needed"
        )
    spans = tuple((_time(a, where), _time(b, where)) for a, b in rows)
    edges = [edge for span in spans for edge in span]
    if any(a >= b for a, b in zip(edges, edges[1:], strict=False)):
        raise _invalid(
            where, "các khoảng giờ phải tăng dần, không chồng nhau", "the spans must rise and not overlap"
        )
    return spans


def _rows(raw: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    rows = raw.get(key) or []
    if not isinstance(rows, list) or any(not isinstance(row, dict) for row in rows):
        raise _invalid(key, "phải là một danh sách", "must be a list of entries")
    return rows


def _range(row: Mapping[str, Any], where: str) -> tuple[int, int | None]:
    first = _date(row.get("from"), f"{where}.from")
    if row.get("to") is None:
        return first, None
    last = _date(row["to"], f"{where}.to")
    if last < first:
        raise _invalid(f"{where}.to", "ngày cuối trước ngày đầu", "the last day is before the first")
    return first, last


def _note(raw: Mapping[str, Any]) -> Note:
    name = raw.get("name") or {}
    if not isinstance(name, dict):
        raise _invalid("name", 'viết dạng {"vi", "en"}', 'write it as {"vi", "en"}')
    return Note(
        vi=nfc(str(name.get("vi", ""))),
        en=str(name.get("en", "")),
        basis=nfc(str(raw.get("basis", ""))),
        verified=raw.get("verified", True) is True,
    )


def edition_from(raw: Mapping[str, Any]) -> Edition:
    """The edition written as the JSON above. Raises Invalid, naming the entry at fault."""
    code, year = raw.get("code"), raw.get("year")
    if not isinstance(code, str) or not code:
        raise _invalid("code", "thiếu mã của lịch", "the edition has no code")
    if year is not None and (not isinstance(year, int) or not FIRST_YEAR <= year <= LAST_YEAR):
        raise _invalid("year", f"năm phải từ {FIRST_YEAR} đến {LAST_YEAR}", "the year is out of range")
    off: dict[int, Note] = {}
    for row in _rows(raw, "closures"):
        first, last = _range(row, "closures")
        if last is None:
            raise _invalid("closures.to", "thiếu ngày cuối", "the last day is missing")
        off |= dict.fromkeys(range(first, last + 1), _note(row))
    off |= {_date(row.get("date"), "days_off.date"): _note(row) for row in _rows(raw, "days_off")}
    worked = {_date(row.get("date"), "working_days.date"): _note(row) for row in _rows(raw, "working_days")}
    for day in (*off, *worked):
        if year is not None and (stray := date.fromordinal(day)).year != year:
            raise _invalid(
                "year", f"ngày {stray} không thuộc năm {year}", f"{stray} is not in the year {year}"
            )
    hours = tuple(
        HoursChange(*_range(row, "hours"), spans=spans_from(row.get("spans"), "hours.spans"), note=_note(row))
        for row in _rows(raw, "hours")
    )
    return Edition(
        code=code,
        year=year,
        decreed=raw.get("decreed", True) is True,
        days_off=off,
        working_days=worked,
        hours=hours,
    )


def written(
    *, code: str, changes: Mapping[str, list[dict[str, Any]]], name: tuple[str, str], basis: str
) -> dict[str, Any]:
    """An edition that says only what differs, as JSON: it is laid over the year's own."""
    vi, en = name
    said = {"name": {"vi": vi, "en": en}, "basis": basis}
    entries = {kind: [{**entry, **said} for entry in rows] for kind, rows in changes.items()}
    return {"code": code, "year": None, **entries}


def _load(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((_DATA / f"{name}.json").read_text(encoding="utf-8"))
    return data


SHIPPED_YEARS = (2025, 2026, 2027)


@cache
def shipped(year: int) -> Edition:
    """The national edition of one of SHIPPED_YEARS."""
    return edition_from(_load(f"vn-{year}"))


def shipped_json(year: int) -> dict[str, Any]:
    """The same as the JSON it was written in, for who stores it."""
    return _load(f"vn-{year}")


@cache
def rule_set(code: str = "vn-2026") -> RuleSet:
    """A shipped rule set of the clock."""
    raw = _load(f"rules-{code}")
    return RuleSet(
        code=raw["code"],
        working_weekdays=frozenset(raw["working_weekdays"]),
        office_hours=spans_from(raw["office_hours"], "office_hours"),
        same_day_cutoff=_time(raw["same_day_cutoff"], "same_day_cutoff"),
    )
