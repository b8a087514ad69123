"""What our elements in a BPMN file say, as parts of a document (processes.checks.parse reads it)."""

from typing import Any

from motcua.kernel.errors import Invalid
from motcua.kernel.strict_json import read_json
from motcua.processes.bpmn.names import OURS
from motcua.processes.bpmn.xml import Node

Document = dict[str, Any]


def of_process(told: Node, title: str) -> Document:
    """What is said of the process as a whole, without its steps."""
    attributes = told.attributes
    document = {
        **_plain(told, "code procedure level source area"),
        "title": _say(told, title),
        "variants": [{**_plain(v, "code"), "limit": _limit(v)} for v in told.all(OURS, "variant")],
        "findings": [{**_plain(f, "code"), "text": _say(f)} for f in told.all(OURS, "finding")],
        "sees": [{**_plain(s, "position"), "parts": _words(s, "parts")} for s in told.all(OURS, "sees")],
        "tests": [_test(t) for t in told.all(OURS, "test")],
    }
    if "issuedOn" in attributes:
        document["issued_on"] = attributes["issuedOn"]
    return _lean(document)


def of_step(told: Node, work: str, lane: str) -> Document:
    """What is said of a step beside where it stands; `lane`: the position of its lane, where it names none itself."""
    step = {
        **_plain(told, "code kind assignment"),
        "work": _say(told, work),
        "positions": _words(told, "positions") or ([lane] if lane else []),
        "times": [_time(time) for time in told.all(OURS, "time")],
        "outputs": [_say(output) for output in told.all(OURS, "output")],
        "apart_from": [one.attributes.get("code", "") for one in told.all(OURS, "apartFrom")],
        "papers": [
            {**_plain(paper, "code"), **_flags(paper, "required"), "title": _say(paper)}
            for paper in told.all(OURS, "paper")
        ],
        "escalation": [
            {**_plain(one, "when value unit"), "tell": _words(one, "tell")}
            for one in told.all(OURS, "escalation")
        ],
        "consultations": [_consultation(one) for one in told.all(OURS, "consultation")],
    }
    return _lean(step)


def _lean(document: Document) -> Document:
    """Without empty lists: what is not said is not written."""
    return {key: value for key, value in document.items() if value != []}


def _time(told: Node) -> Document:
    merged = {"merged_with_previous": True} if told.attributes.get("merged") == "true" else {}
    return {**_plain(told, "variant value unit"), **merged}


def _consultation(told: Node) -> Document:
    return {
        **_plain(told, "code ground"),
        **_flags(told, "tacit pauses required"),
        "about": _say(told),
        "limit": _limit(told),
        "whom": [_plain(whom, "agency unit position") for whom in told.all(OURS, "whom")],
    }


def _test(told: Node) -> Any:
    try:
        return read_json(told.text)
    except ValueError as error:
        raise Invalid(
            f"Dòng {told.called}: bài thử không phải JSON ({error}).",
            f"Line {told.called}: the test is no JSON ({error}).",
            field="file",
        ) from error


def _plain(told: Node, names: str) -> Document:
    return {name: told.attributes[name] for name in names.split() if name in told.attributes}


def _flags(told: Node, names: str) -> Document:
    return {name: True for name in names.split() if told.attributes.get(name) == "true"}


def _words(told: Node, name: str) -> list[str]:
    return told.attributes.get(name, "").split()


def _limit(told: Node) -> Document:
    return _plain(told, "unit value")


def _say(told: Node, vi: str | None = None) -> Document:
    text = told.attributes.get("vi", "") if vi is None else vi
    return {"vi": text, **_plain(told, "en")}
