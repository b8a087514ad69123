"""What is wrong with a process that reads well: rows nothing leads to, ways past every approval, too little time.

Pure. Every combination of what the conditions read is tried, where it can be listed; a condition that reckons, or
compares two answers, may hold or not.
"""

import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from math import prod
from typing import Any

from motcua.catalogue.shapes import Channel, LimitUnit
from motcua.eforms.rules import operands, variables
from motcua.eforms.shapes import Rule
from motcua.kernel.say import Say
from motcua.processes.finding_words import found
from motcua.processes.graph import SAID, Facts, members, met, spent
from motcua.processes.shapes import DAYS, Finding, ProcessVariant, ProcessVersion, Step, StepKind, WrittenUnit
from motcua.processes.wording import limit_words, time_words

HOURS_A_DAY = 8
MOST = 50_000  # combinations times rows; what needs more is judged by the variant alone
_EITHER = frozenset({True, False})
_LISTED: Mapping[str, Sequence[Any]] = {
    "channel": tuple(c.value for c in Channel),
    "assisted": (False, True),
    "outside": (False, True),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at a place of the table; what `blocks` can't be published."""

    where: str
    finding: Finding
    blocks: bool


def problems(process: ProcessVersion) -> tuple[Problem, ...]:
    """Everything wrong with `process` (checks.parse has read it), in the order of the table."""
    return Judge(process).problems()


def longest(process: ProcessVersion, variant: str) -> Decimal:
    """The time of the longest way through `variant`, in its own unit."""
    return Judge(process).longest(variant)


@dataclass(frozen=True, slots=True)
class Whole:
    """The time of the longest way, measured as the limit is (`against`; None where that can't be said), and both in
    words."""

    against: Decimal | None
    words: Mapping[str, Say]


def _in_unit(total: Decimal, unit: LimitUnit, *, in_days: bool) -> Decimal | None:
    """A time of the table in the unit of a limit: eight hours are a day; weeks and months are no sum of either."""
    if unit in (LimitUnit.WORKING_DAY, LimitUnit.CALENDAR_DAY):
        return total if in_days else total / HOURS_A_DAY
    if unit in (LimitUnit.WORKING_HOUR, LimitUnit.HOUR):
        return total * HOURS_A_DAY if in_days else total
    return None


class Judge:
    """The combinations of facts that matter to one process."""

    def __init__(self, process: ProcessVersion) -> None:
        self.process = process
        self._verdicts: dict[tuple[int, tuple[Any, ...]], frozenset[bool]] = {}

    def problems(self) -> tuple[Problem, ...]:
        """Everything wrong with the process, in the order of the table."""
        return (*self.unjudged(), *self.never(), *self.unapproved(), *self.too_long())

    @cached_property
    def _domains(self) -> Mapping[str, Sequence[Any]]:
        rules = [s.when for s in self.process.steps if s.when is not None]
        domains: dict[str, Sequence[Any]] = {"variant": [v.code for v in self.process.variants]}
        for path in dict.fromkeys(p for rule in rules for p in variables(rule)):
            if path not in (*domains, "outcome"):
                domains[path] = _domain(path, rules)
        return domains

    @cached_property
    def is_whole(self) -> bool:
        """Whether every combination can be tried."""
        return prod(map(len, self._domains.values())) * len(self.process.steps) <= MOST

    @cached_property
    def worlds(self) -> tuple[Mapping[str, Any], ...]:
        """Every combination of what conditions read, path -> value, without what steps say."""
        domains = self._domains if self.is_whole else {"variant": self._domains["variant"]}
        return tuple(dict(zip(domains, each, strict=True)) for each in itertools.product(*domains.values()))

    @cached_property
    def _read(self) -> Mapping[int, tuple[str, ...] | None]:
        """By row what its condition reads; None where it can't be said whether it holds."""
        known = self.worlds[0].keys() | {"outcome"}
        return {
            s.order: read if _is_listable(s.when) and known >= set(read) else None
            for s in self.process.steps
            for read in (tuple(dict.fromkeys(variables(s.when))),)
        }

    def verdicts(self, step: Step, world: Mapping[str, Any], said: Collection[str] = SAID) -> frozenset[bool]:
        """Whether the condition of `step` holds, does not, or may do both, when the step before it says one of
        `said`."""
        if step.when is None:
            return frozenset({True})
        read = self._read[step.order]
        if read is None:
            return _EITHER
        key = (step.order, (*(world.get(path) for path in read), *said))
        if key not in self._verdicts:
            facts = _facts(world)
            self._verdicts[key] = frozenset(met(step, {**facts, "outcome": one}) for one in said)
        return self._verdicts[key]

    def longest(self, variant: str) -> Decimal:
        """The time of the longest way through `variant`."""
        counted = {
            tuple(True in self.verdicts(s, world) for s in self.process.steps)
            for world in self.worlds
            if world["variant"] == variant
        }
        return max(spent(self.process, variant, lambda s: each[s.order - 1])[-1] for each in counted)  # noqa: B023

    def whole(self, variant: ProcessVariant) -> "Whole":
        """The longest way through `variant` beside its time limit."""
        times, total = self.process.times(variant.code), self.longest(variant.code)
        unit = next((time.unit for time in times if time.unit is not None), WrittenUnit.DAY)
        words = {
            "total": time_words(total, unit),
            "limit": limit_words(variant.limit.value, variant.limit.unit),
        }
        return Whole(_in_unit(total, variant.limit.unit, in_days=unit in DAYS), words)

    def unjudged(self) -> Iterator[Problem]:
        """That the conditions are too many to try, where they are."""
        if not self.is_whole:
            yield Problem("steps", found("not_judged"), blocks=False)

    def never(self) -> Iterator[Problem]:
        """Rows whose condition never holds: nothing leads there."""
        for step in self.process.steps:
            if not any(True in self.verdicts(step, world) for world in self.worlds):
                yield Problem(f"steps[{step.order - 1}].when", found("never", work=step.work), blocks=True)

    def unapproved(self) -> Iterator[Problem]:
        """A way to the decision on which no leader approves."""
        if any(self._passes_by(world) for world in self.worlds):
            yield Problem("steps", found("unapproved"), blocks=True)

    def _passes_by(self, world: Mapping[str, Any]) -> bool:
        rows, codes = self.process.steps, {s.code: s.order for s in self.process.steps}
        says = SAID if any("outcome" in variables(s.when) for s in rows) else SAID[:1]
        first, last = rows[1], rows[-2]
        seen: set[tuple[int, str]] = set()
        left = [(first.order, said) for said in says]
        while left:
            number, said = left.pop()
            if (number, said) in seen:
                continue
            seen.add((number, said))
            step = rows[number - 1]
            if step.kind is StepKind.RETURN:
                return True
            if group := members(self.process, step):
                left += [(group[-1].order + 1, each) for each in {*says, said}]
                continue
            taken = self.verdicts(step, world, (said,)) if step is not first else frozenset({True})
            if False in taken:
                left.append((number + 1, said))
            if True in taken and step.kind is not StepKind.APPROVE:
                if step is last:
                    return True
                onto = [number + 1, *(codes[o.to] for o in step.outcomes)]
                left += [(n, each) for n in onto for each in says]
        return False

    def too_long(self) -> Iterator[Problem]:
        """Variants whose longest way takes more than their limit."""
        for i, variant in enumerate(self.process.variants):
            whole = self.whole(variant)
            if (
                whole.against is not None
                and variant.limit.value is not None
                and whole.against > variant.limit.value
            ):
                yield Problem(f"variants[{i}]", found("beyond_limit", **whole.words), blocks=False)


def _facts(world: Mapping[str, Any]) -> Facts:
    facts: dict[str, Any] = {}
    for path, value in world.items():
        name, _, key = path.partition(".")
        if key:
            facts.setdefault(name, {})[key] = value
        else:
            facts[name] = value
    return facts


def _domain(path: str, rules: Sequence[Rule]) -> Sequence[Any]:
    """Every value of `path` that makes a difference: what it is compared with, something else, and none."""
    if path in _LISTED:
        return _LISTED[path]
    told = [c for rule in rules if path in variables(rule) for c in _constants(rule)]
    if path.startswith("quantities."):
        numbers = [n for n in told if isinstance(n, int | float) and not isinstance(n, bool)]
        return tuple(dict.fromkeys([0, *(each for n in numbers for each in (n - 1, n, n + 1))]))
    texts = dict.fromkeys(t for t in told if isinstance(t, str))
    return (None, *texts, "".join(texts) + "·")


def _constants(rule: Rule) -> Iterator[Any]:
    if isinstance(rule, list):
        for each in rule:
            yield from _constants(each)
    elif isinstance(rule, Mapping):
        operator, told = operands(rule)
        if operator != "var":
            yield from _constants(told)
    else:
        yield rule


_TESTS = frozenset({"==", "!=", "in", "<", "<=", ">", ">="})
_ORDER = _TESTS - {"==", "!=", "in"}
_JOINS = frozenset({"and", "or", "!", "if"})


def _is_listable(rule: Rule) -> bool:
    """Whether trying what `_domain` lists decides it: tests of one fact with constants, and joins of such tests."""
    if not isinstance(rule, Mapping):
        return True
    operator, told = operands(rule)
    if operator == "var":
        return str(told[0]).count(".") <= 1
    if operator in _JOINS:
        return all(map(_is_listable, told))
    read = list(variables(rule))
    plain = all(not isinstance(each, Mapping) or set(each) == {"var"} for each in told)
    ordered = operator not in _ORDER or all(p.startswith("quantities.") for p in read)
    return operator in _TESTS and plain and ordered and len(read) <= 1 and all(map(_is_listable, told))
