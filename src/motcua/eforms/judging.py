"""What is wrong with a form in the making, and as much of it as can be drawn already. Pure."""

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from motcua.eforms.definition import KEY, Damaged, Library, parse
from motcua.eforms.drafts import (
    RULES,
    Document,
    blank,
    is_top,
    key_paths,
    kind_of,
    node_of,
    outline,
    parent_of,
    text_of,
)
from motcua.eforms.editing import own_key, removed
from motcua.eforms.shapes import Form
from motcua.kernel.say import Say

MOST_MENDED = 400  # the reader takes no more fields
_STAND_IN = {"vi": "…", "en": "…"}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong: at which node, in which of its properties ("label.en"), in words."""

    place: str
    slot: str
    said: Say


def faults(document: Document, library: Library) -> list[Fault]:
    """All that is wrong with a draft, as the reader tells it, each at its node."""
    try:
        parse(document, library)
    except Damaged as damaged:
        paths = key_paths(document)
        return [_located(place, said, document, paths) for place, said in damaged.faults]
    return []


_PLACE = re.compile(r"(?:(?:pages|sections|fields)\.\d+(?:\.|$))+")


def _located(place: str, said: Say, document: Document, paths: Mapping[str, str]) -> Fault:
    indexed = _PLACE.match(place)
    if indexed:
        node = indexed[0].rstrip(".")
        return Fault(node, place[len(node) :].strip("."), said)
    path, _dot, slot = place.rpartition(".")
    while path and path not in paths:
        path = path.rpartition(".")[0]  # a part of a person
    return Fault(paths[path], slot, said) if path else Fault("", place, said)


def drawable(document: Document, library: Library) -> tuple[Form | None, int]:
    """As much of a draft as can be drawn, and how many of its items were left out; None where that is nothing."""
    told, left_out = _filled_in(deepcopy(document)), 0
    for _ in range(MOST_MENDED):
        try:
            return parse(told, library), left_out
        except Damaged as damaged:
            paths = key_paths(told)
            found = [_located(place, said, told, paths) for place, said in damaged.faults]
            doomed = sorted({_mended(told, fault) for fault in found} - {""}, key=_order, reverse=True)
            for place in doomed:
                told = removed(told, place)
            left_out += sum(kind_of(place) == "field" for place in doomed)
            told = _without_empty(told)
            if not doomed and all(fault.slot not in RULES for fault in found):
                return None, left_out
    return None, left_out


def _order(place: str) -> tuple[int, ...]:
    return tuple(int(step) for step in place.split(".")[1::2])


def _mended(told: Document, fault: Fault) -> str:
    """Take a faulty rule away; else the place of the node that has to go, "" for none."""
    if not fault.place:
        return ""
    if fault.slot in RULES and fault.slot != "computed":
        node_of(told, fault.place).pop(fault.slot, None)
        return ""
    return fault.place


def _filled_in(told: Document) -> Document:
    """What only has to be there: names that nobody has given yet do not keep a form from being looked at."""
    told |= {"version": 1, "valid_from": "2025-01-01", "procedures": [{"code": "0.000000"}], "results": []}
    told |= {"source": {"name": _STAND_IN, "verified": False}, "title": _said(told.get("title"))}
    if not KEY.fullmatch(text_of(told.get("code"))):
        told["code"] = "draft"
    taken: dict[str, set[str]] = {}
    for line in outline(told):
        node = node_of(told, line.place)
        name = "label" if line.kind == "field" else "title"
        node[name] = _said(node.get(name))
        others = taken.setdefault(
            "" if is_top(line.place) else f"{line.kind} {parent_of(line.place)[0]}", set()
        )
        if not KEY.fullmatch(line.key) or line.key in others:
            node["key"] = own_key(line.key, others)
        others.add(node["key"])
    return _without_empty({key: told[key] for key in blank("", {}) if key in told})


def _said(told: Any) -> Mapping[str, str]:
    said = told if isinstance(told, Mapping) else {}
    vi = text_of(said.get("vi")).strip() or "…"
    return {"vi": vi, "en": text_of(said.get("en")).strip() or vi}


def _without_empty(told: Document) -> Document:
    for page in told.get("pages", ()):
        page["sections"] = [each for each in page.get("sections", ()) if each.get("fields")]
    told["pages"] = [each for each in told.get("pages", ()) if each["sections"]]
    return told
