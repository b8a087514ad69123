"""JSON of strangers: read where it can be kept, sealed and followed, refused with the place otherwise."""

import json
from typing import Any, NamedTuple

LARGEST_NUMBER = 2**53 - 1
DEEPEST = 64  # the deepest rule in the deepest field comes to 45
PLACES_TOLD = 8


def read_json(text: str) -> Any:
    """What JSON says. Raises ValueError, with words that can be shown, for what is no JSON, says a key twice, is too
    deep, or holds a number that is too large or none, half a letter (a lone surrogate) or a NUL character."""
    if "\x00" in text or "\\u0000" in text:
        raise ValueError("ký tự rỗng (NUL), hãy bỏ đi / a NUL character, take it out")
    try:
        told = json.loads(text, object_pairs_hook=_no_doubles, parse_constant=_TooLarge, parse_int=_number)
        _check(told)
        json.dumps(told, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError) as error:
        raise ValueError(str(error).encode(errors="backslashreplace").decode()) from error
    return told


class _TooLarge(str):
    """A number that is none to us, as it was written."""

    __slots__ = ()


def _number(text: str) -> int | _TooLarge:
    return _TooLarge(text) if len(text) > 20 or abs(int(text)) > LARGEST_NUMBER else int(text)


def _check(told: Any) -> None:
    """Numbers and depth, with the place; no deeper than who reads it further can follow."""
    left: list[tuple[_Step | None, Any, int]] = [(None, told, 0)]
    while left:
        step, value, depth = left.pop()
        is_large = isinstance(value, _TooLarge)
        if is_large:
            raise ValueError(f"{_place(step)}: {value[:40]}: số quá lớn / a number that is too large")
        if depth > DEEPEST:
            raise ValueError(
                f"{_place(step)}: lồng sâu quá {DEEPEST} lớp / nested deeper than {DEEPEST} levels"
            )
        if isinstance(value, dict):
            left += [(_Step(step, f".{key[:40]}"), each, depth + 1) for key, each in value.items()]
        elif isinstance(value, list):
            left += [(_Step(step, f"[{n}]"), each, depth + 1) for n, each in enumerate(value)]


class _Step(NamedTuple):
    above: "_Step | None"
    word: str


def _place(step: _Step | None) -> str:
    words: list[str] = []
    while step is not None and len(words) < PLACES_TOLD:
        words.append(step.word)
        step = step.above
    return ("…" if step else "") + "".join(reversed(words)).removeprefix(".")


def _no_doubles(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _value in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise ValueError(f"khóa “{twice[:40]}” xuất hiện hai lần / key “{twice[:40]}” stands twice")
    return found
