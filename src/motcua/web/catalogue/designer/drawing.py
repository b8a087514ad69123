"""The form of a node's properties, drawn from what is typed. Only reads."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from motcua.eforms.conditions import TESTS as TEST_NAMES
from motcua.eforms.definition import Library
from motcua.kernel.say import Say
from motcua.web.catalogue.designer.controls import Drawing, one
from motcua.web.catalogue.designer.properties import Property, Shape
from motcua.web.catalogue.designer.shapes import MOST_ROWS, ROWS, Around
from motcua.web.catalogue.designer.words import HOW, PARTS, TESTS
from motcua.web.common.fields import FieldParts
from motcua.web.common.wording import say


@dataclass(frozen=True, slots=True)
class Node:
    """What stands in the form: `fields` side by side, or under one legend lines of them; `aside` is folded;
    `known`: what is suggested, under the id `listed`."""

    fields: Sequence[FieldParts] = ()
    legend: str = ""
    rows: Sequence[Sequence[FieldParts]] = ()
    aside: FieldParts | None = None
    aside_open: bool = False
    listed: str = ""
    hint: str = ""
    quiet: bool = False
    known: Sequence[tuple[str, str]] = ()


def nodes(properties: Sequence[Property], drawing: Drawing, around: Around, library: Library) -> list[Node]:
    """The form of the properties; short ones stand side by side."""
    found: list[Node] = []
    short: list[FieldParts] = []
    for each in properties:
        if each.shape in (Shape.CHOICE, Shape.NUMBER) or (each.shape is Shape.TEXT and each.hint is None):
            short.append(_short(each, drawing))
            continue
        if short:
            found.append(Node(short))
            short = []
        found.append(_node(each, drawing, around, library))
    return [*found, Node(short)] if short else found


def _short(each: Property, drawing: Drawing) -> FieldParts:
    label = say(each.label)
    if each.shape is Shape.CHOICE:
        options = [(value, say(words)) for value, words in (each.options or {}).items()]
        return drawing.select(each.name, label, options, hint=each.hint)
    return drawing.text(each.name, label, hint=each.hint, css="w4" if each.shape is Shape.NUMBER else "w10")


def _node(each: Property, drawing: Drawing, around: Around, library: Library) -> Node:
    name, label = each.name, say(each.label)
    match each.shape:
        case Shape.SAY:
            english = _("%(what)s, tiếng Anh") % {"what": label}
            return Node(
                [
                    drawing.area(f"{name}-vi", label, hint=each.hint, lang="vi"),
                    drawing.area(f"{name}-en", english, lang="en"),
                ]
            )
        case Shape.CHECK:
            return Node([drawing.check(name, label, hint=each.hint)])
        case Shape.LINES | Shape.SERVES | Shape.OPTIONS:
            return Node([drawing.area(name, label, hint=each.hint, least=3)])
        case Shape.PARTS:
            return _parts(each, drawing, library)
        case Shape.RULE:
            return rule(each.name, say(each.label), drawing, around)
        case _:
            listed = f"known_{name}" if each.options else ""
            field = drawing.text(name, label, hint=each.hint, css="w20", listed=listed)
            known = tuple((value, say(words)) for value, words in (each.options or {}).items())
            return Node([field], listed=listed, known=known)


def _parts(each: Property, drawing: Drawing, library: Library) -> Node:
    options = [(value, say(words)) for value, words in PARTS.items()]
    rows = []
    for part, fields in library.parts.items():
        label = ", ".join(say(Say(one["label"]["vi"], one["label"]["en"])) for one in fields[:2])
        order = _("Thứ tự của %(what)s") % {"what": label}
        rows.append(
            [
                drawing.select(f"{each.name}-{part}", label, options),
                drawing.text(f"{each.name}-{part}-at", order, css="w2"),
            ]
        )
    return Node(legend=say(each.label), rows=rows, fields=_wrong(drawing, each.name, say(each.label)))


def _wrong(drawing: Drawing, name: str, label: str) -> Sequence[FieldParts]:
    """Errors that belong to all lines stand at the first of them."""
    drawing.errors_of(name, f"id_{name}", label)
    return ()


def rule(name: str, label: str, drawing: Drawing, around: Around) -> Node:
    """The lines of a condition, and the rule as JSON for what they cannot say."""
    typed = drawing.typed
    how = drawing.select(f"{name}-how", label, [(value, say(words)) for value, words in HOW.items()])
    filled = [n for n in range(MOST_ROWS) if one(typed, f"{name}-{n}-field")]
    shown = min((filled[-1] + 1 if filled else 0) + (1 if filled else ROWS), MOST_ROWS)
    rows = [_line(name, n, drawing, around) for n in range(shown)]
    hint = Say(
        "Dùng khi các dòng trên không nói được; phép: var == != < <= > >= and or ! in if + - *",
        "For what the lines above cannot say; operators: var == != < <= > >= and or ! in if + - *",
    )
    by_json = one(typed, f"{name}-how") == "json"
    aside = drawing.area(f"{name}-json", _("Quy tắc (JSON)"), hint=hint)
    is_open = by_json or bool(aside.errors)
    return Node([how], legend=label, rows=rows, aside=aside, aside_open=is_open, quiet=True)


def _line(name: str, number: int, drawing: Drawing, around: Around) -> list[FieldParts]:
    here, n = f"{name}-{number}", number + 1
    fields = [("", _("(chọn mục)")), *((each.path, _field_words(each.label)) for each in around.readable)]
    tests = [(test, say(TESTS[test])) for test in TEST_NAMES]
    return [
        drawing.select(f"{here}-field", _("Mục xét ở dòng %(n)s") % {"n": n}, fields),
        drawing.select(f"{here}-test", _("So sánh ở dòng %(n)s") % {"n": n}, tests, preset=TEST_NAMES[0]),
        drawing.text(f"{here}-value", _("Câu trả lời ở dòng %(n)s") % {"n": n}, listed="answers"),
    ]


def _field_words(label: Say) -> str:
    told = say(label)
    return told if len(told) <= 70 else f"{told[:68]}…"


def answers_of(around: Around) -> list[str]:
    """The words of all answers that conditions may be compared with, for suggestions; long lists are left out."""
    some = [each for each in around.readable if len(each.options) <= 12]
    return list(dict.fromkeys(say(words) for each in some for _code, words in each.options))
