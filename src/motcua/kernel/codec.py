"""Frozen dataclasses to plain data and back, for events and published versions. No floats, ever."""

import dataclasses
import functools
import types
import typing
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar, cast
from uuid import UUID

from motcua.kernel.text import nfc
from motcua.kernel.time import parse_utc, utc_text

T = TypeVar("T")


def encode(value: Any) -> Any:
    """`value` as JSON data: strings NFC, instants UTC, decimals, ids and digests as strings, no floats."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, Enum):
        return encode(value.value)
    if isinstance(value, str):
        return nfc(value)
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, bytes):
        return value.hex()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f: encode(getattr(value, f)) for f in _names(type(value))}
    if isinstance(value, Mapping):
        return {nfc(str(k)): encode(v) for k, v in value.items()}
    if isinstance(value, tuple | list):
        return [encode(v) for v in value]
    raise TypeError(f"{type(value).__name__} cannot stand in an event")


@functools.cache
def _names(cls: type) -> tuple[str, ...]:
    return tuple(f.name for f in dataclasses.fields(cls))


@functools.cache
def _hints(cls: Any) -> dict[str, Any]:
    return typing.get_type_hints(cls)


def decode(kind: type[T], data: Any) -> T:
    """`data` (as `encode` wrote it) as an instance of the dataclass `kind`; fields it lacks take defaults."""
    hints = _hints(cast(Any, kind))
    known = {f.name: f for f in dataclasses.fields(kind)}  # type: ignore[arg-type]
    unknown = set(data) - set(known)
    if unknown:
        raise ValueError(f"{kind.__name__}: unknown fields {sorted(unknown)}")
    return kind(**{name: _value(hints[name], data[name]) for name in known if name in data})


def _value(hint: Any, data: Any) -> Any:
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        if data is None:
            return None
        inner = [a for a in typing.get_args(hint) if a is not type(None)]
        return _value(inner[0], data) if len(inner) == 1 else data
    if origin is tuple:
        (inner_hint, *_) = typing.get_args(hint)
        return tuple(_value(inner_hint, v) for v in data)
    if origin is dict or origin is Mapping:
        return dict(data)
    if isinstance(hint, type):
        return _plain(hint, data)
    return data


def _plain(hint: type, data: Any) -> Any:
    if dataclasses.is_dataclass(hint):
        return decode(hint, data)
    if hint is datetime:
        return parse_utc(data)
    if hint is date:
        return date.fromisoformat(data)
    if hint is bytes:
        return bytes.fromhex(data)
    if issubclass(hint, UUID | Decimal | Enum):
        return hint(data)
    return data
