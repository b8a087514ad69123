"""A second clock, written from the design's text alone: it steps day by day and minute by minute, and knows
nothing of the module under test. Slow and plain on purpose."""

import calendar
from datetime import date, datetime, time, timedelta, timezone

import holidays

VN = timezone(timedelta(hours=7))
DAY = timedelta(days=1)

_OFF = {
    2025: "01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02",
    2026: "01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 08-31 09-01 09-02 11-24",
    2027: "01-01 02-04 02-05 02-06 02-07 02-08 02-09 02-10 04-16 04-30 05-03 09-02 09-03 11-24",
}
_MADE_UP = {2025: "04-26", 2026: "01-10 08-22", 2027: ""}


def _dates(year, text):
    return {date.fromisoformat(f"{year}-{day}") for day in text.split()}


_known = {}


def _year(year):
    if year not in _known:
        if year in _OFF:
            _known[year] = _dates(year, _OFF[year]), _dates(year, _MADE_UP[year])
        else:
            package = holidays.country_holidays("VN", years=[year, year + 1], expand=False)
            _known[year] = (
                {day for day in package if day.year == year},
                {day for day in package.weekend_workdays if day.year == year},
            )
    return _known[year]


def works(day):
    off, made_up = _year(day.year)
    return day in made_up or (day.weekday() < 5 and day not in off)


def roll(day):
    while not works(day):
        day += DAY
    return day


def is_open(moment):
    clock = moment.time()
    return works(moment.date()) and (time(7, 30) <= clock < time(11, 30) or time(13) <= clock < time(17))


def deemed(moment):
    if is_open(moment):
        return moment
    moment = moment.replace(second=0, microsecond=0)
    while not is_open(moment):
        moment += timedelta(minutes=1)
    return moment


def closing(day):
    return datetime.combine(roll(day), time(17), VN)


def add(day, value, unit):
    if unit == "working_day":
        while value:
            day += DAY
            value -= works(day)
        return day
    if unit in ("calendar_day", "week"):
        for _ in range(value * (7 if unit == "week" else 1)):
            day += DAY
        return day
    year, month = day.year, day.month
    for _ in range(value * (12 if unit == "year" else 1)):
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def tidy(start, pauses):
    """Dropped, moved, merged."""
    kept = sorted(
        ([max(p, start), r] for p, r in pauses if r is None or r > start),
        key=lambda pause: pause[0],
    )
    merged: list[list] = []
    for p, r in kept:
        if merged and (merged[-1][1] is None or p <= merged[-1][1]):
            before = merged[-1]
            before[1] = None if before[1] is None or r is None else max(before[1], r)
        else:
            merged.append([p, r])
    return merged


def hours(value):
    """A fraction of hours that is a whole number of seconds."""
    seconds = value * 3600
    assert seconds.denominator == 1
    return timedelta(seconds=int(seconds))


def run_hours(start, total, unit, cut, step):
    """The moment at which `total` of counted time has passed, walking from `start` in steps."""
    moment, used = start, timedelta(0)
    while used < total:
        counts = unit == "hour" or is_open(moment)
        if counts and not any(p <= moment < r for p, r in cut):
            used += step
        moment += step
    return moment


def due(start, value, unit, pauses=(), extensions=(), step=timedelta(minutes=5)):
    """(due moment or None, extensions ignored). `value` a Fraction or None; moments aware, at +07:00."""
    if unit == "none":
        return None, 0
    happenings = [(p, 0, i, (p, r)) for i, (p, r) in enumerate(tidy(start, pauses))]
    happenings += [(e[0], 1, i, e) for i, e in enumerate(extensions)]
    happenings.sort(key=lambda happening: happening[:3])
    if unit in ("hour", "working_hour"):
        return _hours(start, value, unit, happenings, step)
    if unit == "same_day":
        return _same_day(start, happenings)
    return _days(start, value, unit, happenings)


def _hours(start, value, unit, happenings, step):
    cut: list[tuple] = []
    total, ignored, held = hours(value), 0, False
    for at, kind, _, what in happenings:
        now_due = run_hours(start, total, unit, cut, step)
        if kind == 1:
            if at <= now_due:
                total += hours(what[1])
            else:
                ignored += 1
        elif at <= now_due:
            if what[1] is None:
                held = True
            elif at != now_due:
                cut.append(what)
    return (None if held else run_hours(start, total, unit, cut, step)), ignored


def _same_day(start, happenings):
    def until(moment):
        opened = deemed(moment)
        return closing(opened.date() if opened.time() <= time(15) else opened.date() + DAY)

    for at, _, _, (_, r) in happenings:
        if at > until(start):
            continue
        if r is None:
            return None, 0
        start = max(start, r)
    return until(start), 0


def _days(start, value, unit, happenings):
    day, ignored, held = add(start.date(), int(value), unit), 0, False
    for at, kind, _, what in happenings:
        if kind == 1:
            if at <= closing(day):
                day = add(day, int(what[1]), what[2])
            else:
                ignored += 1
        elif at <= closing(day):
            if what[1] is None:
                held = True
                continue
            day = max(_moved(day, unit, *what), _floor(what[1]))
    return (None if held else closing(day)), ignored


def _moved(day, unit, p, r):
    walk = p.date()
    while walk < r.date():
        walk += DAY
        if unit != "working_day":
            day += DAY
        elif works(walk):
            day = add(day, 1, "working_day")
    return day


def _floor(r):
    shut = works(r.date()) and r.time() >= time(17)
    return roll(r.date() + DAY) if shut else roll(r.date())
