"""A form and its answers in words: for a page to be read, an answer to be checked, a paper to be signed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from motcua.eforms.places import provinces
from motcua.eforms.rules import ITEM, holds, operands
from motcua.eforms.shapes import CHOICES, Field, FieldType, Form, Rule, walk
from motcua.files.references import read_reference
from motcua.kernel.say import Say
from motcua.kernel.text import mask_number
from motcua.web.common.wording import say

Tongue = Callable[[Say], str]
SPELT = 12  # choices that are spelt out
BLANK_ROWS = 3  # of a group on a paper to be filled in by hand
YES = Say("Có", "Yes")
ONLY = Say("chỉ khi {when}", "only if {when}")
IS = Say("“{what}” là {which}", "“{what}” is {which}")
HAS = Say("“{what}” có {which}", "“{what}” has {which}")
ANSWERED = Say("“{what}” đã trả lời", "“{what}” is answered")
OR, AND = Say(" hoặc ", " or "), Say(" và ", " and ")


@dataclass(frozen=True, slots=True)
class Line:
    """One line. `kind`: line, choice, tick, text, file, heading (of a person or row); `options`: label and whether it
    is chosen, of a short list; `when`: the condition in words; `masked`: the value of somebody's personal number, as
    pages show it at first."""

    kind: str
    label: str
    value: str = ""
    hint: str = ""
    options: tuple[tuple[str, bool], ...] = ()
    when: str = ""
    required: bool = False
    level: int = 0
    masked: str = ""
    is_contact: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """One topic and its lines."""

    key: str
    title: str
    lines: tuple[Line, ...]

    @property
    def answers(self) -> list[tuple[str, tuple[Line, ...]]]:
        """What was answered, each stretch under the heading it stands below: none above nothing, and none that only
        says the topic's own title again."""
        under: list[str] = []
        found = []
        for line in self.lines:
            del under[line.level :]
            if line.kind == "heading":
                under.append(line.label)
            elif line.value:
                title = " – ".join(under[1:] or under)
                found.append(("" if title == self.title else title, line))
        return [
            (title, tuple(line for _, line in lines)) for title, lines in groupby(found, key=itemgetter(0))
        ]


def blank(form: Form, tongue: Tongue = say, *, rows: int = 1) -> tuple[Told, ...]:
    """Everything the form may ask, with conditions in words, each group with `rows` rows."""
    lines = _Lines(form, tongue, rows)
    return tuple(
        Told(page.key, tongue(page.title), tuple(lines.of(page.fields, None, "", 0))) for page in form.pages
    )


def told(
    form: Form, answers: Mapping[str, Any], tongue: Tongue = say, *, own: str | None = None
) -> tuple[Told, ...]:
    """What was asked and answered, of answers in their one form; topics without a question are left out. Told the
    reader's `own` personal number, those of everybody else are masked."""
    lines = _Lines(form, tongue, 0, answers)

    def seen(line: Line) -> Line:
        return (
            replace(line, value=line.masked)
            if own is not None and line.value != own and line.masked
            else line
        )

    found = (
        Told(
            page.key,
            tongue(page.title),
            tuple(seen(one) for one in lines.of(page.fields, answers, "", 0)),
        )
        for page in form.pages
    )
    return tuple(each for each in found if each.lines)


def value_words(field: Field, value: Any, tongue: Tongue = say) -> str:
    """An answer in words."""
    if value is None:
        return ""
    match field.type:
        case FieldType.DATE:
            return f"{date.fromisoformat(value):%d/%m/}{value[:4]}"
        case FieldType.MONEY:
            return f"{value:,}".replace(",", ".") + " đồng"
        case FieldType.ADDRESS:
            return address_words(value)
        case FieldType.COMPUTED if isinstance(value, int | float) and not isinstance(value, bool):
            return f"{value:,}".replace(",", " ").replace(".", ",").replace(" ", ".")
        case FieldType.UNDERTAKING:
            return tongue(YES)
        case FieldType.FILE:
            names = [one.name for each in value if (one := read_reference(each))]
            return ", ".join(names)
        case kind if kind in CHOICES:
            chosen = value if isinstance(value, list) else [value]
            return ", ".join(tongue(option.label) for option in field.options if option.code in chosen)
        case _:
            return str(value)


def address_words(value: Mapping[str, str]) -> str:
    """An address as it is written on papers."""
    province = provinces()[value["province"]]
    parts = (value.get("detail", ""), province.communes[value["commune"]], province.name)
    return ", ".join(part for part in parts if part)


_CONTACTS = frozenset({FieldType.PHONE, FieldType.EMAIL})


@dataclass(frozen=True, slots=True)
class _Lines:
    form: Form
    tongue: Tongue
    rows: int
    answers: Mapping[str, Any] | None = None

    def of(
        self,
        fields: Sequence[Field],
        item: Mapping[str, Any] | None,
        under: str,
        level: int,
        contacts: frozenset[FieldType] = _CONTACTS,
    ) -> Iterator[Line]:
        for field in fields:
            inside = item if under else None
            if self.answers is not None and not holds(field.visible_if, self.answers, inside):
                continue
            when = self._when(field, under)
            if field.type is FieldType.PERSON:
                yield Line(
                    "heading", self.tongue(field.label), hint=self._hint(field), when=when, level=level
                )
                inner, beneath = self._inner(item, field), f"{under}{field.key}."
                yield from self.of(field.fields, inner, beneath, level + 1, _CONTACTS | {FieldType.ADDRESS})
            elif field.type is FieldType.GROUP:
                yield from self._group(field, self._inner(item, field), under, level, when)
            elif field.type is FieldType.INFO:
                yield Line("text", self.tongue(field.label), when=when, level=level)
            else:
                line = self._leaf(field, item.get(field.key) if item is not None else None, when, level)
                yield replace(line, is_contact=field.type in contacts)

    def _inner(self, item: Mapping[str, Any] | None, field: Field) -> Any:
        return item.get(field.key, {}) if item is not None else None

    def _group(self, field: Field, rows: Any, under: str, level: int, when: str) -> Iterator[Line]:
        name = self.tongue(field.label)
        yield Line("heading", name, hint=self._hint(field), when=when, level=level)
        for n, row in enumerate(rows or [None] * self.rows, start=1):
            yield Line("heading", f"{name} – {n}", level=level + 1)
            yield from self.of(field.fields, row, f"{under}{field.key}.", level + 2)

    def _leaf(self, field: Field, value: Any, when: str, level: int) -> Line:
        kinds = {FieldType.UNDERTAKING: "tick", FieldType.FILE: "file"}
        chosen = value if isinstance(value, list) else [value]
        options = tuple((self.tongue(o.label), o.code in chosen) for o in field.options[:SPELT])
        options = options if len(field.options) <= SPELT else ()
        kind = "choice" if options else kinds.get(field.type, "line")
        said = value_words(field, value, self.tongue)
        return Line(
            kind=kind,
            label=self.tongue(field.label),
            value=said,
            hint=self._hint(field),
            options=options,
            when=when,
            required=field.required or bool(field.default),
            level=level,
            masked=mask_number(said) if field.type is FieldType.PERSONAL_ID else "",
        )

    def _hint(self, field: Field) -> str:
        return self.tongue(field.hint) if field.hint else ""

    def _when(self, field: Field, under: str) -> str:
        if self.answers is not None or field.visible_if is None:
            return ""
        said = condition_words(self.form, field.visible_if, under, self.tongue)
        return self.tongue(ONLY).format(when=said) if said else ""


def condition_words(form: Form, rule: Rule, under: str, tongue: Tongue = say) -> str:
    """A condition as people say it; nothing for one that has no plain words."""
    if not isinstance(rule, dict):
        return ""
    operator, told = operands(rule)
    if operator in ("and", "or"):
        parts = [condition_words(form, each, under, tongue) for each in told]
        return tongue(AND if operator == "and" else OR).join(dict.fromkeys(parts)) if all(parts) else ""
    if operator == "var":
        field = _field(form, told[0], under)
        return tongue(ANSWERED).format(what=tongue(field.label)) if field else ""
    if operator == "in" and isinstance(told[1], dict):
        return _said(form, operands(told[1])[1][0], [told[0]], under, tongue, HAS)
    if operator in ("==", "in") and isinstance(told[0], dict) and "var" in told[0]:
        codes = told[1] if isinstance(told[1], list) else [told[1]]
        return _said(form, operands(told[0])[1][0], codes, under, tongue, IS)
    return ""


def _said(form: Form, path: str, codes: Sequence[Any], under: str, tongue: Tongue, how: Say) -> str:
    field = _field(form, path, under)
    if field is None:
        return ""
    labels = [tongue(option.label) for option in field.options if option.code in codes]
    named = labels or [tongue(YES) if code is True else str(code) for code in codes]
    which = tongue(OR).join(f"“{label}”" for label in named)
    return tongue(how).format(what=tongue(field.label).rstrip(" ?:"), which=which)


def _field(form: Form, path: str, under: str) -> Field | None:
    whole = f"{under.rstrip('.')}{path[len(ITEM) :]}" if path.startswith(f"{ITEM}.") else path
    return dict(walk(form.fields)).get(whole)
