"""A frozen dataclass as the schema of a JSON document: strict, and every fault told with its place."""

import dataclasses
import functools
import re
import types
import typing
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar

from motcua.kernel.errors import Invalid
from motcua.kernel.say import Say
from motcua.kernel.text import nfc

T = TypeVar("T")


@dataclasses.dataclass(frozen=True, slots=True)
class _Untranslated:
    vi: str


MISSING = Say("thiếu khóa bắt buộc này", "this required key is missing")
BLANK = Say("cần một chuỗi có nội dung", "a text that is not blank is needed here")
MOST = (
    10**12
)  # of any number: what is larger is no number of anything, and a clock or a sum would choke on it
DECIMAL = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")


class Fault(Invalid):
    """What is wrong at a place of a document; `reason` says it without the place."""

    def __init__(self, where: str, reason: Say) -> None:
        super().__init__(f"{where or '(gốc)'}: {reason.vi}", f"{where or '(root)'}: {reason.en}", field=where)
        self.reason = reason


class _Broken(Exception):
    """Something inside was wrong, and is told already."""


_told: ContextVar[list[Fault] | None] = ContextVar("motcua_faults", default=None)


def fault(where: str, vi: str, en: str) -> Fault:
    """A refusal that names the place in the document (`components[2].kind`)."""
    return Fault(where, Say(vi, en))


def read_all(kind: type[T], data: Any) -> tuple[T | None, list[Fault]]:
    """As `read`, but goes on after a fault: what was read (None where something is wrong), and every fault."""
    told: list[Fault] = []
    token = _told.set(told)
    try:
        return read(kind, data), told
    except (Fault, _Broken) as one:
        _go_on(one)
        return None, told
    finally:
        _told.reset(token)


def _go_on(one: "Fault | _Broken") -> None:
    """Where faults are listed, one is written down and what stands beside it is read all the same."""
    told = _told.get()
    if told is None:
        raise one
    if isinstance(one, Fault):
        told.append(one)


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
    is_whole = True
    for key in data:
        if key not in fields:
            is_whole = False
            _go_on(
                fault(
                    _under(where, key), "khóa lạ; hãy bỏ hoặc sửa tên khóa", "unknown key; drop or rename it"
                )
            )
    values: dict[str, Any] = {}
    for name, field in fields.items():
        try:
            if name in data:
                values[name] = _value(hints[name], data[name], _under(where, name))
            elif field.default is dataclasses.MISSING:
                raise Fault(_under(where, name), MISSING)
            else:
                values[name] = field.default
        except (Fault, _Broken) as one:
            _go_on(one)
    if not is_whole or len(values) < len(fields):
        raise _Broken
    return kind(**values)


@functools.cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _under(where: str, name: object) -> str:
    return f"{where}.{name}" if where else str(name)


def _value(hint: Any, data: Any, where: str) -> Any:
    if hint is Any:  # JSON that stands for itself, such as a condition
        return data
    origin = typing.get_origin(hint)
    if origin in (typing.Union, types.UnionType):
        if data is None:
            return None
        (hint,) = [a for a in typing.get_args(hint) if a is not type(None)]
        return _value(hint, data, where)
    if origin is tuple:
        if not isinstance(data, list):
            raise fault(where, "cần một danh sách […]", "a list […] is needed here")
        item, read_ones = typing.get_args(hint)[0], []
        for i, one in enumerate(data):
            try:
                read_ones.append(_value(item, one, f"{where}[{i}]"))
            except (Fault, _Broken) as wrong:
                _go_on(wrong)
        if len(read_ones) < len(data):
            raise _Broken
        return tuple(read_ones)
    if hint is Say and isinstance(data, Mapping) and "en" not in data:
        return Say(read(_Untranslated, data, where).vi, "")
    if dataclasses.is_dataclass(hint):
        return read(typing.cast("type[Any]", hint), data, where)
    return _plain(hint, data, where)


def _plain(hint: Any, data: Any, where: str) -> Any:
    if hint is bool or hint is int:
        if type(data) is hint:
            if abs(data) > MOST:
                raise fault(where, f"số lớn quá {MOST}", f"the number is beyond {MOST}")
            return data
        word = "true hoặc false" if hint is bool else "một số nguyên"
        raise fault(
            where, f"cần {word}", f"{'true or false' if hint is bool else 'a whole number'} is needed here"
        )
    if hint is Decimal:
        return _decimal(data, where)
    if not isinstance(data, str) or not data.strip():
        raise Fault(where, BLANK)
    if hint is date:
        return _date(data, where)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _member(hint, data, where)
    return nfc(data)


def _decimal(data: Any, where: str) -> Decimal:
    text = str(data) if type(data) is int and abs(data) <= MOST else data
    if isinstance(text, str) and DECIMAL.fullmatch(text):
        return Decimal(text)
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
