"""The JSON Schema of a form and the form's own reading agree on thousands of documents, by somebody else's reading of
JSON Schema 2020-12."""

import copy
import random
from datetime import date
from typing import Any

import jsonschema
import pytest

from motcua.eforms.answers import check
from motcua.eforms.kinds import FIRST_YEAR
from motcua.eforms.schema import schema
from motcua.eforms.selectors import forms
from motcua.eforms.shapes import Field, FieldType, Form

TODAY = date(2026, 11, 22)
COUNT = 2_000
BAD: tuple[Any, ...] = (
    None,
    "",
    " x",
    "x  y",
    "y" * 3_000,
    0,
    -5,
    10**20,
    True,
    False,
    [],
    {},
    ["a", "a"],
    "no",
    "yes",
    [{}],
    "2026-13-45",
)


def good(field: Field, chance: random.Random) -> Any:
    """An answer to `field`, in its form or near it."""
    match field.type:
        case FieldType.RADIO | FieldType.SELECT:
            return chance.choice(field.options).code
        case FieldType.CHECKBOXES:
            return [o.code for o in chance.sample(field.options, chance.randint(1, len(field.options)))]
        case FieldType.PERSON:
            return document(field.fields, chance)
        case FieldType.GROUP:
            return [document(field.fields, chance) for _ in range(chance.randint(1, 3))]
        case FieldType.NUMBER | FieldType.MONEY:
            return chance.randint(
                max(field.limits.least or 0, 0), min(field.limits.most or 60, 60) + (chance.random() < 0.02)
            )
        case FieldType.YEAR:
            return chance.randint(FIRST_YEAR, 2030)
        case FieldType.ADDRESS:
            return {"province": "01", "commune": "00004"} | (
                {"detail": "Số 3"} if chance.random() < 0.5 else {}
            )
        case _:
            return {
                FieldType.DATE: "2026-02-28",
                FieldType.PERSONAL_ID: "001090001234",
                FieldType.PHONE: "0912345678",
                FieldType.EMAIL: "ten@example.vn",
                FieldType.FILE: ["abc-_"],
                FieldType.UNDERTAKING: True,
            }.get(field.type, "Nguyễn Văn An, sinh năm 1990"[: field.limits.most or 40].rstrip())


def document(
    fields: tuple[Field, ...], chance: random.Random, *, damage: float = 0.0, left_out: float = 0.0
) -> dict[str, Any]:
    """Answers to `fields`, some of them wrong, some left out."""
    made = {}
    for field in fields:
        if field.type in (FieldType.COMPUTED, FieldType.INFO) or chance.random() < left_out:
            continue
        made[field.key] = chance.choice(BAD) if chance.random() < damage else good(field, chance)
    return made


def tried(form: Form, chance: random.Random) -> dict[str, Any]:
    """A document: as made by chance, or with all that is hidden or empty taken out, or one thing then changed."""
    made = document(
        form.fields, chance, damage=chance.choice((0, 0, 0.02)), left_out=chance.choice((0, 0, 0.05))
    )
    if chance.random() < 0.9:
        made = copy.deepcopy(uncomputed(form, check(form, made, on=TODAY).answers))
    if made and chance.random() < 0.4:
        key = chance.choice(list(made))
        inside = made[key]
        if isinstance(inside, dict) and inside and chance.random() < 0.7:
            inside[chance.choice(list(inside))] = chance.choice(BAD)
        elif chance.random() < 0.5:
            del made[key]
        else:
            made[key] = chance.choice(BAD)
    if chance.random() < 0.03:
        made["nobody_asked"] = 1
    return made


def is_whole(form: Form, told: dict[str, Any]) -> bool:
    """Whether the form takes `told` just as it is."""
    checked = check(form, told, on=TODAY)
    return checked.whole and strictly(uncomputed(form, checked.answers), told)


def uncomputed(form: Form, told: dict[str, Any]) -> dict[str, Any]:
    """Without what the server computes: a machine need not send it, and no schema can say what it is."""
    computed = {field.key for field in form.fields if field.type is FieldType.COMPUTED}
    return {key: value for key, value in told.items() if key not in computed}


def strictly(a: Any, b: Any) -> bool:
    if isinstance(a, dict) and isinstance(b, dict):
        return a.keys() == b.keys() and all(strictly(a[key], b[key]) for key in a)
    if isinstance(a, list) and isinstance(b, list):
        return len(a) == len(b) and all(map(strictly, a, b))
    return isinstance(a, bool) == isinstance(b, bool) and bool(a == b)


@pytest.mark.parametrize("form", forms().values(), ids=lambda form: f"{form.code}-{form.version}")
def test_the_schema_takes_what_the_form_takes_and_nothing_else(form):
    told = schema(form)
    jsonschema.Draft202012Validator.check_schema(told)
    validator = jsonschema.Draft202012Validator(told, format_checker=jsonschema.FormatChecker())
    chance = random.Random(form.code)  # noqa: S311 - chance that must repeat
    counts = {True: 0, False: 0}
    for _ in range(max(COUNT // len(forms()), 150)):
        made = tried(form, chance)
        ours = is_whole(form, made)
        assert validator.is_valid(made) is ours, (made, check(form, made, on=TODAY).faults)
        counts[ours] += 1
    assert min(counts.values()) > 20, counts
