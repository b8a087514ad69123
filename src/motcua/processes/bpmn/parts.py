"""The elements of a BPMN file that are read: a standard subset, and ours. Everything else is refused by name."""

from collections.abc import Mapping

from motcua.kernel.errors import Invalid
from motcua.processes.bpmn.model import END, EXCLUSIVE, PARALLEL, START
from motcua.processes.bpmn.names import BPMN, BPMNDI, OURS, TASKS, XSI
from motcua.processes.bpmn.xml import Node

NODES = frozenset({START, END, EXCLUSIVE, PARALLEL, *TASKS})
_TEXT: tuple[str, str] = ("", "")


def _part(attributes: str, children: str = "") -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(attributes.split()), frozenset(children.split())


# By element: the attributes and the children that are read.
_STANDARD: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "process": _part(
        "id name isExecutable isClosed processType",
        f"extensionElements laneSet sequenceFlow {' '.join(NODES)}",
    ),
    "laneSet": _part("id name", "lane"),
    "lane": _part("id name", "extensionElements flowNodeRef"),
    "flowNodeRef": _part(""),
    "sequenceFlow": _part("id name sourceRef targetRef", "extensionElements conditionExpression"),
    "conditionExpression": _part(f"id language {{{XSI}}}type"),
    "incoming": _part(""),
    "outgoing": _part(""),
    **{
        name: _part("id name default gatewayDirection", "extensionElements incoming outgoing")
        for name in NODES
    },
}
_OURS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "process": _part("code procedure level source issuedOn en area", "variant finding sees test"),
    "variant": _part("code unit value"),
    "finding": _part("code vi en"),
    "sees": _part("position parts"),
    "test": _part("code"),
    "lane": _part("position"),
    "group": _part("code"),
    "way": _part("code en"),
    "step": _part("code kind en positions assignment", "time output apartFrom paper escalation consultation"),
    "time": _part("variant value unit merged"),
    "output": _part("vi en"),
    "apartFrom": _part("code"),
    "paper": _part("code vi en required"),
    "escalation": _part("when value unit tell"),
    "consultation": _part("code vi en unit value tacit pauses ground required", "whom"),
    "whom": _part("agency unit position"),
}
_AROUND = frozenset({"collaboration", "participant"})


def refused(node: Node, vi: str, en: str) -> Invalid:
    """A refusal that names the line and the element."""
    return Invalid(f"Dòng {node.called}: {vi}.", f"Line {node.called}: {en}.", field="file")


def process_of(root: Node) -> Node:
    """The one process of the file, every element and attribute in it known; the diagram is not looked at. Raises
    kernel.errors.Invalid with the line and name of what is not taken in."""
    if (root.space, root.name) != (BPMN, "definitions"):
        raise refused(root, "đây không phải tệp BPMN 2.0", "this is no BPMN 2.0 file")
    processes = list(root.all(BPMN, "process"))
    if len(processes) != 1:
        raise refused(root, "cần đúng một process", "exactly one process is needed")
    for child in root.children:
        if child.space != BPMNDI and child is not processes[0]:
            _check_around(child)
    _check(processes[0])
    return processes[0]


def _check_around(node: Node) -> None:
    """A pool around the process says nothing; more than one, and messages between them, would."""
    if node.space != BPMN or node.name not in _AROUND:
        raise _unknown(node, NODES)
    if len(list(node.all(BPMN, "participant"))) > 1:
        raise refused(node, "chỉ nhận một bể (participant)", "only one participant is taken in")
    for child in node.children:
        _check_around(child)


def _check(node: Node) -> None:
    attributes, children = (_OURS if node.space == OURS else _STANDARD)[node.name]
    for name in node.attributes:
        if name not in attributes:
            known = ", ".join(sorted(attributes))
            raise refused(
                node,
                f"thuộc tính “{name[:80]}” không nhập được; chỉ nhận: {known}",
                f"the attribute “{name[:80]}” is not taken in; only: {known}",
            )
    for child in node.children:
        if child.space != node.space or child.name not in children:
            raise _unknown(child, children)
        if (child.space, child.name) != (BPMN, "extensionElements"):
            _check(child)
            continue
        for each in child.children:
            if each.space != OURS or each.name not in _OURS:
                raise _unknown(each, frozenset())
            _check(each)


def _unknown(node: Node, known: frozenset[str]) -> Invalid:
    names = ", ".join(sorted(known))
    only = (f"; chỉ nhận: {names}", f"; only: {names}") if names else _TEXT
    return refused(node, f"phần tử này không nhập được{only[0]}", f"this element is not taken in{only[1]}")


def ours(node: Node, name: str) -> Node | None:
    """Our element `name` in the extension of a standard element; None without one."""
    extension = node.first(BPMN, "extensionElements")
    return extension.first(OURS, name) if extension else None
