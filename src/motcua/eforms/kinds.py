"""The types of fields as a table: how each reads an answer, and what its schema is. Pure.

A reader takes what came, typed by a person or sent by a machine, and gives the answer in its one form (text in NFC, a
day as 2026-11-22, a telephone number without spaces), or None where nothing was answered. Read again, that form is
unchanged.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from math import isnan
from typing import Any

from motcua.eforms.places import commune_of, near, provinces
from motcua.eforms.shapes import Field, FieldType
from motcua.eforms.words import FAULTS
from motcua.kernel.say import Say
from motcua.kernel.text import clean

LONGEST = 20_000  # letters that are looked at; nobody types more into one field
WIDTHS = {FieldType.TEXT: 200, FieldType.TEXTAREA: 2_000}
FIRST_YEAR, LAST_YEAR = 1880, 2100
MOST_MONEY = 10**15
MOST_NUMBER = 10**12
MOST_FILES = 10
MOST_ROWS = 50
# What papers can show, and clerks can read: Latin letters with all marks, punctuation, a few signs.
_STRANGE = re.compile(
    r"[^\n -~\u00a0-\u024f\u0300-\u0303\u0306\u0309\u030c\u031b\u0323\u1e00-\u1eff"
    r"\u2010-\u2015\u2018-\u201f\u2022\u2026\u20ab\u20ac\u2116]"
)
_INTEGER = re.compile(r"-?[0-9]{1,16}")
_DECIMAL = re.compile(r"-?[0-9]{1,13}(?:[.,]([0-9]{1,6}))?")
_GROUPED = re.compile(r"[0-9]{1,3}([., ])[0-9]{3}(?:\1[0-9]{3})*")
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
PERSONAL_ID = re.compile(r"[0-9]{12}")
PHONE = re.compile(r"0[2-9][0-9]{8,9}|\+[1-9][0-9]{6,14}")
EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}")
REFERENCE = re.compile(r"[A-Za-z0-9_-]{1,2000}")
TICKED = (True, "on", "1", "true", "yes")
DATE_PARTS = ("day", "month", "year")
ADDRESS_PARTS = ("province", "commune", "detail")


class Wrong(Exception):
    """An answer that does not do: which sentence says so, with what in it, and at which part of the field."""

    def __init__(self, code: str, part: str = "", **facts: object) -> None:
        super().__init__(code)
        self.code, self.part, self.facts = code, part, facts


@dataclass(frozen=True, slots=True)
class Kind:
    """One type: its reader, its schema, what is said when nothing was answered, and what a definition may say of it
    beyond what any field may."""

    read: Callable[[Field, Any, date | None], Any]
    schema: Callable[[Field], dict[str, Any]]
    missing: str = "required"
    takes: frozenset[str] = frozenset()


def _text(raw: Any, *, kept: Callable[[str], str] = clean) -> str:
    if not isinstance(raw, str):
        raise Wrong("type")
    if len(raw) > LONGEST:
        raise Wrong("long", most=LONGEST)
    return kept(raw)


def _writable(text: str, part: str = "") -> None:
    if not text.isascii() and (strange := _STRANGE.search(text)):
        raise Wrong("letter", part, letter=strange[0])


def _sized(field: Field, value: str) -> str | None:
    most = field.limits.most or WIDTHS[field.type]
    if len(value) > most:
        raise Wrong("long", most=most)
    if value and len(value) < (field.limits.least or 0):
        raise Wrong("short", least=field.limits.least)
    _writable(value)
    return value or None


def _line(field: Field, raw: Any, _on: date | None) -> str | None:
    return _sized(field, _text(raw))


def _lines(field: Field, raw: Any, _on: date | None) -> str | None:
    def kept(text: str) -> str:
        return "\n".join(clean(line) for line in text.splitlines()).strip("\n")

    return _sized(field, _text(raw, kept=kept))


def _bounded(field: Field, value: Any, most: int) -> Any:
    least = field.limits.least if field.limits.least is not None else 0
    most = field.limits.most if field.limits.most is not None else most
    if value < least:
        raise Wrong("below", least=least)
    if value > most:
        raise Wrong("above", most=most)
    return value


def _number(field: Field, raw: Any, _on: date | None) -> Any:
    wrong = Wrong("number", example="2,5" if field.limits.decimals else "2")
    if isinstance(raw, int | float) and not isinstance(raw, bool):
        if (isinstance(raw, float) and isnan(raw)) or (not field.limits.decimals and raw % 1):
            raise wrong
        return _bounded(
            field, raw if field.limits.decimals else int(_bounded(field, raw, MOST_NUMBER)), MOST_NUMBER
        )
    typed = _text(raw)
    if not typed:
        return None
    found = _DECIMAL.fullmatch(typed)
    if found is None or len(found[1] or "") > field.limits.decimals:
        raise wrong
    value = float(typed.replace(",", ".")) if found[1] else int(typed)
    return _bounded(field, value, MOST_NUMBER)


def _money(field: Field, raw: Any, _on: date | None) -> int | None:
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    if isinstance(raw, int) and not isinstance(raw, bool):
        return int(_bounded(field, raw, MOST_MONEY))
    typed = _text(raw)
    if not typed:
        return None
    bare = re.sub("[., ]", "", typed) if _GROUPED.fullmatch(typed) else typed
    if not (_INTEGER.fullmatch(bare) and bare[0] != "-"):
        raise Wrong("money")
    return int(_bounded(field, int(bare), MOST_MONEY))


def _date(field: Field, raw: Any, on: date | None) -> str | None:
    if isinstance(raw, Mapping):
        parts = [_text(raw.get(part, "")) for part in DATE_PARTS]
        if not any(parts):
            return None
        if not all(parts):
            raise Wrong("day_parts")
        if (
            not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts)
            or len(parts[2]) != 4
        ):
            raise Wrong("no_such_day")
        day, month, year = map(int, parts)
    else:
        typed = _text(raw)
        if not typed:
            return None
        found = _DAY.fullmatch(typed)
        if found is None:
            raise Wrong("no_such_day")
        year, month, day = map(int, found.groups())
    return _civil(field, year, month, day, on)


def _civil(field: Field, year: int, month: int, day: int, on: date | None) -> str:
    try:
        value = date(year, month, day)
    except ValueError:
        raise Wrong("no_such_day") from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Wrong("no_such_day")
    if field.limits.past and on is not None and value > on:
        raise Wrong("ahead")
    return value.isoformat()


def _year(field: Field, raw: Any, on: date | None) -> int | None:
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    if not isinstance(raw, int) or isinstance(raw, bool):
        typed = _text(raw)
        if not typed:
            return None
        if not (len(typed) == 4 and typed.isascii() and typed.isdigit()):
            raise Wrong("year")
        raw = int(typed)
    if not FIRST_YEAR <= raw <= LAST_YEAR:
        raise Wrong("year")
    if field.limits.past and on is not None and raw > on.year:
        raise Wrong("ahead")
    return int(raw)


def _choice(field: Field, raw: Any, _on: date | None) -> str | None:
    value = _text(raw)
    if value and all(option.code != value for option in field.options):
        raise Wrong("choice")
    return value or None


def _choices(field: Field, raw: Any, on: date | None) -> list[str] | None:
    if not isinstance(raw, list | tuple):
        raise Wrong("type")
    if len(raw) > 2 * len(field.options):
        raise Wrong("choice")
    found = [value for each in raw if (value := _choice(field, each, on))]
    return list(dict.fromkeys(found)) or None


def _address(_field: Field, raw: Any, _on: date | None) -> dict[str, str] | None:
    if not isinstance(raw, Mapping):
        raise Wrong("type")
    for key in raw.keys() - set(ADDRESS_PARTS):
        raise Wrong("unknown", key=str(key)[:60])
    province, commune, detail = (_text(raw.get(part, "")) for part in ADDRESS_PARTS)
    if not (province or commune or detail):
        return None
    if province not in provinces():
        raise Wrong("province", "province")
    if not commune:
        raise Wrong("commune", "commune")
    code = commune_of(province, commune)
    if code is None:
        names = ", ".join(near(province, commune))
        hint = FAULTS["near"]
        told = Say(hint.vi.format(names=names), hint.en.format(names=names)) if names else ""
        name = provinces()[province].name
        raise Wrong("no_commune", "commune", province=name, typed=commune[:60], near=told)
    if len(detail) > WIDTHS[FieldType.TEXT]:
        raise Wrong("long", "detail", most=WIDTHS[FieldType.TEXT])
    _writable(detail, "detail")
    return {"province": province, "commune": code} | ({"detail": detail} if detail else {})


def _personal_id(_field: Field, raw: Any, _on: date | None) -> str | None:
    value = re.sub(r"[ .\-]", "", _text(raw))
    if value and not PERSONAL_ID.fullmatch(value):
        raise Wrong("personal_id")
    return value or None


def _phone(_field: Field, raw: Any, _on: date | None) -> str | None:
    value = re.sub(r"[ .\-()]", "", _text(raw))
    value = re.sub(r"^(?:\+84|0084)0?(?=[2-9])", "0", value)
    if value and not PHONE.fullmatch(value):
        raise Wrong("phone")
    return value or None


def _email(_field: Field, raw: Any, _on: date | None) -> str | None:
    value = _text(raw)
    if value and not EMAIL.fullmatch(value):
        raise Wrong("email")
    return value or None


def _files(field: Field, raw: Any, _on: date | None) -> list[str] | None:
    if not isinstance(raw, list | tuple):
        raise Wrong("type")
    most = field.limits.most or MOST_FILES
    if len(raw) > most:
        raise Wrong("files", most=most)
    if not all(isinstance(each, str) and REFERENCE.fullmatch(each) for each in raw):
        raise Wrong("type")
    return list(dict.fromkeys(raw)) or None


def _ticked(_field: Field, raw: Any, _on: date | None) -> bool | None:
    if raw is True or (isinstance(raw, str) and raw in TICKED):
        return True
    if raw is False or raw == "":
        return None
    raise Wrong("type")


def _nothing(_field: Field, _raw: Any, _on: date | None) -> None:
    return None


def _text_schema(field: Field) -> dict[str, Any]:
    most = field.limits.most or WIDTHS[field.type]
    one_line = {"pattern": r"^\S( ?\S)*$"} if field.type is FieldType.TEXT else {}
    return {"type": "string", "minLength": field.limits.least or 1, "maxLength": most, **one_line}


def _bounds(most: int) -> Callable[[Field], dict[str, Any]]:
    def schema(field: Field) -> dict[str, Any]:
        limits = field.limits
        return {
            "type": "number" if limits.decimals else "integer",
            "minimum": limits.least if limits.least is not None else 0,
            "maximum": limits.most if limits.most is not None else most,
        }

    return schema


def _same(**schema: Any) -> Callable[[Field], dict[str, Any]]:
    return lambda _field: dict(schema)


def _codes(field: Field) -> dict[str, Any]:
    return {"type": "string", "enum": [option.code for option in field.options]}


def _list_of(items: Callable[[Field], dict[str, Any]], most: int) -> Callable[[Field], dict[str, Any]]:
    return lambda field: {
        "type": "array",
        "items": items(field),
        "minItems": 1,
        "maxItems": field.limits.most or most,
        "uniqueItems": True,
    }


def _place(_field: Field) -> dict[str, Any]:
    # Which commune lies in which province is too long a table for each schema; the server looks.
    return {
        "type": "object",
        "properties": {
            "province": {"type": "string", "enum": list(provinces())},
            "commune": {"type": "string", "pattern": "^[0-9]{5}$", "maxLength": 5},
            "detail": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": r"^\S( ?\S)*$"},
        },
        "required": ["province", "commune"],
        "additionalProperties": False,
    }


def _whole(pattern: re.Pattern[str], **more: Any) -> Callable[[Field], dict[str, Any]]:
    return _same(type="string", pattern=f"^(?:{pattern.pattern})$", **more)


_LENGTH = frozenset({"limits"})
_OPTIONS = frozenset({"options", "list"})
KINDS: Mapping[FieldType, Kind] = {
    FieldType.TEXT: Kind(_line, _text_schema, takes=_LENGTH),
    FieldType.TEXTAREA: Kind(_lines, _text_schema, takes=_LENGTH),
    FieldType.NUMBER: Kind(_number, _bounds(MOST_NUMBER), takes=_LENGTH),
    FieldType.MONEY: Kind(_money, _bounds(MOST_MONEY), takes=_LENGTH),
    FieldType.DATE: Kind(
        _date, _whole(_DAY, format="date", maxLength=10), missing="day_parts", takes=_LENGTH
    ),
    FieldType.YEAR: Kind(
        _year, _same(type="integer", minimum=FIRST_YEAR, maximum=LAST_YEAR), missing="year", takes=_LENGTH
    ),
    FieldType.RADIO: Kind(_choice, _codes, missing="choose", takes=_OPTIONS),
    FieldType.SELECT: Kind(_choice, _codes, missing="choose", takes=_OPTIONS),
    FieldType.CHECKBOXES: Kind(_choices, _list_of(_codes, 100), missing="choose", takes=_OPTIONS),
    FieldType.ADDRESS: Kind(_address, _place, missing="province"),
    FieldType.PERSONAL_ID: Kind(_personal_id, _whole(PERSONAL_ID, maxLength=12)),
    FieldType.PHONE: Kind(_phone, _whole(PHONE)),
    FieldType.EMAIL: Kind(_email, _whole(EMAIL)),
    FieldType.FILE: Kind(
        _files,
        _list_of(_whole(REFERENCE), MOST_FILES),
        missing="attach",
        takes=frozenset({"limits", "document"}),
    ),
    FieldType.UNDERTAKING: Kind(_ticked, _same(const=True), missing="undertake"),
    FieldType.COMPUTED: Kind(
        _nothing, _same(type=["string", "number", "boolean"]), takes=frozenset({"computed"})
    ),
    FieldType.INFO: Kind(_nothing, _same(type="null")),
    # Read field by field (answers.py), described so too (schema.py).
    FieldType.PERSON: Kind(
        _nothing,
        _same(type="object"),
        takes=frozenset({"parts", "confirms", "consents", "prefill_if"}),
    ),
    FieldType.GROUP: Kind(_nothing, _same(type="array"), takes=frozenset({"limits", "fields"})),
}
