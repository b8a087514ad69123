"""What the catalogue office sees of drafts of processes, and what is wrong with one."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from motcua.catalogue.policy import announcing_seat, officer_seats
from motcua.catalogue.reading import Fault as Wrong
from motcua.kernel.actor import Viewer
from motcua.kernel.drafting import Drafted, RevisionLine, gone
from motcua.kernel.say import Say, say_of
from motcua.processes.checks import faults as wrong_with
from motcua.processes.drafting import DRAFTS
from motcua.processes.drafts import Document
from motcua.processes.finding_words import mended
from motcua.processes.includes import spliced
from motcua.processes.judging import problems
from motcua.processes.models import Version
from motcua.processes.shapes import ProcessVersion

Find = Callable[[str, int], Mapping[str, Any] | None]
MOST_KNOWN = 500
# So many revisions back a picture is looked for.
LOOKED_BACK = 8


def draft(draft_id: UUID, *, viewer: Viewer) -> Drafted:
    """A draft. One statement. Raises Denied, and NotFound where it was published or discarded."""
    announcing_seat(viewer)
    found = DRAFTS.found(id=draft_id)
    if found is None:
        raise gone()
    return found


def draft_of(code: str, *, viewer: Viewer) -> Drafted | None:
    """The draft of a process; None where there is none. One statement. Raises Denied."""
    officer_seats(viewer)
    return DRAFTS.found(code=code)


def open_draft(code: str) -> Document | None:
    """The document of a process's draft, for who runs this house; None where there is none. One statement."""
    found = DRAFTS.found(code=code)
    return None if found is None else found.body


def revisions(draft_id: UUID, *, viewer: Viewer) -> tuple[RevisionLine, ...]:
    """What was done to a draft, the last first; the last fifty. One statement. Raises Denied."""
    announcing_seat(viewer)
    return DRAFTS.history(draft_id)


def newest_number(code: str, *, viewer: Viewer) -> int:
    """The number of the last version of a process; 0 for none. One statement. Raises Denied."""
    officer_seats(viewer)
    numbers = Version.objects.filter(code=code).order_by("-number").values_list("number", flat=True)
    return numbers.first() or 0


def known(*, viewer: Viewer) -> list[tuple[str, int, Say]]:
    """The last version of each process, to be copied or included: code, number, title; at most 500. One statement.
    Raises Denied."""
    announcing_seat(viewer)
    rows = Version.objects.order_by("code", "-number").distinct("code")
    told = rows.values_list("code", "number", "body__title")[:MOST_KNOWN]
    return [(code, number, say_of(title)) for code, number, title in told]


# --- what is wrong ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong: at which node, in which of its properties ("times.0"), in words; what only `hints` keeps nothing
    from being published."""

    place: str
    slot: str
    said: Say
    hints: bool = False


def readable(document: Document, find: Find) -> tuple[ProcessVersion | None, list[Fault]]:
    """A draft as a process, with what is included written in (`find` gives the body of a version); None where it cannot
    be read, and why, each fault at its node."""
    try:
        whole = spliced(document, find)
    except Wrong as one:
        return None, [_located(one.field, one.reason, list(range(len(document.get("steps", ())))))]
    process, told = wrong_with(whole)
    owners = list(_owners(document, find)) if told else []
    return process, [_located(each.field, each.reason, owners) for each in told]


def last_readable(draft_id: UUID, find: Find, *, viewer: Viewer) -> ProcessVersion | None:
    """The newest of the last revisions of a draft that can be read, where the draft itself can't be; None where none
    can. One statement. Raises Denied."""
    announcing_seat(viewer)
    processes = (readable(body, find)[0] for body in DRAFTS.bodies(draft_id, LOOKED_BACK))
    return next((each for each in processes if each is not None), None)


def faults(document: Document, find: Find) -> tuple[ProcessVersion | None, list[Fault]]:
    """All that is wrong with a draft, as `readable` and with what is wrong with the process as a whole. A variant whose
    way takes longer than its limit is wrong here: what authorities issued may say so, what is drafted may not."""
    process, found = readable(document, find)
    if process is not None:
        owners = list(_owners(document, find))
        for problem in problems(process):
            hints = not (problem.blocks or problem.finding.code == "beyond_limit")
            found.append(_located(problem.where, mended(problem.finding), owners, hints=hints))
    return process, found


def _owners(document: Document, find: Find) -> Iterator[int]:
    """The row of the draft that each row of the whole table comes from."""
    for n, row in enumerate(document.get("steps", ())):
        told = row.get("includes")
        body = find(str(told["process"]), int(told["number"])) if told else None
        yield from [n] * (len(body["steps"]) - 2 if body is not None else 1)


def _located(where: str, said: Say, owners: list[int], *, hints: bool = False) -> Fault:
    """`steps[3].times[0]` as the node "steps.3" and its property "times.0"."""
    parts = where.replace("[", ".").replace("]", "").split(".")
    if parts[0] == "steps" and len(parts) > 1 and int(parts[1]) < len(owners):
        parts[1] = str(owners[int(parts[1])])
    length = 0
    if parts[0] in ("steps", "variants", "children", "tests") and len(parts) > 1:
        length = 4 if parts[2:3] == ["consultations"] and len(parts) > 3 else 2
    return Fault(".".join(parts[:length]), ".".join(parts[length:]), said, hints)
