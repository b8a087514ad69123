"""BPMN 2.0: what is written reads back the same, others read and run it; the rest is refused by name."""

import json
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser, BpmnValidator
from SpiffWorkflow.bpmn.script_engine.python_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState
from tests.support.any_process import processes as any_process
from tests.support.tables import approve, row, seal, table

from motcua.eforms.rules import holds
from motcua.kernel.errors import Invalid
from motcua.processes.bpmn import bpmn, read_bpmn, xml
from motcua.processes.bpmn.names import way
from motcua.processes.checks import parse
from motcua.processes.shapes import ProcessVersion
from motcua.processes.starter import processes

DRAWN = Path(__file__).parent / "drawn_elsewhere.bpmn"
ONLINE = {"==": [{"var": "channel"}, "online"]}


def sample() -> ProcessVersion:
    """A condition, a way out past it, two branches, ways back."""
    return parse(
        table(
            row("examine", ways={"plain": "head"}),
            row("site", "verify", when=ONLINE),
            row("fire", "consult", branch="g.1"),
            row("sum", branch="g.1", returns_to=["fire"]),
            row("land", "verify", branch="g.2", positions=["economic_section"]),
            row("head", positions=["section_head"], returns_to=["examine"]),
            approve(returns_to=["head"]),
            seal(),
        )
    )


@pytest.mark.parametrize("process", processes(), ids=lambda p: p.code)
def test_what_is_shipped_comes_back_the_same(process: ProcessVersion) -> None:
    assert parse(read_bpmn(bpmn(process))) == process


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(process=any_process())
def test_any_process_comes_back_the_same(process: ProcessVersion) -> None:
    assert parse(read_bpmn(bpmn(process))) == process


def test_five_hundred_steps_in_a_moment() -> None:
    rows = [
        row(f"r{n}", returns_to=[f"r{n - 1}"] if n else [], when=ONLINE if n else None) for n in range(496)
    ]
    process = parse(table(*rows, approve(), seal()))
    began = time.process_time()
    content = bpmn(process)
    assert parse(read_bpmn(content)) == process
    assert time.process_time() - began < 5
    assert len(process.steps) == 500


class Rules(PythonScriptEngine):  # type: ignore[misc]
    """Another engine that reads our conditions."""

    def evaluate(self, task: Any, expression: str, external_context: Any = None) -> bool:
        return holds(json.loads(expression), task.data)


def run_elsewhere(process: ProcessVersion, **facts: Any) -> list[tuple[str, str]]:
    """The tasks and lanes through which SpiffWorkflow leads the exported file, which it checks against the schema;
    of branches the first goes first."""
    parser = BpmnParser(validator=BpmnValidator())
    parser.add_bpmn_xml(etree.fromstring(bpmn(process)), filename="exported")
    run = BpmnWorkflow(parser.get_spec("process"), script_engine=Rules())
    run.do_engine_steps()
    done = []
    while not run.completed:
        task = run.get_tasks(state=TaskState.READY, manual=True)[0]
        task.data.update({"way": "", **facts})
        done.append((task.task_spec.bpmn_name, task.task_spec.lane))
        task.run()
        run.do_engine_steps()
    return done


def works(process: ProcessVersion, *codes: str) -> list[str]:
    return [process.step(code).work.vi for code in codes]


def test_another_engine_reads_it_and_goes_the_same_way() -> None:
    process = sample()
    every = ("receive", "examine", "site", "fire", "sum", "land", "head", "approve", "seal", "return")
    told = run_elsewhere(process, channel="online")
    assert [name for name, _ in told] == works(process, *every)
    assert dict(told)["Bước land"] == "Chuyên viên Phòng Kinh tế"
    at_desk = [name for name, _ in run_elsewhere(process, channel="counter")]
    assert at_desk == works(process, *(code for code in every if code != "site"))


def test_another_engine_goes_the_way_that_is_chosen() -> None:
    process = sample()
    parser = BpmnParser(validator=BpmnValidator())
    parser.add_bpmn_xml(etree.fromstring(bpmn(process)), filename="exported")
    run = BpmnWorkflow(parser.get_spec("process"), script_engine=Rules())
    run.do_engine_steps()
    chosen = {"Bước examine": ["plain", ""], "Bước head": ["return:examine", ""]}
    done = []
    while not run.completed:
        task = run.get_tasks(state=TaskState.READY, manual=True)[0]
        name = task.task_spec.bpmn_name
        task.data.update(
            {"channel": "counter", "way": (chosen.get(name) or [""]).pop(0)}
            if name in chosen
            else {"way": ""}
        )
        done.append(name)
        task.run()
        run.do_engine_steps()
    once = ("fire", "sum", "land", "head", "approve", "seal", "return")
    assert done == works(process, "receive", "examine", "head", "examine", *once)


@pytest.mark.parametrize("process", processes()[:12], ids=lambda p: p.code)
def test_what_is_shipped_runs_elsewhere_row_by_row(process: ProcessVersion) -> None:
    assert [name for name, _ in run_elsewhere(process)] == [step.work.vi for step in process.steps]


def test_every_node_and_flow_is_drawn() -> None:
    root = etree.fromstring(bpmn(sample()))
    spaces = {"b": root.nsmap["bpmn"], "d": root.nsmap["bpmndi"], "i": root.nsmap["di"]}
    drawn = set(root.xpath("//d:*/@bpmnElement", namespaces=spaces))
    named = set(root.xpath("//b:process//@id | //b:participant/@id", namespaces=spaces)) - {
        "process",
        "lanes",
    }
    assert named <= drawn
    assert all(len(edge) >= 2 for edge in root.xpath("//d:BPMNEdge", namespaces=spaces))


def test_a_diagram_of_another_tool_is_taken_in() -> None:
    """Lanes by the titles of positions, tasks of other kinds, a way back and one on without conditions, a merge."""
    process = parse(read_bpmn(DRAWN.read_bytes()))
    assert [s.code for s in process.steps] == [
        "t_receive",
        "t_examine",
        "t_site",
        "t_sign",
        "t_seal",
        "t_return",
    ]
    assert process.step("t_examine").positions == ("justice_officer",)
    assert [(o.code, o.label.vi, o.to) for o in process.step("t_examine").outcomes] == [
        ("du_giay_to", "Đủ giấy tờ", "t_sign")
    ]
    assert process.step("t_sign").returns_to == ("t_examine",)


def exported() -> str:
    return bpmn(sample()).decode()


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("<bpmn:startEvent id=\"start\">", "<bpmn:startEvent id=\"start\"><bpmn:timerEventDefinition id=\"t1\"/>",
         "<timerEventDefinition t1>"),
        ("<bpmn:laneSet", "<bpmn:subProcess id=\"s9\"/><bpmn:laneSet", "<subProcess s9>"),
        ("<bpmn:laneSet", "<bpmn:scriptTask id=\"s9\"/><bpmn:laneSet", "<scriptTask s9>"),
        ("<bpmn:laneSet", "<bpmn:dataObject id=\"d\"/><bpmn:laneSet", "<dataObject d>"),
        ("<bpmn:process ", "<bpmn:message id=\"m\"/><bpmn:process ", "<message m>"),
        ("<bpmn:process ", "<bpmn:process id=\"two\"/><bpmn:process ", "exactly one process"),
        ("<bpmn:participant ", "<bpmn:participant id=\"p2\"/><bpmn:participant ", "only one participant"),
        ("name=\"Bước seal\"", "name=\"Bước seal\" startQuantity=\"2\"", "“startQuantity”"),
        ("<motcua:step code=\"seal\"", "<motcua:step colour=\"red\" code=\"seal\"", "“colour”"),
        ("<motcua:step code=\"seal\"", "<zeebe:x xmlns:zeebe=\"z\"/><motcua:step code=\"seal\"", "<x>"),
        ("targetRef=\"end\"", "targetRef=\"nowhere\"", "no node “nowhere”"),
        ("position=\"clerk\"", "position=\"king\"", "“king” is no position"),
        ("{\"==\": [{\"var\": \"channel\"}, \"online\"]}", "${online}", "must be JsonLogic"),
        ("<motcua:variant ", "<motcua:whom ", "not taken in"),
        ("<bpmn:endEvent id=\"end\"", "<bpmn:exclusiveGateway id=\"end\"", "mismatched tag"),
        ("<bpmn:definitions", "<bpmn:definition", "mismatched tag"),
    ],
)  # fmt: skip
def test_what_is_not_taken_in_is_refused_by_line_and_name(old: str, new: str, named: str) -> None:
    assert old in exported()
    with pytest.raises(Invalid) as refused:
        read_bpmn(exported().replace(old, new, 1).encode())
    assert named in refused.value.en
    assert refused.value.en.startswith("Line ")
    assert refused.value.vi.startswith("Dòng ")


def flows(*pairs: str) -> bytes:
    """A file of tasks a to e, gateways x, y (exclusive) and p, q (parallel), and flows between them."""
    step = '<m:step kind="examine" positions="clerk"><m:time variant="v" value="1" unit="ngày"/></m:step>'
    tasks = "".join(
        f'<task id="{t}" name="{t}"><extensionElements>{step}</extensionElements></task>' for t in "abcde"
    )
    gates = "".join(f'<exclusiveGateway id="{g}" default="f{g}"/>' for g in "xy")
    gates += "".join(f'<parallelGateway id="{g}"/>' for g in "pq")
    lines = ""
    for n, pair in enumerate(pairs):
        source, target = pair.split(">")
        name = f"f{source}" if target.endswith("!") else f"n{n}"
        lines += f'<sequenceFlow id="{name}" sourceRef="{source}" targetRef="{target.strip("!?")}">'
        lines += (
            f"<conditionExpression>{json.dumps(ONLINE)}</conditionExpression>" if target.endswith("?") else ""
        )
        lines += "</sequenceFlow>"
    told = '<m:process code="c" procedure="1.1" level="commune" source="s"/>'
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:m="urn:motcua:process:1">'
        f'<process id="pr" name="n"><extensionElements>{told}</extensionElements>'
        f'<startEvent id="s"/><endEvent id="z"/>{tasks}{gates}{lines}</process></definitions>'
    ).encode()


LINE = ("s>a", "a>b", "b>c", "c>d", "d>e", "e>z")


@pytest.mark.parametrize(
    ("pairs", "named"),
    [
        (("s>a", "a>b", "b>a"), "comes back to this node"),
        (("s>x", "x>y", "y>x"), "comes back to this node"),
        (("s>a", "a>x", "x>x"), "comes back to this node"),
        (("s>a", "a>b"), "exactly one flow"),
        ((*LINE, "a>c"), "exactly one flow"),
        (("s>a", "a>z"), "does not lead"),
        ((*LINE, "s>b"), "exactly one flow"),
        (("s>x", "x>a?", "x>b?", "a>c", "b>c", "c>d", "d>e", "e>z"), "one flow with a condition"),
        (("s>x", "x>a?", "x>c!", "a>b", "b>c", "c>d", "d>e", "e>z"), "meet the main line"),
        (("s>p", "p>a", "p>b", "a>c", "b>c", "c>d", "d>e", "e>z"), "comes back to this node"),
        (("s>p", "p>a", "p>q", "a>q", "q>b", "b>c", "c>d", "d>e", "e>z"), "has no task"),
        (("s>p", "p>a", "p>b", "a>q", "b>z", "q>c", "c>d", "d>e", "e>z"), "open and close in pairs"),
        (("s>a", "a>p", "p>b", "p>x", "b>q", "x>c", "c>q", "q>d", "d>e", "e>z", "d>q"), "meet in one"),
    ],
)
def test_a_diagram_that_is_no_table_is_refused_where_it_leaves_it(pairs: tuple[str, ...], named: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_bpmn(flows(*pairs))
    assert named in refused.value.en


OUT = st.sampled_from([f"{at}{how}" for at in "abcxypq" for how in ("", "?", "!")])


@settings(deadline=None)
@given(
    tasks=st.tuples(OUT, OUT),
    gates=st.tuples(*(st.lists(OUT, min_size=1, max_size=3) for _ in "xypq")),
)
def test_whatever_leads_wherever_the_reading_ends(
    tasks: tuple[str, ...], gates: tuple[list[str], ...]
) -> None:
    """The reading of any two tasks and four gateways, in circles or not, before a line of three tasks."""
    pairs = [f"{task}>{out}" for task, out in zip("ab", tasks, strict=True)]
    pairs += [f"{gate}>{out}" for gate, outs in zip("xypq", gates, strict=True) for out in outs]
    with suppress(Invalid):
        assert len(read_bpmn(flows("s>a", *pairs, *LINE[3:]))["steps"]) == 5


def test_the_control_a_line_is_a_table() -> None:
    assert [step["code"] for step in read_bpmn(flows(*LINE))["steps"]] == list("abcde")


@pytest.mark.parametrize(
    "told",
    [
        '{"a": "\\u0000"}',
        '{"a": "\\ud800"}',
        '{"\\ud800": 1, "\\ud800": 2}',
        '{"a": NaN}',
        '{"a": 1e999}',
        '{"a": ' + "9" * 4_000 + "}",
        '{"!":' * 900 + "1" + "}" * 900,
        '{"!":' * 90_000 + "1" + "}" * 90_000,
    ],
    ids=lambda told: told[:20],
)
def test_json_that_cannot_be_kept_is_refused_by_line(told: str) -> None:
    condition = f"<conditionExpression>{told}</conditionExpression></sequenceFlow>"
    test = f'source="s"><m:test>{told}</m:test></m:process>'
    for old, new in (("</sequenceFlow>", condition), ('source="s"/>', test)):
        with pytest.raises(Invalid) as refused:
            read_bpmn(flows(*LINE).replace(old.encode(), new.encode(), 1))
        assert refused.value.vi.startswith("Dòng ")
        assert refused.value.vi.encode()


def test_many_ways_through_many_gateways_are_read_quickly() -> None:
    target = 'targetRef="g%d"/>'
    gates = "".join(
        f'<exclusiveGateway id="g{n}"/><sequenceFlow sourceRef="g{n}" {target % (n + 1)}'
        for n in range(5_000)
    )
    one = f"<conditionExpression>{json.dumps(way('w'))}</conditionExpression></sequenceFlow>"
    ways = f'<sequenceFlow sourceRef="x" targetRef="g0">{one}' * 5_000
    more = gates.replace(target % 5_000, 'targetRef="c"/>') + ways + "</process>"
    content = flows("s>a", "a>x", "x>b!", *LINE[2:]).replace(b"</process>", more.encode())
    began = time.process_time()
    assert len(read_bpmn(content)["steps"][0]["outcomes"]) == 5_000
    assert time.process_time() - began < 5


BILLION = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]><definitions>&j;</definitions>"
)


@pytest.mark.parametrize(
    "content",
    [
        BILLION.encode(),
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>',
        b'<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]><x/>',
        b"<x>&unknown;</x>",
        b"<a>" * 100_000,
        b"<a>" * 100_000 + b"</a>" * 100_000,
        b"<r>" + b"<a/>" * 300_000 + b"</r>",
        b"<r>" + b"y" * 900_000 + b"<a/>x" * 180_000 + b"</r>",
        b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">'
        + b"".join(b'<process id="%d"/>' % n for n in range(60_000))
        + b"</definitions>",
        b"",
        b"<",
        b"\xff\xfe<\x00",
        b'<?xml version="1.0" encoding="no-such"?><x/>',
        b"<x>\x01</x>",
        b"<x:y/>",
        b"<html/>",
    ],
)
def test_dangerous_and_broken_xml_is_refused_quickly(content: bytes) -> None:
    began = time.process_time()
    with pytest.raises(Invalid):
        read_bpmn(content)
    assert time.process_time() - began < 10


def test_a_file_of_fifty_megabytes_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "_Reading", None)
    with pytest.raises(Invalid, match="lớn quá"):
        read_bpmn(b"<x>" + b" " * 50 * 1024 * 1024 + b"</x>")
