"""Writing a process as a BPMN 2.0 file with its diagram."""

import json
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from xml.etree import ElementTree

from motcua.kernel.say import Say
from motcua.processes.bpmn.drawing import Box, Drawing, drawn, lane_members
from motcua.processes.bpmn.model import Flow, Model, Node, modelled
from motcua.processes.bpmn.names import BPMN, BPMNDI, DC, DI, JSONLOGIC, OURS, XSI
from motcua.processes.conditions import condition_words
from motcua.processes.shapes import Assignment, Consultation, ProcessVersion, Step
from motcua.processes.testing.writing import document_of
from motcua.processes.wording import position_words

Element = ElementTree.Element
_PREFIXES = {"bpmn": BPMN, "bpmndi": BPMNDI, "dc": DC, "di": DI, "xsi": XSI, "motcua": OURS}
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def bpmn(process: ProcessVersion) -> bytes:
    """`process` as a BPMN 2.0 file (UTF-8) with its diagram; what BPMN has no words for stands in elements of ours.

    `read_bpmn` makes the same process of it.
    """
    for prefix, uri in _PREFIXES.items():
        ElementTree.register_namespace(prefix, uri)
    model = modelled(process)
    root = Element(f"{{{BPMN}}}definitions", {"id": "definitions", "targetNamespace": OURS})
    pool = _under(root, BPMN, "collaboration", id="collaboration")
    _under(pool, BPMN, "participant", id="pool", name=process.title.vi, processRef="process")
    _process(root, process, model)
    _diagram(root, model, drawn(model))
    ElementTree.indent(root)
    content: bytes = ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return content


def _under(parent: Element, space: str, tag: str, **attributes: str) -> Element:
    """An element below `parent`; blank attributes are left out, what XML cannot hold is dropped."""
    told = {name: _UNWRITABLE.sub("", value) for name, value in attributes.items() if value}
    return ElementTree.SubElement(parent, f"{{{space}}}{tag}", told)


def _process(root: Element, process: ProcessVersion, model: Model) -> None:
    element = _under(root, BPMN, "process", id="process", name=process.title.vi, isExecutable="true")
    _of_process(_under(element, BPMN, "extensionElements"), process)
    lanes = _under(element, BPMN, "laneSet", id="lanes")
    for n, (position, nodes) in enumerate(lane_members(model).items()):
        lane = _under(lanes, BPMN, "lane", id=f"lane_{n}", name=position_words(position).vi)
        _under(_under(lane, BPMN, "extensionElements"), OURS, "lane", position=position)
        for node in nodes:
            _under(lane, BPMN, "flowNodeRef").text = node.id
    into: dict[str, list[str]] = {}
    out: dict[str, list[tuple[str, Flow]]] = {}
    for n, flow in enumerate(model.flows):
        into.setdefault(flow.target, []).append(f"flow_{n}")
        out.setdefault(flow.source, []).append((f"flow_{n}", flow))
    for node in model.nodes:
        _node(element, node, into.get(node.id, []), out.get(node.id, []))
    for n, flow in enumerate(model.flows):
        _flow(element, flow, f"flow_{n}")


def _of_process(extension: Element, process: ProcessVersion) -> None:
    ours = _under(
        extension,
        OURS,
        "process",
        code=process.code,
        procedure=process.procedure,
        level=process.level.value,
        source=process.source,
        issuedOn=process.issued_on.isoformat() if process.issued_on else "",
        en=process.title.en,
        area=process.area,
    )
    for variant in process.variants:
        _under(
            ours,
            OURS,
            "variant",
            code=variant.code,
            unit=variant.limit.unit.value,
            value=_number(variant.limit.value),
        )
    for finding in process.findings:
        _say(ours, "finding", finding.text, code=finding.code)
    for sight in process.sees:
        _under(ours, OURS, "sees", position=sight.position, parts=_listed(p.value for p in sight.parts))
    for test in process.tests:
        told = json.dumps(document_of(test), ensure_ascii=False)
        _under(ours, OURS, "test", code=test.code).text = _UNWRITABLE.sub("", told)


def _node(parent: Element, node: Node, into: Sequence[str], out: Sequence[tuple[str, Flow]]) -> None:
    default = next((name for name, flow in out if flow.is_default), "")
    said = node.step.work.vi if node.step else ""
    element = _under(parent, BPMN, node.tag, id=node.id, name=said, default=default)
    if node.step is not None:
        _step(_under(element, BPMN, "extensionElements"), node.step)
    elif node.code:
        _under(_under(element, BPMN, "extensionElements"), OURS, "group", code=node.code)
    for name in into:
        _under(element, BPMN, "incoming").text = name
    for name, _flow_out in out:
        _under(element, BPMN, "outgoing").text = name


def _step(extension: Element, step: Step) -> None:
    ours = _under(
        extension,
        OURS,
        "step",
        code=step.code,
        kind=step.kind.value,
        en=step.work.en,
        positions=_listed(step.positions),
        assignment="" if step.assignment is Assignment.SHARED else step.assignment.value,
    )
    for time in step.times:
        _under(
            ours,
            OURS,
            "time",
            variant=time.variant,
            value=_number(time.value),
            unit=time.unit.value if time.unit else "",
            merged="true" if time.merged_with_previous else "",
        )
    for output in step.outputs:
        _say(ours, "output", output)
    for code in step.apart_from:
        _under(ours, OURS, "apartFrom", code=code)
    for paper in step.papers:
        _say(ours, "paper", paper.title, code=paper.code, required=_flag(paper.required))
    for escalation in step.escalation:
        _under(
            ours,
            OURS,
            "escalation",
            when=escalation.when.value,
            value=_number(escalation.value),
            unit=escalation.unit.value,
            tell=_listed(escalation.tell),
        )
    for consultation in step.consultations:
        _consultation(ours, consultation)


def _consultation(parent: Element, one: Consultation) -> None:
    ours = _say(
        parent,
        "consultation",
        one.about,
        code=one.code,
        unit=one.limit.unit.value,
        value=_number(one.limit.value),
        tacit=_flag(one.tacit),
        pauses=_flag(one.pauses),
        ground=one.ground or "",
        required=_flag(one.required),
    )
    for whom in one.whom:
        _under(
            ours,
            OURS,
            "whom",
            agency=whom.agency or "",
            unit=whom.unit or "",
            position=whom.position or "",
        )


def _flow(parent: Element, flow: Flow, name: str) -> None:
    said = flow.name.vi
    if flow.rule is not None and not said:
        said = condition_words(flow.rule, {}).vi
    element = _under(
        parent, BPMN, "sequenceFlow", id=name, sourceRef=flow.source, targetRef=flow.target, name=said
    )
    if flow.code:
        ours = _under(element, BPMN, "extensionElements")
        _under(ours, OURS, "way", code=flow.code, en=flow.name.en)
    if flow.rule is not None:
        condition = _under(element, BPMN, "conditionExpression", language=JSONLOGIC)
        condition.set(f"{{{XSI}}}type", "bpmn:tFormalExpression")
        condition.text = _UNWRITABLE.sub("", json.dumps(flow.rule, ensure_ascii=False))


def _say(parent: Element, tag: str, say: Say, **attributes: str) -> Element:
    return _under(parent, OURS, tag, vi=say.vi, en=say.en, **attributes)


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"


def _flag(value: bool) -> str:  # noqa: FBT001 - a value, not a switch
    return "true" if value else ""


def _listed(words: Iterable[str]) -> str:
    return " ".join(words)


def _diagram(root: Element, model: Model, drawing: Drawing) -> None:
    diagram = _under(root, BPMNDI, "BPMNDiagram", id="diagram")
    plane = _under(diagram, BPMNDI, "BPMNPlane", id="plane", bpmnElement="collaboration")
    _shape(plane, "pool", drawing.pool, isHorizontal="true")
    for n, box in enumerate(drawing.lanes.values()):
        _shape(plane, f"lane_{n}", box, isHorizontal="true")
    for name, box in drawing.nodes.items():
        _shape(plane, name, box)
    for n, points in enumerate(drawing.flows):
        edge = _under(plane, BPMNDI, "BPMNEdge", id=f"flow_{n}_edge", bpmnElement=f"flow_{n}")
        for x, y in points:
            _under(edge, DI, "waypoint", x=str(x), y=str(y))


def _shape(plane: Element, name: str, box: Box, **attributes: str) -> None:
    shape = _under(plane, BPMNDI, "BPMNShape", id=f"{name}_shape", bpmnElement=name, **attributes)
    _under(shape, DC, "Bounds", x=str(box.x), y=str(box.y), width=str(box.width), height=str(box.height))
