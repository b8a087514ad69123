"""Any instance of a dataclass, made from its type hints, and the schema of one as plain data."""

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from motcua.kernel.text import nfc

PLAIN: Mapping[type, st.SearchStrategy] = {
    str: st.text(max_size=20).map(nfc),
    int: st.integers(-(2**53) + 1, 2**53 - 1),
    bool: st.booleans(),
    bytes: st.binary(max_size=32),
    UUID: st.uuids(),
    date: st.dates(),
    datetime: st.datetimes(timezones=st.just(UTC)),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False),
}


def instances(hint: Any) -> st.SearchStrategy:
    """Values of a type hint: a dataclass, a plain type, an optional one, or a tuple or map of them."""
    if hint in PLAIN:
        return PLAIN[hint]
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return st.one_of(*(st.none() if a is type(None) else instances(a) for a in inner))
    if origin is tuple:
        return st.lists(instances(inner[0]), max_size=3).map(tuple)
    if origin is Mapping:
        return st.dictionaries(instances(inner[0]), instances(inner[1]), max_size=3)
    if dataclasses.is_dataclass(hint):
        hints = typing.get_type_hints(hint)
        return st.builds(hint, **{f.name: instances(hints[f.name]) for f in dataclasses.fields(hint)})
    raise TypeError(f"no way to make {hint}")


def schema(kind: Any) -> dict[str, str]:
    """The fields of a dataclass with their types; the fields of inner ones stand as `outer.inner`."""
    hints = typing.get_type_hints(kind)
    found: dict[str, str] = {}
    for field in dataclasses.fields(kind):
        hint = hints[field.name]
        found[field.name] = _written(hint)
        for inner in _dataclasses_in(hint):
            found |= {f"{field.name}.{name}": text for name, text in schema(inner).items()}
    return found


def _written(hint: Any) -> str:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return " | ".join(_written(a) for a in inner)
    if origin is tuple:
        return f"list of {_written(inner[0])}"
    if origin is Mapping:
        return f"map of {_written(inner[1])}"
    if dataclasses.is_dataclass(hint):
        return "object"
    return "null" if hint is type(None) else str(hint.__name__)


def _dataclasses_in(hint: Any) -> list[Any]:
    if dataclasses.is_dataclass(hint):
        return [hint]
    return [found for inner in typing.get_args(hint) for found in _dataclasses_in(inner)]
