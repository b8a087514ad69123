"""A frozen dataclass as the schema of a JSON document: strict, and every fault told with its place."""

import dataclasses
import functools
import types
import typing
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, TypeVar

from motcua.kernel.errors import Invalid
from motcua.kernel.say import Say
from motcua.kernel.text import nfc

T = TypeVar("T")


@dataclasses.dataclass(frozen=True, slots=True)
class _Untranslated:
    vi: str


def fault(where: str, vi: str, en: str) -> Invalid:
    """A refusal that names the place in the document (`components[2].kind`)."""
    place = where or "(gốc)"
    return Invalid(f"{place}: {vi}", f"{where or '(root)'}: {en}", field=where)


def read(kind: type[T], data: Any, where: str = "") -> T:
    """`data` (parsed JSON) as an instance of the dataclass `kind`.

    Keys are the field names; a field without a default must be there, an unknown key is a fault. Texts are
    non-blank and come out NFC (the English of a Say may be missing: what was imported has none), decimals are
    whole numbers or decimal strings, never floats.
    Raises kernel.errors.Invalid that names the place.
    """
    if not isinstance(data, Mapping):
        raise fault(where, "cần một đối tượng JSON {…}", "a JSON object {…} is needed here")
    hints = _hints(typing.cast(Any, kind))
    fields = {f.name: f for f in dataclasses.fields(kind)}  # type: ignore[arg-type]
    for key in data:
        if key not in fields:
            raise fault(
                _under(where, key), "khóa lạ; hãy bỏ hoặc sửa tên khóa", "unknown key; drop or rename it"
            )
    values: dict[str, Any] = {}
    for name, field in fields.items():
        if name in data:
            values[name] = _value(hints[name], data[name], _under(where, name))
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            raise fault(_under(where, name), "thiếu khóa bắt buộc này", "this required key is missing")
    return kind(**values)


@functools.cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _under(where: str, name: object) -> str:
    return f"{where}.{name}" if where else str(name)


def _value(hint: Any, data: Any, where: str) -> Any:
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        if data is None:
            return None
        (hint,) = [a for a in typing.get_args(hint) if a is not type(None)]
        return _value(hint, data, where)
    if origin is tuple:
        if not isinstance(data, list):
            raise fault(where, "cần một danh sách […]", "a list […] is needed here")
        item = typing.get_args(hint)[0]
        return tuple(_value(item, v, f"{where}[{i}]") for i, v in enumerate(data))
    if hint is Say and isinstance(data, Mapping) and "en" not in data:
        return Say(read(_Untranslated, data, where).vi, "")
    if dataclasses.is_dataclass(hint):
        return read(typing.cast("type[Any]", hint), data, where)
    return _plain(hint, data, where)


def _plain(hint: Any, data: Any, where: str) -> Any:
    if hint is bool or hint is int:
        if type(data) is hint:
            return data
        word = "true hoặc false" if hint is bool else "một số nguyên"
        raise fault(
            where, f"cần {word}", f"{'true or false' if hint is bool else 'a whole number'} is needed here"
        )
    if hint is Decimal:
        return _decimal(data, where)
    if not isinstance(data, str) or not data.strip():
        raise fault(where, "cần một chuỗi có nội dung", "a text that is not blank is needed here")
    if hint is date:
        return _date(data, where)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _member(hint, data, where)
    return nfc(data)


def _decimal(data: Any, where: str) -> Decimal:
    try:
        if type(data) is int or isinstance(data, str):
            number = Decimal(data)
            if number.is_finite():
                return number
    except InvalidOperation:
        pass
    raise fault(
        where, "cần số nguyên hoặc chuỗi thập phân", "a whole number or a decimal string is needed here"
    )


def _date(data: str, where: str) -> date:
    try:
        return date.fromisoformat(data)
    except ValueError:
        raise fault(where, "cần ngày dạng NNNN-TT-NN", "a date like 2026-07-01 is needed here") from None


def _member(kind: type[Enum], data: str, where: str) -> Enum:
    try:
        return kind(data)
    except ValueError:
        known = ", ".join(str(m.value) for m in kind)
        raise fault(where, f"“{data}” không có trong: {known}", f"“{data}” is none of: {known}") from None
