"""Reading a process out of a BPMN 2.0 file: the subset that `writing` writes, as other tools may have drawn it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from motcua.kernel.strict_json import read_json
from motcua.kernel.text import fold
from motcua.processes.bpmn.model import END, EXCLUSIVE, PARALLEL, START
from motcua.processes.bpmn.names import BACK, BPMN, OURS, TASKS, WAY
from motcua.processes.bpmn.own import Document, of_process, of_step
from motcua.processes.bpmn.parts import NODES, ours, process_of, refused
from motcua.processes.bpmn.xml import Node, read_xml
from motcua.processes.shapes import STEP_POSITIONS
from motcua.processes.wording import position_words


def read_bpmn(content: bytes) -> Document:
    """The process in a BPMN file as a document of ours (processes.checks.parse reads it).

    Taken in: one start, end events, tasks, exclusive and parallel gateways, sequence flows, conditions in JsonLogic,
    lanes as positions, our elements for times and all else. Raises kernel.errors.Invalid with line and name for
    everything else, for a diagram that is no table, and for XML that is not safe.
    """
    process = process_of(read_xml(content))
    told = ours(process, "process")
    if told is None:
        raise refused(
            process,
            f"thiếu phần tử process của không gian tên {OURS} (mã, thủ tục, cấp, nguồn, trường hợp và thời hạn)",
            f"the element process of the namespace {OURS} is missing (code, procedure, level, source, variants with "
            "limits)",
        )
    document = of_process(told, process.attributes.get("name", ""))
    return {**document, "steps": _Walk(_Graph(process)).steps()}


@dataclass(frozen=True, slots=True)
class _Flow:
    node: Node
    source: str
    target: str
    rule: Any
    is_default: bool

    @property
    def way(self) -> str | None:
        """What somebody chooses who goes this way; None for a condition, "" for a flow without any."""
        if self.rule is None:
            return ""
        try:
            ((test, (read, code)),) = self.rule.items()
        except (AttributeError, TypeError, ValueError):
            return None
        return code if test == "==" and read == {"var": WAY} and isinstance(code, str) else None


class _Graph:
    """The nodes by id, what leads out of each, how many lead in, the lane of each."""

    def __init__(self, process: Node) -> None:
        self.process = process
        self.nodes: dict[str, Node] = {}
        for node in process.children:
            if node.name in NODES:
                name = node.attributes.get("id", "")
                if not name or name in self.nodes:
                    raise refused(node, "mã (id) phải có và không trùng", "an id is needed, and no other's")
                self.nodes[name] = node
        self.out: dict[str, list[_Flow]] = {name: [] for name in self.nodes}
        self.into: dict[str, int] = dict.fromkeys(self.nodes, 0)
        for node in process.all(BPMN, "sequenceFlow"):
            flow = self._flow(node)
            self.out[flow.source].append(flow)
            self.into[flow.target] += 1
        self.lanes = dict(self._lanes())

    def _flow(self, node: Node) -> _Flow:
        ends = [node.attributes.get(name, "") for name in ("sourceRef", "targetRef")]
        for end in ends:
            if end not in self.nodes:
                raise refused(node, f"không có nút “{end[:80]}”", f"there is no node “{end[:80]}”")
        default = self.nodes[ends[0]].attributes.get("default")
        is_default = default is not None and default == node.attributes.get("id")
        return _Flow(node, ends[0], ends[1], _rule(node), is_default)

    def _lanes(self) -> list[tuple[str, str]]:
        found = []
        for lanes in self.process.all(BPMN, "laneSet"):
            for lane in lanes.all(BPMN, "lane"):
                position = _position(lane)
                found += [(one.text.strip(), position) for one in lane.all(BPMN, "flowNodeRef")]
        return found


def _position(lane: Node) -> str:
    """The position a lane stands for: as told by our element, else by its name, a position's code or title."""
    told = ours(lane, "lane")
    name = (told.attributes.get("position") if told else None) or lane.attributes.get("name", "")
    known = _known_positions()
    found = known.get(fold(name)) or known.get(name)
    if found is None:
        raise refused(
            lane, f"làn “{name[:80]}” không phải vị trí nào", f"the lane “{name[:80]}” is no position"
        )
    return found


@cache
def _known_positions() -> Mapping[str, str]:
    return {fold(position_words(kind).vi): kind for kind in STEP_POSITIONS} | {k: k for k in STEP_POSITIONS}


def _rule(node: Node) -> Any:
    condition = node.first(BPMN, "conditionExpression")
    if condition is None:
        return None
    rule, why = None, ""
    try:
        rule = read_json(condition.text)
    except ValueError as error:
        why = f" ({error})"
    if not isinstance(rule, dict):
        raise refused(
            node,
            f'điều kiện phải là JsonLogic, ví dụ {{"==": [{{"var": "variant"}}, "verification"]}}{why}',
            f'the condition must be JsonLogic, such as {{"==": [{{"var": "variant"}}, "verification"]}}{why}',
        )
    return rule


@dataclass(slots=True)
class _Row:
    """A row found on the way, and the flows by which it is left for others than the next."""

    node: Node
    document: Document
    ways: Sequence[_Flow] = field(default_factory=tuple)


class _Walk:
    """Along the flows from the start to the end, a row for every task."""

    def __init__(self, graph: _Graph) -> None:
        self.graph = graph
        self.rows: list[_Row] = []
        self.seen: set[str] = set()
        self.behind: dict[str, str] = {}

    def steps(self) -> list[Document]:
        """The rows of the table in order, with the ways between them."""
        starts = [node for node in self.graph.nodes.values() if node.name == START]
        if len(starts) != 1:
            raise refused(self.graph.process, "cần đúng một startEvent", "exactly one startEvent is needed")
        end = self._along(self._only(starts[0]), {})
        if self.graph.nodes[end].name != END:
            raise self._no_table(end)
        for name, node in self.graph.nodes.items():
            if node.name in TASKS and name not in self.seen:
                raise refused(
                    node,
                    "từ startEvent theo luồng chính không tới được nút này",
                    "the main line does not lead from the startEvent to this node",
                )
        self._settle_ways()
        return [{**row.document, "order": n} for n, row in enumerate(self.rows, 1)]

    def _along(self, at: str, beside: Mapping[str, str]) -> str:
        """Take in what lies from `at` on, to a join or the end; returns where it stopped. `beside`: the group and
        branch."""
        while True:
            node, out = self.graph.nodes[at], self.graph.out[at]
            if node.name == END or (node.name == PARALLEL and len(out) == 1 and self.graph.into[at] > 1):
                return at
            if node.name in TASKS:
                at = self._task(at, beside, None)
            elif node.name == EXCLUSIVE and len(out) == 1:
                self._once(at)
                at = out[0].target
            elif node.name == EXCLUSIVE:
                at = self._condition(at, beside)
            elif node.name == PARALLEL and len(out) > 1 and not beside:
                at = self._fork(at)
            else:
                raise self._no_table(at)

    def _once(self, at: str) -> None:
        """Take in no node twice: so the walk ends."""
        if at in self.seen:
            raise refused(
                self.graph.nodes[at],
                "luồng chính quay lại nút này; đường trả lại phải đi ra từ cổng exclusiveGateway ngay sau một bước, "
                "cổng ấy có luồng mặc định (default)",
                "the main line comes back to this node; a way back must leave an exclusiveGateway right behind a task, "
                "which has a default flow",
            )
        self.seen.add(at)

    def _task(self, at: str, beside: Mapping[str, str], rule: Any) -> str:
        """Take in a task and the gateway of its ways; returns what follows it."""
        node = self.graph.nodes[at]
        self._once(at)
        told = ours(node, "step")
        if told is None:
            raise refused(
                node,
                f"thiếu phần tử step của không gian tên {OURS} (kind, thời gian từng trường hợp)",
                f"the element step of the namespace {OURS} is missing (kind, a time for each variant)",
            )
        document = of_step(told, node.attributes.get("name", ""), self.graph.lanes.get(at, ""))
        document.setdefault("code", at)
        row = _Row(node, {**document, **({"parallel": dict(beside)} if beside else {})})
        if rule is not None:
            row.document["when"] = rule
        self.rows.append(row)
        following = self._only(node)
        out = self.graph.out[following]
        if self.graph.nodes[following].name == EXCLUSIVE and len(out) > 1 and _are_ways(out):
            row.ways = [flow for flow in out if not flow.is_default]
            return next(flow.target for flow in out if flow.is_default)
        return following

    def _condition(self, at: str, beside: Mapping[str, str]) -> str:
        """A gateway before a row that is done only under a condition: in, or by the default flow around it."""
        out = self.graph.out[at]
        around = [flow for flow in out if flow.is_default]
        into = [flow for flow in out if flow.rule is not None and flow.way is None and not flow.is_default]
        if len(out) != 2 or len(around) != 1 or len(into) != 1 or not self._is_task(into[0].target):
            raise refused(
                self.graph.nodes[at],
                "cổng này cần một luồng có điều kiện vào một bước và một luồng mặc định đi vòng qua bước ấy",
                "this gateway needs one flow with a condition into a task, and a default flow around that task",
            )
        after = self._past_merges(self._task(into[0].target, beside, into[0].rule))
        if self._past_merges(around[0].target) != after:
            raise refused(
                self.graph.nodes[at],
                "luồng mặc định phải gặp lại luồng chính ngay sau bước có điều kiện",
                "the default flow must meet the main line right behind the task with the condition",
            )
        return after

    def _fork(self, at: str) -> str:
        """Branches side by side; returns what follows the gateway in which all of them end."""
        told = ours(self.graph.nodes[at], "group")
        group = told.attributes.get("code", at) if told else at
        ends = set()
        for n, flow in enumerate(self.graph.out[at], 1):
            named = ours(flow.node, "way")
            branch = named.attributes.get("code", str(n)) if named else str(n)
            count = len(self.rows)
            ends.add(self._along(flow.target, {"group": group, "branch": branch}))
            if len(self.rows) == count:
                raise refused(flow.node, "nhánh này không có bước nào", "this branch has no task")
        (end, *others) = sorted(ends)
        node = self.graph.nodes[end]
        is_join = node.name == PARALLEL and self.graph.into[end] == len(self.graph.out[at])
        if others or not is_join:
            raise refused(
                self.graph.nodes[at],
                "các nhánh phải gặp nhau ở đúng một parallelGateway, không có luồng nào khác vào đó",
                "all branches must meet in one parallelGateway, into which nothing else leads",
            )
        return self._only(node)

    def _settle_ways(self) -> None:
        """Ways back lead to rows above, ways out to rows below."""
        orders = {row.node.attributes["id"]: n for n, row in enumerate(self.rows)}
        for n, row in enumerate(self.rows):
            back: list[str] = []
            out: list[Document] = []
            for flow in row.ways:
                entered = self._entered(flow.target)
                if entered not in orders:
                    raise refused(flow.node, "đường này không dẫn tới bước nào", "this way leads to no task")
                code = self.rows[orders[entered]].document["code"]
                if (flow.way or "").startswith(BACK) or orders[entered] <= n:
                    back.append(code)
                else:
                    out.append(_outcome(flow, code))
            row.document |= ({"returns_to": back} if back else {}) | ({"outcomes": out} if out else {})

    def _entered(self, at: str) -> str:
        """The row that is entered at a node: itself, or the one behind its condition, its group's first. Remembered, as
        many ways lead through the same gateways; a circle of gateways ends where it was entered."""
        through: list[str] = []
        while at not in self.behind:
            node, out = self.graph.nodes[at], self.graph.out[at]
            self.behind[at] = at
            if node.name in TASKS or not out:
                break
            through.append(at)
            at = next((flow.target for flow in out if flow.rule is not None), out[0].target)
        end = self.behind[at]
        self.behind.update(dict.fromkeys(through, end))
        return end

    def _past_merges(self, at: str) -> str:
        """Behind gateways in which flows only meet."""
        for _ in range(len(self.graph.nodes)):
            out = self.graph.out[at]
            if self.graph.nodes[at].name != EXCLUSIVE or len(out) != 1:
                return at
            at = out[0].target
        return at

    def _only(self, node: Node) -> str:
        out = self.graph.out[node.attributes["id"]]
        if len(out) != 1 or out[0].rule is not None:
            raise refused(
                node,
                "cần đúng một luồng đi ra, không có điều kiện; rẽ nhánh bằng cổng (gateway)",
                "exactly one flow without a condition must lead out; branch by a gateway",
            )
        return out[0].target

    def _is_task(self, at: str) -> bool:
        return self.graph.nodes[at].name in TASKS

    def _no_table(self, at: str) -> Exception:
        return refused(
            self.graph.nodes[at],
            "tới đây sơ đồ không còn là bảng bước: cổng phải mở và đóng ngay ngắn, kết thúc ở endEvent",
            "here the diagram is no table of steps: gateways must open and close in pairs, and the line end in an "
            "endEvent",
        )


def _are_ways(out: Sequence[_Flow]) -> bool:
    """Whether a gateway behind a task is one where somebody chooses: a default flow, no condition on facts."""
    return sum(flow.is_default for flow in out) == 1 and all(flow.way is not None for flow in out)


def _outcome(flow: _Flow, to: str) -> Document:
    told = ours(flow.node, "way")
    name = flow.node.attributes.get("name", "")
    label = {"vi": name, **({"en": told.attributes["en"]} if told and "en" in told.attributes else {})}
    code = (told.attributes.get("code") if told else None) or flow.way or fold(name).replace(" ", "_")
    return {"code": code, "label": label, "to": to}
