"""Answers that are known already: taken from a source, and only where they would count. Pure."""

from collections.abc import Mapping
from typing import Any

from motcua.eforms.kinds import KINDS, Wrong
from motcua.eforms.rules import holds
from motcua.eforms.shapes import Field, FieldType, Form


def prefilled(
    form: Form, sources: Mapping[str, Mapping[str, Any]], answers: Mapping[str, Any]
) -> dict[str, Any]:
    """Answers out of `sources`, such as {"account": {"name": "NGUYỄN VĂN AN"}}; what does not do as an answer is left
    out, and a person whom the `answers` so far tell to be somebody else."""
    return _taken(tuple(one for one in form.fields if holds(one.prefill_if, answers)), sources)


def _taken(fields: tuple[Field, ...], sources: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field in fields:
        value = _taken(field.fields, sources) if field.type is FieldType.PERSON else _value(field, sources)
        if value not in (None, {}):
            found[field.key] = value
    return found


def _value(field: Field, sources: Mapping[str, Mapping[str, Any]]) -> Any:
    source, _, name = field.prefill.partition(".")
    raw = sources.get(source, {}).get(name)
    if raw is None:
        return None
    try:
        return KINDS[field.type].read(field, raw, None)
    except Wrong:
        return None
