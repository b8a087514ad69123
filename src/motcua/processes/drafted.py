"""What the catalogue office sees of drafts of processes, and what is wrong with one."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from motcua.catalogue.policy import announcing_seat, officer_seats
from motcua.catalogue.reading import BLANK, MISSING, Fault as Wrong
from motcua.kernel.actor import Viewer
from motcua.kernel.drafting import Drafted, RevisionLine, gone
from motcua.kernel.say import Say, say_of
from motcua.processes.checks import faults as wrong_with, sketch
from motcua.processes.drafting import DRAFTS
from motcua.processes.drafts import Document, Node, at, replaced
from motcua.processes.finding_words import lacking, mended
from motcua.processes.includes import spliced
from motcua.processes.judging import problems
from motcua.processes.models import Version
from motcua.processes.shapes import ProcessVersion, StepKind

Find = Callable[[str, int], Mapping[str, Any] | None]
MOST_KNOWN = 500
_HEADS = ("", "variants", "steps", "children", "tests")
_TIME = re.compile(r"times\.([0-9]+)")


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


def known(*, viewer: Viewer) -> list[tuple[str, int, Say, str]]:
    """The last version of each process, to be copied or included: code, number, title, procedure; at most 500. One
    statement. Raises Denied."""
    announcing_seat(viewer)
    rows = Version.objects.order_by("code", "-number").distinct("code")
    told = rows.values_list("code", "number", "body__title", "procedure")[:MOST_KNOWN]
    return [(code, number, say_of(title), procedure) for code, number, title, procedure in told]


# --- what is wrong ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong: at which node, in which of its properties ("times.0"), in words; what only `hints` keeps nothing
    from being published. `also`: further properties of the node of which the same is wrong; `variants`: of which."""

    place: str
    slot: str
    said: Say
    hints: bool = False
    also: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """As much of a draft as can be drawn, and the numbers of the rows in which something is wrong."""

    process: ProcessVersion
    wrong: frozenset[int] = frozenset()


def readable(document: Document, find: Find) -> tuple[ProcessVersion | None, list[Fault]]:
    """A draft as a process, with what is included written in (`find` gives the body of a version); None where it cannot
    be read, and all that is wrong, each fault at its node, what is wrong with a row in several variants as one."""
    looked = _Looked(document, find)
    return looked.process, looked.faults


def drawn(document: Document, find: Find) -> Drawn | None:
    """What can be drawn of a draft, as `readable`; None where nothing can."""
    looked = _Looked(document, find)
    process = looked.process or sketch(looked.whole, looked.told)
    wrong = {each.place.split(".")[1] for each in looked.faults if each.place.startswith("steps.")}
    rows = (n for n, owner in enumerate(looked.owners, 1) if str(owner) in wrong)
    return None if process is None else Drawn(process, frozenset(rows))


def faults(document: Document, find: Find) -> tuple[ProcessVersion | None, list[Fault]]:
    """All that is wrong with a draft, as `readable` and with what is wrong with the process as a whole. A variant whose
    way takes longer than its limit is wrong here: what authorities issued may say so, what is drafted may not."""
    looked = _Looked(document, find)
    found = looked.faults
    if looked.process is not None:
        for problem in problems(looked.process):
            hints = not (problem.blocks or problem.finding.code == "beyond_limit")
            found.append(_located(problem.where, mended(problem.finding), looked.owners, hints=hints))
    return looked.process, sorted(found, key=_standing)


def _standing(each: Fault) -> tuple[int, list[int]]:
    """Where a fault stands in the outline: the process, its variants, its rows, parts of others, tests."""
    head, *rest = each.place.split(".")
    return _HEADS.index(head), [int(name) for name in rest if name.isdigit()]


class _Looked:
    """A draft looked at: written in what it includes (where that can't be, a row stands for it), what is wrong with
    the `whole` table, and that as faults of the draft."""

    def __init__(self, document: Document, find: Find) -> None:
        rows = list(range(len(document.get("steps", ()))))
        missing: list[Fault] = []
        while True:
            try:
                self.whole: Document = dict(spliced(document, find))
                break
            except Wrong as one:
                missing.append(_located(one.field, one.reason, rows))
                place = missing[-1].place
                document = replaced(document, place, _standing_for(at(document, place), document))
        self.owners = list(_owners(document, find))
        process, self.told = wrong_with(self.whole)
        self.process = None if missing else process
        found = [_located(each.field, each.reason, self.owners) for each in self.told]
        self.faults = [*missing, *_gathered(found, document)]


def _standing_for(row: Node, document: Document) -> Node:
    """A row for one whose process cannot be written in."""
    return {
        "order": row.get("order", 0),
        "code": row.get("code", ""),
        "kind": str(StepKind.VERIFY),
        "work": {"vi": "…", "en": "…"},
        "positions": ["clerk"],
        "times": [
            {"variant": each.get("code", ""), "merged_with_previous": True}
            for each in document.get("variants", ())
        ],
    }


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
    if said in (MISSING, BLANK):
        said = lacking(parts)
    return Fault(".".join(parts[:length]), ".".join(parts[length:]), said, hints)


def _gathered(found: list[Fault], document: Document) -> list[Fault]:
    """What is wrong alike with the times of a row, told once with the variants it is wrong in."""
    told: dict[object, Fault] = {}
    for n, each in enumerate(found):
        time = _TIME.match(each.slot)
        if time is None:
            told[n] = each
            continue
        times = at(document, each.place).get("times", [])
        number = int(time[1])
        variants = (str(times[number].get("variant", "")),) if number < len(times) else ()
        first = told.setdefault((each.place, each.said), replace(each, variants=variants))
        if first.slot != each.slot:
            told[each.place, each.said] = replace(
                first, also=(*first.also, each.slot), variants=(*first.variants, *variants)
            )
    return list(told.values())
