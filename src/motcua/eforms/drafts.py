"""A form in the making as a document: what stands where. Pure.

A node is a page, a section or a field; its place is that of the document ("pages.0.sections.1.fields.2"), "" is the
form itself. A draft may lack anything, but what is there is of its type and no deeper than it may be (`unsound`). What
can be done to it is in editing.py, what is wrong with it in judging.py.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from motcua.eforms.shapes import RULES as RULES
from motcua.kernel.errors import Invalid, NotFound
from motcua.kernel.say import Say

Document = dict[str, Any]
Node = dict[str, Any]
LISTS: Mapping[str, str] = {"pages": "page", "sections": "section", "fields": "field"}
WITHIN: Mapping[str, str] = {"form": "pages", "page": "sections", "section": "fields"}
DEEPEST_NODE = 5
_TEXT = Say("chữ", "a text")
_OBJECT = Say("một đối tượng {…}", "an object {…}")
_LIST = Say("một danh sách […]", "a list […]")
_SAID = Say('chữ hai thứ tiếng {"vi": …, "en": …}', 'a text in both languages {"vi": …, "en": …}')
_WANTED: Mapping[str, Say] = {
    **dict.fromkeys(
        ("code", "key", "type", "default", "prefill", "map_to", "map", "list", "document"), _TEXT
    ),
    **dict.fromkeys(("title", "label", "hint"), _SAID),
    **dict.fromkeys(("limits", "source"), _OBJECT),
    **dict.fromkeys(("options", "parts", "procedures", "results"), _LIST),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A node in the outline: `kind` is page, section or field, `label` in the language of forms."""

    place: str
    kind: str
    key: str
    label: Say
    type: str
    depth: int


def blank(code: str, title: Mapping[str, str]) -> Document:
    """The draft of a form nobody has written yet: one page with one section, and no field."""
    page = {"vi": "Nội dung", "en": "Content"}
    return {
        "code": code,
        "version": 1,
        "title": dict(title),
        "procedures": [],
        "valid_from": "2025-01-01",
        "source": {"name": {"vi": "", "en": ""}, "verified": False},
        "pages": [
            {"key": "page", "title": page, "sections": [{"key": "section", "title": page, "fields": []}]}
        ],
        "results": [],
    }


def unsound(document: Any) -> Say | None:
    """Why a document cannot even be outlined, with the place; None for one that can. It may lack anything, but what is
    there is of its own type, and nodes stand in one another no deeper than `DEEPEST_NODE`."""
    if not isinstance(document, dict):
        return Say("phải là một đối tượng {…}", "must be an object {…}")
    left: list[tuple[str, Node, int]] = [("", document, 0)]
    while left:
        place, node, depth = left.pop()
        if depth > DEEPEST_NODE:
            return Say(
                f"{place}: mục lồng sâu quá {DEEPEST_NODE} lớp", f"{place}: nested deeper than {DEEPEST_NODE}"
            )
        for name, told in node.items():
            where = f"{place}.{name}".strip(".")
            if name in LISTS:
                if not _is_list_of(told, dict):
                    return Say(
                        f"{where}: phải là danh sách các đối tượng", f"{where}: must be a list of objects"
                    )
                left += [(f"{where}.{n}", each, depth + 1) for n, each in enumerate(told)]
            elif (wanted := _mistyped(name, told)) is not None:
                return Say(f"{where}: phải là {wanted.vi}", f"{where}: must be {wanted.en}")
    return None


def _mistyped(name: str, told: Any) -> Say | None:
    """What a property has to be and is not."""
    wanted = _WANTED.get(name)
    fits = {
        _TEXT: isinstance(told, str),
        _OBJECT: isinstance(told, dict),
        _LIST: isinstance(told, list),
        _SAID: isinstance(told, dict) and all(isinstance(each, str) for each in told.values()),
    }
    return None if wanted is None or fits[wanted] else wanted


def _is_list_of(told: Any, kind: type) -> bool:
    return isinstance(told, list) and all(isinstance(each, kind) for each in told)


def outline(document: Document) -> list[Line]:
    """Pages, sections and fields in their order."""
    return list(lines_in(document, "", "form", 0))


def lines_in(node: Node, place: str, kind: str, depth: int) -> Iterator[Line]:
    """The nodes within one of a kind, in their order."""
    name = WITHIN.get(kind, "fields")
    inside = LISTS[name]
    for n, each in enumerate(node.get(name, ())):
        here = f"{place}.{name}.{n}".strip(".")
        yield Line(here, inside, text_of(each.get("key")), label_of(each), text_of(each.get("type")), depth)
        yield from lines_in(each, here, inside, depth + 1)


def label_of(node: Node) -> Say:
    """What a node is called."""
    told = node.get("label", node.get("title"))
    said = told if isinstance(told, Mapping) else {}
    return Say(text_of(said.get("vi")) or text_of(node.get("key")), text_of(said.get("en")))


def text_of(value: Any) -> str:
    """A text; what is none says nothing."""
    return value if isinstance(value, str) else ""


def kind_of(place: str) -> str:
    """What stands at a place: form, page, section or field. Raises NotFound."""
    if not place:
        return "form"
    name = place.rpartition(".")[0].rpartition(".")[2]
    if name not in LISTS:
        raise gone()
    return LISTS[name]


def at(document: Document, place: str) -> Node:
    """The node at a place. Raises NotFound."""
    found: Any = document
    steps = place.split(".") if place else []
    for name, number in zip(steps[::2], steps[1::2], strict=False):
        among = found.get(name) if name in LISTS else None
        if not (isinstance(among, list) and re.fullmatch(r"[0-9]{1,9}", number) and int(number) < len(among)):
            raise gone()
        found = among[int(number)]
    if len(steps) % 2:
        raise gone()
    return dict(found)


def gone() -> NotFound:
    """A node that is not there any more."""
    return NotFound("Mục này không còn trong bản soạn.", "This item is no more in the draft.")


def key_paths(document: Document) -> dict[str, str]:
    """The places of fields by their path ("mother.born"); of two with one path the first."""
    found: dict[str, str] = {}
    for line in outline(document):
        if line.kind == "field":
            found.setdefault(path_of(document, line.place), line.place)
    return found


def path_of(document: Document, place: str) -> str:
    """The path of the field at a place, as rules read it."""
    steps = place.split(".")
    keys = [text_of(at(document, ".".join(steps[: n + 2])).get("key")) for n in range(0, len(steps), 2)]
    return ".".join(keys[2:])


def node_of(document: Document, place: str) -> Node:
    """The node itself, to be written into: the document is the caller's own."""
    found: Any = document
    steps = place.split(".") if place else []
    for name, number in zip(steps[::2], steps[1::2], strict=True):
        found = found[name][int(number)]
    node: Node = found
    return node


def unchosen() -> Invalid:
    """The whole draft is neither moved nor copied nor removed."""
    return Invalid(
        "Chọn một mục bên dưới rồi bấm lại: cả bản soạn thì không dời, nhân bản hay bỏ được.",
        "Choose an item below and press again: the whole draft cannot be moved, copied or removed.",
    )


def parent_of(place: str) -> tuple[str, str, int]:
    """Where the node's siblings stand, under which name, and which of them it is. Raises Invalid for ""."""
    if not place:
        raise unchosen()
    above, name, number = f".{place}".rsplit(".", 2)
    return above.removeprefix("."), name, int(number)


def is_top(place: str) -> bool:
    """Whether the field at a place stands in no other field."""
    return place.count("fields") == 1
