"""What a measurement adds up to, as its row keeps it. Pure.

A dossier belongs to groups, by which its list is asked for: "route:N", "date:ROW:later", "due:earlier", "late:ROW",
"eased:ROW", "asked:N", "lost:ROW", "unserved"; when it is to be moved, "moves" or "stays:WHY". "any": all of them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from motcua.kernel.codec import encode
from motcua.processes.impact.comparing import Alike, Change, Place, hours_of
from motcua.processes.impact.weighing import Effect, Row, Scales
from motcua.processes.moving import Fate, Stays
from motcua.processes.shapes import Step

# By how much a moment comes earlier or later: up to so much, the last without end.
SPANS = (timedelta(hours=4), timedelta(days=1), timedelta(days=3), timedelta(days=7))
ANY = "any"
Told = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """A dossier's groups, and what changes for it: dates by row, or what becomes of it when it is moved
    (moving.Fate.told)."""

    groups: tuple[str, ...]
    told: Told


@dataclass(slots=True)
class Sums:
    """What was counted: dossiers `seen`, those that run (`running`), for which anything changes (`touched`), that go
    other ways (`rerouted`), have other dates (`dated`), would be late (`late`); dossiers by group; `spans`: by group of
    a date, by how much; `work` by position, and `hands` by account, or by unit where it lies on a list: steps and hours
    as it is, and as it would be."""

    counts: Counter[str] = field(default_factory=Counter)
    groups: Counter[str] = field(default_factory=Counter)
    spans: dict[str, list[int]] = field(default_factory=dict)
    work: dict[str, list[float]] = field(default_factory=dict)
    hands: dict[str, list[float]] = field(default_factory=dict)

    def add(self, other: Mapping[str, Any]) -> None:
        """Count what another has, told as it is kept."""
        self.counts.update(other["counts"])
        self.groups.update(other["groups"])
        for name in ("spans", "work", "hands"):
            own = getattr(self, name)
            for key, numbers in other[name].items():
                own[key] = [a + b for a, b in zip(own.get(key, [0] * len(numbers)), numbers, strict=True)]

    @property
    def told(self) -> Told:
        """As it is kept."""
        return {
            "counts": dict(self.counts),
            "groups": dict(self.groups),
            "spans": self.spans,
            "work": self.work,
            "hands": self.hands,
        }


def summed(told: Told, agency: str = "") -> Sums:
    """What was counted in one agency, or in all."""
    sums = Sums()
    for code, one in told.get("agencies", {}).items():
        if agency in ("", code):
            sums.add(one)
    return sums


class Tally:
    """Adds up effects: `told` is what was kept so far. Changes of ways and opinions are numbered as they are met."""

    def __init__(self, told: Told, scales: Scales) -> None:
        self.scales = scales
        self.routes: list[Told] = told.get("routes", [])
        self.asked: list[Told] = told.get("asked", [])
        self.agencies: dict[str, Sums] = {}
        for code, one in told.get("agencies", {}).items():
            self._of(code).add(one)
        self._numbers: dict[Any, int] = {_key(one): n for n, one in enumerate(self.routes)}
        self._opinions: dict[Any, int] = {_key(one): n for n, one in enumerate(self.asked)}
        self._groups: dict[int, tuple[Alike, tuple[str, ...]]] = {}
        self._hours: dict[int, tuple[Alike, list[tuple[int, Step, float]]]] = {}

    @property
    def told(self) -> Told:
        """As it is kept."""
        sums = {code: one.told for code, one in self.agencies.items()}
        return {"routes": self.routes, "asked": self.asked, "agencies": sums}

    def _of(self, agency: str) -> Sums:
        return self.agencies.setdefault(agency, Sums())

    def add(self, row: Row, effect: Effect) -> Line | None:
        """Count a dossier; its line, where anything would change."""
        sums = self._of(row["competent_agency"])
        ways, dates = self._ways(effect), tuple(_dates(effect, sums))
        groups = (*ways, *dates)
        rerouted = any(g.startswith(("route:", "lost:", "unserved")) for g in ways)
        sums.counts["seen"] += 1
        sums.counts["running"] += effect.running
        sums.counts["touched"] += bool(groups)
        sums.counts["rerouted"] += rerouted
        sums.counts["dated"] += any(g.startswith(("date:", "due:")) for g in dates)
        sums.counts["late"] += bool(effect.late)
        if effect.alike is not None and not effect.alike.lost:
            self._work(row, effect, effect.alike, sums)
        if not groups:
            return None
        sums.groups.update(groups)
        return Line((ANY, *groups), _line(effect))

    def add_fate(self, row: Row, fate: Fate) -> Line:
        """Count what becomes of a running dossier; its line."""
        sums = self._of(row["competent_agency"])
        sums.counts["seen"] += 1
        sums.counts["running"] += 1
        sums.counts["touched"] += fate.stays is None
        group = "moves" if fate.stays is None else f"stays:{fate.stays.value}"
        sums.groups[group] += 1
        return Line((ANY, group), {"fate": fate.told})

    def add_unreadable(self, row: Row) -> Line:
        """Count a dossier that could not be weighed; its line."""
        sums = self._of(row["competent_agency"])
        sums.counts["seen"] += 1
        sums.counts["running"] += row["step"] is not None
        group = f"stays:{Stays.UNREADABLE.value}"
        sums.groups[group] += 1
        return Line((group,), {"fate": [Stays.UNREADABLE.value]})

    def _ways(self, effect: Effect) -> tuple[str, ...]:
        alike = effect.alike
        if alike is None:
            return ("unserved",)
        if id(alike) not in self._groups:  # kept with the number, so that it is nobody else's meanwhile
            self._groups[id(alike)] = (alike, tuple(self._ways_of(alike)))
        return self._groups[id(alike)][1]

    def _ways_of(self, alike: Alike) -> Iterable[str]:
        for code in alike.lost:
            yield f"lost:{code}"
        for change in alike.changes:
            yield f"route:{_numbered(self.routes, self._numbers, _route(change))}"
        for sign, told in (("added", alike.added), ("dropped", alike.dropped)):
            for code, one in told:
                about = {"vi": one.about.vi, "en": one.about.en}
                opinion = {"sign": sign, "row": code, "about": about}
                yield f"asked:{_numbered(self.asked, self._opinions, opinion)}"

    def _work(self, row: Row, effect: Effect, alike: Alike, sums: Sums) -> None:
        agency, variant = row["competent_agency"], row["variant"]
        if id(alike) not in self._hours:  # of a kind of dossiers, so of one variant; kept as in _groups
            told = ((0, alike.before), (2, alike.after))
            self._hours[id(alike)] = (
                alike,
                [(at, step, float(hours_of(step, variant))) for at, steps in told for step in steps],
            )
        for at, step, hours in self._hours[id(alike)][1]:
            _spend(sums.work, step.positions[0], at, hours)
            _spend(sums.hands, effect.hands.get(step.code) or self.scales.hands(agency, step), at, hours)


def _spend(work: dict[str, list[float]], key: str, at: int, hours: float) -> None:
    found = work.setdefault(key, [0, 0, 0, 0])
    found[at] += 1
    found[at + 1] += hours


def _dates(effect: Effect, sums: Sums) -> Iterable[str]:
    told = [(f"date:{code}", old, new) for code, old, new in effect.dates]
    if effect.due is not None:
        told.append(("due", *effect.due))
    for name, old, new in told:
        group = f"{name}:{'later' if new > old else 'earlier'}"
        spans = sums.spans.setdefault(group, [0] * (len(SPANS) + 1))
        spans[_span(abs(new - old))] += 1
        yield group
    for name, codes in (("late", effect.late), ("eased", effect.eased)):
        yield from (f"{name}:{code}" for code in codes)


def _span(by: timedelta) -> int:
    return next((n for n, most in enumerate(SPANS) if by <= most), len(SPANS))


def _numbered(told: list[Told], numbers: dict[Any, int], what: Told) -> int:
    key = _key(what)
    if key not in numbers:
        numbers[key] = len(told)
        told.append(what)
    return numbers[key]


def _key(what: Told) -> str:
    return repr(sorted(what.items()))


def _route(change: Change) -> Told:
    return {"before": _places(change.before), "after": _places(change.after)}


def _places(places: Iterable[Place]) -> list[list[Any]]:
    return [[code, list(positions)] for code, positions in places]


def _line(effect: Effect) -> Told:
    told: Told = {"dates": [[code, encode(old), encode(new)] for code, old, new in effect.dates]}
    if effect.due is not None:
        told["due"] = list(map(encode, effect.due))
    return told
