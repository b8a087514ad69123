"""Steps of a dossier that are open side by side, as its pages show them."""

from dataclasses import dataclass
from datetime import datetime

from motcua.dossiers.open_steps import open_steps
from motcua.kernel.say import Say
from motcua.processes.graph import awaited
from motcua.processes.routing import by_number
from motcua.processes.shapes import Step
from motcua.web.desk import words
from motcua.web.desk.facts import Facts
from motcua.web.desk.known import staff_names


@dataclass(frozen=True, slots=True)
class Abreast:
    """One of them: who does it, "" where it waits on the shared list of `seats`."""

    step: Step
    seats: Say
    person: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class AllAbreast:
    """All of them, and the step that waits for them to end."""

    steps: tuple[Abreast, ...]
    awaiting: Step | None


def abreast(facts: Facts) -> AllAbreast | None:
    """The open steps of a dossier (`facts` of its whole row); None where no more than one is open. At most one
    statement, for names not known yet."""
    process, opened = facts.process, open_steps(facts.row)
    if process is None or len(opened) < 2:
        return None
    names = staff_names(one.holder.account for one in opened)
    return AllAbreast(
        tuple(
            Abreast(
                step=by_number(process, one.number),
                seats=words.seats(list(one.kinds)),
                person=names.get(one.holder.account, ""),
                due_at=one.due_at,
            )
            for one in opened
        ),
        awaited(process, [one.number for one in opened]),
    )
