"""The controls of the designer's forms, made without Django's forms: what is typed is a place in a document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from motcua.kernel.say import Say
from motcua.web.common.fields import FieldParts
from motcua.web.common.wording import say

Typed = Mapping[str, Sequence[str]]


def one(typed: Typed, name: str) -> str:
    """The last value of a name."""
    values = typed.get(name) or [""]
    return str(values[-1])


@dataclass(slots=True)
class Drawing:
    """What is typed and what is wrong with it, by control; `linked`: the lines of the summary."""

    typed: Typed
    errors: Mapping[str, Sequence[Say]]
    told: set[str] = field(default_factory=set)
    linked: list[dict[str, str]] = field(default_factory=list)

    def text(
        self,
        name: str,
        label: str,
        *,
        hint: Say | None = None,
        css: str = "wfull",
        lang: str = "",
        listed: str = "",
        under: str = "",
    ) -> FieldParts:
        """A line of text; `under`: the legend it stands under, which the summary says with it."""
        attrs = {"class": css, "autocomplete": "off"} | ({"lang": lang} if lang else {})
        attrs |= {"list": listed} if listed else {}
        control = {"type": "text", "name": name, "value": one(self.typed, name), "attrs": attrs}
        return self._parts("input", name, label, control, hint, under)

    def area(
        self, name: str, label: str, *, hint: Say | None = None, lang: str = "", least: int = 1
    ) -> FieldParts:
        """Lines of text, as high as what stands in it."""
        value = one(self.typed, name)
        lines = sum(1 + len(line) // 60 for line in value.splitlines()) or 1
        attrs = {"rows": min(max(lines, least), 16), "class": "short wfull"} | (
            {"lang": lang} if lang else {}
        )
        return self._parts("textarea", name, label, {"name": name, "value": value, "attrs": attrs}, hint)

    def check(self, name: str, label: str, *, hint: Say | None = None) -> FieldParts:
        """A box to tick."""
        is_on = bool(one(self.typed, name))
        control = {"type": "checkbox", "name": name, "value": "on", "attrs": {"checked": is_on}}
        return self._parts("checkbox", name, label, control, hint)

    def select(
        self,
        name: str,
        label: str,
        options: Sequence[tuple[str, str]],
        *,
        hint: Say | None = None,
        preset: str = "",
        under: str = "",
        groups: Mapping[str, Sequence[tuple[str, str]]] = {},
    ) -> FieldParts:
        """One of `options`, or of `groups` of further ones by what they are called; a value that is none of them stands
        there as it is. `under`: as of a line of text."""
        chosen = one(self.typed, name) or preset
        if chosen not in {value for each in (options, *groups.values()) for value, _words in each}:
            options = [*options, (chosen, chosen)]
        drawn = [
            (
                group,
                [
                    {"value": value, "label": words, "attrs": {"selected": value == chosen}}
                    for value, words in each
                ],
                n,
            )
            for n, (group, each) in enumerate([(None, options), *groups.items()])
        ]
        control = {"name": name, "attrs": {}, "optgroups": drawn}
        return self._parts("select", name, label, control, hint, under)

    def _parts(
        self,
        kind: str,
        name: str,
        label: str,
        control: Mapping[str, Any],
        hint: Say | None,
        under: str = "",
    ) -> FieldParts:
        ident, hint_words = f"id_{name}", say(hint) if hint is not None else ""
        errors = self.errors_of(name, ident, f"{under}, {label}" if under else label)
        told = " ".join(f"{ident}_{end}" for end, there in (("error", errors), ("hint", hint_words)) if there)
        attrs = {"id": ident, **control["attrs"]}
        attrs |= {"aria-describedby": told} if told else {}
        attrs |= {"aria-invalid": "true"} if errors else {}
        return FieldParts(
            kind=kind,
            id=ident,
            target=ident,
            label=label,
            hint=hint_words,
            errors=errors,
            described_by=told,
            optional=False,
            condition="",
            control={**control, "attrs": attrs},
        )

    def errors_of(self, name: str, target: str, label: str) -> tuple[str, ...]:
        """What is wrong with a control, told in the summary as well."""
        if name in self.told:
            return ()
        self.told.add(name)
        found = tuple(dict.fromkeys(say(each) for each in self.errors.get(name, ())))
        self.linked += [
            {"target": target, "label": f"{label.rstrip(' .:;?')}:", "text": text} for text in found
        ]
        return found

    def left_over(self) -> list[str]:
        """What is wrong and has no control."""
        return [say(each) for name, told in self.errors.items() if name not in self.told for each in told]
