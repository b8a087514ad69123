"""What is typed for a node of a step table, and the node of what is typed.

A property that was opened and kept unchanged is not written anew, so a table that was looked at is as it was.
"""

from typing import Any

from motcua.kernel.say import Say
from motcua.kernel.text import clean
from motcua.processes.drafts import Document, Node, at
from motcua.web.catalogue.designer import shapes
from motcua.web.catalogue.designer.controls import Typed, one
from motcua.web.catalogue.designer.shapes import MOST_ROWS, NOTHING, Mistyped, Written, inside, put, same_text
from motcua.web.catalogue.processes import values
from motcua.web.catalogue.processes.properties import Around, Property, Shape, properties_of, readable


def typed_of(document: Document, place: str, around: Around) -> dict[str, list[str]]:
    """What stands in the form of a node."""
    node = at(document, place)
    found: dict[str, list[str]] = {}
    for each in properties_of(node, place, around):
        found |= _typed(each, inside(node, each.key), around)
    return found


def _typed(each: Property, value: Any, around: Around) -> dict[str, list[str]]:
    name = each.name
    match each.shape:
        case Shape.SAY:
            return shapes.say_typed(name, value)
        case Shape.CHECK:
            return {name: ["on"]} if value is True else {}
        case Shape.CODES:
            return values.codes_typed(name, value)
        case Shape.TIMES:
            return values.times_typed(name, value, around.variants)
        case Shape.LIMIT:
            return values.limit_typed(name, value)
        case Shape.ENTRIES:
            return values.entries_typed(name, value, each.columns)
        case Shape.RULE:
            return shapes.rule_typed(name, value, readable(around))
        case Shape.INCLUDED:
            return {name: [values.included_typed(value)]}
        case Shape.DAY:
            return {name: [values.day_typed(value)]}
        case Shape.LINES:
            return {name: ["\n".join(map(str, value)) if isinstance(value, list) else ""]}
        case _:
            return {name: [values.text_of(value) or each.preset]}


def written(document: Document, place: str, typed: Typed, around: Around) -> Written:
    """The node at a place with what was typed. Raises NotFound."""
    old = at(document, place)
    node: Node = {key: dict(value) if isinstance(value, dict) else value for key, value in old.items()}
    errors: dict[str, tuple[Say, ...]] = {}
    for each in properties_of(old, place, around):
        if _same(each, _typed(each, inside(old, each.key), around), typed):
            continue
        try:
            value = _written(each, typed, around, inside(old, each.key))
        except Mistyped as wrong:
            errors[wrong.name] = (wrong.said,)
            continue
        if value is NOTHING and each.always:
            value = {"vi": "", "en": ""} if each.shape is Shape.SAY else "" if each.shape in _TEXTS else []
        put(node, each.key, value)
    return Written(node, errors)


_TEXTS = (Shape.TEXT, Shape.CHOICE)


def _same(each: Property, before: Typed, typed: Typed) -> bool:
    names = {name for name in typed if name == each.name or name.startswith(f"{each.name}-")}
    if each.shape is Shape.RULE:
        # A line without a field says nothing, whatever its other controls show.
        blank = [n for n in range(MOST_ROWS) if not one(typed, f"{each.name}-{n}-field")]
        names -= {f"{each.name}-{n}-{part}" for n in blank for part in ("test", "value")}
    return all(same_text(one(before, name), one(typed, name)) for name in names | set(before))


def _written(each: Property, typed: Typed, around: Around, old: Any) -> Any:
    name = each.name
    match each.shape:
        case Shape.SAY:
            return shapes.say_written(name, typed)
        case Shape.CHECK:
            return True if one(typed, name) else NOTHING
        case Shape.CODES:
            return values.codes_written(name, typed)
        case Shape.TIMES:
            return values.times_written(name, typed, around.variants)
        case Shape.LIMIT:
            return values.limit_written(name, typed)
        case Shape.ENTRIES:
            return values.entries_written(name, typed, each.columns, old, coded=each.coded)
        case Shape.RULE:
            return shapes.rule_written(name, typed, readable(around))
        case Shape.INCLUDED:
            return values.included_written(name, typed)
        case Shape.DAY:
            return values.day_written(name, typed)
        case Shape.LINES:
            return shapes.lines_of(one(typed, name)) or NOTHING
        case _:
            told = clean(one(typed, name))
            return NOTHING if told in ("", each.preset) else told
