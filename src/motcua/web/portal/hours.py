"""Where the desks are and when they are open, as the working calendar of each agency says. No table of ours."""

from dataclasses import dataclass
from datetime import date, datetime, time

from motcua.agencies.bodies import Body
from motcua.agencies.selectors import agency, unit_name, with_desks
from motcua.calendars.calendar import WorkCalendar
from motcua.calendars.editions import HOUR, SECOND, Spans
from motcua.calendars.selectors import calendar_of
from motcua.kernel.say import Say
from motcua.kernel.time import local

AHEAD = 14  # days: how far before a holiday people are told of it
MOST_DESKS = 3  # a province's installation lists its desks elsewhere
_DESK = Say("Bộ phận một cửa", "One-stop desk")


@dataclass(frozen=True, slots=True)
class Exceptional:
    """A day that differs from the ordinary week: the office is closed, or works on a Saturday."""

    day: date
    works: bool
    why: Say


@dataclass(frozen=True, slots=True)
class Hours:
    """When a desk is open: `usual` and `today` are spans ("07:30–11:30"), `today` none on a day off."""

    usual: tuple[str, ...]
    today: tuple[str, ...]
    is_open: bool
    opens: datetime | None
    exceptional: tuple[Exceptional, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """Where people hand in and collect: the agency, its one-stop desk, how to reach it, when it is open."""

    agency: Say
    name: Say
    address: str
    phone: str
    hours: Hours


def hours_of(calendar: WorkCalendar, *, at: datetime) -> Hours:
    """The hours that `calendar` gives at `at`; `opens` is the next opening, None while it is open."""
    today = local(at).date()
    opening = local(calendar.deemed_opening(at))
    is_open = opening == local(at)
    return Hours(
        usual=_words(calendar.spans(calendar.on_or_after(today.toordinal()))),
        today=_words(calendar.spans(today.toordinal())),
        is_open=is_open,
        opens=None if is_open else opening,
        exceptional=tuple(
            Exceptional(date.fromordinal(day), calendar.is_working(day), Say(note.vi, note.en))
            for day, note in calendar.notes_between(today.toordinal() - 1, today.toordinal() + AHEAD)
        ),
    )


def desks(*, at: datetime) -> list[Desk]:
    """The first desks of People's Committees, in the order of the agencies. One statement, and one for each desk."""
    committees = [code for code, facts in with_desks().items() if facts.body == Body.COMMITTEE]
    return [desk_of(code, calendar_of(code), at=at) for code in committees[:MOST_DESKS]]


def desk_of(code: str, calendar: WorkCalendar, *, at: datetime) -> Desk:
    """The desk of the agency `code`, open as `calendar` says at `at`."""
    facts = agency(code)
    return Desk(
        agency=facts.called,
        name=Say(unit_name(facts.desk_unit), unit_name(facts.desk_unit, "en")) if facts.desk_unit else _DESK,
        address=facts.address,
        phone=facts.phone,
        hours=hours_of(calendar, at=at),
    )


def _words(spans: Spans) -> tuple[str, ...]:
    return tuple(f"{_clock(start)}–{_clock(end)}" for start, end in spans)


def _clock(since_midnight: int) -> str:
    minutes = since_midnight // (60 * SECOND)
    return "24:00" if since_midnight >= 24 * HOUR else f"{time(*divmod(minutes, 60)):%H:%M}"
