"""A part of a document as what is typed into its form, and back again. Pure: names of controls are places of the
document with "-" between the steps (`components-0-name-vi`)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from motcua.catalogue.writing import Document, tidy
from motcua.kernel.say import Say
from motcua.kernel.text import clean, fold
from motcua.web.catalogue.part_rows import Item, Shape
from motcua.web.catalogue.parts import Part

Typed = Mapping[str, list[str]]
ABSENT: Any = object()
AT, REMOVE = "at", "remove"
BETWEEN = "="
MOST_DIGITS = 12
_STEP = re.compile(r"\[(\d+)\]")
_NO_WHOLE = Say("Ghi một số nguyên từ 0 trở lên, ví dụ 2.", "Write a whole number, 0 or more, for example 2.")
_NO_NUMBER = Say("Ghi một số, ví dụ 3 hoặc 1,5.", "Write a number, for example 3 or 1.5.")
_NO_TIERS = Say("Viết từng bậc như: 3: 1000; 11: 500", "Write tiers like: 3: 1000; 11: 500")


@dataclass(frozen=True, slots=True)
class Written:
    """A document with what was typed in it, and what could not be read, by control."""

    document: Document
    errors: Mapping[str, Say]


def name_of(where: str) -> str:
    """The name of the control, or of what stands around several, at a place of the document."""
    return _STEP.sub(r"-\1", where).replace(".", "-").strip("-")


def typed_of(part: Part, document: Mapping[str, Any]) -> dict[str, list[str]]:
    """What the form of `part` holds for `document`."""
    return {
        name: values
        for item in part.items
        for name, values in _typed(item, inside(document, item.key), name_of(item.key))
    }


def inside(document: Mapping[str, Any], key: str) -> Any:
    """What stands under `key` (`sector.code`: inside another); None where nothing does."""
    value: Any = document
    for step in key.split(".") if key else ():
        value = value.get(step) if isinstance(value, Mapping) else None
    return value


def _typed(item: Item, value: Any, name: str) -> Iterator[tuple[str, list[str]]]:
    if item.shape is Shape.ROWS:
        for i, row in enumerate(value or ()):
            yield f"{name}-{i}-{AT}", [str(i + 1)]
            for part in item.of:
                yield from _typed(part, inside(row, part.key), under(f"{name}-{i}", part))
    elif item.shape is Shape.SAY:
        for tongue in ("vi", "en"):
            yield f"{name}-{tongue}", [str((value or {}).get(tongue) or "")]
    elif item.shape is Shape.LIMIT:
        for key in ("value", "unit"):
            yield f"{name}-{key}", [str((value or {}).get(key) or "")]
    elif item.shape in (Shape.CHOICES, Shape.PICK):
        yield name, [str(one) for one in value or ()]
    elif item.shape is Shape.CONDITION:
        yield name, list(_answers(value)) if value else []
    else:
        yield name, [_text(item, value)]


def _text(item: Item, value: Any) -> str:
    if item.shape is Shape.LINES:
        return "\n".join(str(one) for one in value or ())
    if item.shape is Shape.TIERS:
        return "; ".join(f"{tier['start']}: {tier['value']}" for tier in value or ())
    if item.shape is Shape.CHECK:
        return "on" if value else ""
    return item.preset if value is None else str(value)


def _answers(condition: Mapping[str, Any]) -> Iterator[str]:
    for part in (condition, *condition.get("also", ())):
        for answer in part.get("answers", ["yes"]):
            yield f"{part['question']}{BETWEEN}{answer}"


def under(name: str, item: Item) -> str:
    """The name of `item` inside a row called `name`."""
    return f"{name}-{name_of(item.key)}" if item.key else name


def written(part: Part, typed: Typed, document: Mapping[str, Any]) -> Written:
    """`document` with what was typed into the form of `part`; what could not be read stays out and is told."""
    errors: dict[str, Say] = {}
    made: Document = dict(document)
    for item in part.items:
        _put(made, item.key, _value(item, typed, name_of(item.key), errors))
    return Written(_followed(part, document, made), errors)


def read(item: Item, typed: Typed, name: str) -> Any:
    """What was typed into the fields of one item called `name`; None for nothing."""
    value = _value(item, typed, name, {})
    return None if value is ABSENT else value


def _put(document: Document, key: str, value: Any) -> None:
    first, _, rest = key.partition(".")
    if rest:
        held = document.get(first)
        around = dict(held) if isinstance(held, Mapping) else {}
        _put(around, rest, value)
        # Around nothing stands nothing: of a sector without a name the empty code is no part.
        document[first] = around
        if not any(one is not None for one in around.values()):
            del document[first]
    elif value is ABSENT:
        document.pop(first, None)
    else:
        document[first] = value


def _value(item: Item, typed: Typed, name: str, errors: dict[str, Say]) -> Any:
    if item.shape is Shape.ROWS:
        rows = list(_rows(item, typed, name, errors))
        return rows if rows or item.needed else ABSENT
    if item.shape in (Shape.CHOICES, Shape.PICK):
        picked = [one for one in typed.get(name, ()) if one]
        return picked if picked or item.needed else ABSENT
    if item.shape is Shape.CONDITION:
        return _condition(typed.get(name, ()))
    if item.shape is Shape.SAY:
        said = {t: tidy(_one(typed, f"{name}-{t}")) for t in ("vi", "en")}
        if any(said.values()):
            return said if said["en"] else {"vi": said["vi"]}
    elif item.shape is Shape.LIMIT:
        limit = _limit(typed, name, errors)
        if limit:
            return limit
    else:
        value = _plain(item, _one(typed, name), name, errors)
        if value is not ABSENT:
            return value
    return None if item.needed else ABSENT


def _one(typed: Typed, name: str) -> str:
    values = typed.get(name) or [""]
    return str(values[-1])


def _plain(item: Item, text: str, name: str, errors: dict[str, Say]) -> Any:
    if item.shape is Shape.LINES:
        lines = [line for line in map(clean, text.splitlines()) if line]
        return lines if lines or item.needed else ABSENT
    if item.shape is Shape.TEXT:
        return tidy(text) or ABSENT
    one = clean(text)
    if not one or one == item.preset:
        return ABSENT
    if item.shape is Shape.CHECK:
        return True
    if item.shape is Shape.WHOLE:
        return _whole(one, name, errors)
    if item.shape is Shape.TIERS:
        return _tiers(one, name, errors)
    return one


def _whole(text: str, name: str, errors: dict[str, Say]) -> Any:
    figures = text.replace(".", "").replace(" ", "") if re.fullmatch(r"\d{1,3}([. ]\d{3})*", text) else text
    if figures.isascii() and figures.isdigit() and len(figures) <= MOST_DIGITS:
        return int(figures)
    errors[name] = _NO_WHOLE
    return ABSENT


def _tiers(text: str, name: str, errors: dict[str, Say]) -> Any:
    tiers = []
    for one in filter(None, (part.strip() for part in text.split(";"))):
        found = re.fullmatch(r"(\d{1,6})\s*:\s*(\d{1,12})", one, re.ASCII)
        if found is None:
            errors[name] = _NO_TIERS
            return ABSENT
        tiers.append({"start": int(found[1]), "value": int(found[2])})
    return tiers


def _limit(typed: Typed, name: str, errors: dict[str, Say]) -> Document:
    number, unit = clean(_one(typed, f"{name}-value")), clean(_one(typed, f"{name}-unit"))
    limit: Document = {"unit": unit} if unit else {}
    if number:
        try:
            value = Decimal(number.replace(",", "."))
        except InvalidOperation:
            value = Decimal("NaN")
        if value.is_finite() and len(number) <= MOST_DIGITS:
            limit["value"] = str(value)
        else:
            errors[f"{name}-value"] = _NO_NUMBER
    return limit


def _condition(chosen: Iterable[str]) -> Any:
    answers: dict[str, list[str]] = {}
    for one in filter(None, chosen):
        question, _, answer = one.partition(BETWEEN)
        given = answers.setdefault(question, [])
        if answer not in given:
            given.append(answer)
    if not answers:
        return ABSENT
    first, *rest = ({"question": question, "answers": given} for question, given in answers.items())
    return {**first, "also": rest} if rest else first


# --- rows ------------------------------------------------------------


def indices(typed: Typed, name: str) -> list[int]:
    """The numbers of the rows of `name` that were sent."""
    found = re.compile(rf"{re.escape(name)}-(\d{{1,4}})(?:-|$)")
    return sorted({int(match[1]) for key in typed if (match := found.match(key))})


def _rows(item: Item, typed: Typed, name: str, errors: dict[str, Say]) -> Iterator[Any]:
    there = [
        i
        for i in indices(typed, name)
        if not _one(typed, f"{name}-{i}-{REMOVE}") and not is_blank(item.of, typed, f"{name}-{i}")
    ]
    codes = {_one(typed, f"{name}-{i}-code") for i in there} - {""}
    for i in sorted(there, key=lambda i: _place(i, _one(typed, f"{name}-{i}-{AT}"))):
        row_name = f"{name}-{i}"
        if not item.of[0].key:
            yield _value(item.of[0], typed, row_name, errors)
            continue
        row: Document = {}
        for part in item.of:
            _put(row, part.key, _value(part, typed, under(row_name, part), errors))
        if item.of[0].shape is Shape.CODE and "code" not in row:
            row = {"code": _new_code(item, row, codes), **row}
            codes.add(row["code"])
        yield row


def _place(index: int, typed: str) -> tuple[int, int]:
    """Where a row goes: what was moved up stands before the one that held the number, moved down after it."""
    held = index + 1
    wanted = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else held
    return wanted, (wanted > held) - (wanted < held)


def _new_code(item: Item, row: Mapping[str, Any], taken: set[str]) -> str:
    said: Mapping[str, Any] = next(
        (row[part.key] for part in item.of if part.shape is Shape.SAY and part.key in row), {}
    )
    base = re.sub(r"[^a-z0-9]+", "_", fold(str(said.get("vi", ""))))[:40].strip("_") or "moi"
    return next(
        code for n in range(len(taken) + 1) if (code := f"{base}_{n + 1}" if n else base) not in taken
    )


def is_blank(items: Iterable[Item], typed: Typed, name: str) -> bool:
    """Whether nothing was typed into a row; what the machine fills in does not count."""
    return not any(_is_typed(item, typed, under(name, item)) for item in items)


def _is_typed(item: Item, typed: Typed, name: str) -> bool:
    if item.shape is Shape.ROWS:
        return any(not is_blank(item.of, typed, f"{name}-{i}") for i in indices(typed, name))
    if item.shape is Shape.CODE or item.preset:
        return False
    ends = {Shape.SAY: ("-vi", "-en"), Shape.LIMIT: ("-value", "-unit")}.get(item.shape, ("",))
    return any(tidy(value) for end in ends for value in typed.get(name + end, ()))


# --- what follows elsewhere -------------------------------------------


def _followed(part: Part, before: Mapping[str, Any], made: Document) -> Document:
    """A new paper belongs to every variant and a new fee to every channel until somebody says otherwise; what is
    removed is named nowhere any more."""
    if part.code == "papers":
        gone, new = _moved(before, made, "components")
        made["variants"] = [
            {**variant, "components": _changed(variant.get("components"), gone, new)}
            for variant in made.get("variants", ())
        ]
    elif part.code == "fees":
        gone, new = _moved(before, made, "fees")
        made["variants"] = [
            {
                **variant,
                "channels": [
                    _with_fees(channel, _changed(channel.get("fees"), gone, new))
                    for channel in variant.get("channels", ())
                ],
            }
            for variant in made.get("variants", ())
        ]
    return made


def _with_fees(channel: Mapping[str, Any], fees: list[str]) -> Document:
    bare = {key: value for key, value in channel.items() if key != "fees"}
    return {**bare, "fees": fees} if fees else bare


def _moved(before: Mapping[str, Any], made: Mapping[str, Any], key: str) -> tuple[set[str], list[str]]:
    old, now = ([one.get("code") for one in each.get(key, ())] for each in (before, made))
    return set(old) - set(now), [code for code in now if code not in old]


def _changed(codes: Iterable[str] | None, gone: set[str], new: list[str]) -> list[str]:
    return [*(code for code in codes or () if code not in gone), *new]
