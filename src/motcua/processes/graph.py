"""A process as a graph: which rows open after a row, what is passed over, where branches meet, how much time is spent.

Pure. A row is done and its branch goes on; a branch that ends waits for the others of its group; the row after the
group opens with the last of them. So the rows that are open together are all there is to know of where a dossier is.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from motcua.eforms.rules import holds
from motcua.processes.shapes import Outcome, ProcessVersion, Step, StepKind

Facts = Mapping[str, Any]
# What a step that is done says of the result (dossiers.operations.steps.OUTCOMES), as conditions read it.
SAID = ("granted", "partly", "refused")


@dataclass(frozen=True, slots=True)
class Onward:
    """What follows a row that is done: the rows passed over and the rows that open, by number. Nothing opens where
    other branches are waited for, and after the deciding row."""

    passed_over: tuple[int, ...]
    opened: tuple[int, ...]


def met(step: Step, facts: Facts) -> bool:
    """Whether the condition of `step` holds."""
    return holds(step.when, facts)


def may_be_met(step: Step, facts: Facts) -> bool:
    """Whether it can hold in a dossier of which `facts` are known, whatever the steps before it say."""
    return step.when is None or any(met(step, {**facts, "outcome": said}) for said in SAID)


def members(process: ProcessVersion, step: Step) -> tuple[Step, ...]:
    """The rows of the group in which `step` stands, in order; none where it stands alone."""
    if step.parallel is None:
        return ()
    first = last = step.order - 1
    while first and _same_group(process.steps[first - 1], step):
        first -= 1
    while last + 1 < len(process.steps) and _same_group(process.steps[last + 1], step):
        last += 1
    return process.steps[first : last + 1]


def _same_group(other: Step, step: Step) -> bool:
    return bool(other.parallel and step.parallel and other.parallel.group == step.parallel.group)


def branches(group: Iterable[Step]) -> Mapping[str, Sequence[Step]]:
    """The rows of a group by branch, in the order of the table."""
    found: dict[str, list[Step]] = {}
    for step in group:
        if step.parallel is not None:
            found.setdefault(step.parallel.branch, []).append(step)
    return found


def way_out(step: Step, code: str) -> Outcome | None:
    """The outcome `code` of `step`; None where it has no such one."""
    return next((o for o in step.outcomes if o.code == code), None)


def onward(
    process: ProcessVersion, done: int, *, beside: Collection[int], facts: Facts, to: str = ""
) -> Onward:
    """What follows row `done` while the rows `beside` are open too; `to`: the code of the row that a named outcome
    leads to. Rows whose condition does not hold for `facts` are passed over."""
    here = process.steps[done - 1]
    start = process.step(to).order if to else done + 1
    passed: list[int] = []
    if here.parallel is not None:
        group = members(process, here)
        rest = [s for s in branches(group)[here.parallel.branch] if s.order >= start]
        if (found := _first(rest, facts, passed)) is not None:
            return Onward(tuple(passed), (found,))
        if any(s.order in beside for s in group):
            return Onward(tuple(passed), ())
        start = group[-1].order + 1
    while (row := process.steps[start - 1]).kind is not StepKind.RETURN:
        group = members(process, row)
        lines = branches(group).values() if group else ((row,),)
        firsts = [_first(line, facts, passed) for line in lines]
        if opened := tuple(n for n in firsts if n is not None):
            return Onward(tuple(sorted(passed)), opened)
        start = (group or (row,))[-1].order + 1
    return Onward(tuple(passed), ())


def _first(rows: Iterable[Step], facts: Facts, passed: list[int]) -> int | None:
    for step in rows:
        if met(step, facts):
            return step.order
        passed.append(step.order)
    return None


def awaited(process: ProcessVersion, open_rows: Collection[int]) -> Step | None:
    """The row that waits for all of `open_rows` to end: the one behind their group; None where only one is open that
    stands alone. A condition may still pass it over."""
    for number in open_rows:
        if group := members(process, process.steps[number - 1]):
            return process.steps[group[-1].order]
    return None


def left_by_return(
    process: ProcessVersion, number: int, to: Step, open_rows: Collection[int]
) -> tuple[int, ...]:
    """The open rows that end when row `number` goes back to `to`: itself, and where `to` lies outside of its branch all
    others too, as what they work on is looked at anew."""
    here = process.steps[number - 1]
    if here.parallel is not None and here.parallel == to.parallel:
        return (number,)
    return tuple(sorted({number, *open_rows}))


def spent(
    process: ProcessVersion, variant: str, counts: Callable[[Step], bool] | None = None
) -> tuple[Decimal, ...]:
    """The time spent when each row of `variant` ends, in the order of the table, in its own unit; of branches side by
    side the longest counts. Rows that don't count (`counts`; all do) take none."""
    used: list[Decimal] = []
    total = begun = Decimal(0)
    lengths: dict[str, Decimal] = {}
    before: Step | None = None
    for step in process.steps:
        value = step.time(variant).value if counts is None or counts(step) else None
        if step.parallel is None:
            total += value or 0
            used.append(total)
        else:
            if before is None or not _same_group(before, step):
                begun, lengths = total, {}
            branch = step.parallel.branch
            lengths[branch] = lengths.get(branch, Decimal(0)) + (value or 0)
            used.append(begun + lengths[branch])
            total = begun + max(lengths.values())
        before = step
    return tuple(used)
