"""The JSON Schema (2020-12) of our documents, out of the dataclasses that read them: one truth for both. Pure."""

import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from motcua.kernel.say import Say

_FILLED = r"\S"
_PLAIN: Mapping[type, Mapping[str, Any]] = {
    str: {"type": "string", "pattern": _FILLED},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    UUID: {"type": "string", "format": "uuid"},
    # Never a float: an amount of time is a whole number or written out.
    Decimal: {"type": ["integer", "string"], "pattern": r"^-?[0-9]+(\.[0-9]+)?$"},
}


def schema_of(kind: type, *, address: str, title: str) -> dict[str, Any]:
    """The schema of documents that `catalogue.reading.read` takes for the dataclass `kind`."""
    known: dict[str, Any] = {}
    root = _of(kind, known)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address,
        "title": title,
        **root,
        "$defs": dict(sorted(known.items())),
    }


def _of(hint: Any, known: dict[str, Any]) -> dict[str, Any]:
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        (inner,) = [each for each in typing.get_args(hint) if each is not type(None)]
        return {"anyOf": [_of(inner, known), {"type": "null"}]}
    if origin is tuple:
        return {"type": "array", "items": _of(typing.get_args(hint)[0], known)}
    if hint in _PLAIN:
        return dict(_PLAIN[hint])
    return _named(hint, known, _enumerated if issubclass(hint, Enum) else _object)


def _named(
    kind: Any, known: dict[str, Any], drawn: Callable[[Any, dict[str, Any]], dict[str, Any]]
) -> dict[str, Any]:
    if kind.__name__ not in known:
        known[kind.__name__] = {}  # it may hold itself
        known[kind.__name__] = drawn(kind, known)
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _enumerated(kind: type[Enum], _known: dict[str, Any]) -> dict[str, Any]:
    return _described(kind) | {"enum": [member.value for member in kind]}


def _object(kind: type, known: dict[str, Any]) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    fields = dataclasses.fields(kind)
    # What was imported has no English yet.
    optional = {"en"} if kind is Say else {f.name for f in fields if _has_default(f)}
    return _described(kind) | {
        "type": "object",
        "properties": {f.name: _of(hints[f.name], known) for f in fields},
        "required": [f.name for f in fields if f.name not in optional],
        "additionalProperties": False,
    }


def _has_default(field: dataclasses.Field[Any]) -> bool:
    return field.default is not dataclasses.MISSING or field.default_factory is not dataclasses.MISSING


def _described(kind: type) -> dict[str, Any]:
    words = " ".join((kind.__doc__ or "").split())
    return {} if words.startswith(f"{kind.__name__}(") or not words else {"description": words}
