"""What is shown of a dossier before an act: what its due date becomes, which parts are issued with it."""

from dataclasses import dataclass
from datetime import datetime

from motcua.calendars.selectors import calendar_of
from motcua.dossiers.due import due_fact
from motcua.dossiers.events import DueFact
from motcua.dossiers.operations import silent_since
from motcua.kernel.codec import encode
from motcua.kernel.errors import Invalid
from motcua.kernel.say import Say
from motcua.web.common.children import Part, parts_of
from motcua.web.desk import words
from motcua.web.desk.facts import Facts


@dataclass(frozen=True, slots=True)
class Preview:
    """The due moments after an act; `by` is how much an extension adds."""

    due: DueFact
    by: Say | None = None


def resumed(facts: Facts, at: datetime) -> Preview | None:
    """If the pause ended at `at`. One statement."""
    calendar = calendar_of(facts.row["competent_agency"])
    ended = [p if p["to"] is not None else {**p, "to": encode(at)} for p in facts.row["pauses"]]
    return Preview(due_fact(facts.row, calendar, pauses=ended))


def accepted(facts: Facts, at: datetime) -> Preview | None:
    """If the transfer were accepted at `at`; None for a dossier whose limit is pinned only then. One statement."""
    row = facts.row
    if row["received_at"] is None:
        return None
    when = silent_since(row, at) or at
    calendar = calendar_of(row["transfer"]["to"])
    if row["clock_from"] is None:
        return Preview(due_fact({**row, "clock_from": when}, calendar, pauses=[]))
    ended = [p if p["to"] is not None else {**p, "to": encode(when)} for p in row["pauses"]]
    return Preview(due_fact(row, calendar, pauses=ended))


def extended(facts: Facts, at: datetime) -> Preview | None:
    """If the first ground were used to its maximum at `at`; None where nothing can be computed. One statement."""
    ground = facts.extension_grounds[0]
    if ground.maximum is None or facts.row["due_at"] is None:
        return None
    added = {
        "at": encode(at),
        "value": str(ground.maximum.value),
        "unit": ground.maximum.unit.value,
        "ground": ground.code.value,
    }
    calendar = calendar_of(facts.row["competent_agency"])
    try:
        due = due_fact(facts.row, calendar, extensions=[*facts.row["extensions"], added])
    except Invalid:  # this unit does not lengthen this limit; the flow says so when it is asked
        return None
    return Preview(due, words.limit(ground.maximum))


def parts(facts: Facts, _at: datetime) -> list[Part]:
    """The parts of other agencies, whose results have numbers of their own; none where no other agency has one."""
    return parts_of(facts.row)[1:]
