"""The form of a node of a step table, drawn from what is typed. Only reads."""

from collections.abc import Mapping, Sequence

from motcua.kernel.say import Say
from motcua.processes import drafts
from motcua.processes.drafted import Fault
from motcua.web.catalogue.designer.controls import Drawing
from motcua.web.catalogue.designer.drawing import Node, rule
from motcua.web.catalogue.processes.options import limit_units, units
from motcua.web.catalogue.processes.properties import (
    Around,
    Property,
    Shape,
    properties_of,
    readable,
)
from motcua.web.catalogue.processes.values import MOST_ENTRIES, Column
from motcua.web.catalogue.processes.words import NODES
from motcua.web.common.fields import FieldParts
from motcua.web.common.wording import say

TESTS = Say("Các bài thử", "The tests")
LISTS: Mapping[str, Say] = {
    "steps": Say("Bảng các bước", "The rows"),
    "variants": Say("Các trường hợp", "The variants"),
}
_LINE = Say("Dòng %(n)s", "Line %(n)s")
_NUMBERED = Say("%(what)s, dòng %(n)s", "%(what)s, line %(n)s")


def nodes(properties: Sequence[Property], drawing: Drawing, around: Around, *, folded: bool) -> list[Node]:
    """The form of the properties that are folded away, or of those that are not."""
    return [_node(each, drawing, around) for each in properties if each.folded is folded]


def says_something(properties: Sequence[Property], drawing: Drawing) -> bool:
    """Whether one of the folded properties holds something, or something is wrong with it."""
    return any(
        name in drawing.errors
        or any(value not in ("", "none", each.preset) for value in drawing.typed.get(name, ()))
        for each in properties
        if each.folded
        for name in {*drawing.typed, *drawing.errors}
        if name == each.name or name.startswith(f"{each.name}-")
    )


def _node(each: Property, drawing: Drawing, around: Around) -> Node:
    name, label, hint = each.name, say(each.label), each.hint
    match each.shape:
        case Shape.SAY:
            english = say(Say(f"{each.label.vi}, tiếng Anh", f"{each.label.en}, in English"))
            return Node(
                [
                    drawing.area(f"{name}-vi", label, hint=hint, lang="vi"),
                    drawing.area(f"{name}-en", english, lang="en"),
                ]
            )
        case Shape.CHECK:
            return Node([drawing.check(name, label, hint=hint)])
        case Shape.CHOICE | Shape.INCLUDED:
            return Node([drawing.select(name, label, each.options, hint=hint, preset=each.preset)])
        case Shape.CODES:
            rows = [
                [drawing.select(f"{name}-{n}", say(_LINE) % {"n": n + 1}, each.options, under=label)]
                for n in range(_shown(name, drawing, 1))
            ]
            return _lines(each, rows, drawing)
        case Shape.TIMES:
            return _lines(
                each, [_time(each, n, drawing, around) for n in range(len(around.variants))], drawing
            )
        case Shape.LIMIT:
            return _lines(each, [_timed(name, "", label, drawing, limit_units())], drawing)
        case Shape.ENTRIES:
            rows = [
                [_cell(column, f"{name}-{n}-{column.name}", n, drawing) for column in each.columns]
                for n in range(_shown(name, drawing, 1))
            ]
            return _lines(each, rows, drawing)
        case Shape.RULE:
            return rule(name, label, drawing, readable(around))
        case Shape.LINES:
            return Node([drawing.area(name, label, hint=hint, least=3)])
        case _:
            return Node(
                [drawing.text(name, label, hint=hint, css="w20" if each.shape is Shape.TEXT else "w10")]
            )


def _lines(each: Property, rows: Sequence[Sequence[FieldParts]], drawing: Drawing) -> Node:
    """Lines under one legend; what is wrong with all of them stands at the first control."""
    first = rows[0][0] if rows else None
    if first is not None and drawing.errors.get(each.name):
        drawing.errors_of(each.name, first.id, say(each.label))
    return Node(legend=say(each.label), rows=rows, hint=say(each.hint) if each.hint else "")


def _shown(name: str, drawing: Drawing, more: int) -> int:
    """How many lines: those that are filled, and some to fill."""
    filled = [
        int(number)
        for told, values in drawing.typed.items()
        if told.startswith(f"{name}-") and any(values)
        for number in [told.removeprefix(f"{name}-").partition("-")[0]]
        if number.isdigit()
    ]
    return min(max(filled, default=-1) + 1 + more, MOST_ENTRIES)


def _numbered(label: Say, n: int) -> str:
    return say(_NUMBERED) % {"what": say(label), "n": n + 1}


def _time(each: Property, n: int, drawing: Drawing, around: Around) -> list[FieldParts]:
    variant = around.variant_words(around.variants[n]) if len(around.variants) > 1 else ""
    return _timed(f"{each.name}-{n}", variant, say(each.label), drawing, units())


def _timed(
    name: str, variant: str, legend: str, drawing: Drawing, options: Sequence[tuple[str, str]]
) -> list[FieldParts]:
    """How much and in which unit, under `legend`; of a `variant` where there are several."""
    unit = say(Say("Đơn vị", "Unit"))
    return [
        drawing.text(f"{name}-value", variant or say(Say("Bao nhiêu", "How much")), css="w4", under=legend),
        drawing.select(f"{name}-unit", f"{unit}: {variant}" if variant else unit, options, under=legend),
    ]


def _cell(column: Column, name: str, n: int, drawing: Drawing) -> FieldParts:
    label = _numbered(column.label, n)
    if column.how in ("flag", "member"):
        return drawing.check(name, say(column.label))
    if column.how == "choice":
        return drawing.select(name, label, column.options)
    lang = column.key[-2:] if column.key.endswith(("vi", "en")) else ""
    return drawing.text(name, label, css="w4" if column.how == "number" else "wfull", lang=lang)


def property_of(slot: str, properties: Sequence[Property]) -> Property | None:
    """The property in which a fault stands ("times.0" of a row)."""
    told = slot.replace(".", "-")
    return next(
        (
            each
            for each in properties
            if told
            and (told == each.name or told.startswith(f"{each.name}-") or each.name.startswith(f"{told}-"))
        ),
        None,
    )


def control_of(slot: str, properties: Sequence[Property]) -> str:
    """The control at which a fault stands; "" for none."""
    told, each = slot.replace(".", "-"), property_of(slot, properties)
    if each is not None:
        name = each.name
        if name.startswith(f"{told}-"):
            return name
        number, _dash, rest = told.removeprefix(name).removeprefix("-").partition("-")
        number = number if number.isdigit() else "0"
        match each.shape:
            case Shape.SAY:
                return f"{name}-en" if told.endswith("-en") else f"{name}-vi"
            case Shape.CODES:
                return f"{name}-{number}"
            case Shape.TIMES:
                return f"{name}-{number}-value"
            case Shape.LIMIT:
                return f"{name}-value"
            case Shape.RULE:
                return f"{name}-how"
            case Shape.ENTRIES:
                known = [column.name for column in each.columns]
                return f"{name}-{number}-{rest if rest in known else known[0]}"
            case _:
                return name
    return ""


def named(wrong: list[Fault], around: Around) -> list[tuple[Fault, str, str]]:
    """Faults with what their nodes are called, and the property in which they stand."""
    lines = {line.place: line for line in drafts.outline(around.document)}
    found = []
    for each in wrong:
        if each.place.startswith("tests"):
            found.append((each, say(TESTS), ""))
            continue
        node = lines[each.place].node if each.place in lines else around.document
        told = property_of(each.slot, properties_of(node, each.place, around))
        called = say(lines[each.place].label) if each.place in lines else ""
        if each.place.startswith("variants."):
            called = around.variant_words(str(node.get("code", "")))
        slot = say(told.label if told is not None else LISTS.get(each.slot, Say(each.slot, each.slot)))
        where = _of_variants(each.variants, around)
        found.append(
            (each, called or say(NODES[drafts.kind_of(each.place)]), f"{slot} ({where})" if where else slot)
        )
    return found


def _of_variants(codes: Sequence[str], around: Around) -> str:
    """The variants of which something is said, where there are others; how many where it is all of them."""
    if len(around.variants) < 2 or not codes:
        return ""
    if len(codes) < len(around.variants):
        return "; ".join(map(around.variant_words, codes))
    return say(Say("cả %(n)s trường hợp", "all %(n)s variants")) % {"n": len(codes)}
