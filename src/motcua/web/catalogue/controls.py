"""The form of a part, drawn from what is typed: fields, pairs of languages, rows in rows. Only reads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from motcua.kernel.say import Say
from motcua.web.catalogue.mapping import AT, BETWEEN, REMOVE, Typed, indices, under
from motcua.web.catalogue.part_rows import Item, Shape
from motcua.web.catalogue.part_words import UNITS
from motcua.web.catalogue.parts import Part
from motcua.web.common.fields import FieldParts, Part as Choice
from motcua.web.common.wording import say

# How many more blank lines the button gives; of rows that fold, one.
MORE_LINES = 3
# What stands side by side.
SHORT = frozenset({Shape.WHOLE, Shape.CHOICE, Shape.LINE, Shape.TIERS})
YES_NO = {"yes": Say("Có", "Yes"), "no": Say("Không", "No")}
Errors = Mapping[str, Say]


@dataclass(frozen=True, slots=True)
class Row:
    """One element of a list. `title`: what it is called so far, "" for a blank one."""

    id: str
    number: int
    title: str
    hidden: Sequence[tuple[str, str]]
    at: FieldParts
    remove: FieldParts | None
    main: Sequence["Node"]
    aside: Sequence["Node"]
    errors: Sequence[str]
    is_open: bool
    aside_open: bool


@dataclass(frozen=True, slots=True)
class Node:
    """What stands in a form: one field, a few side by side, or rows."""

    kind: str  # "fields" or "rows"
    label: str = ""
    name: str = ""
    hint: str = ""
    fields: Sequence[FieldParts] = ()
    rows: Sequence[Row] = ()
    is_nested: bool = False
    is_simple: bool = False
    errors: Sequence[str] = ()


@dataclass(slots=True)
class Drawing:
    """What is being drawn: what was typed, what is wrong, the document whose codes are picked, for which list more
    rows were asked. `told`: the errors that found their field."""

    typed: Typed
    errors: Errors
    document: Mapping[str, Any]
    more: str = ""
    told: set[str] = field(default_factory=set)
    linked: list[dict[str, str]] = field(default_factory=list)
    within: list[str] = field(default_factory=list)

    def nodes(self, part: Part) -> list[Node]:
        """The form of `part`."""
        return self._side_by_side((item, item.key.replace(".", "-")) for item in part.items)

    def left_over(self) -> list[str]:
        """Errors without a field of their own."""
        return [say(words) for name, words in self.errors.items() if name not in self.told]

    def _side_by_side(self, named: Iterable[tuple[Item, str]], *, nested: bool = False) -> list[Node]:
        nodes: list[Node] = []
        short: list[FieldParts] = []
        for item, name in named:
            if item.shape in SHORT:
                short += self._fields(item, name)
                continue
            if short:
                nodes.append(Node("fields", fields=short))
                short = []
            if item.shape is Shape.ROWS:
                nodes.append(self._rows(item, name, nested=nested))
            elif item.shape is not Shape.CODE and (fields := self._fields(item, name)):
                nodes.append(Node("fields", fields=fields))
        return [*nodes, Node("fields", fields=short)] if short else nodes

    def fields(self, item: Item, name: str) -> list[FieldParts]:
        """The fields of one item that stands by itself."""
        return self._fields(item, name)

    # --- fields ---------------------------------------------------------

    def _fields(self, item: Item, name: str) -> list[FieldParts]:
        label = say(item.label)
        if item.shape is Shape.SAY:
            return [
                self._area(f"{name}-vi", label, item, also=name),
                self._area(f"{name}-en", _("%(what)s, tiếng Anh") % {"what": label}, None, lang="en"),
            ]
        if item.shape is Shape.LIMIT:
            unit = Item("unit", Say("", ""), Shape.CHOICE, UNITS)
            return [
                self._input(f"{name}-value", label, item, css="w4", also=name),
                self._select(
                    f"{name}-unit", _("%(what)s, đơn vị") % {"what": label}, unit, [self._one(f"{name}-unit")]
                ),
            ]
        if item.shape in (Shape.TEXT, Shape.LINES):
            return [self._area(name, label, item)]
        if item.shape is Shape.CHOICE:
            return [self._select(name, label, item, [self._one(name)])]
        if item.shape is Shape.CONDITION:
            return self._condition(item, name)
        if item.shape in (Shape.CHOICES, Shape.PICK):
            choices = self._choices(name, label, item)
            return [choices] if choices.parts else []
        if item.shape is Shape.CHECK:
            return [self._check(name, label, value="on", is_on=bool(self._one(name)), item=item)]
        css = {Shape.WHOLE: "w10"}.get(item.shape, "")
        return [self._input(name, label, item, css=css)]

    def _one(self, name: str) -> str:
        values = self.typed.get(name) or [""]
        return str(values[-1])

    def _errors(self, target: str, label: str, *names: str) -> tuple[str, ...]:
        found = []
        for name in names:
            if name in self.errors and name not in self.told:
                self.told.add(name)
                found.append(say(self.errors[name]))
        for text in found:
            place = ", ".join((*self.within, label.rstrip(" .:;?")))
            self.linked.append({"target": target, "label": f"{place}:", "text": text})
        return tuple(found)

    def _parts(
        self, name: str, label: str, kind: str, control: Mapping[str, Any], item: Item | None, also: str = ""
    ) -> FieldParts:
        ident = f"id_{name}"
        errors = self._errors(ident, label, name, *([also] if also else []))
        hint = say(item.hint) if item is not None and item.hint is not None else ""
        told = " ".join(f"{ident}_{end}" for end, there in (("error", errors), ("hint", hint)) if there)
        attrs = {"id": ident, **control["attrs"]}
        attrs |= {"aria-describedby": told} if told else {}
        attrs |= {"aria-invalid": "true"} if errors else {}
        return _plain_parts(kind, ident, ident, label, hint, errors, told, {**control, "attrs": attrs})

    def _input(
        self, name: str, label: str, item: Item | None, *, css: str = "", also: str = ""
    ) -> FieldParts:
        attrs = {"class": css, "autocomplete": "off"} if css else {"autocomplete": "off"}
        control = {"type": "text", "name": name, "value": self._one(name), "attrs": attrs}
        return self._parts(name, label, "input", control, item, also)

    def _area(
        self, name: str, label: str, item: Item | None, *, also: str = "", lang: str = "vi"
    ) -> FieldParts:
        value = self._one(name)
        lines = sum(1 + len(line) // 50 for line in value.splitlines()) or 1
        short = item is None or item.shape is not Shape.LINES
        attrs = {"rows": min(max(lines, 1 if short else 4), 14), "class": "short wfull", "lang": lang}
        return self._parts(
            name, label, "textarea", {"name": name, "value": value, "attrs": attrs}, item, also
        )

    def _select(
        self, name: str, label: str, item: Item, chosen: Sequence[str], number: int = 0
    ) -> FieldParts:
        options = [(str(value), say(words)) for value, words in (item.options or {}).items()]
        if not item.preset:
            options.insert(0, ("", _("(chưa chọn)")))
        groups = [(None, [_option(value, words, chosen[0]) for value, words in options], 0)]
        if chosen[0] and chosen[0] not in {value for value, _words in options}:
            groups[0][1].append(_option(chosen[0], chosen[0], chosen[0]))
        control = {"name": name, "attrs": {}, "optgroups": groups}
        return self._parts(name, label, "select", control, item)

    def _condition(self, item: Item, name: str) -> list[FieldParts]:
        chosen = [one for one in self.typed.get(name, ()) if one]
        return [self._answer(item, name, n, one) for n, one in enumerate([*chosen, ""])]

    def _answer(self, item: Item, name: str, number: int, chosen: str) -> FieldParts:
        groups: list[Any] = [(None, [_option("", _("(không đặt điều kiện)"), chosen)], 0)]
        known = {""}
        for question in self.document.get("questions", ()):
            code = str(question.get("code"))
            given = {o["code"]: o.get("label") for o in question.get("options", ())} or YES_NO
            options = [
                _option(f"{code}{BETWEEN}{answer}", say(words), chosen) for answer, words in given.items()
            ]
            known |= {option["value"] for option in options}
            groups.append((say(question.get("text")) or code, options, 0))
        if chosen not in known:
            groups[0][1].append(_option(chosen, _("(câu hỏi đã bỏ) %(what)s") % {"what": chosen}, chosen))
        control = {"name": name, "attrs": {"id": f"id_{name}-{number}"}, "optgroups": groups}
        label = say(item.label) if not number else _("và trả lời")
        return [self._parts(name, label, "select", control, item if not number else None)][0]

    def _choices(self, name: str, label: str, item: Item) -> FieldParts:
        chosen = [str(one) for one in self.typed.get(name, ())]
        known = self._known(item)
        # What is chosen first, in its own order: that is the order it is sent back in.
        values = [*chosen, *(value for value in known if value not in chosen)] if item.pick else list(known)
        ident = f"id_{name}"
        parts = tuple(
            Choice(
                f"{ident}-{n}",
                known.get(value, value),
                {
                    "type": "checkbox",
                    "name": name,
                    "value": value,
                    "attrs": {"id": f"{ident}-{n}", "checked": value in chosen},
                },
            )
            for n, value in enumerate(dict.fromkeys(values))
        )
        target = parts[0].id if parts else ident
        errors = self._errors(target, label, name)
        hint = say(item.hint) if item.hint is not None else ""
        told = " ".join(f"{ident}_{end}" for end, there in (("error", errors), ("hint", hint)) if there)
        return replace(_plain_parts("choices", ident, target, label, hint, errors, told, None), parts=parts)

    def _known(self, item: Item) -> dict[str, str]:
        if not item.pick:
            return {str(value): say(words) for value, words in (item.options or {}).items()}
        found = {}
        for one in self.document.get(item.pick, ()):
            code = str(one.get("code"))
            found[code] = say(one.get("name") or one.get("label")) or code
        return found

    def _check(
        self, name: str, label: str, *, value: str, is_on: bool, item: Item | None = None
    ) -> FieldParts:
        control = {"type": "checkbox", "name": name, "value": value, "attrs": {"checked": is_on}}
        return self._parts(name, label, "checkbox", control, item)

    # --- rows -----------------------------------------------------------

    def _rows(self, item: Item, name: str, *, nested: bool) -> Node:
        there = indices(self.typed, name)
        is_simple = len([one for one in item.of if one.shape is not Shape.CODE]) < 3
        spare = 0 if there and (not is_simple or not self._title(item, f"{name}-{there[-1]}")) else item.spare
        if self.more == name:
            spare = MORE_LINES if is_simple else 1
        first = there[-1] + 1 if there else 0
        numbers = [*there, *range(first, first + spare)]
        rows = [self._row(item, f"{name}-{i}", i, n) for n, i in enumerate(numbers)]
        return Node(
            "rows",
            say(item.label),
            name,
            say(item.hint) if item.hint is not None else "",
            rows=rows,
            is_nested=nested,
            is_simple=is_simple,
            errors=self._errors(f"rows_{name}", say(item.label), name),
        )

    def _title(self, item: Item, name: str) -> str:
        for part in item.of:
            base = under(name, part)
            text = self._one(f"{base}-vi" if part.shape is Shape.SAY else base).strip()
            if part.options is not None and text:
                return say({str(k): v for k, v in part.options.items()}.get(text, text))
            if text and part.shape not in (Shape.CODE, Shape.ROWS):
                return text if len(text) < 90 else f"{text[:88]}…"
        return ""

    def _row(self, item: Item, name: str, index: int, number: int) -> Row:
        title = self._title(item, name)
        code = self._one(f"{name}-code")
        own = self._errors(f"row_{name}", f"{say(item.label)} {number + 1}", name, f"{name}-code")
        wrong = {error for error in self.errors if error.startswith(f"{name}-")}
        what = f"{say(item.label)} {number + 1}"
        self.within.append(what)
        main = self._side_by_side(((one, under(name, one)) for one in item.of if not one.aside), nested=True)
        shown = [one for one in item.of if one.aside]
        aside = self._side_by_side(((one, under(name, one)) for one in shown), nested=True)
        self.within.pop()
        aside_wrong = any(error.startswith(under(name, one)) for one in shown for error in wrong)
        at = self._input(f"{name}-{AT}", _("Thứ tự của %(what)s") % {"what": what}, None, css="w2")
        at = _valued(at, self._one(f"{name}-{AT}") or str(number + 1))
        remove = self._check(
            f"{name}-{REMOVE}",
            _("Bỏ %(what)s") % {"what": what},
            value="yes",
            is_on=bool(self._one(f"{name}-{REMOVE}")),
        )
        return Row(
            id=f"row_{name}",
            number=number + 1,
            title=title,
            hidden=[(f"{name}-code", code)] if any(one.shape is Shape.CODE for one in item.of) else [],
            at=at,
            remove=remove if title else None,
            main=main,
            aside=aside,
            errors=own,
            is_open=not title or bool(own or wrong),
            aside_open=aside_wrong,
        )


def _plain_parts(
    kind: str,
    ident: str,
    target: str,
    label: str,
    hint: str,
    errors: tuple[str, ...],
    described_by: str,
    control: Mapping[str, Any] | None,
) -> FieldParts:
    return FieldParts(
        kind=kind,
        id=ident,
        target=target,
        label=label,
        hint=hint,
        errors=errors,
        described_by=described_by,
        optional=False,
        condition="",
        control=control,
    )


def _valued(parts: FieldParts, value: str) -> FieldParts:
    return replace(parts, control={**(parts.control or {}), "value": value})


def _option(value: str, label: str, chosen: str) -> dict[str, Any]:
    return {"value": value, "label": label, "attrs": {"selected": True} if value == chosen else {}}
