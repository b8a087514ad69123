"""Fields that no answers can bring up. Pure: every combination of answers to what their conditions read is tried."""

import itertools
from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

from motcua.eforms.rules import ITEM, holds, variables
from motcua.eforms.shapes import CHOICES, Field, FieldType, Form, walk

MOST = 20_000  # combinations; what needs more is not judged


def unreachable(form: Form) -> tuple[str, ...]:
    """The paths of fields that are never asked, where that can be known: conditions on numbers, days and texts are not
    judged."""
    fields = dict(walk(form.fields))
    return tuple(path for path in fields if _conditions(path, fields) and _never(path, fields))


def _conditions(path: str, fields: Mapping[str, Field]) -> bool:
    return any(fields[each].visible_if is not None for each in _line(path))


def _line(path: str) -> list[str]:
    """The fields that hold the field, and itself."""
    keys = path.split(".")
    return [".".join(keys[: n + 1]) for n in range(len(keys))]


def _read(path: str, fields: Mapping[str, Field]) -> set[str]:
    """The fields that the conditions of `path` read."""
    inside = path.rpartition(".")[0]
    found = set()
    for each in variables(fields[path].visible_if):
        whole = f"{inside}{each[len(ITEM) :]}" if each.startswith(f"{ITEM}.") else each
        found.add(whole if whole in fields else whole.rpartition(".")[0])
    return found


def _never(path: str, fields: Mapping[str, Field]) -> bool:
    needed: set[str] = set()
    left = set(_line(path))
    while left:
        each = left.pop()
        read = _read(each, fields) | set(_line(each))
        left |= read - needed - {each}
        needed |= read
    needed -= set(_line(path)[-1:])
    domains = {each: _values(fields[each]) for each in fields if each in needed}
    if any(domain is None for domain in domains.values()):
        return False
    known = {each: domain for each, domain in domains.items() if domain is not None}
    if prod(map(len, known.values())) > MOST:
        return False
    return not any(_shown(path, fields, known, chosen) for chosen in itertools.product(*known.values()))


def _values(field: Field) -> Sequence[Any] | None:
    """Every answer a field may have; None where they cannot be counted. Of ticks: none, each alone, all."""
    codes = [option.code for option in field.options]
    if field.type is FieldType.CHECKBOXES:
        return (None, *([code] for code in codes), codes)
    if field.type in CHOICES:
        return (None, *codes)
    if field.type is FieldType.UNDERTAKING:
        return (None, True)
    return ({},) if field.fields else None


def _shown(
    path: str, fields: Mapping[str, Field], domains: Mapping[str, Sequence[Any]], chosen: Sequence[Any]
) -> bool:
    """Whether `path` is asked when the fields before it are answered as `chosen`, in document order."""
    answers: dict[str, Any] = {}
    hidden: set[str] = set()
    for each, value in (*zip(domains, chosen, strict=True), (path, None)):
        under = each.rpartition(".")[0]
        item = _inside(answers, under)
        if under in hidden or not holds(fields[each].visible_if, answers, item):
            hidden.add(each)
        elif value is not None:
            into = answers if item is None else item
            into[each.rpartition(".")[2]] = {} if value == {} else value
    return path not in hidden


def _inside(answers: dict[str, Any], under: str) -> Any:
    found: Any = answers if under else None
    for key in under.split(".") if under else ():
        found = found.get(key) if isinstance(found, dict) else None
    return found
