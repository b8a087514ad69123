"""The words of a record that a decision is taken on, and where else in the record the same words stand. Pure."""

import hashlib
import json
import re
from collections.abc import Iterator
from enum import Enum
from typing import Any

from motcua.catalogue.national.record import KEYS, Fee, Record

Words = tuple[tuple[str, str], ...]
_STEP = re.compile(r"([A-Z]+)(?:\[(\d+)\])?")
_CHANNEL = "KENH"


class Reach(Enum):
    """How much of the record is about one finding: what stands at its place; the same, wherever it stands alike (a fee
    on several channels); what stands there and above it (a time under its channel); everything under it."""

    OWN = "own"
    ALIKE = "alike"
    UNDER = "under"
    WHOLE = "whole"


def words_at(record: Record, where: str, reach: Reach) -> Words | None:
    """Keys and texts at `where`, blank ones left out; None where the record has no such place. Fees are never part of
    what stands above them: a fee that changes does not open a question of time again."""
    found = _chain(record, where)
    if found is None:
        return None
    key, value = found[-1]
    told: list[tuple[str, str]] = []
    if reach is Reach.UNDER:
        told += [pair for _, above in found[1:-1] for pair in _own("", above)]
    is_whole = reach is Reach.WHOLE or isinstance(value, tuple)
    return tuple(told + list(_all(key, value) if is_whole else _own(key, value)))


def alike(words: Words) -> Words:
    """`words` whatever channel they stand under: what one decision may be given for."""
    return tuple(pair for pair in words if pair[0] != _CHANNEL)


def words_digest(words: Words) -> str:
    """What names words where they are too long to stand themselves."""
    told = json.dumps(words, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()


def places_like(record: Record, where: str) -> Iterator[str]:
    """Every place of the record that is named like `where` but for its numbers, from top to bottom."""
    return _places(record, _STEP.findall(where), "")


def thing_at(record: Record, where: str) -> Any:
    """What the record tells at `where`; None where it has no such place."""
    found = _chain(record, where)
    return found[-1][1] if found else None


def _places(value: Any, steps: list[tuple[str, str]], before: str) -> Iterator[str]:
    if not steps:
        yield before
        return
    (key, index), rest = steps[0], steps[1:]
    name = KEYS.get(type(value), {}).get(key)
    if name is None:
        return
    under, place = getattr(value, name), f"{before}.{key}".lstrip(".")
    if not index:
        yield from _places(under, rest, place)
        return
    for i, one in enumerate(under):
        yield from _places(one, rest, f"{place}[{i}]")


def _chain(record: Record, where: str) -> list[tuple[str, Any]] | None:
    """The record and what is met on the way to `where`, each with its key."""
    value: Any = record
    found: list[tuple[str, Any]] = [("", record)]
    for key, index in _STEP.findall(where):
        name = KEYS.get(type(value), {}).get(key)
        if name is None:
            return None
        value = getattr(value, name)
        if index:
            if not isinstance(value, tuple) or int(index) >= len(value):
                return None
            value = value[int(index)]
        found.append((key, value))
    return found


def _own(key: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        if value:
            yield key, value
        return
    for name, field in KEYS.get(type(value), {}).items():
        text = getattr(value, field)
        if isinstance(text, str) and text:
            yield name, text


def _all(key: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, tuple):
        for one in value:
            if not isinstance(one, Fee):
                yield from _all(key, one)
        return
    yield from _own(key, value)
    for name, field in KEYS.get(type(value), {}).items():
        if isinstance(getattr(value, field), tuple):
            yield from _all(name, getattr(value, field))
