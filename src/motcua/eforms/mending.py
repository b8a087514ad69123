"""A form that was handed in and is mended: only what was named is answered anew, and what is asked because of it. Pure.

A field is named by its path; a group is one field, with all its rows. What tells who somebody is that has confirmed the
form, or consented to it, is never named: another person would stand where that one signed.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from motcua.eforms.answers import Answers, Fault, check
from motcua.eforms.confirming import NUMBER
from motcua.eforms.shapes import Field, FieldType, Form
from motcua.kernel.say import Say

_UNANSWERED = frozenset({FieldType.INFO, FieldType.COMPUTED})
_WHO = frozenset({"name", NUMBER})


@dataclass(frozen=True, slots=True)
class Mended:
    """The answers in their one form and `laid` as typed over what was; what is wrong; the fields that may be answered
    anew, those that stay as they were, and those whose answer is another one now."""

    answers: Answers
    laid: Answers
    faults: tuple[Fault, ...]
    open: frozenset[str]
    fixed: frozenset[str]
    changed: tuple[str, ...]


def leaves(fields: tuple[Field, ...], under: str = "") -> Iterator[tuple[str, Field]]:
    """Each field that is answered, with its path: the parts of a person, a group as one."""
    for field in fields:
        path = f"{under}{field.key}"
        if field.type is FieldType.PERSON:
            yield from leaves(field.fields, f"{path}.")
        elif field.type not in _UNANSWERED:
            yield path, field


def nameable(form: Form, answers: Mapping[str, Any]) -> dict[str, dict[str, Say]]:
    """What can be named as wrong in `answers` (in their one form), by topic: path and what it is called."""
    shown = check(form, answers).shown
    settled = {
        f"{field.key}.{part}" for field in form.fields if field.confirms or field.consents for part in _WHO
    }
    found = {
        page.key: {
            path: called(form, path, field)
            for path, field in leaves(page.fields)
            if path in shown and path not in settled
        }
        for page in form.pages
    }
    return {topic: fields for topic, fields in found.items() if fields}


def called(form: Form, path: str, field: Field) -> Say:
    """A field with the person it is of."""
    holder = next((one.label for one in form.fields if path.startswith(f"{one.key}.")), None)
    own = Say(*(text.rstrip(" .:;?") for text in (field.label.vi, field.label.en)))
    return Say(f"{holder.vi} – {own.vi}", f"{holder.en} – {own.en}") if holder else own


def named(form: Form, answers: Mapping[str, Any], *, topic: str, fields: Collection[str]) -> frozenset[str]:
    """What an item about `topic` names: `fields`, or where it names none, all of the topic."""
    own = set(nameable(form, answers).get(topic, {}))
    return frozenset(own & set(fields) if fields else own)


def mended(
    form: Form,
    before: Mapping[str, Any],
    typed: Mapping[str, Any],
    *,
    named: frozenset[str],
    on: date,
) -> Mended:
    """`before` (in their one form) with what was `typed` for the fields that are `named`, and for those that are asked
    or needed because of it; of everything else that was typed nothing counts. What would be wrong by now with a field
    that nobody named (a commune that is no more) is no fault, and stays as it was. A file stays until another is sent,
    or an answer says that there is none. `on`: today."""
    was, today = check(form, before), check(form, before, on=on)
    answered = [path for path, _field in leaves(form.fields)]
    old = {_leaf(fault.path, answered) for fault in today.faults}
    files = {path for path, field in leaves(form.fields) if field.type is FieldType.FILE}
    opened = named
    while True:
        laid = _laid_over(before, typed, opened)
        untouched = {path for path in opened & files if not answer_at(typed, path)}
        now = check(form, _laid_over(laid, before, untouched), on=on)
        asked = {path for path in answered if path in now.shown and path not in was.shown}
        asked |= {_leaf(fault.path, answered) for fault in now.faults} - old - {""}
        if asked <= opened:
            break
        opened |= asked
    fixed = frozenset(path for path in answered if path in was.shown) - opened
    stays = {path for path in fixed & old if path in now.shown}
    answers = _laid_over(now.answers, before, stays)
    faults = tuple(fault for fault in now.faults if _leaf(fault.path, answered) not in stays)
    changed = tuple(path for path in answered if answer_at(before, path) != answer_at(answers, path))
    return Mended(answers, laid, faults, opened, fixed, changed)


def _leaf(path: str, answered: Collection[str]) -> str:
    """The field that a fault is in; "" for none that is answered."""
    return next((one for one in answered if path == one or path.startswith(f"{one}.")), "")


def _laid_over(before: Mapping[str, Any], typed: Mapping[str, Any], paths: Collection[str]) -> Answers:
    """`before`, at `paths` as typed."""
    laid: Answers = {key: dict(one) if isinstance(one, Mapping) else one for key, one in before.items()}
    for path in paths:
        above, _dot, last = path.rpartition(".")
        inside = laid.setdefault(above, {}) if above else laid
        inside[last] = answer_at(typed, path)
    return laid


def answer_at(answers: Mapping[str, Any], path: str) -> Any:
    """What is answered at the path of a field outside groups."""
    value: Any = answers
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value
