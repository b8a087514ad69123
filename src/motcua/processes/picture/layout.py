"""Where everything stands in the picture of a process: cards from top to bottom, branches side by side. Pure.

The main line is the left column, so that a telephone shows it without moving the picture. Ways back run to the left of
a column, ways on past rows to its right, each in a track of its own where they would lie on one another.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from motcua.processes.graph import branches, members
from motcua.processes.picture.text import wrapped
from motcua.processes.picture.words import Line
from motcua.processes.shapes import ProcessVersion, Step

SIZE = 14
BOLD = 1.2  # bold letters are wider
LINE = 19
PADDING = 11
CARD = 288
GAP = 30
TRACK = 13
EDGE = 12
Point = tuple[float, float]
Sayings = Callable[[Line], str]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of text on a card."""

    text: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Card:
    """A step: its corner, its height, its text."""

    step: Step
    x: float
    y: float
    height: float
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """Where branches part or meet."""

    x: float
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class Way:
    """A line with its arrow at the last point; `kind`: next, back or out."""

    kind: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """A picture without colours."""

    width: float
    height: float
    cards: tuple[Card, ...]
    bars: tuple[Bar, ...]
    ways: tuple[Way, ...]


@dataclass(slots=True)
class _Spot:
    """A step on its way to a card: its column, and from where to where it reaches down."""

    step: Step
    column: int
    y: float
    rows: tuple[Row, ...]

    @property
    def height(self) -> float:
        return len(self.rows) * LINE + 2 * PADDING

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass(slots=True)
class _Group:
    """Branches side by side: the numbers of their rows, and the heights at which they part and meet."""

    lines: Sequence[Sequence[Step]]
    fork: float
    join: float


@dataclass(slots=True)
class _Plan:
    """Everything's height; what is beside what follows from it."""

    spots: dict[int, _Spot] = field(default_factory=dict)
    groups: list[_Group] = field(default_factory=list)
    height: float = 0

    def group_of(self, number: int) -> _Group | None:
        return next((g for g in self.groups for line in g.lines for s in line if s.order == number), None)


def laid_out(
    process: ProcessVersion, lines: Mapping[int, Sequence[Line]], say: Sayings, top: float
) -> Layout:
    """The layout of `process` below `top`; `lines`: what stands on the card of each row, `say` in which language."""
    plan = _planned(process, lines, say, top)
    return _Placing(process, plan).layout()


def _planned(process: ProcessVersion, lines: Mapping[int, Sequence[Line]], say: Sayings, top: float) -> _Plan:
    plan, y, number = _Plan(), top, 1
    while number <= len(process.steps):
        step = process.steps[number - 1]
        group = members(process, step) or (step,)
        columns = list(branches(group).values()) or [[step]]
        beside = len(columns) > 1
        fork, y = y, y + (GAP if beside else 0)
        ends = [_down(plan, column, each, y, lines, say) for column, each in enumerate(columns)]
        y = max(ends)
        if beside:
            plan.groups.append(_Group(columns, fork, y))
            y += GAP
        number = group[-1].order + 1
    plan.height = y - GAP
    return plan


def _down(
    plan: _Plan,
    column: int,
    steps: Iterable[Step],
    y: float,
    lines: Mapping[int, Sequence[Line]],
    say: Sayings,
) -> float:
    """Put the steps of a column one below the other; returns where the next one would begin."""
    for step in steps:
        rows = tuple(
            Row(text, line.strong)
            for line in lines[step.order]
            for text in wrapped(say(line), SIZE * (BOLD if line.strong else 1), CARD - 2 * PADDING)
        )
        spot = _Spot(step, column, y, rows)
        plan.spots[step.order] = spot
        y += spot.height + GAP
    return y


@dataclass(frozen=True, slots=True)
class _Detour:
    """A way that is not the next row: from a row to one above (back) or further below, beside a column."""

    kind: str
    start: _Spot
    end: _Spot
    within: bool

    @property
    def span(self) -> tuple[float, float]:
        low, high = sorted((self.start.middle, self.end.middle))
        return low, high


class _Placing:
    """Columns and tracks by what runs beside them."""

    def __init__(self, process: ProcessVersion, plan: _Plan) -> None:
        self.plan = plan
        self.detours = [self._detour("back", s, code) for s in process.steps for code in s.returns_to] + [
            self._detour("out", s, outcome.to) for s in process.steps for outcome in s.outcomes
        ]
        self.codes = {s.code: s.order for s in process.steps}
        self.process = process

    def _detour(self, kind: str, step: Step, code: str) -> _Detour:
        end = self.plan.spots[next(s.step.order for s in self.plan.spots.values() if s.step.code == code)]
        start = self.plan.spots[step.order]
        return _Detour(kind, start, end, step.parallel is not None and step.parallel == end.step.parallel)

    def layout(self) -> Layout:
        columns = max(spot.column for spot in self.plan.spots.values()) + 1
        lanes = self._lanes()
        count = {key: max(tracks.values()) + 1 for key, tracks in lanes.items() if tracks}
        xs: list[float] = []
        x = EDGE
        for column in range(columns):
            x += count.get(("back", column), 0) * TRACK + (TRACK if column else 0)
            xs.append(x)
            x += CARD + count.get(("out", column), 0) * TRACK + (TRACK if column < columns - 1 else 0)
        width = x + count.get(("out", columns), 0) * TRACK + EDGE
        cards = tuple(Card(s.step, xs[s.column], s.y, s.height, s.rows) for s in self.plan.spots.values())
        ways = [*self._nexts(xs), *(self._way(d, lanes, xs, x) for d in self.detours)]
        return Layout(width, self.plan.height + EDGE, cards, tuple(self._bars(xs)), tuple(ways))

    def _lanes(self) -> dict[tuple[str, int], dict[int, int]]:
        """For each side of a column the track of each detour (by its place in the list), the shortest nearest."""
        columns = max(spot.column for spot in self.plan.spots.values()) + 1
        lanes: dict[tuple[str, int], dict[int, int]] = {}
        taken: dict[tuple[str, int], list[list[tuple[float, float]]]] = {}
        for n in sorted(
            range(len(self.detours)), key=lambda n: self.detours[n].span[1] - self.detours[n].span[0]
        ):
            for key in self._sides(self.detours[n], columns):
                tracks = taken.setdefault(key, [])
                free = next(
                    (t for t, spans in enumerate(tracks) if _is_free(spans, self.detours[n].span)),
                    len(tracks),
                )
                if free == len(tracks):
                    tracks.append([])
                tracks[free].append(self.detours[n].span)
                lanes.setdefault(key, {})[n] = free
        return lanes

    def _sides(self, detour: _Detour, columns: int) -> list[tuple[str, int]]:
        if detour.within:
            return [(detour.kind, detour.start.column)]
        if detour.kind == "out":
            return [("out", columns)]
        return list(dict.fromkeys([("back", detour.start.column), ("back", 0)]))

    def _way(
        self,
        detour: _Detour,
        lanes: Mapping[tuple[str, int], Mapping[int, int]],
        xs: Sequence[float],
        right: float,
    ) -> Way:
        n = self.detours.index(detour)
        start, end = detour.start, detour.end
        if detour.kind == "out":
            key = ("out", start.column) if detour.within else ("out", len(xs))
            edge = xs[start.column] + CARD
            track = (edge if detour.within else right) + (lanes[key][n] + 1) * TRACK
            group = None if detour.within else self.plan.group_of(end.step.order)
            points: list[Point] = [(edge, start.middle + 6), (track, start.middle + 6)]
            if group is not None:
                bar = xs[len(group.lines) - 1] + CARD / 2
                return Way("out", (*points, (track, group.fork), (bar + 3, group.fork)))
            return Way("out", (*points, (track, end.middle - 6), (edge, end.middle - 6)))
        near = xs[start.column] - (lanes[("back", start.column)][n] + 1) * TRACK
        points = [(xs[start.column], start.middle - 6), (near, start.middle - 6)]
        if start.column and not detour.within:
            group = self.plan.group_of(start.step.order)
            above = (group.fork if group else start.y) - 9
            near = xs[0] - (lanes[("back", 0)][n] + 1) * TRACK
            points += [(points[-1][0], above), (near, above)]
        return Way("back", (*points, (near, end.middle + 6), (xs[end.column], end.middle + 6)))

    def _bars(self, xs: Sequence[float]) -> Iterable[Bar]:
        for group in self.plan.groups:
            width = xs[len(group.lines) - 1] - xs[0]
            yield Bar(xs[0] + CARD / 2 - 3, group.fork, width + 6)
            yield Bar(xs[0] + CARD / 2 - 3, group.join, width + 6)

    def _nexts(self, xs: Sequence[float]) -> Iterable[Way]:
        """From each row to the one below it, and from and to the bars."""
        forks = {group.lines[0][0].order: group for group in self.plan.groups}
        middle = xs[0] + CARD / 2
        above: float | None = None
        for spot in self.plan.spots.values():
            if self.plan.group_of(spot.step.order) is None:
                if above is not None:
                    yield Way("next", ((middle, above), (middle, spot.y)))
                above = spot.y + spot.height
            elif (group := forks.get(spot.step.order)) is not None:
                if above is not None:
                    yield Way("next", ((middle, above), (middle, group.fork)))
                yield from self._within(group, xs)
                above = group.join

    def _within(self, group: _Group, xs: Sequence[float]) -> Iterable[Way]:
        for column, line in enumerate(group.lines):
            x, above = xs[column] + CARD / 2, group.fork
            for step in line:
                spot = self.plan.spots[step.order]
                yield Way("next", ((x, above), (x, spot.y)))
                above = spot.y + spot.height
            yield Way("next", ((x, above), (x, group.join)))


def _is_free(spans: Iterable[tuple[float, float]], span: tuple[float, float]) -> bool:
    return all(high <= span[0] or low >= span[1] for low, high in spans)
