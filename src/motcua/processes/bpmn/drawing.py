"""Where the nodes and flows of a BPMN diagram stand: a column for each node, a lane for each position."""

from dataclasses import dataclass

from motcua.processes.bpmn.model import END, START, TASK, Flow, Model, Node

LANE, LEFT, HEAD, COLUMN = 150, 60, 30, 90
_SIZES = {TASK: (140, 80), START: (36, 36), END: (36, 36)}
_GATEWAY = (50, 50)
Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its upper left corner."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> Point:
        return self.x + self.width // 2, self.y + self.height // 2


@dataclass(frozen=True, slots=True)
class Drawing:
    """The pool, the lanes by position, the nodes by id, the bends of the flows in their order."""

    pool: Box
    lanes: dict[str, Box]
    nodes: dict[str, Box]
    flows: list[list[Point]]


def drawn(model: Model) -> Drawing:
    """The drawing of `model`."""
    positions = list(dict.fromkeys(node.position for node in model.nodes))
    nodes: dict[str, Box] = {}
    x = LEFT + HEAD
    for node in model.nodes:
        width, height = _SIZES.get(node.tag, _GATEWAY)
        y = positions.index(node.position) * LANE + (LANE - height) // 2
        nodes[node.id] = Box(x, y, width, height)
        x += width + COLUMN // 2
    width = x
    lanes = {p: Box(HEAD, n * LANE, width - HEAD, LANE) for n, p in enumerate(positions)}
    order = {node.id: n for n, node in enumerate(model.nodes)}
    flows = [_bends(flow, nodes, order) for flow in model.flows]
    return Drawing(Box(0, 0, width, LANE * len(positions)), lanes, nodes, flows)


def _bends(flow: Flow, nodes: dict[str, Box], order: dict[str, int]) -> list[Point]:
    source, target = nodes[flow.source], nodes[flow.target]
    (sx, sy), (tx, ty) = source.middle, target.middle
    right, left = source.x + source.width, target.x
    if order[flow.target] < order[flow.source]:
        below = sy // LANE * LANE + LANE - 14
        return [(sx, source.y + source.height), (sx, below), (tx, below), (tx, _side(target, below))]
    if order[flow.target] == order[flow.source] + 1:
        middle = right + (left - right) // 2
        return (
            [(right, sy), (left, ty)] if sy == ty else [(right, sy), (middle, sy), (middle, ty), (left, ty)]
        )
    above = ty // LANE * LANE + 14
    if sy == ty:
        return [(sx, source.y), (sx, above), (tx, above), (tx, target.y)]
    out, into = right + 14, left - 14
    return [(right, sy), (out, sy), (out, above), (into, above), (into, ty), (left, ty)]


def _side(box: Box, y: int) -> int:
    """The edge of `box` that faces the height `y`."""
    return box.y + box.height if y > box.middle[1] else box.y


def lane_members(model: Model) -> dict[str, list[Node]]:
    """The nodes of each lane, in order."""
    found: dict[str, list[Node]] = {}
    for node in model.nodes:
        found.setdefault(node.position, []).append(node)
    return found
