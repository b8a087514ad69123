"""Which parts of an inter-agency process begin, and when. Pure."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from itertools import pairwise
from typing import Any

from motcua.catalogue.checking import check_limit
from motcua.catalogue.reading import fault
from motcua.eforms.definition import malformed
from motcua.eforms.rules import evaluate, holds
from motcua.processes.shapes import Child, Fill, ProcessVersion


def expected(process: ProcessVersion, facts: Mapping[str, Any]) -> tuple[Child, ...]:
    """The parts whose condition holds for `facts`."""
    return tuple(child for child in process.children if holds(child.when, facts))


def to_begin(
    process: ProcessVersion,
    facts: Mapping[str, Any],
    *,
    past: int,
    begun: Collection[str],
    ended: Collection[str],
) -> tuple[Child, ...]:
    """The parts that may begin now: every row before `past` is done, `begun` and `ended` parts are known. A part after
    another that is not asked for does not wait for it."""
    wanted = expected(process, facts)
    asked_for = {child.code for child in wanted}

    def may_begin(child: Child) -> bool:
        if child.after_child is not None and child.after_child in asked_for:
            return child.after_child in ended
        return child.after_step is None or process.step(child.after_step).order < past

    return tuple(child for child in wanted if child.code not in begun and may_begin(child))


def filled(fills: Iterable[Fill], answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers of a child's form, made of those of its parent's; what was not answered there is left out."""
    root: dict[str, Any] = {}
    for fill in fills:
        value = evaluate(fill.rule, answers)
        if value not in (None, "", [], {}):
            into, keys = root, fill.field.split(".")
            for key, following in pairwise(keys):
                into = _within(into, key, [] if following.isdigit() else {})
            _within(into, keys[-1], value)
    return root


def _within(into: Any, key: str, new: Any) -> Any:
    """What stands in an object or, by its number, in a list; `new`, put there, where nothing does."""
    if not isinstance(into, list):
        return into.setdefault(key, new)
    if int(key) >= len(into):
        into.append(new)
    return into[int(key)]


def children_checks(process: ProcessVersion) -> Iterator[Callable[[], None]]:
    """Checks that raise Invalid with the place for parts that have one code, no beginning, or a limit without a
    number."""
    steps = {step.code for step in process.running}
    codes = [child.code for child in process.children]
    for i, child in enumerate(process.children):
        yield partial(_check_child, child, codes[:i], steps, f"children[{i}]")


def _check_child(child: Child, before: Collection[str], steps: Collection[str], where: str) -> None:
    check_limit(child.limit, f"{where}.limit")
    if child.code in before:
        raise fault(f"{where}.code", "mã phải có và không trùng nhau", "codes must be there and differ")
    if child.after_step is not None and child.after_step not in steps:
        raise fault(
            f"{where}.after_step",
            f"“{child.after_step}” không phải bước của quy trình",
            f"“{child.after_step}” is no step of the process",
        )
    if child.after_child is not None and child.after_child not in before:
        raise fault(
            f"{where}.after_child",
            f"“{child.after_child}” không phải phần việc đứng trước",
            f"“{child.after_child}” is no part before this one",
        )
    for n, fill in enumerate(child.fills):
        for said in malformed(fill.rule):
            raise fault(f"{where}.fills[{n}].rule", said.vi, said.en)
