"""What a condition at a place of a draft may read: the fields before it, by path, with what they may answer. Pure.

And the answers that make a condition hold, for looking at what it shows.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from motcua.eforms.conditions import ALONE, AMONG, HAS, taken_apart
from motcua.eforms.definition import Library
from motcua.eforms.drafts import Document, Node, at, kind_of, label_of, outline
from motcua.eforms.rules import ITEM
from motcua.eforms.shapes import CHOICES, FieldType, Form, walk
from motcua.kernel.say import Say

_UNREADABLE = frozenset({FieldType.INFO, FieldType.GROUP, FieldType.FILE})


@dataclass(frozen=True, slots=True)
class Readable:
    """A field as a rule reads it: its path there, what it is called, its type, and the codes it may answer."""

    path: str
    label: Say
    type: str
    options: tuple[tuple[str, Say], ...] = ()


def readable(document: Document, place: str, library: Library) -> list[Readable]:
    """The fields that a condition at `place` may read, in their order; of its own group as "item.…"."""
    found: list[Readable] = []
    holder = place.rsplit(".", 2)[0] if kind_of(place) == "field" else ""
    inside = kind_of(holder) == "field" if holder else False
    for line in outline(document):
        if line.place == place:
            break
        node = at(document, line.place)
        if line.kind != "field":
            continue
        above = line.place.rsplit(".", 2)[0]
        if kind_of(above) == "field":
            if inside and above == holder:
                found += _of(node, f"{ITEM}.", None, library)
        else:
            found += _of(node, "", None, library)
    return found


def _of(node: Node, under: str, above: Say | None, library: Library) -> Iterator[Readable]:
    said, kind = label_of(node), node.get("type")
    label = Say(f"{above.vi}: {said.vi}", f"{above.en}: {said.en}") if above else said
    path = f"{under}{node.get('key', '')}"
    if kind == FieldType.PERSON:
        for part in _parts(node, library):
            yield from _of(part, f"{path}.", said, library)
    elif isinstance(kind, str) and kind not in _UNREADABLE:
        yield Readable(path, label, kind, tuple(_options(node, library)) if kind in CHOICES else ())


def _parts(node: Node, library: Library) -> Iterator[Node]:
    told = node.get("parts")
    for name in told if isinstance(told, list) else ():
        yield from (dict(part) for part in library.parts.get(str(name).removesuffix("*"), ()))


def _options(node: Node, library: Library) -> Iterator[tuple[str, Say]]:
    told = library.lists.get(str(node["list"]), ()) if "list" in node else node.get("options", ())
    for each in told if isinstance(told, Sequence) else ():
        if isinstance(each, Mapping):
            yield str(each.get("code", "")), label_of(dict(each))


def sample(form: Form, path: str) -> dict[str, Any]:
    """Answers under which the field at `path` is asked, as far as plain conditions say so."""
    fields = dict(walk(form.fields))
    answers: dict[str, Any] = {}
    wanted, seen = [path], set()
    while wanted:
        current = wanted.pop()
        if current in seen or current not in fields:
            continue
        seen.add(current)
        wanted += [current.rpartition(".")[0]]
        condition = taken_apart(fields[current].visible_if)
        tests = condition.tests if condition else ()
        for test in tests if condition and condition.join == "and" else tests[:1]:
            if test.field.startswith(f"{ITEM}.") or not test.values or test.test in ALONE:
                continue
            value = [test.values[0]] if test.test == HAS else test.values[0]
            if test.test in ("is", AMONG, HAS, "at_least", "at_most"):
                _put(answers, test.field, value)
                wanted.append(test.field)
    return answers


def _put(answers: dict[str, Any], path: str, value: Any) -> None:
    *above, last = path.split(".")
    for key in above:
        answers = answers.setdefault(key, {})
    answers.setdefault(last, value)
