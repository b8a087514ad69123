"""What the flows of a running dossier share: its course through the pinned process, and its stays."""

from datetime import datetime

from motcua.calendars.calendar import WorkCalendar
from motcua.dossiers.operations import Recorded
from motcua.dossiers.operations.common import StepDue
from motcua.dossiers.row import Row
from motcua.processes import operations as processes, routing
from motcua.processes.selectors import version as process_version


def course_of(row: Row, at: datetime, calendar: WorkCalendar) -> routing.Course:
    """The course of a dossier through its pinned process."""
    return routing.Course(
        process=process_version(row["process_version"]),
        variant=row["variant"],
        promise_value=row["promise_value"],
        promise_unit=row["promise_unit"],
        start=row["clock_from"],
        at=at,
        calendar=calendar,
    )


def step_due_of(row: Row, at: datetime, calendar: WorkCalendar) -> StepDue:
    """The due moment of the open step as a function of the dossier's new one."""
    if row["process_version"] is None:
        return lambda due: None
    return course_of(row, at, calendar).due_hook(row["step"])


def done(recorded: Recorded) -> Recorded:
    """Bring the stays up to date with an act just recorded."""
    processes.follow(recorded)
    return recorded
