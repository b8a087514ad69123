"""The shapes a property may have: what is typed for a value, and the value of what is typed."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from motcua.eforms.conditions import ALONE, AMONG, Condition, Test, put_together, taken_apart
from motcua.eforms.editing import own_key
from motcua.eforms.readable import Readable
from motcua.eforms.shapes import FieldType
from motcua.kernel.say import Say
from motcua.kernel.strict_json import read_json
from motcua.kernel.text import clean, fold
from motcua.web.catalogue.designer.controls import Typed, one
from motcua.web.common.wording import say

NOTHING: Any = object()  # the property is not there
ROWS, MOST_ROWS = 2, 20  # of a condition: blank ones that are shown, all that are read
LONGEST_RULE = 20_000


class Mistyped(Exception):
    """What was typed cannot be kept: in which control, and why."""

    def __init__(self, name: str, said: Say) -> None:
        super().__init__(name)
        self.name, self.said = name, said


@dataclass(frozen=True, slots=True)
class Around:
    """What a property may need to know of the draft: the fields that its rules may read."""

    readable: Sequence[Readable] = ()


# --- texts ----------------------------------------------------------------------


def say_typed(name: str, value: Any) -> dict[str, list[str]]:
    """A text in both languages."""
    told = value if isinstance(value, Mapping) else {}
    return {f"{name}-{tongue}": [_text(told.get(tongue))] for tongue in ("vi", "en")}


def say_written(name: str, typed: Typed) -> Any:
    """A text in both languages, or nothing where neither is there."""
    told = {tongue: clean(one(typed, f"{name}-{tongue}")) for tongue in ("vi", "en")}
    return told if any(told.values()) else NOTHING


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)


def number_written(name: str, typed: Typed) -> Any:
    """A whole number, or nothing."""
    told = clean(one(typed, name))
    if not told:
        return NOTHING
    if not re.fullmatch(r"-?[0-9]{1,15}", told):
        raise Mistyped(name, Say("Nhập một số nguyên, ví dụ 10.", "Enter a whole number, such as 10."))
    return int(told)


# --- lists ----------------------------------------------------------------------


def lines_of(text: str) -> list[str]:
    """Lines that say something."""
    return [line for each in text.splitlines() if (line := clean(each))]


def serves_typed(value: Any) -> str:
    """Procedures, one a line: "1.001193" or "1.001193 general"."""
    told = value if isinstance(value, list) else []
    return "\n".join(
        f"{_text(each.get('code'))} {_text(each.get('variant'))}".strip()
        for each in told
        if isinstance(each, Mapping)
    )


def serves_written(name: str, typed: Typed) -> Any:
    """The same as a document says it."""
    found = []
    for line in lines_of(one(typed, name)):
        code, _blank, variant = line.partition(" ")
        found.append({"code": code} | ({"variant": variant.strip()} if variant.strip() else {}))
    return found


def options_typed(value: Any) -> str:
    """Answers to choose, one a line: "Có | Yes | yes"."""
    told = value if isinstance(value, list) else []
    lines = []
    for each in told:
        if isinstance(each, Mapping):
            label = each.get("label") if isinstance(each.get("label"), Mapping) else {}
            said = [_text((label or {}).get("vi")), _text((label or {}).get("en")), _text(each.get("code"))]
            lines.append(" | ".join(said))
    return "\n".join(lines)


def options_written(name: str, typed: Typed) -> Any:
    """The same as a document says it; a code that is left out is made of the words."""
    found: list[dict[str, Any]] = []
    for number, line in enumerate(lines_of(one(typed, name)), start=1):
        said = [part.strip() for part in line.split("|")]
        if len(said) > 3 or not said[0]:
            raise Mistyped(
                name,
                Say(
                    f"Dòng {number}: viết “tiếng Việt | tiếng Anh”, thêm “| mã” nếu cần mã riêng.",
                    f"Line {number}: write “Vietnamese | English”, with “| code” for a code of its own.",
                ),
            )
        vi, en, code = (*said, "", "")[:3]
        code = code or own_key(vi, {each["code"] for each in found})
        found.append({"code": code, "label": {"vi": vi, "en": en}})
    return found or NOTHING


def parts_typed(name: str, value: Any, known: Sequence[str]) -> dict[str, list[str]]:
    """Which parts of a person are asked, and in which order."""
    told = [str(each) for each in value] if isinstance(value, list) else []
    order = [each.removesuffix("*") for each in told]
    found: dict[str, list[str]] = {}
    for n, part in enumerate([*order, *(each for each in known if each not in order)]):
        asked = "" if part not in order else "needed" if f"{part}*" in told else "asked"
        found |= {f"{name}-{part}": [asked], f"{name}-{part}-at": [str(n + 1)]}
    return found


def parts_written(name: str, typed: Typed, known: Sequence[str]) -> Any:
    """The same as a document says it."""
    asked = []
    for n, part in enumerate(known):
        how, place = one(typed, f"{name}-{part}"), one(typed, f"{name}-{part}-at").strip()
        if how:
            at = int(place) if place.isascii() and place.isdigit() and len(place) < 4 else 999
            asked.append((at, n, f"{part}*" if how == "needed" else part))
    return [each for _at, _n, each in sorted(asked)] or NOTHING


# --- rules ----------------------------------------------------------------------


def rule_typed(name: str, rule: Any, around: Around) -> dict[str, list[str]]:
    """A rule as lines of tests where it can be said so, else as JSON."""
    if rule is None:
        return {f"{name}-how": ["none"], f"{name}-json": [""]}
    condition = taken_apart(rule)
    if condition is None:
        return {f"{name}-how": ["json"], f"{name}-json": [json.dumps(rule, ensure_ascii=False)]}
    found = {f"{name}-how": [condition.join], f"{name}-json": [""]}
    known = {each.path: each for each in around.readable}
    for n, test in enumerate(condition.tests):
        value = "; ".join(_value_words(each, known.get(test.field)) for each in test.values)
        found |= {
            f"{name}-{n}-field": [test.field],
            f"{name}-{n}-test": [test.test],
            f"{name}-{n}-value": [value],
        }
    return found


def _value_words(value: Any, field: Readable | None) -> str:
    if value is True:
        return say(Say("có", "yes"))
    options = field.options if field else ()
    label = next((say(words) for code, words in options if code == value), "")
    is_clear = [say(words) for _code, words in options].count(label) == 1
    return label if label and is_clear and ";" not in label else _text(value)


def rule_written(name: str, typed: Typed, around: Around) -> Any:
    """The rule of what is typed, or nothing."""
    how = one(typed, f"{name}-how")
    if how == "json":
        return _rule_of_json(f"{name}-json", one(typed, f"{name}-json"))
    if how not in ("and", "or"):
        return NOTHING
    known = {each.path: each for each in around.readable}
    tests = []
    for n in range(MOST_ROWS):
        path = one(typed, f"{name}-{n}-field")
        if path:
            tests.append(_test(f"{name}-{n}", path, typed, known.get(path)))
    if not tests:
        raise Mistyped(
            f"{name}-0-field",
            Say("Chọn mục mà điều kiện xét.", "Choose the field that the condition looks at."),
        )
    return put_together(Condition(how, tuple(tests)))


def _rule_of_json(name: str, text: str) -> Any:
    if not text.strip():
        return NOTHING
    try:
        rule = read_json(text[:LONGEST_RULE])
    except ValueError as error:
        raise Mistyped(name, Say(f"Không phải JSON ({error}).", f"This is no JSON ({error}).")) from error
    return rule if rule is not None else NOTHING


def _test(name: str, path: str, typed: Typed, field: Readable | None) -> Test:
    test = one(typed, f"{name}-test") or "is"
    if test in ALONE:
        return Test(path, test)
    told = clean(one(typed, f"{name}-value"))
    said = (
        [each.strip() for each in told.split(";") if each.strip()]
        if test == AMONG
        else [told]
        if told
        else []
    )
    if not said:
        raise Mistyped(f"{name}-value", Say("Ghi câu trả lời để so.", "Write the answer to compare with."))
    return Test(path, test, tuple(_value(f"{name}-value", each, field) for each in said))


def _value(name: str, said: str, field: Readable | None) -> Any:
    """What was meant: a choice by its code or its words, a number, a day, a tick, a text."""
    if field is None:
        return said
    if field.options:
        return _choice(name, said, field)
    kind = field.type
    if kind == FieldType.UNDERTAKING:
        return True
    if kind in (FieldType.NUMBER, FieldType.MONEY, FieldType.YEAR, FieldType.COMPUTED):
        return _figure(name, said)
    if kind == FieldType.DATE:
        return _day(name, said)
    return said


def _choice(name: str, said: str, field: Readable) -> str:
    if any(code == said for code, _words in field.options):
        return said
    wanted = fold(said)
    found = [code for code, words in field.options if wanted in (fold(words.vi), fold(words.en))]
    if len(found) == 1:
        return found[0]
    known = [say(words) for _code, words in field.options]
    some = "; ".join(known[:12]) + ("…" if len(known) > 12 else "")
    raise Mistyped(
        name,
        Say(
            f"Mục này không có câu trả lời “{said}”; chọn trong: {some}.",
            f"No such answer “{said}”; use: {some}.",
        ),
    )


def _figure(name: str, said: str) -> int | float:
    if not re.fullmatch(r"-?[0-9]{1,15}(?:[.,][0-9]{1,6})?", said):
        raise Mistyped(name, Say("Nhập một số, ví dụ 10 hoặc 2,5.", "Enter a number, such as 10 or 2,5."))
    told = said.replace(",", ".")
    return float(told) if "." in told else int(told)


def _day(name: str, said: str) -> str:
    found = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", said)
    text = f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}" if found else said
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise Mistyped(
            name, Say("Nhập một ngày, ví dụ 05/09/1990.", "Enter a day, such as 05/09/1990.")
        ) from None


@dataclass(frozen=True, slots=True)
class Written:
    """A node as typed, and what of it could not be kept."""

    node: dict[str, Any]
    errors: Mapping[str, tuple[Say, ...]] = field(default_factory=dict)


def inside(node: Mapping[str, Any], key: str) -> Any:
    """What stands at a key of a node."""
    found: Any = node
    for step in key.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def put(node: dict[str, Any], key: str, value: Any) -> None:
    """Let `value` stand at a key of a node; NOTHING takes it out."""
    above, _dot, last = key.rpartition(".")
    into = node.setdefault(above, {}) if above else node
    if value is NOTHING:
        into.pop(last, None)
    else:
        into[last] = value
    if above and not into:
        del node[above]


def same_text(one: str, other: str) -> bool:
    """Whether two texts are the same to who typed them."""
    return one.replace("\r\n", "\n").strip() == other.replace("\r\n", "\n").strip()
