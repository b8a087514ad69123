"""A test is run: each row is done on a dossier that is only thought of, and what came of it is held against what has to
be. Nothing is written: whatever would reach for the database is an error."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from motcua.catalogue.shapes import ProcedureVersion
from motcua.dossiers.news import news_of
from motcua.dossiers.open_steps import open_steps
from motcua.dossiers.operations import Recorded
from motcua.dossiers.states import State
from motcua.kernel.codec import encode
from motcua.kernel.errors import Refusal
from motcua.kernel.say import Say
from motcua.kernel.time import local
from motcua.processes.routing import by_number
from motcua.processes.shapes import ProcessVersion
from motcua.processes.testing.acts import done, lapsed
from motcua.processes.testing.fitting import Misfit, misfits
from motcua.processes.testing.house import House, begins_at, calendar
from motcua.processes.testing.shapes import NO_DUE, ActRow, ProcessTest, Skip, SkipUnit
from motcua.processes.testing.wording import Missed, missed

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a row: when it was done; as testing.shapes.Expected what has become of the dossier; what refused
    the act, None where nothing did."""

    at: datetime
    state: State | None
    steps: tuple[str, ...]
    due: str
    step_due: str
    papers: tuple[str, ...]
    messages: tuple[str, ...]
    refusal: Say | None


@dataclass(frozen=True, slots=True)
class RowResult:
    """A row of a test with what came of it, and where that is not what was expected."""

    row: ActRow
    came: Came
    missed: tuple[Missed, ...]


@dataclass(frozen=True, slots=True)
class TestResult:
    """A test that was run. `misfits`: why it does not fit the process at all; then no row is run. A retired one is
    neither run nor wrong."""

    __test__ = False

    test: ProcessTest
    rows: tuple[RowResult, ...] = ()
    misfits: tuple[Misfit, ...] = ()

    @property
    def is_red(self) -> bool:
        """Whether something is not as expected."""
        return bool(self.misfits) or any(row.missed for row in self.rows)


def run(test: ProcessTest, process: ProcessVersion, procedure: ProcedureVersion | None) -> TestResult:
    """Run `test` through `process` and the `procedure` it serves (None: none is in force)."""
    if test.retired:
        return TestResult(test)
    if wrong := misfits(test, process, procedure):
        return TestResult(test, misfits=wrong)
    house = House(test, process, procedure, begins_at(test))
    with _no_database():
        return TestResult(test, rows=tuple(_did(house, row) for row in test.rows))


def _did(house: House, row: ActRow) -> RowResult:
    left: list[Recorded] = []
    refusal: Say | None = None
    try:
        house.at = after(house.at, row.after)
        if house.row is not None:
            left += lapsed(house)
        left += done(house, row)
    except Refusal as refused:
        refusal = Say(refused.vi, refused.en)
    came = _came(house, left, refusal)
    return RowResult(row, came, missed(row.expect, came, house.process))


def _came(house: House, left: Sequence[Recorded], refusal: Say | None) -> Came:
    row = house.row
    numbers = [one.number for one in open_steps(row)] if row is not None else []
    taken = [one.event.done for one in left if hasattr(one.event, "done_kind")]
    news = [news_of(one.event.TYPE, encode(one.event), one.row) for one in left]
    return Came(
        at=house.at,
        state=State(row["state"]) if row is not None else None,
        steps=tuple(by_number(house.process, n).code for n in numbers),
        due=moment_text(row["due_at"] if row is not None else None),
        step_due=moment_text(row["step_due_at"] if row is not None else None),
        papers=tuple(paper.code for n in taken for paper in by_number(house.process, n).papers),
        messages=tuple(told[0] for told in news if told is not None),
        refusal=refusal,
    )


def moment_text(moment: datetime | None) -> str:
    """A due moment as a test writes it, to the minute, rounded up as it is printed."""
    if moment is None:
        return NO_DUE
    whole = local(moment).replace(second=0, microsecond=0)
    return f"{whole if whole == local(moment) else whole + _MINUTE:%Y-%m-%dT%H:%M}"


def after(at: datetime, skip: Skip | None) -> datetime:
    """The moment after a skip. Raises Invalid beyond the years that calendars know."""
    if skip is None or not skip.value:
        return at
    if skip.unit is SkipUnit.WORKING_HOUR:
        return calendar().add_office_time(at, _hours(skip.value))
    if skip.unit is SkipUnit.HOUR:
        return at + _hours(skip.value)
    if skip.unit is SkipUnit.CALENDAR_DAY:
        return at + timedelta(days=int(skip.value))
    day = local(at).date()
    for _ in range(int(skip.value)):
        day = calendar().next_working_day(day)
    return local(at).replace(year=day.year, month=day.month, day=day.day)


def _hours(value: Decimal) -> timedelta:
    return timedelta(microseconds=int(value * 3_600_000_000))


class ReachedOut(Exception):
    """A test reached for the database: a fault of ours, never of the test."""


@contextmanager
def _no_database() -> Iterator[None]:
    def refuse(execute: Any, sql: str, *rest: Any) -> Any:
        raise ReachedOut(sql[:200])

    with connection.execute_wrapper(refuse):
        yield
