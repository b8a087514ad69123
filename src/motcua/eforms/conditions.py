"""Conditions as people put them: a few tests of which all, or any, must hold. Pure.

What says more than that is written as a rule (rules.py) itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from motcua.eforms.rules import operands
from motcua.eforms.shapes import Rule

# What a test compares with one value: its name, and the operator of the rule.
COMPARED: Mapping[str, str] = {
    "is": "==",
    "is_not": "!=",
    "below": "<",
    "at_most": "<=",
    "above": ">",
    "at_least": ">=",
}
AMONG, HAS, ANSWERED, EMPTY = "among", "has", "answered", "empty"
TESTS = ("is", "is_not", AMONG, HAS, ANSWERED, EMPTY, "below", "at_most", "above", "at_least")
ALONE = frozenset({ANSWERED, EMPTY})  # what is compared with nothing
_NAMES = {operator: name for name, operator in COMPARED.items()}


@dataclass(frozen=True, slots=True)
class Test:
    """One test of the answer to `field`: one of TESTS, and what it is compared with."""

    field: str
    test: str
    values: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Condition:
    """Tests of which all must hold ("and"), or any ("or")."""

    join: str
    tests: tuple[Test, ...]


def taken_apart(rule: Rule) -> Condition | None:
    """The condition that a rule says; None for a rule that says more."""
    if isinstance(rule, Mapping) and len(rule) == 1 and next(iter(rule)) in ("and", "or"):
        join, told = operands(rule)
    else:
        join, told = "and", [rule]
    tests = [_test(each) for each in told]
    return Condition(join, tuple(each for each in tests if each)) if tests and all(tests) else None


def _test(rule: Rule) -> Test | None:
    if not isinstance(rule, Mapping) or len(rule) != 1:
        return None
    operator, told = operands(rule)
    first = _read(told[0]) if told else None
    if operator == "var":
        return Test(told[0], ANSWERED) if len(told) == 1 and isinstance(told[0], str) else None
    if operator == "!" and len(told) == 1 and first:
        return Test(first, EMPTY)
    if len(told) != 2:
        return None
    if operator in _NAMES and first and _is_plain(told[1]):
        return Test(first, _NAMES[operator], (told[1],))
    if operator == "in" and first and isinstance(told[1], list) and all(map(_is_plain, told[1])):
        return Test(first, AMONG, tuple(told[1]))
    second = _read(told[1])
    return Test(second, HAS, (told[0],)) if operator == "in" and second and _is_plain(told[0]) else None


def _read(rule: Rule) -> str | None:
    """The path that a rule reads and does nothing else."""
    if not isinstance(rule, Mapping) or set(rule) != {"var"}:
        return None
    told = operands(rule)[1]
    return told[0] if len(told) == 1 and isinstance(told[0], str) else None


def _is_plain(value: Any) -> bool:
    return isinstance(value, str | int | float)


def put_together(condition: Condition) -> Rule:
    """The rule that a condition says; None for one without tests."""
    rules = [_rule(each) for each in condition.tests]
    if not rules:
        return None
    return rules[0] if len(rules) == 1 else {condition.join: rules}


def _rule(test: Test) -> Rule:
    read = {"var": test.field}
    if test.test == ANSWERED:
        return read
    if test.test == EMPTY:
        return {"!": read}
    if test.test == AMONG:
        return {"in": [read, list(test.values)]}
    if test.test == HAS:
        return {"in": [test.values[0], read]}
    return {COMPARED[test.test]: [read, test.values[0]]}
