"""A table without what is wrong in it, so that the rest can be judged and drawn. Pure, on documents."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from typing import Any

from motcua.catalogue.shapes import Level, LimitUnit
from motcua.processes.shapes import StepKind

Document = Mapping[str, Any]
# What stands for a property that has to be there.
_STAND_INS: Mapping[str, Any] = {
    **dict.fromkeys(("code", "procedure", "source"), "…"),
    **dict.fromkeys(("title", "work"), {"vi": "…", "en": "…"}),
    "level": str(Level.COMMUNE),
    "limit": {"unit": str(LimitUnit.UNKNOWN)},
    "kind": str(StepKind.VERIFY),
    "positions": [],
}


def property_at(where: str) -> tuple[str, ...]:
    """The property of the process, of a variant or of a row in which a place lies: `steps[3].times[0].value` lies in
    ("steps", "3", "times")."""
    names = where.replace("[", ".").replace("]", "").split(".")
    return tuple(names[:3] if names[0] in ("steps", "variants") else names[:1])


def without(document: Document, places: Iterable[str]) -> Document:
    """`document` with a stand-in for each property in which one of `places` lies, or without it; the rows numbered as
    they stand."""
    drawn = deepcopy(dict(document))
    variants = drawn.get("variants")
    for name, *inside in {property_at(where) for where in places}:
        node = drawn
        if inside and isinstance(each := drawn[name][int(inside[0])], dict):
            node, name = each, inside[1] if len(inside) > 1 else ""
        if name == "times" and isinstance(variants, list):
            node["times"] = [{"variant": v.get("code") or "…"} for v in variants if isinstance(v, Mapping)]
        elif name == "parallel" and isinstance(node.get(name), Mapping) and node[name].get("group"):
            node[name] = {"group": node[name]["group"], "branch": node[name].get("branch") or "…"}
        elif name in _STAND_INS:
            node[name] = deepcopy(_STAND_INS[name])
        elif name not in ("steps", "variants"):
            node.pop(name, None)
    for n, row in enumerate(drawn["steps"] if isinstance(drawn.get("steps"), list) else [], 1):
        if isinstance(row, dict):
            row["order"] = n
    return drawn
