"""Two documents of a form beside each other in people's words. Pure but for the language."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from motcua.eforms.conditions import ALONE, taken_apart
from motcua.eforms.drafts import Document, Line, Node, at, label_of, outline
from motcua.eforms.readable import Readable, readable
from motcua.eforms.selectors import library
from motcua.kernel.say import Say
from motcua.web.catalogue.designer.properties import Property, Shape, properties_of
from motcua.web.catalogue.designer.shapes import options_typed, serves_typed
from motcua.web.catalogue.designer.words import KINDS, SOURCES, TESTS, TYPES
from motcua.web.common.wording import say

_AND, _OR = Say(" và ", " and "), Say(" hoặc ", " or ")
_YES = Say("có", "yes")


@dataclass(frozen=True, slots=True)
class Told:
    """One place at which two documents differ: `what` is "added", "removed" or "changed"."""

    part: str
    place: str
    what: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def compared(before: Document | Mapping[str, Any], after: Document | Mapping[str, Any]) -> list[Told]:
    """Where `after` differs from `before`, topic by topic: what came, went, moved, and which of its properties changed.
    The number and the day of a version are no difference."""
    old, new = _Read(dict(before)), _Read(dict(after))
    found = list(_changed(old, new, "", "", _("Cả tờ khai")))
    for path, place in new.places.items():
        topic, called = new.topic(place), new.called(place)
        if path not in old.places:
            found.append(Told(topic, called, "added", (), (new.said(place),)))
            continue
        found += _changed(old, new, old.places[path], place, topic)
        found += _moved(old, new, path, topic)
    for path, place in old.places.items():
        if path not in new.places:
            found.append(Told(old.topic(place), old.called(place), "removed", (old.said(place),), ()))
    return found


class _Read:
    """A document, and its nodes by what names them: of a page, of a section in its page, of a field."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.lines = {line.place: line for line in outline(document)}
        self.places: dict[str, str] = {}
        for line in self.lines.values():
            self.places.setdefault(self._name(line), line.place)

    def _name(self, line: Line) -> str:
        if line.kind == "page":
            return f"page {line.key}"
        above = line.place.rsplit(".", 2)[0]
        if line.kind == "section":
            return f"section {self.lines[above].key} {line.key}"
        held = self.lines[above]
        return f"field {held.key}.{line.key}" if held.kind == "field" else f"field {line.key}"

    def topic(self, place: str) -> str:
        return say(label_of(at(self.document, ".".join(place.split(".")[:2]))))

    def called(self, place: str) -> str:
        return f"{say(KINDS[self.lines[place].kind])} “{say(self.lines[place].label)}”"

    def said(self, place: str) -> str:
        types = {str(kind): words for kind, words in TYPES.items()}
        kind = say(types.get(self.lines[place].type))
        return f"{say(self.lines[place].label)}{f' ({kind})' if kind else ''}"

    def before(self, place: str) -> str:
        """What stands before the node among its siblings, or what holds it."""
        above, name, number = place.rsplit(".", 2) if place.count(".") > 1 else ("", *place.split("."))
        sibling = f"{above}.{name}.{int(number) - 1}".strip(".")
        if int(number):
            return self._name(self.lines[sibling])
        return self._name(self.lines[above]) if above else ""


def _changed(old: _Read, new: _Read, was: str, place: str, topic: str) -> Iterator[Told]:
    before, after = at(old.document, was), at(new.document, place)
    whole = new.called(place) if place else ""
    kept = {each.key: each for each in [*properties_of(before, was), *properties_of(after, place)]}
    for each in kept.values():
        left, right = _inside(before, each.key), _inside(after, each.key)
        if left != right:
            label = f"{whole}: {say(each.label)}" if whole else say(each.label)
            told = _words(each, left, old, was), _words(each, right, new, place)
            what = (
                "changed"
                if left is not None and right is not None
                else "added"
                if left is None
                else "removed"
            )
            yield Told(topic, label, what, *told)


def _moved(old: _Read, new: _Read, path: str, topic: str) -> Iterator[Told]:
    """Whether it stands after something else than before; what came or went in between moves nothing."""
    was, now = old.before(old.places[path]), new.before(new.places[path])
    if was != now and was in (*new.places, "") and now in (*old.places, ""):
        called = new.called(new.places[path])
        yield Told(topic, f"{called}: {_('chỗ đứng')}", "changed", (_after(old, was),), (_after(new, now),))


def _after(read: _Read, name: str) -> str:
    return _("sau %(what)s") % {"what": read.called(read.places[name])} if name else _("đầu tiên")


def _inside(node: Node, key: str) -> Any:
    found: Any = node
    for step in key.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def _words(each: Property, value: Any, read: _Read, place: str) -> tuple[str, ...]:
    if value is None:
        return ()
    match each.shape:
        case Shape.SAY if isinstance(value, Mapping):
            return tuple(f"{tongue}: {value[tongue]}" for tongue in ("vi", "en") if value.get(tongue))
        case Shape.CHECK:
            return (_("có") if value is True else _("không"),)
        case Shape.SERVES:
            return tuple(serves_typed(value).splitlines())
        case Shape.OPTIONS:
            return tuple(options_typed(value).splitlines())
        case Shape.RULE:
            return (rule_words(value, readable(read.document, place, library())),)
        case Shape.CHOICE:
            known = {str(kind): words for kind, words in TYPES.items()} | dict(SOURCES)
            return (say(known.get(str(value))) or str(value),)
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def rule_words(rule: Any, known: list[Readable]) -> str:
    """A rule as people say it; as JSON where it has no plain words."""
    condition = taken_apart(rule)
    if condition is None:
        return json.dumps(rule, ensure_ascii=False)
    fields = {each.path: each for each in known}
    said = []
    for test in condition.tests:
        field = fields.get(test.field)
        options = dict(field.options) if field else {}
        values = "; ".join(
            f"“{say(options.get(each)) or (say(_YES) if each is True else each)}”" for each in test.values
        )
        name = f"“{say(field.label) if field else test.field}”"
        words = say(TESTS[test.test]).partition(" (")[0]
        said.append(f"{name} {words}" + ("" if test.test in ALONE else f" {values}"))
    return say(_AND if condition.join == "and" else _OR).join(said)
