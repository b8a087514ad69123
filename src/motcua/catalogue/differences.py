"""What changed from one version of a procedure to the next, place by place, for people to read. Pure."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# What names an element of a list, so that one that moved is not one that changed.
_NAMES = ("code", "channel")


@dataclass(frozen=True, slots=True)
class Difference:
    """`where`: the place in the document (`components[p3].name.vi`); None: nothing stood or stands there."""

    where: str
    before: str | None
    after: str | None


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    """The places at which two documents of a procedure differ, in the order of the new one. Elements of lists are
    compared by their code or channel, else by their place, or by what they say where some came or went."""
    return tuple(_of(before, after, ""))


def _of(before: Any, after: Any, where: str) -> Iterator[Difference]:
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in dict.fromkeys([*after, *before]):
            yield from _of(before.get(key), after.get(key), f"{where}.{key}".lstrip("."))
    elif _is_list(before) and _is_list(after):
        yield from _lists(before, after, where)
    else:
        yield Difference(where, _text(before), _text(after))


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _lists(before: Sequence[Any], after: Sequence[Any], where: str) -> Iterator[Difference]:
    old, new = named(before), named(after)
    if len(before) == len(after) and not any(map(_name_of, [*before, *after])):
        old, new = ({str(i): one for i, one in enumerate(each)} for each in (before, after))
    for name in dict.fromkeys([*new, *old]):
        yield from _of(old.get(name), new.get(name), f"{where}[{name}]")
    if list(old) != list(new) and set(old) == set(new):
        yield Difference(where, ", ".join(old), ", ".join(new))


def named(elements: Sequence[Any]) -> dict[str, Any]:
    """Elements by their name; those that have none by what they say, doubles by their count."""
    found: dict[str, Any] = {}
    for element in elements:
        name = _name_of(element) or (_text(element) or "")[:60]
        while name in found:
            name += "'"
        found[name] = element
    return found


def _name_of(element: Any) -> str:
    if not isinstance(element, Mapping):
        return ""
    return next((str(element[name]) for name in _NAMES if element.get(name)), "")


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)
