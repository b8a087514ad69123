"""The shapes a property of a step table may have: what is typed for a value, and the value of what is typed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from motcua.catalogue.reading import DECIMAL
from motcua.eforms.editing import own_key
from motcua.kernel.say import Say
from motcua.kernel.text import clean
from motcua.web.catalogue.designer.controls import Typed, one
from motcua.web.catalogue.designer.shapes import NOTHING, Mistyped

MERGED = "merged"  # the unit of a cell that is merged with the one above
MOST_ENTRIES = 40
Options = Sequence[tuple[str, str]]
_NUMBER = Say("Nhập một số lớn hơn 0, ví dụ 2 hoặc 0,5.", "Enter a number above 0, such as 2 or 0.5.")


@dataclass(frozen=True, slots=True)
class Column:
    """One control in a line of entries. `key`: where it stands in the entry ("title.vi"); a "flag" is true or not
    there, a "member" stands in a list ("parts:people"), a "choice" is one of `options`, the rest texts and numbers."""

    key: str
    label: Say
    how: str = "text"
    options: Options = ()

    @property
    def name(self) -> str:
        """The name of its control."""
        return self.key.replace(".", "-").replace(":", "-")


def text_of(value: Any) -> str:
    """A text or a number as it is typed."""
    return (
        value
        if isinstance(value, str)
        else ""
        if value is None or isinstance(value, dict | list)
        else str(value)
    )


# --- lists of codes ---------------------------------------------------------------


def codes_typed(name: str, value: Any) -> dict[str, list[str]]:
    """Codes, each in a select of its own."""
    told = value if isinstance(value, list) else []
    return {f"{name}-{n}": [text_of(each)] for n, each in enumerate(told)}


def codes_written(name: str, typed: Typed) -> Any:
    """The same as a document says it, each once."""
    told = [one(typed, f"{name}-{n}") for n in range(MOST_ENTRIES)]
    return list(dict.fromkeys(each for each in told if each)) or NOTHING


# --- times and limits -------------------------------------------------------------


def times_typed(name: str, value: Any, variants: Sequence[str]) -> dict[str, list[str]]:
    """A number and a unit for each variant."""
    told = {text_of(each.get("variant")): each for each in value or () if isinstance(each, Mapping)}
    found: dict[str, list[str]] = {}
    for n, variant in enumerate(variants):
        time = told.get(variant, {})
        merged = time.get("merged_with_previous") is True
        found[f"{name}-{n}-value"] = [_number_typed(time.get("value"))]
        found[f"{name}-{n}-unit"] = [MERGED if merged else text_of(time.get("unit"))]
    return found


def times_written(name: str, typed: Typed, variants: Sequence[str]) -> Any:
    """The same as a document says it; what is missing stays missing."""
    found: list[dict[str, Any]] = []
    for n, variant in enumerate(variants):
        unit, value = one(typed, f"{name}-{n}-unit"), _decimal(f"{name}-{n}-value", typed)
        if unit == MERGED:
            if value is not None:
                said = Say(
                    "Ô gộp với bước trên thì không ghi số.", "A cell merged with the one above has no number."
                )
                raise Mistyped(f"{name}-{n}-value", said)
            found.append({"variant": variant, "merged_with_previous": True})
            continue
        found.append(
            {"variant": variant}
            | ({} if value is None else {"value": value})
            | ({"unit": unit} if unit else {})
        )
    return found


def limit_typed(name: str, value: Any) -> dict[str, list[str]]:
    """A number and a unit."""
    told = value if isinstance(value, Mapping) else {}
    return {f"{name}-value": [_number_typed(told.get("value"))], f"{name}-unit": [text_of(told.get("unit"))]}


def limit_written(name: str, typed: Typed) -> Any:
    """The same as a document says it."""
    unit, value = one(typed, f"{name}-unit"), _decimal(f"{name}-value", typed)
    told = ({"unit": unit} if unit else {}) | ({} if value is None else {"value": value})
    return told or NOTHING


def _number_typed(value: Any) -> str:
    return text_of(value).replace(".", ",")


def _decimal(name: str, typed: Typed) -> str | None:
    told = clean(one(typed, name)).replace(",", ".")
    if not told:
        return None
    if not DECIMAL.fullmatch(told) or Decimal(told) <= 0:
        raise Mistyped(name, _NUMBER)
    return f"{Decimal(told).normalize():f}"


def day_typed(value: Any) -> str:
    """A day as people write it."""
    try:
        return f"{date.fromisoformat(text_of(value)):%d/%m/%Y}"
    except ValueError:
        return text_of(value)


def day_written(name: str, typed: Typed) -> Any:
    """The same as a document says it."""
    told = clean(one(typed, name))
    if not told:
        return NOTHING
    found = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", told)
    try:
        return (
            date(*(int(found[n]) for n in (3, 2, 1))).isoformat()
            if found
            else date.fromisoformat(told).isoformat()
        )
    except ValueError:
        raise Mistyped(
            name, Say("Nhập một ngày, ví dụ 05/09/2026.", "Enter a day, such as 05/09/2026.")
        ) from None


# --- what is included --------------------------------------------------------------


def included_typed(value: Any) -> str:
    """A version of another process: "QT-1.004873 2"."""
    told = value if isinstance(value, Mapping) else {}
    return f"{text_of(told.get('process'))} {text_of(told.get('number'))}".strip()


def included_written(name: str, typed: Typed) -> Any:
    """The same as a document says it."""
    process, _blank, number = one(typed, name).rpartition(" ")
    if not (process and number.isascii() and number.isdigit() and len(number) < 6):
        raise Mistyped(name, Say("Chọn quy trình con.", "Choose the process to put in here."))
    return {"process": process, "number": int(number)}


# --- entries ------------------------------------------------------------------------


def entries_typed(name: str, value: Any, columns: Sequence[Column]) -> dict[str, list[str]]:
    """Entries, a line of controls each."""
    found: dict[str, list[str]] = {}
    for n, each in enumerate(value if isinstance(value, list) else []):
        if not isinstance(each, Mapping):
            continue
        for column in columns:
            told = _cell_typed(column, each)
            if told:
                found[f"{name}-{n}-{column.name}"] = [told]
    return found


def _cell_typed(column: Column, entry: Mapping[str, Any]) -> str:
    key, _colon, member = column.key.partition(":")
    value: Any = entry
    for step in key.split("."):
        if isinstance(value, list):
            value = value[int(step)] if step.isdigit() and int(step) < len(value) else None
        else:
            value = value.get(step) if isinstance(value, Mapping) else None
    if column.how == "member":
        return "on" if isinstance(value, list) and member in value else ""
    if column.how == "flag":
        return "on" if value is True else ""
    return _number_typed(value) if column.how == "number" else text_of(value)


def entries_written(name: str, typed: Typed, columns: Sequence[Column], old: Any, *, coded: bool) -> Any:
    """The same as a document says it: a line with nothing in it is gone; of `coded` entries each has a code of its
    own, a new one's is made of its words."""
    before = old if isinstance(old, list) else []
    taken = {text_of(each.get("code")) for each in before if isinstance(each, Mapping)}
    found = []
    for n in range(MOST_ENTRIES):
        cells = [(column, one(typed, f"{name}-{n}-{column.name}")) for column in columns]
        words = [clean(cell) for _column, cell in cells if clean(cell)]
        if not words:
            continue
        entry: dict[str, Any] = {}
        if coded:
            known = before[n].get("code") if n < len(before) else None
            entry["code"] = known or own_key(words[0], taken)
            taken.add(entry["code"])
        for column, cell in cells:
            _put_cell(entry, column, cell, f"{name}-{n}-{column.name}")
        found.append(_listed(entry))
    return found or NOTHING


def _put_cell(entry: dict[str, Any], column: Column, cell: str, control: str) -> None:
    key, _colon, member = column.key.partition(":")
    told = clean(cell)
    if column.how == "member":
        entry.setdefault(key, [])
        if told:
            entry[key].append(member)
        return
    above, _dot, last = key.rpartition(".")
    if not told and last not in ("vi", "en"):
        return
    value: Any = True if column.how == "flag" else told
    if column.how == "number":
        value = _decimal(control, {control: [told]})
    (entry.setdefault(above, {}) if above else entry)[last] = value


def _listed(entry: dict[str, Any]) -> dict[str, Any]:
    """Keys "0", "1" of an object are a list."""
    return {
        key: list(value.values())
        if isinstance(value, dict) and value and all(each.isdigit() for each in value)
        else value
        for key, value in entry.items()
    }
