"""A condition of a step in words people read. Pure."""

import json
from collections.abc import Mapping
from typing import Any

from motcua.eforms.rules import operands
from motcua.eforms.shapes import Rule
from motcua.kernel.say import Say

Names = Mapping[str, Say]
_FACTS: Mapping[str, Say] = {
    "variant": Say("trường hợp", "the variant"),
    "channel": Say("kênh nộp", "the channel"),
    "assisted": Say("có người làm hộ hồ sơ", "somebody typed it for the applicant"),
    "outside": Say("nhận ở cơ quan khác", "received at another agency"),
    "outcome": Say("đề xuất", "the proposal"),
    "answers": Say("câu trả lời", "the answer"),
    "quantities": Say("số lượng", "the number of"),
}
VALUES: Mapping[str, Mapping[Any, Say]] = {
    "outcome": {
        "granted": Say("đồng ý", "to grant"),
        "partly": Say("đồng ý một phần", "to grant in part"),
        "refused": Say("từ chối", "to refuse"),
    },
    "channel": {
        "counter": Say("trực tiếp", "at the desk"),
        "online": Say("trực tuyến", "online"),
        "post": Say("bưu chính", "by post"),
    },
}
_TESTS: Mapping[str, tuple[str, str]] = {
    "==": ("{} là {}", "{} is {}"),
    "!=": ("{} không phải là {}", "{} is not {}"),
    "<": ("{} nhỏ hơn {}", "{} is less than {}"),
    "<=": ("{} không quá {}", "{} is at most {}"),
    ">": ("{} lớn hơn {}", "{} is more than {}"),
    ">=": ("{} từ {} trở lên", "{} is at least {}"),
    "in": ("{} thuộc {}", "{} is one of {}"),
}
_JOINS: Mapping[str, tuple[str, str]] = {"and": (" và ", " and "), "or": (" hoặc ", " or ")}


def condition_words(rule: Rule, variants: Names) -> Say:
    """`rule` (eforms.rules) as a sentence; `variants`: what the codes of the variants are called. What is reckoned
    stands as it is written."""
    if not isinstance(rule, Mapping):
        return _constant(rule, "", variants)
    operator, told = operands(rule)
    if operator == "var":
        return _fact(str(told[0]))
    if operator in _TESTS and len(told) == 2:
        return _test(operator, told, variants)
    if operator in _JOINS:
        vi, en = _JOINS[operator]
        parts = [_inside(each, variants) for each in told]
        return Say(vi.join(p.vi for p in parts), en.join(p.en for p in parts))
    if operator == "!":
        inner = _inside(told[0], variants)
        return Say(f"không phải {inner.vi}", f"not {inner.en}")
    return _raw(rule)


def _inside(rule: Rule, variants: Names) -> Say:
    said = condition_words(rule, variants)
    is_joined = isinstance(rule, Mapping) and next(iter(rule)) in _JOINS
    return Say(f"({said.vi})", f"({said.en})") if is_joined else said


def _test(operator: str, told: list[Any], variants: Names) -> Say:
    about = next((str(each["var"]) for each in told if isinstance(each, Mapping) and "var" in each), "")
    left, right = (
        _constant(each, about, variants) if not isinstance(each, Mapping) else condition_words(each, variants)
        for each in told
    )
    if told[1] is True and operator == "==":
        return left
    vi, en = _TESTS[operator]
    return Say(vi.format(left.vi, right.vi), en.format(left.en, right.en))


def _fact(path: str) -> Say:
    name, _, key = path.partition(".")
    said = _FACTS.get(name, Say(name, name))
    return Say(f"{said.vi} “{key}”", f"{said.en} “{key}”") if key else said


def _constant(value: Any, about: str, variants: Names) -> Say:
    if isinstance(value, list):
        parts = [_constant(each, about, variants) for each in value]
        return Say(", ".join(p.vi for p in parts), ", ".join(p("en") for p in parts))
    if value is True:
        return Say("có", "yes")
    if value is False:
        return Say("không", "no")
    if about == "variant" and value in variants:
        said = variants[value]
        return Say(f"“{said.vi}”", f"“{said('en')}”")
    known = VALUES.get(about, {})
    return known[value] if isinstance(value, str) and value in known else _raw(value)


def _raw(value: Any) -> Say:
    text = f"“{value}”" if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return Say(text, text)
