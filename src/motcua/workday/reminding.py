"""When who is told that a step comes near its due, or is past it: the process's own rules, else one of the house.
Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Protocol

from motcua.catalogue.shapes import LimitUnit
from motcua.kernel.time import local
from motcua.processes.shapes import Escalation, Side

# A step whose process says nothing: who has it is told half an office day before it is due, the head of the agency when
# it is a day late.
OF_THE_HOUSE = (
    Escalation(Side.BEFORE, Decimal(4), LimitUnit.WORKING_HOUR, ()),
    Escalation(Side.AFTER, Decimal(1), LimitUnit.WORKING_DAY, ("chair", "director")),
)
# A letter of apology that waits: who signs is told half an office day before it is too late, and never after.
OF_LETTERS = OF_THE_HOUSE[:1]
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


class OfficeTime(Protocol):
    """What of a calendar is needed here."""

    def office_time_between(self, start: datetime, end: datetime) -> timedelta: ...

    def add_office_time(self, start: datetime, amount: timedelta) -> datetime: ...

    def is_working_day(self, day: date) -> bool: ...


@dataclass(frozen=True, slots=True)
class Telling:
    """That rule number `rule` of a step tells at `at`."""

    rule: int
    at: datetime


def rule_of(rules: Sequence[Escalation], number: int) -> Escalation:
    """The rule by its number; a step without rules has those of the house."""
    return (rules or OF_THE_HOUSE)[number]


def tellings(
    rules: Sequence[Escalation], *, due_at: datetime, since: datetime, calendar: OfficeTime
) -> tuple[Telling, ...]:
    """When the rules of a step tell that is due at `due_at`, which it is since `since`. What lies before that is told
    at once, as the process wants it told; by the rules of the house not at all: who has just got it knows."""
    found = [Telling(n, moment_of(rule, due_at, calendar)) for n, rule in enumerate(rules or OF_THE_HOUSE)]
    return tuple(one for one in found if rules not in ((), OF_LETTERS) or one.at > since)


def moment_of(rule: Escalation, due_at: datetime, calendar: OfficeTime) -> datetime:
    """`value` office hours before or after the due moment; or the same time of the day so many working days away, parts
    of a day counted as office hours of eight."""
    after = rule.when is Side.AFTER
    if rule.unit is LimitUnit.WORKING_HOUR:
        return _hours(due_at, rule.value * 3600, calendar, after=after)
    days = int(rule.value)
    moment = _days(due_at, days, calendar, after=after)
    rest = rule.value - days
    return _hours(moment, rest * 8 * 3600, calendar, after=after) if rest else moment


def _hours(start: datetime, seconds: Decimal, calendar: OfficeTime, *, after: bool) -> datetime:
    amount = timedelta(seconds=int(seconds))
    if after:
        return calendar.add_office_time(start, amount)
    begin, reach = start, _DAY
    while (office := calendar.office_time_between(begin, start)) < amount:
        begin, reach = start - reach, reach * 2
    return calendar.add_office_time(begin, office - amount)


def _days(start: datetime, days: int, calendar: OfficeTime, *, after: bool) -> datetime:
    moment, step = local(start), _DAY if after else -_DAY
    while days:
        moment += step
        days -= calendar.is_working_day(moment.date())
    return moment
