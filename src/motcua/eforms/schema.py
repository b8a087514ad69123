"""The JSON Schema (2020-12) of the answers to a form, for machines that hand them in. Pure.

It describes answers in their one form. Conditions of ==, !=, in, and, or, !, var, and of an order between a field and a
number, are said in the schema's own words; others stand beside the field (`x-visible-if`, `x-required-if`), as do rules
a group reads from outside it. What no schema says is left to the server: NFC, letters that no paper shows, days ahead,
which commune lies in which province, computed values.
"""

from collections.abc import Sequence
from typing import Any

from motcua.eforms.kinds import KINDS, MOST_ROWS
from motcua.eforms.results import Datum, Result
from motcua.eforms.rules import ITEM, operands
from motcua.eforms.shapes import Field, FieldType, Form, Rule

Schema = dict[str, Any]
_UNTRUE: Sequence[Any] = (False, 0, "", [], None)


_BOUNDS = {"<": "exclusiveMaximum", "<=": "maximum", ">": "exclusiveMinimum", ">=": "minimum"}


class _Beyond(Exception):
    """A rule that has no words in JSON Schema."""


def schema(form: Form, results: Sequence[Result] = ()) -> Schema:
    """The schema of whole answers to `form`; `x-results` tells which datum of a result each answer becomes."""
    made: Schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:motcua:eform:{form.code}:{form.version}",
        "title": form.title.vi,
        **_object(form.fields, "", []),
    }
    if results:
        schemes = {datum.scheme for result in results for datum in result.data}
        made["x-schemes"] = {
            one.code: {"name": one.name.vi, "source": one.source.vi, "verified": one.verified}
            for one in sorted(schemes, key=lambda one: one.code)
        }
        made["x-results"] = [_result(one) for one in results]
    return made


def _result(result: Result) -> Schema:
    return {"code": result.code, "data": [_datum(one) for one in result.data]}


def _datum(datum: Datum) -> Schema:
    told: Schema = {"scheme": datum.scheme.code, "code": datum.code, "title": datum.label.vi}
    if datum.fields:
        return told | {"from": list(datum.fields)}
    return told | {"issued": True}


def _object(fields: Sequence[Field], under: str, outer: list[Schema], *, rows: bool = False) -> Schema:
    """The object of `fields`; conditions that read from outside it go to `outer`, where they can be said."""
    required = [field.key for field in fields if _always(field)]
    conditions: list[Schema] = []
    properties = {}
    for field in fields:
        conditions_above = conditions if not under else outer
        properties[field.key] = _property(field, f"{under}{field.key}.", conditions_above)
        properties[field.key] |= _conditional(field, under, conditions, outer, rows=rows)
    made: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    if required:
        made["required"] = required
    if under:
        # What the form fills in by itself is no answer.
        given = [f for f in fields if f.type is not FieldType.COMPUTED]
        made["anyOf"] = [
            {"required": [f.key]}
            | ({"properties": {f.key: {"not": {"const": f.default}}}} if f.default else {})
            for f in given
        ]
    if conditions:
        made["allOf"] = conditions
    return made


def _always(field: Field) -> bool:
    return field.visible_if is None and (field.required or bool(field.default)) and _is_leaf_or_must(field)


def _is_leaf_or_must(field: Field) -> bool:
    return field.type not in (FieldType.COMPUTED, FieldType.INFO)


def _property(field: Field, under: str, outer: list[Schema]) -> Schema:
    said: Schema = {"title": field.label.vi}
    if field.map_to:
        said["x-code"] = field.map_to
    if field.type is FieldType.PERSON:
        return said | _object(field.fields, under, outer)
    if field.type is FieldType.GROUP:
        return said | {
            "type": "array",
            "items": _object(field.fields, under, [], rows=True),
            "minItems": max(field.limits.least or 0, 1),
            "maxItems": field.limits.most or MOST_ROWS,
        }
    return said | KINDS[field.type].schema(field)


def _conditional(field: Field, under: str, here: list[Schema], outer: list[Schema], *, rows: bool) -> Schema:
    """Add what is said of `field` under conditions; gives what could not be said."""
    beside: Schema = {}
    visible = field.visible_if
    needed = True if field.required or field.default else field.required_if
    if field.type is FieldType.GROUP and field.limits.least:
        needed = True
    told = [
        (name, rule, negated)
        for name, rule, negated in (("x-visible-if", visible, True), ("x-required-if", needed, False))
        if rule is not None
    ]
    for name, rule, must_be_absent in told:
        if must_be_absent:
            condition: Rule = {"!": visible}
            then: Schema = {"not": {"required": [field.key]}}
        else:
            if (rule is True and visible is None) or not _is_leaf_or_must(field):
                continue
            condition = {"and": [each for each in (visible, rule) if each is not None and each is not True]}
            then = {"required": [field.key]}
        try:
            _say(condition, then, under, here, outer, rows=rows)
        except _Beyond:
            beside[name] = rule
    return beside


def _say(
    condition: Rule, then: Schema, under: str, here: list[Schema], outer: list[Schema], *, rows: bool
) -> None:
    """Put "if condition then" where all that it reads can be seen."""
    reads_item = _reads(condition)
    if reads_item <= {True}:
        here.append({"if": _words(condition, inside=True), "then": then})
    elif not under and reads_item == {False}:
        here.append({"if": _words(condition, inside=False), "then": then})
    elif not rows and reads_item == {False}:
        nested = then
        for key in reversed(under.rstrip(".").split(".")):
            nested = {"properties": {key: nested}}
        outer.append({"if": _words(condition, inside=False), "then": nested})
    else:
        raise _Beyond


def _reads(rule: Rule) -> set[bool]:
    """Whether a rule reads from inside its person or row (True), from the whole (False), or both."""
    if isinstance(rule, list):
        return {found for each in rule for found in _reads(each)}
    if not isinstance(rule, dict):
        return set()
    operator, told = operands(rule)
    return {told[0].startswith(f"{ITEM}.")} if operator == "var" else _reads(told)


def _words(rule: Rule, *, inside: bool) -> Schema:
    """The schema of answers for which `rule` holds. Raises _Beyond."""
    if not isinstance(rule, dict):
        raise _Beyond
    operator, told = operands(rule)
    if operator == "var":
        return _at(told[0], {"not": {"enum": list(_UNTRUE)}}, inside=inside)
    if operator == "!":
        return {"not": _words(told[0], inside=inside)}
    if operator in ("and", "or"):
        word = "allOf" if operator == "and" else "anyOf"
        return {word: [_words(each, inside=inside) for each in told]}
    if operator in ("==", "!="):
        same = _equal(told, inside=inside)
        return same if operator == "==" else {"not": same}
    if operator == "in":
        return _among(told, inside=inside)
    if operator in _BOUNDS:
        return _bounded(operator, told, inside=inside)
    raise _Beyond


def _equal(told: list[Any], *, inside: bool) -> Schema:
    a, b = told if isinstance(told[0], dict) else reversed(told)
    if not (isinstance(a, dict) and "var" in a) or isinstance(b, dict | list):
        raise _Beyond
    path = operands(a)[1][0]
    return {"not": _at(path, {}, inside=inside)} if b is None else _at(path, {"const": b}, inside=inside)


def _bounded(operator: str, told: list[Any], *, inside: bool) -> Schema:
    variable, bound = told
    plain = isinstance(bound, int | float) and not isinstance(bound, bool)
    if not (isinstance(variable, dict) and "var" in variable and plain):
        raise _Beyond  # days, and what is reckoned
    return _at(operands(variable)[1][0], {"type": "number", _BOUNDS[operator]: bound}, inside=inside)


def _among(told: list[Any], *, inside: bool) -> Schema:
    needle, among = told
    if isinstance(needle, dict) and "var" in needle and isinstance(among, list):
        return _at(operands(needle)[1][0], {"enum": among}, inside=inside)
    if isinstance(among, dict) and "var" in among and not isinstance(needle, dict | list):
        contains = {"type": "array", "contains": {"const": needle}}
        return _at(operands(among)[1][0], contains, inside=inside)
    raise _Beyond


def _at(path: str, value: Schema, *, inside: bool) -> Schema:
    """Answers in which what stands at `path` is as `value` says."""
    keys = path.split(".")[1:] if inside else path.split(".")
    for key in reversed(keys):
        value = {"type": "object", "required": [key], "properties": {key: value}}
    return value
