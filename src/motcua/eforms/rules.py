"""The rules of forms: a strict subset of JsonLogic. Pure; `eform_rules.js` says the same in the browser, and a test
compares the two.

Strict: nothing is coerced. A number is finite and at most 2^53 - 1 in size (beyond it browsers round), else it is null.
Texts are compared in NFC. Order is between two numbers or two days (2026-11-22). A list or an object equals nothing.
What cannot be reckoned is null, an order that does not exist is false.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from motcua.eforms.shapes import Rule
from motcua.kernel.text import nfc

LARGEST = 2**53 - 1
DEEPEST = 16
ITEM = "item"  # in a rule inside a person or a group: that person, that row
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

# Each operator with the fewest and the most it works on.
OPERATORS: Mapping[str, tuple[int, int]] = {
    "var": (1, 1),
    "==": (2, 2),
    "!=": (2, 2),
    "<": (2, 2),
    "<=": (2, 2),
    ">": (2, 2),
    ">=": (2, 2),
    "and": (1, 20),
    "or": (1, 20),
    "!": (1, 1),
    "in": (2, 2),
    "if": (3, 21),
    "+": (1, 20),
    "-": (1, 2),
    "*": (1, 20),
}


def operands(rule: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """The operator of a rule and what it works on; one thing need not stand in a list."""
    ((operator, told),) = rule.items()
    return operator, told if isinstance(told, list) else [told]


def evaluate(rule: Rule, data: Mapping[str, Any], item: Any = None, depth: int = 0) -> Any:
    """What `rule` gives for the answers `data`. Never raises: what is no rule, or lies too deep, is null."""
    if isinstance(rule, list):
        return [evaluate(each, data, item, depth + 1) for each in rule] if depth < DEEPEST else None
    if not isinstance(rule, dict):
        return _plain(rule)
    if len(rule) != 1 or depth >= DEEPEST:
        return None
    operator, told = operands(rule)
    least, most = OPERATORS.get(operator, (1, 0))
    if not least <= len(told) <= most:
        return None
    if operator == "var":
        return _found(told[0], data, item)
    return _WORK[operator]([evaluate(each, data, item, depth + 1) for each in told])


def holds(rule: Rule, data: Mapping[str, Any], item: Any = None) -> bool:
    """Whether a condition holds; none always does."""
    return rule is None or truth(evaluate(rule, data, item))


def truth(value: Any) -> bool:
    """Nothing, false, zero, no letters and an empty list are untrue; all else is true."""
    return not (value is None or value is False or value in ("", []) or (_is_number(value) and value == 0))


def variables(rule: Rule) -> Iterator[str]:
    """The paths a rule reads."""
    if isinstance(rule, list):
        for each in rule:
            yield from variables(each)
    elif isinstance(rule, dict):
        for operator, told in rule.items():
            if operator == "var":
                yield from (
                    each for each in (told if isinstance(told, list) else [told]) if isinstance(each, str)
                )
            else:
                yield from variables(told)


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return nfc(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value if math.isfinite(value) and abs(value) <= LARGEST else None
    return value


def _found(path: Any, data: Any, item: Any) -> Any:
    if not isinstance(path, str):
        return None
    first, *rest = path.split(".")
    value = item if first == ITEM else data.get(first)
    for key in rest:
        value = value.get(key) if isinstance(value, Mapping) else None
    return _plain(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _same(a: Any, b: Any) -> bool:
    a, b = _plain(a), _plain(b)
    if isinstance(a, list | dict) or isinstance(b, list | dict):
        return False
    return (_is_number(a) == _is_number(b)) and isinstance(a, bool) == isinstance(b, bool) and bool(a == b)


def _ordered(told: list[Any], holds_for: Callable[[Any, Any], bool]) -> bool:
    a, b = told
    days = isinstance(a, str) and isinstance(b, str) and _DAY.fullmatch(a) and _DAY.fullmatch(b)
    return bool(days or (_is_number(a) and _is_number(b))) and holds_for(a, b)


def _reckoned(told: list[Any], step: Callable[[Any, Any], Any]) -> Any:
    total, *others = told
    for each in (total, *others):
        if not _is_number(each):
            return None
    for each in others:
        total = _plain(step(total, each))
        if total is None:
            return None
    return total


def _minus(told: list[Any]) -> Any:
    return _reckoned(told if len(told) == 2 else [0, *told], lambda a, b: a - b)


def _in(told: list[Any]) -> bool:
    needle, among = told
    return isinstance(among, list) and any(_same(needle, each) for each in among)


def _chosen(told: list[Any]) -> Any:
    """if, then, else if, then, … else."""
    for place in range(0, len(told) - 1, 2):
        if truth(told[place]):
            return told[place + 1]
    return told[-1] if len(told) % 2 else None


_WORK: Mapping[str, Callable[[list[Any]], Any]] = {
    "==": lambda told: _same(*told),
    "!=": lambda told: not _same(*told),
    "<": lambda told: _ordered(told, lambda a, b: a < b),
    "<=": lambda told: _ordered(told, lambda a, b: a <= b),
    ">": lambda told: _ordered(told, lambda a, b: a > b),
    ">=": lambda told: _ordered(told, lambda a, b: a >= b),
    "!": lambda told: not truth(told[0]),
    "and": lambda told: all(truth(each) for each in told),
    "or": lambda told: any(truth(each) for each in told),
    "if": _chosen,
    "in": _in,
    "+": lambda told: _reckoned(told, lambda a, b: a + b),
    "-": _minus,
    "*": lambda told: _reckoned(told, lambda a, b: a * b),
}
