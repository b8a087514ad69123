"""Two versions of a process side by side: the ways dossiers take through each, and where these differ. Pure.

Dossiers that agree in what conditions read, in where they stand and in what they were promised take the same ways; what
such a kind of dossiers has in common is worked out once.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from fractions import Fraction
from typing import Any

from motcua.catalogue.shapes import Limit, LimitUnit
from motcua.eforms.rules import variables
from motcua.processes.dues import in_limits_unit
from motcua.processes.graph import Facts, may_be_met, onward, spent
from motcua.processes.shapes import DAYS, Consultation, ProcessVersion, Step

HOURS_A_DAY = 8
Place = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Kind:
    """What decides the ways of a dossier: where it stands (`open`: numbers of its open rows; none: from its beginning),
    the named outcomes it took (`ways`: row -> row), what its decision says, and what it is measured by."""

    variant: str
    facts: tuple[tuple[str, Any], ...]
    open: tuple[int, ...]
    ways: tuple[tuple[str, str], ...]
    said: str
    promise_value: str
    promise_unit: str

    @property
    def limit(self) -> Limit:
        """What it is measured by."""
        return promised(self.promise_value, self.promise_unit)


@dataclass(frozen=True, slots=True)
class Change:
    """What stands in place of what: rows of the version it runs under, and rows of the other."""

    before: tuple[Place, ...]
    after: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Timed:
    """The rows whose due moments may differ, by code, with the time spent at their end: under each version, in order,
    the last being the whole time."""

    codes: tuple[str, ...]
    before: tuple[Decimal, ...]
    after: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Alike:
    """What dossiers of one kind have in common: their ways under both versions, what stands in place of what, opinions
    dropped and added (each with its row), and the rows that may be due at another moment. `lost`: the codes of open
    rows that the other version does not have; nothing more is known then."""

    before: tuple[Step, ...]
    after: tuple[Step, ...]
    changes: tuple[Change, ...]
    dropped: tuple[tuple[str, Consultation], ...]
    added: tuple[tuple[str, Consultation], ...]
    timed: Timed
    lost: tuple[str, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether nothing differs for any of them."""
        return not (self.changes or self.dropped or self.added or self.timed.codes or self.lost)


NOTHING_TIMED = Timed((), (), ())


def promised(value: str, unit: str) -> Limit:
    """What a dossier is measured by, as its row tells it."""
    return Limit(LimitUnit(unit), Decimal(value) if value else None)


def facts_read(*processes: ProcessVersion) -> tuple[str, ...]:
    """The facts that conditions of `processes` read; `outcome` is known apart."""
    read = {path for one in processes for step in one.steps for path in variables(step.when)}
    return tuple(sorted(read - {"outcome"}))


def known(paths: Iterable[str], facts: Facts) -> tuple[tuple[str, Any], ...]:
    """The values of `paths` in the facts of a dossier."""
    return tuple((path, _at(facts, path)) for path in paths)


def _at(facts: Facts, path: str) -> Any:
    found: Any = facts
    for name in path.split("."):
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _facts(kind: Kind) -> Facts:
    """The facts as conditions read them, of those that are read."""
    told: dict[str, Any] = {"variant": kind.variant}
    for path, value in kind.facts:
        *outer, last = path.split(".")
        inner = told
        for name in outer:
            inner = inner.setdefault(name, {})
        inner[last] = value
    return told


def compared(before: ProcessVersion, after: ProcessVersion, kind: Kind) -> Alike:
    """What differs for dossiers of `kind`, which run under `before`, were they under `after`."""
    codes = {step.code for step in after.running}
    here = [before.steps[n - 1].code for n in kind.open]
    lost = tuple(code for code in here if code not in codes)
    old = _way(before, kind, kind.open)
    if lost:
        return Alike(old, (), (), (), (), NOTHING_TIMED, lost)
    new = _way(after, kind, tuple(after.step(code).order for code in here))
    return Alike(
        before=old,
        after=new,
        changes=tuple(_changes(old, new)),
        dropped=tuple(_asked_only_in(old, new)),
        added=tuple(_asked_only_in(new, old)),
        timed=_timed(before, after, kind, {s.code for s in old} & {s.code for s in new}),
    )


def serves(process: ProcessVersion, variant: str) -> bool:
    """Whether dossiers of `variant` can run under it."""
    return any(one.code == variant for one in process.variants)


def _way(process: ProcessVersion, kind: Kind, open_rows: tuple[int, ...]) -> tuple[Step, ...]:
    """The rows that a dossier of `kind` does from `open_rows` on, in the order of the table. Rows that the process does
    not have as such are walked as if nobody chose a way there."""
    facts = {**_facts(kind), "outcome": kind.said}
    ways = dict(kind.ways)
    standing = set(open_rows) or {process.running[0].order}
    walked: list[int] = []
    while standing:
        here = min(standing)
        standing.discard(here)
        walked.append(here)
        row = process.steps[here - 1]
        to = ways.get(row.code, "")
        to = to if any(one.to == to for one in row.outcomes) else ""
        standing.update(onward(process, here, beside=standing, facts=facts, to=to).opened)
    return tuple(process.steps[n - 1] for n in sorted(walked))


def chosen_ways(process: ProcessVersion, done: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The named outcomes that a dossier took, told from the rows it did, by code: where an outcome leads there and
    nothing in between was done."""
    codes = frozenset(done)
    rows = frozenset(step.order for step in process.running if step.code in codes)
    found = []
    for step in process.steps:
        if step.outcomes and step.order in rows:
            later = min((n for n in rows if n > step.order), default=None)
            to = next((o.to for o in step.outcomes if process.step(o.to).order == later), None)
            if to is not None and later != step.order + 1:
                found.append((step.code, to))
    return tuple(found)


def place_of(step: Step) -> Place:
    """A row as people tell it: what is done, by which positions."""
    return (step.code, step.positions)


def _changes(old: tuple[Step, ...], new: tuple[Step, ...]) -> Iterable[Change]:
    before, after = [place_of(s) for s in old], [place_of(s) for s in new]
    for what, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "replace" and j - i == m - k:
            yield from (Change((b,), (a,)) for b, a in zip(before[i:j], after[k:m], strict=True))
        elif what != "equal":
            yield Change(tuple(before[i:j]), tuple(after[k:m]))


def _asked_only_in(these: tuple[Step, ...], those: tuple[Step, ...]) -> Iterable[tuple[str, Consultation]]:
    known_there = {(s.code, asked) for s in those for asked in s.consultations}
    for step in these:
        for asked in step.consultations:
            if (step.code, asked) not in known_there:
                yield step.code, asked


def _timed(before: ProcessVersion, after: ProcessVersion, kind: Kind, codes: set[str]) -> Timed:
    """Of `codes`, rows of both ways, those that end at another share of the time."""
    facts = _facts(kind)
    found = []
    for process in (before, after):
        used = spent(process, kind.variant, _counting(facts))
        limited = in_limits_unit(process.times(kind.variant), kind.limit, used[-1])
        found.append(
            (used, {s.code: _share(used[s.order - 1], used[-1], limited=limited) for s in process.running})
        )
    (used_before, shares_before), (used_after, shares_after) = found
    moved = [s for s in before.running if s.code in codes and shares_before[s.code] != shares_after[s.code]]
    if not moved or not used_before[-1] or not used_after[-1]:
        return NOTHING_TIMED
    return Timed(
        tuple(s.code for s in moved),
        (*(used_before[s.order - 1] for s in moved), used_before[-1]),
        (*(used_after[after.step(s.code).order - 1] for s in moved), used_after[-1]),
    )


def _counting(facts: Facts) -> Callable[[Step], bool]:
    return lambda step: may_be_met(step, facts)


def _share(used: Decimal, whole: Decimal, *, limited: bool) -> tuple[bool, Fraction]:
    """Where in the time a row ends: what is left then, or its share (processes.dues)."""
    if limited or not whole:
        return limited, Fraction(whole - used)
    return limited, Fraction(used) / Fraction(whole)


def hours_of(step: Step, variant: str) -> Decimal:
    """The time that the table gives a row, in hours."""
    time = step.time(variant)
    if time.value is None:
        return Decimal(0)
    return time.value * HOURS_A_DAY if time.unit in DAYS else time.value
