"""A process as the nodes and flows of BPMN.

Every row is a task. A condition is an exclusive gateway before its row with a default flow around it; ways out and back
are an exclusive gateway after it, whose default flow is the next row; branches stand between two parallel gateways.
"""

from dataclasses import dataclass, field

from motcua.eforms.shapes import Rule
from motcua.kernel.say import Say
from motcua.processes.bpmn.names import BACK, way
from motcua.processes.graph import branches, members
from motcua.processes.shapes import ProcessVersion, Step

START, END, TASK = "startEvent", "endEvent", "userTask"
EXCLUSIVE, PARALLEL = "exclusiveGateway", "parallelGateway"
_NO_NAME = Say("", "")


@dataclass(frozen=True, slots=True)
class Node:
    """`position`: the lane it stands in; `code`: of a parallel gateway, the group's."""

    id: str
    tag: str
    position: str
    step: Step | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """`is_default`: taken where no condition holds; `code`: the branch, or the way out, that begins with it."""

    source: str
    target: str
    name: Say = _NO_NAME
    rule: Rule = None
    is_default: bool = False
    code: str = ""


@dataclass(slots=True)
class Model:
    """Nodes in the order in which they are drawn, and what leads from which to which."""

    nodes: list[Node] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)


def modelled(process: ProcessVersion) -> Model:
    """The nodes and flows of `process`."""
    return _Modelling(process).model


@dataclass(frozen=True, slots=True)
class _Loose:
    """The end of what is modelled so far, from which a flow leads to whatever comes next."""

    source: str
    is_default: bool = False
    code: str = ""


class _Modelling:
    def __init__(self, process: ProcessVersion) -> None:
        self.process = process
        self.model = Model()
        first, last = process.steps[0], process.steps[-1]
        self._add(Node("start", START, first.positions[0]))
        end = _Loose("start")
        number = 1
        while number <= len(process.steps):
            step = process.steps[number - 1]
            if group := members(process, step):
                end = self._group(group, end)
                number = group[-1].order
            else:
                end = self._row(step, end)
            number += 1
        self._add(Node("end", END, last.positions[0]))
        self._join(end, "end")

    def _add(self, node: Node) -> str:
        self.model.nodes.append(node)
        return node.id

    def _join(self, loose: _Loose, target: str) -> None:
        self.model.flows.append(Flow(loose.source, target, is_default=loose.is_default, code=loose.code))

    def _row(self, step: Step, before: _Loose) -> _Loose:
        task, after = f"step_{step.order}", f"after_{step.order}"
        if step.when is not None:
            gate = self._add(Node(f"when_{step.order}", EXCLUSIVE, step.positions[0]))
            self._join(before, gate)
            self.model.flows.append(Flow(gate, task, rule=step.when))
            self.model.flows.append(Flow(gate, after, is_default=True))
        else:
            self._join(before, task)
        self._add(Node(task, TASK, step.positions[0], step))
        end = self._ways(step) if step.outcomes or step.returns_to else _Loose(task)
        if step.when is not None:
            self._add(Node(after, EXCLUSIVE, step.positions[0]))
            self._join(end, after)
            end = _Loose(after)
        return end

    def _ways(self, step: Step) -> _Loose:
        gate = self._add(Node(f"ways_{step.order}", EXCLUSIVE, step.positions[0]))
        self._join(_Loose(f"step_{step.order}"), gate)
        for outcome in step.outcomes:
            target = self._entry(self.process.step(outcome.to), from_outside=step.parallel is None)
            self.model.flows.append(Flow(gate, target, outcome.label, way(outcome.code), code=outcome.code))
        for code in step.returns_to:
            target = f"step_{self.process.step(code).order}"
            self.model.flows.append(Flow(gate, target, Say("Trả lại", "Back"), way(BACK + code)))
        return _Loose(gate, is_default=True)

    def _entry(self, step: Step, *, from_outside: bool) -> str:
        """Where a way out that leads to `step` arrives: before its condition, before the group that it begins."""
        if from_outside and step.parallel is not None:
            return f"into_{step.order}"
        return f"when_{step.order}" if step.when is not None else f"step_{step.order}"

    def _group(self, group: tuple[Step, ...], before: _Loose) -> _Loose:
        position = group[0].positions[0]
        name = group[0].parallel.group if group[0].parallel else ""
        if any(o.to == group[0].code for s in self.process.steps if s.parallel is None for o in s.outcomes):
            # A parallel gateway would wait for both lines that lead into it.
            meeting = self._add(Node(f"into_{group[0].order}", EXCLUSIVE, position))
            self._join(before, meeting)
            before = _Loose(meeting)
        fork = self._add(Node(f"fork_{group[0].order}", PARALLEL, position, code=name))
        self._join(before, fork)
        ends = []
        for branch, rows in branches(group).items():
            end = _Loose(fork, code=branch)
            for step in rows:
                end = self._row(step, end)
            ends.append(end)
        join = self._add(Node(f"join_{group[0].order}", PARALLEL, position))
        for end in ends:
            self._join(end, join)
        return _Loose(join)
