"""A running dossier goes on under another version of its process, just as it was shown to. Order here, rules in
`processes.moving`."""

from dataclasses import replace
from datetime import datetime

from motcua.dossiers import events as e, operations as dossiers
from motcua.dossiers.open_steps import open_steps
from motcua.dossiers.operations import NextProcess
from motcua.dossiers.others import look
from motcua.dossiers.row import Row
from motcua.flows.courses import done
from motcua.kernel.actor import Actor
from motcua.kernel.time import local
from motcua.processes.acting import course_of
from motcua.processes.impact.moves import MOVED, Due, Order
from motcua.processes.moving import Fate, Stays, fate, holder_after
from motcua.processes.published import variants_of_version
from motcua.processes.routing import Course
from motcua.processes.selectors import Office, office, version
from motcua.processes.shapes import ProcessVersion


def move(*, one: Due, order: Order, actor: Actor, at: datetime) -> str:
    """Let one dossier go on under the version that was ordered, where what was shown is what happens; answers MOVED, or
    why it stayed (moving.Stays)."""
    found = look(one.code)
    row = dossiers.lock_by_id(found["id"]) if found is not None else None
    if row is None or row["competent_agency"] != order.agency or row["process_version"] is None:
        return Stays.CHANGED
    if row["process_version"] == order.version:
        return MOVED
    working = office(agency=order.agency, at=at, row=row, under=order.version)
    before, after = version(row["process_version"]), version(order.version)
    course = course_of(row, after, at=at, calendar=working.calendar)
    runs = variants_of_version(order.version, agency=order.agency, on=local(at).date())
    told = fate(row, before, course, staff=working.staff, runs=runs, at=at)
    if told.stays is not None:
        return told.stays
    if before.code != after.code or told.told != one.fate:
        return Stays.CHANGED
    following = NextProcess(
        version=order.version,
        number=order.number,
        basis=order.basis,
        reason=order.reason,
        ordered_by=order.by,
        places=_places(row, course, told, working),
        rows=_rows(before, after),
    )
    done(dossiers.move_process(row=row, following=following, actor=actor, at=at))
    return MOVED


def _places(row: Row, course: Course, told: Fate, working: Office) -> tuple[e.MovedStepFact, ...]:
    """The open steps where they go on, the leading one first."""
    steps = {one.number: one for one in open_steps(row)}
    places = []
    for place in sorted(told.places, key=lambda one: one.after):
        here = course.process.steps[place.after - 1]
        holder = holder_after(steps[place.before], place, here, row["competent_agency"], working.staff)
        fact = replace(course.fact(here, row["due_at"]), due_at=place.new)
        places.append(e.MovedStepFact(before=place.before, step=fact, holder=holder))
    return tuple(places)


def _rows(before: ProcessVersion, after: ProcessVersion) -> tuple[e.RowFact, ...]:
    numbers = {step.code: step.order for step in after.steps}
    return tuple(
        e.RowFact(before=step.order, after=numbers[step.code])
        for step in before.steps
        if step.code in numbers
    )
