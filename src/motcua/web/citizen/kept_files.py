"""The files that a page of a draft names, wherever in the page they stand. Pure."""

import json
from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from motcua.files.references import Pending, read_reference
from motcua.web.citizen.topics import FORM

Fields = Mapping[str, list[str]]


def files_of(page: str, fields: Fields) -> list[Pending]:
    """Each file that the page names, in order."""
    found: list[Pending] = []

    def note(text: str) -> str:
        if (one := read_reference(text)) is not None:
            found.append(one)
        return text

    _turned(_opened(page, fields), note)
    return found


def as_said(page: str, fields: Fields) -> Any:
    """The page with each file as its name and what it holds: a reference is never written the same way twice."""

    def said(text: str) -> Any:
        one = read_reference(text)
        return text if one is None else (one.name, one.digest)

    return _turned(_opened(page, fields), said)


def without(page: str, fields: Fields, gone: Collection[UUID]) -> dict[str, list[str]]:
    """The page without the files `gone`."""

    def there(text: str) -> str | None:
        one = read_reference(text)
        return None if one is not None and one.upload in gone else text

    left: dict[str, list[Any]] = _turned(_opened(page, fields), there)
    if not page.startswith(FORM):
        return left
    return {name: [json.dumps(one, ensure_ascii=False) for one in values] for name, values in left.items()}


def _opened(page: str, fields: Fields) -> Any:
    if not page.startswith(FORM):
        return fields
    return {name: [json.loads(one) for one in values] for name, values in fields.items()}


def _turned(told: Any, turn: Callable[[str], Any]) -> Any:
    """The same with each text turned; out of a list goes what turns to None."""
    if isinstance(told, Mapping):
        return {key: _turned(one, turn) for key, one in told.items()}
    if isinstance(told, list):
        return [one for each in told if (one := _turned(each, turn)) is not None]
    return turn(told) if isinstance(told, str) else told
