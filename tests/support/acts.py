"""One act by one person at one moment, as the edges do it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from motcua.calendars.calendar import national_calendar
from motcua.dossiers.operations import Recorded
from motcua.kernel.time import ZONE
from motcua.kernel.unit_of_work import Request, unit_of_work
from tests.support.world import actor


def moment(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of August 2026: its calendar has a make-up Saturday and a day in lieu."""
    return datetime(2026, 8, day, hour, minute, tzinfo=ZONE)


def act(login: str, at: datetime, flow: Callable[..., Any], **arguments: Any) -> Recorded:
    """Call `flow` as the person with this login, in a unit of work of its own."""
    who = actor(login, at=at)
    with unit_of_work(actor=who, at=at, request=Request.fresh(), origin="simulated"):
        recorded: Recorded = flow(actor=who, at=at, **arguments)
        return recorded


def open_day(after: date) -> date:
    """The first day after it on which offices work."""
    return national_calendar().next_working_day(after)
