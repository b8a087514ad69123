"""A step table in words, as administrators know it: of a version, and of a draft, which may lack anything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from motcua.kernel.say import Say, say_of
from motcua.processes.differences import times_words, work_words
from motcua.processes.drafts import label_of
from motcua.processes.wording import KINDS, positions_words


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a step table in words; `times` in the order of the variants; `beside`: in which branch of which group it
    stands; `returns_to`: codes."""

    order: int
    code: str
    work: Say
    kind: Say
    positions: Say
    times: tuple[Say, ...]
    outputs: tuple[Say, ...]
    returns_to: tuple[str, ...]
    beside: str
    is_conditional: bool
    is_inside: bool


def row_of(node: Mapping[str, Any], variants: Sequence[str]) -> Row:
    """A row of a document in words."""
    times = times_words(node)
    branch = node.get("parallel") or {}
    inside = "includes" in node
    return Row(
        order if isinstance(order := node.get("order"), int) else 0,
        str(node.get("code", "")),
        label_of(dict(node)) if inside else work_words(node),
        Say("Quy trình con", "Process inside") if inside else KINDS.get(str(node.get("kind")), Say("", "")),
        positions_words([str(each) for each in node.get("positions") or ()]),
        tuple(times.get(variant, Say("", "")) for variant in variants),
        tuple(say_of(each) for each in node.get("outputs") or ()),
        tuple(str(each) for each in node.get("returns_to") or ()),
        "/".join(str(branch.get(key, "")) for key in ("group", "branch")) if branch else "",
        node.get("when") is not None,
        inside,
    )


def times_together(row: Row, called: Sequence[str]) -> list[tuple[Say, list[str]]]:
    """The times of a row, each with what the variants are `called` that have it, in the order of the first."""
    found: dict[Say, list[str]] = {}
    for words, name in zip(row.times, called, strict=True):
        if words.vi:
            found.setdefault(words, []).append(name)
    return list(found.items())


def rows_of(document: Mapping[str, Any]) -> list[Row]:
    """The rows of a document in words."""
    variants = [str(each["code"]) for each in document["variants"]]
    return [row_of(step, variants) for step in document["steps"]]
