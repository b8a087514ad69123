"""A step table in the making as a document, and what can be done to it. Pure: each change gives a new document.

A node is a variant, a row, a consultation of a row, a part of another agency or a test; its place is that of the
document ("steps.3.consultations.0"), "" is the process itself. A draft may lack anything, but what is there is of its
own type (`unsound`). Rows are numbered as they stand, codes are made by the machine, what is removed is named nowhere
any more.
"""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from motcua.catalogue.reading import read
from motcua.catalogue.shapes import ProcedureVersion
from motcua.eforms.drafts import parent_of as parent_of
from motcua.eforms.editing import own_key
from motcua.kernel.errors import Invalid, NotFound
from motcua.kernel.say import Say, say_of
from motcua.processes.differences import work_words
from motcua.processes.testing.checking import check_test
from motcua.processes.testing.shapes import ProcessTest

Document = dict[str, Any]
Node = dict[str, Any]
LISTS: Mapping[str, str] = {
    "variants": "variant",
    "steps": "step",
    "consultations": "consultation",
    "children": "child",
    "tests": "test",
}
MOST_STEPS = 1000
_TEXT = Say("chữ", "a text")
_OBJECT = Say("một đối tượng {…}", "an object {…}")
_LIST = Say("một danh sách […]", "a list […]")
_OBJECTS = Say("một danh sách các đối tượng [{…}]", "a list of objects [{…}]")
_SAID = Say('chữ hai thứ tiếng {"vi": …, "en": …}', 'a text in both languages {"vi": …, "en": …}')
_WANTED: Mapping[str, Say] = {
    **dict.fromkeys(
        (
            "code",
            "procedure",
            "variant",
            "body",
            "after_step",
            "after_child",
            "level",
            "source",
            "kind",
            "assignment",
            "issued_on",
            "ground",
            "area",
        ),
        _TEXT,
    ),
    **dict.fromkeys(("title", "work", "about"), _SAID),
    **dict.fromkeys(("limit", "parallel", "includes"), _OBJECT),
    **dict.fromkeys(("positions", "returns_to", "apart_from"), _LIST),
    **dict.fromkeys(
        ("times", "outputs", "outcomes", "papers", "escalation", "whom", "findings", "sees"),
        _OBJECTS,
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A node in the outline: `kind` is variant, step, consultation or child."""

    place: str
    kind: str
    label: Say
    node: Node


def limited(version: ProcedureVersion | None) -> list[Node]:
    """The variants of a procedure as a table has them, with their limits."""
    variants: list[Node] = []
    for each in version.variants if version is not None else ():
        limit = each.channels[0].limit
        value = {} if limit.value is None else {"value": f"{limit.value:f}"}
        variants.append({"code": each.code, "limit": {"unit": str(limit.unit), **value}})
    return variants


def blank(code: str, procedure: str, title: Mapping[str, str], version: ProcedureVersion | None) -> Document:
    """The draft of a process nobody has written yet: reception, examination, approval, hand-over; with the variants and
    limits of the procedure in force."""
    variants = limited(version)
    rows: tuple[tuple[str, str, str, str, list[str]], ...] = (
        ("receive", "receive", "Tiếp nhận hồ sơ", "Receive the dossier", ["reception_officer"]),
        ("examine", "examine", "Thẩm tra, dự thảo kết quả", "Examine, draft the result", []),
        ("approve", "approve", "Phê duyệt, ký kết quả", "Approve and sign the result", []),
        ("return", "return", "Trả kết quả", "Hand over the result", ["reception_officer"]),
    )
    steps = [
        {
            "order": n,
            "code": own,
            "kind": kind,
            "work": {"vi": vi, "en": en},
            "positions": positions,
            "times": [{"variant": each["code"]} for each in variants],
        }
        for n, (own, kind, vi, en, positions) in enumerate(rows, 1)
    ]
    return {
        "code": code,
        "procedure": procedure,
        "title": dict(title),
        "level": str(version.levels[0]) if version is not None and version.levels else "commune",
        "source": "",
        "variants": variants,
        "steps": steps,
    }


def unsound(document: Any) -> Say | None:
    """Why a document cannot even be outlined, with the place; None for one that can."""
    if not isinstance(document, dict):
        return Say("phải là một đối tượng {…}", "must be an object {…}")
    for name in ("variants", "steps", "children", "tests"):
        if not _is_objects(document.get(name, [])):
            return Say(f"{name}: phải là {_OBJECTS.vi}", f"{name}: must be {_OBJECTS.en}")
    if len(document.get("steps", [])) > MOST_STEPS:
        return Say(f"steps: nhiều hơn {MOST_STEPS} bước", f"steps: more than {MOST_STEPS} rows")
    for line in [Line("", "process", Say("", ""), document), *outline(document, checked=False)]:
        for name, told in line.node.items():
            where = f"{line.place}.{name}".strip(".")
            if name == "consultations" and not _is_objects(told):
                return Say(f"{where}: phải là {_OBJECTS.vi}", f"{where}: must be {_OBJECTS.en}")
            if (wanted := _mistyped(name, told)) is not None:
                return Say(f"{where}: phải là {wanted.vi}", f"{where}: must be {wanted.en}")
    return _unsound_test(document)


def _unsound_test(document: Document) -> Say | None:
    """Why a test could not be run, with the place; whether it fits the table is another question."""
    for n, node in enumerate(document.get("tests", ())):
        try:
            check_test(read(ProcessTest, node, f"tests[{n}]"), f"tests[{n}]")
        except Invalid as one:
            return Say(one.vi, one.en)
    return None


def _mistyped(name: str, told: Any) -> Say | None:
    wanted = _WANTED.get(name)
    fits = {
        _TEXT: isinstance(told, str),
        _OBJECT: isinstance(told, dict),
        _LIST: isinstance(told, list) and all(isinstance(each, str) for each in told),
        _OBJECTS: _is_objects(told),
        _SAID: isinstance(told, dict) and all(isinstance(each, str) for each in told.values()),
    }
    return None if wanted is None or told is None or fits[wanted] else wanted


def _is_objects(told: Any) -> bool:
    return isinstance(told, list) and all(isinstance(each, dict) for each in told)


def outline(document: Document, *, checked: bool = True) -> list[Line]:
    """Variants, rows with their consultations, parts of other agencies, in their order."""
    return list(_lines(document, checked=checked))


def _lines(document: Document, *, checked: bool) -> Iterator[Line]:
    for n, node in enumerate(document.get("variants", ())):
        code = str(node.get("code", ""))
        yield Line(f"variants.{n}", "variant", Say(code, code), node)
    for n, node in enumerate(document.get("steps", ())):
        yield Line(f"steps.{n}", "step", label_of(node), node)
        asked = node.get("consultations", ())
        for m, each in enumerate(asked if checked or _is_objects(asked) else ()):
            yield Line(f"steps.{n}.consultations.{m}", "consultation", say_of(each.get("about")), each)
    for n, node in enumerate(document.get("children", ())):
        yield Line(f"children.{n}", "child", say_of(node.get("title")), node)


def label_of(node: Node) -> Say:
    """What a row is called; a process that is included by its code and number."""
    told = node.get("includes")
    if isinstance(told, Mapping):
        said = f"{told.get('process', '')} {told.get('number', '')}".strip()
        return Say(said, said)
    return work_words(node)


def kind_of(place: str) -> str:
    """What stands at a place: process, variant, step, consultation or child. Raises NotFound."""
    if not place:
        return "process"
    name = place.rpartition(".")[0].rpartition(".")[2]
    if name not in LISTS:
        raise gone()
    return LISTS[name]


def at(document: Document, place: str) -> Node:
    """The node at a place. Raises NotFound."""
    return dict(_at(document, place))


def _at(document: Document, place: str) -> Node:
    found: Any = document
    parts = place.split(".") if place else []
    for name, number in zip(parts[::2], parts[1::2], strict=False):
        among = found.get(name) if name in LISTS else None
        if not (isinstance(among, list) and re.fullmatch(r"[0-9]{1,9}", number) and int(number) < len(among)):
            raise gone()
        found = among[int(number)]
    if len(parts) % 2 or not isinstance(found, dict):
        raise gone()
    return found


def gone() -> NotFound:
    """A node that is not there any more."""
    return NotFound("Mục này không còn trong bản soạn.", "This item is no more in the draft.")


# --- what can be done ---------------------------------------------------------------


def replaced(document: Document, place: str, node: Node) -> Document:
    """`node` in the place of the one that stands there; "" replaces what the process says of itself. A variant's code
    that changed is changed in the times of the rows; a row side by side with this one, which is now apart from it or no
    more, says so too."""
    old, told = at(document, place), deepcopy(document)
    if not place:
        return {key: value for key, value in {**told, **node}.items() if key in node or key in LISTS}
    if kind_of(place) == "variant" and old.get("code") != node.get("code"):
        named = [time for step in told.get("steps", ()) for time in step.get("times", ())]
        facts = [test["facts"] for test in told.get("tests", ()) if isinstance(test.get("facts"), dict)]
        for each in (*named, *facts):
            if each.get("variant") == old.get("code"):
                each["variant"] = node.get("code", "")
    above, name, number = parent_of(place)
    _at(told, above)[name][number] = deepcopy(node)
    if kind_of(place) == "step":
        _apart_both_ways(told["steps"], old, node)
    return told


def _apart_both_ways(steps: list[Node], old: Node, node: Node) -> None:
    code, mine = node.get("code"), node.get("apart_from", [])
    for step in steps:
        theirs = step.get("apart_from", [])
        if step.get("code") == code or not _side_by_side(step, node):
            continue
        if step.get("code") in mine and code not in theirs:
            step["apart_from"] = [*theirs, code]
        elif step.get("code") in set(old.get("apart_from", ())) - set(mine):
            _put(step, "apart_from", [each for each in theirs if each != code])


def _side_by_side(one: Node, other: Node) -> bool:
    here, there = one.get("parallel") or {}, other.get("parallel") or {}
    return bool(here and there) and (
        here.get("group") == there.get("group") and here.get("branch") != there.get("branch")
    )


def removed(document: Document, place: str) -> Document:
    """Without the node, and without what names it. Raises NotFound."""
    code, told = at(document, place).get("code"), deepcopy(document)
    above, name, number = parent_of(place)
    del _at(told, above)[name][number]
    for step in told.get("steps", ()):
        if name == "variants" and "times" in step:
            step["times"] = [time for time in step["times"] if time.get("variant") != code]
        if name == "steps":
            for key in ("returns_to", "apart_from"):
                _put(step, key, [each for each in step.get(key, ()) if each != code])
            _put(step, "outcomes", [each for each in step.get("outcomes", ()) if each.get("to") != code])
    for child in told.get("children", ()) if name == "children" else ():
        if child.get("after_child") == code:
            del child["after_child"]
    if name in ("consultations", "children"):
        _put(_at(told, above), name, _at(told, above)[name])
    return _numbered(told)


def _put(step: Node, key: str, value: Any) -> None:
    if value:
        step[key] = value
    else:
        step.pop(key, None)


def moved(document: Document, place: str, by: int) -> tuple[Document, str]:
    """The node one place up (-1) or down (1) among its own, and where it stands then."""
    at(document, place)
    told = deepcopy(document)
    above, name, number = parent_of(place)
    siblings = _at(told, above)[name]
    if not 0 <= number + by < len(siblings):
        return told, place
    siblings.insert(number + by, siblings.pop(number))
    return _numbered(told), f"{above}.{name}.{number + by}".strip(".")


def added(document: Document, place: str, kind: str, node: Node) -> tuple[Document, str]:
    """`node` of a kind (variant, step, consultation, child), and where it stands. A row goes behind the chosen row,
    before the hand-over where none is chosen; a consultation into the chosen row. Raises NotFound where it
    has no place."""
    at(document, place)
    told = deepcopy(document)
    steps, variants = told.setdefault("steps", []), told.setdefault("variants", [])
    if kind == "variant":
        variants.append(node)
        for step in steps:
            if "includes" not in step:
                step.setdefault("times", []).append({"variant": node["code"]})
        return told, f"variants.{len(variants) - 1}"
    if kind == "consultation":
        if not place.startswith("steps."):
            raise gone()
        above = ".".join(place.split(".")[:2])
        asked = _at(told, above).setdefault("consultations", [])
        asked.append(node | {"code": own_key(_words(node), {str(each.get("code")) for each in asked})})
        return told, f"{above}.consultations.{len(asked) - 1}"
    if kind == "child":
        parts = told.setdefault("children", [])
        parts.append(node | {"code": own_key(_words(node), {str(each.get("code")) for each in parts})})
        return told, f"children.{len(parts) - 1}"
    chosen = int(place.split(".")[1]) if place.startswith("steps.") else len(steps) - 2
    number = min(max(chosen + 1, 0), len(steps))
    node = node | {"code": own_key(_words(node), {str(step.get("code")) for step in steps})}
    if "includes" not in node:
        node["times"] = [{"variant": each.get("code", "")} for each in variants]
    steps.insert(number, node)
    return _numbered(told), f"steps.{number}"


def copied(document: Document, place: str) -> tuple[Document, str]:
    """The node twice; the copy has a code of its own."""
    node, told = deepcopy(at(document, place)), deepcopy(document)
    above, name, number = parent_of(place)
    siblings = _at(told, above)[name]
    taken = {str(each.get("code")) for each in siblings}
    node["code"] = own_key(str(node.get("code", "")), taken)
    siblings.insert(number + 1, node)
    if name == "variants":
        for step in told.get("steps", ()):
            times = step.get("times", [])
            mine = [time for time in times if time.get("variant") == siblings[number].get("code")]
            times += [time | {"variant": node["code"]} for time in mine]
    return _numbered(told), f"{above}.{name}.{number + 1}".strip(".")


def _words(node: Node) -> str:
    included = node.get("includes") or {}
    said = [say_of(node.get(key)).vi for key in ("work", "about", "title")]
    return next((each for each in said if each), "") or str(included.get("process", "")) or "item"


def _numbered(told: Document) -> Document:
    for n, step in enumerate(told.get("steps", ()), 1):
        step["order"] = n
    return told
