"""A document of a procedure in one way of writing: what says nothing is left out, so that two that mean the same are
the same, and what an editor shows is what it writes. Pure."""

import dataclasses
import functools
import types
import typing
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

from motcua.catalogue.shapes import Condition, ProcedureVersion
from motcua.kernel.text import clean, nfc

Document = dict[str, Any]


def plain(document: Mapping[str, Any]) -> Document:
    """`document` without keys that say what holds anyway; conditions in one row, texts tidy. What is no part of the
    shape stays as it is: checking tells it."""
    return _object(ProcedureVersion, document)


def tidy(text: str) -> str:
    """NFC, lines ended one way, ends trimmed, without what cannot be seen."""
    lines = nfc(text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c in "\n\t" or c.isprintable() or c.isspace()).strip()


@functools.cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _object(kind: type[Any], data: Mapping[str, Any]) -> Document:
    if kind is Condition:
        data = _in_one_row(data)
    written = dict(data)
    for field in dataclasses.fields(kind):
        if field.name not in data:
            continue
        value = _value(_hints(typing.cast(Any, kind))[field.name], data[field.name])
        written[field.name] = value
        if field.default is not dataclasses.MISSING and value == as_json(field.default):
            del written[field.name]
    return written


def _value(hint: Any, data: Any) -> Any:
    origin = typing.get_origin(hint)
    if data is None:
        return None
    if origin in (typing.Union, types.UnionType):
        (hint,) = [a for a in typing.get_args(hint) if a is not type(None)]
        return _value(hint, data)
    if origin is tuple and isinstance(data, list):
        item = typing.get_args(hint)[0]
        if item is str:
            return [clean(one) if isinstance(one, str) else one for one in data]
        return [_value(item, one) for one in data]
    if dataclasses.is_dataclass(hint) and isinstance(data, Mapping):
        return _object(typing.cast("type[Any]", hint), data)
    if hint is Decimal and type(data) is int:
        return str(data)
    return tidy(data) if isinstance(data, str) else data


def as_json(value: Any) -> Any:
    """A value of a shape as its document writes it."""
    if isinstance(value, tuple):
        return [as_json(one) for one in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        told = {f.name: as_json(getattr(value, f.name)) for f in dataclasses.fields(value)}
        return _object(type(value), told)
    return value.value if isinstance(value, Enum) else value


def _in_one_row(condition: Mapping[str, Any]) -> Mapping[str, Any]:
    """What stands inside `also` of an `also` is read in the same order when it stands beside it
    (catalogue.conditions); asked twice, only answers that fit both times fit."""
    rows: dict[str, Document] = {}
    for part in _parts(condition):
        code = str(part.get("question"))
        told = dict(part)
        if code in rows:
            told["answers"] = [
                a for a in rows[code].get("answers", ["yes"]) if a in part.get("answers", ["yes"])
            ]
        rows[code] = told
    first, *rest = rows.values()
    return first | ({"also": rest} if rest else {})


def _parts(condition: Mapping[str, Any]) -> Iterator[Document]:
    yield {key: value for key, value in condition.items() if key != "also"}
    also = condition.get("also")
    for part in also if isinstance(also, list) else ():
        if isinstance(part, Mapping):
            yield from _parts(part)
