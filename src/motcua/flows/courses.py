"""What the flows of a running dossier share: its course through the pinned process, and its stays."""

from datetime import datetime

from motcua.calendars.calendar import WorkCalendar
from motcua.dossiers.open_steps import open_steps
from motcua.dossiers.operations import Recorded
from motcua.dossiers.operations.common import StepDue
from motcua.dossiers.row import Row
from motcua.processes import acting, operations as processes, routing
from motcua.processes.acting import facts_of as facts_of
from motcua.processes.selectors import version as process_version


def course_of(row: Row, at: datetime, calendar: WorkCalendar) -> routing.Course:
    """The course of a dossier through its pinned process."""
    return acting.course_of(row, process_version(row["process_version"]), at=at, calendar=calendar)


def step_due_of(row: Row, at: datetime, calendar: WorkCalendar) -> StepDue:
    """The due moments of the open steps as functions of the dossier's new ones."""
    course = course_of(row, at, calendar) if row["process_version"] else None
    return routing.StepDues(course, tuple(step.number for step in open_steps(row)))


def done(recorded: Recorded) -> Recorded:
    """Bring the stays up to date with an act just recorded."""
    processes.follow(recorded)
    return recorded
