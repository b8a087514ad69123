"""What can be done to a form in the making. Pure: each function gives a new document, the old one stays as it was."""

import re
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from motcua.eforms.drafts import (
    RULES,
    WITHIN,
    Document,
    Line,
    Node,
    at,
    gone,
    is_top,
    kind_of,
    lines_in,
    node_of,
    outline,
    parent_of,
    path_of,
    text_of,
)
from motcua.eforms.rules import ITEM
from motcua.eforms.shapes import FieldType
from motcua.kernel.text import fold


def replaced(document: Document, place: str, node: Node) -> Document:
    """`node` in the place of the one that stands there; "" replaces what the form says of itself. A key that changed
    is changed in the rules that read it."""
    old = at(document, place)
    told = deepcopy(document)
    if not place:
        return told | node
    above, name, number = parent_of(place)
    if kind_of(place) == "field" and old.get("key") != node.get("key"):
        path = path_of(document, place)
        inside = path.rpartition(".")[0]
        new = f"{inside}.{node.get('key')}".strip(".")
        told = _renamed_everywhere(told, path, new, _holder(place) if inside else "")
        node = {**node, **{rule: _read_as(node[rule], path, new) for rule in RULES if rule in node}}
    node_of(told, above)[name][number] = deepcopy(node)
    return told


def _holder(place: str) -> str:
    return place.rsplit(".", 2)[0]


def _renamed_everywhere(told: Document, old: str, new: str, holder: str) -> Document:
    for line in outline(told):
        node = node_of(told, line.place)
        for rule in RULES:
            if rule in node:
                node[rule] = _read_as(node[rule], old, new)
                if holder and line.place.startswith(f"{holder}."):
                    last = [f"{ITEM}.{path.rpartition('.')[2]}" for path in (old, new)]
                    node[rule] = _read_as(node[rule], *last)
    return told


def _read_as(rule: Any, old: str, new: str) -> Any:
    """A rule that reads `new` where it read `old`."""
    if isinstance(rule, list):
        return [_read_as(each, old, new) for each in rule]
    if not isinstance(rule, dict):
        return rule
    if set(rule) == {"var"}:
        told = rule["var"]
        path = told[0] if isinstance(told, list) and len(told) == 1 else told
        if isinstance(path, str) and (path == old or path.startswith(f"{old}.")):
            made = new + path[len(old) :]
            return {"var": [made] if isinstance(told, list) else made}
    return {key: _read_as(value, old, new) for key, value in rule.items()}


def removed(document: Document, place: str) -> Document:
    """Without the node."""
    at(document, place)
    told = deepcopy(document)
    above, name, number = parent_of(place)
    del node_of(told, above)[name][number]
    return told


def moved(document: Document, place: str, by: int) -> tuple[Document, str]:
    """The node one place up (-1) or down (1), and where it stands then: at the end of a section it goes on into the
    next one, a section into the next page. What stands first or last stays."""
    at(document, place)
    told = deepcopy(document)
    above, name, number = parent_of(place)
    siblings = node_of(told, above)[name]
    if 0 <= number + by < len(siblings):
        siblings.insert(number + by, siblings.pop(number))
        return told, f"{above}.{name}.{number + by}".strip(".")
    others = [line.place for line in outline(told) if line.kind == kind_of(above)] if above else []
    if above not in others or kind_of(above) == "field" or not 0 <= others.index(above) + by < len(others):
        return told, place
    into = others[others.index(above) + by]
    there = node_of(told, into).setdefault(name, [])
    there.insert(len(there) if by < 0 else 0, siblings.pop(number))
    return told, f"{into}.{name}.{len(there) - 1 if by < 0 else 0}"


def added(document: Document, place: str, nodes: Sequence[Node]) -> tuple[Document, str]:
    """`nodes`, all of one kind, after the one at `place`, or within it where they belong in there; and where the first
    of them stands. Their keys are made their own. Raises NotFound where they have no place."""
    told = deepcopy(document)
    name = _list_of(nodes[0])
    above, after = _room(told, place, name)
    siblings = node_of(told, above).setdefault(name, [])
    for n, node in enumerate(nodes):
        own = _with_own_keys(told, deepcopy(node), under=above)
        siblings.insert(after + n, own)
    return told, f"{above}.{name}.{after}".strip(".")


def _list_of(node: Node) -> str:
    return "pages" if "sections" in node else "fields" if "type" in node else "sections"


def _room(told: Document, place: str, name: str) -> tuple[str, int]:
    """Under which node, and at which number, something new of a list `name` stands when `place` is chosen."""
    at(told, place)
    kind = kind_of(place)
    if WITHIN.get(kind) == name or (name == "fields" and at(told, place).get("type") == FieldType.GROUP):
        return place, len(at(told, place).get(name, ()))
    if not place:
        first = next((line.place for line in outline(told) if WITHIN.get(line.kind) == name), None)
        if first is None:
            raise gone()
        return first, len(at(told, first).get(name, ()))
    above, own, number = parent_of(place)
    if own == name:
        return above, number + 1
    if kind == "page":
        first = next(
            (f"{place}.sections.{n}" for n, _s in enumerate(at(told, place).get("sections", ()))), None
        )
        if first is None:
            raise gone()
        return first, len(at(told, first).get("fields", ()))
    return _room(told, above, name)


def copied(document: Document, place: str) -> tuple[Document, str]:
    """The node twice; the copy has keys of its own, and its rules read what was copied with it."""
    node = at(document, place)
    above, name, number = parent_of(place)
    told = deepcopy(document)
    own = _with_own_keys(told, deepcopy(node), under=above)
    node_of(told, above)[name].insert(number + 1, own)
    return told, f"{above}.{name}.{number + 1}".strip(".")


def _with_own_keys(told: Document, node: Node, *, under: str) -> Node:
    """The node with keys that stand nowhere else yet; its rules read the new ones."""
    if "type" in node and under and kind_of(under) == "field":
        taken = {text_of(each.get("key")) for each in at(told, under).get("fields", ())}
        return node | {"key": own_key(text_of(node.get("key")), taken)}
    lines = outline(told)
    taken = {line.key for line in lines if line.kind == "field" and is_top(line.place)}
    places = {line.key for line in lines if line.kind != "field"}
    holder: Document = {_list_of(node): [node]}
    for top in [line for line in _every(holder) if line.kind == "field" and is_top(line.place)]:
        key = own_key(top.key, taken)
        taken.add(key)
        node_of(holder, top.place)["key"] = key
        for line in _every(holder):
            each = node_of(holder, line.place)
            each |= {rule: _read_as(each[rule], top.key, key) for rule in RULES if rule in each}
    for line in _every(holder):
        if line.kind != "field":
            key = own_key(line.key, places)
            places.add(key)
            node_of(holder, line.place)["key"] = key
    return node


def _every(holder: Document) -> list[Line]:
    kind = {"pages": "form", "sections": "page", "fields": "section"}[next(iter(holder))]
    return list(lines_in(holder, "", kind, 0))


def own_key(wanted: str, taken: set[str]) -> str:
    """A key made of words, or of a key, that is not taken yet."""
    made = re.sub(r"[^a-z0-9]+", "_", fold(wanted)).strip("_")[:36] or "item"
    made = made if made[0].isalpha() else f"m_{made}"[:36]
    made = f"{made}_" if made == ITEM else made
    number, key = 1, made
    while key in taken:
        number += 1
        key = f"{made}_{number}"
    return key
