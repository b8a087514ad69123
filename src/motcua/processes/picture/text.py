"""How wide a text is, and where it wraps: by the widths of letters in the usual screen fonts, rather too wide."""

import functools
import unicodedata

_NARROW = frozenset("iIjlt.,;:'|!()[]·“”‘’-/ ")
_SLIM = frozenset('fr1"')
_WIDE = frozenset("mwMWQOĐĐ@%&…")


@functools.lru_cache(4096)
def _letter(letter: str) -> float:
    base = unicodedata.normalize("NFD", letter)[0]
    if unicodedata.combining(base):
        return 0
    if base in _NARROW:
        return 0.34
    if base in _SLIM:
        return 0.45
    if base in _WIDE:
        return 0.92
    if unicodedata.east_asian_width(base) in "WF":
        return 1.05
    return 0.72 if base.isupper() else 0.6


def width(text: str, size: float) -> float:
    """The width of `text` at a font size, in the same unit."""
    return sum(map(_letter, text)) * size


def wrapped(text: str, size: float, room: float) -> list[str]:
    """`text` in lines no wider than `room`, broken at spaces; a word that is too long is broken within. Every letter is
    measured a few times at most, however long a word."""
    lines: list[str] = []
    line, reach = "", 0.0
    for word in text.split():
        end, far = _fitting(word, 0, reach + _letter(" ") if line else 0, size, room)
        if end == len(word):
            line, reach = f"{line} {word}" if line else word, far
            continue
        if line:
            lines.append(line)
        start = 0
        end, reach = _fitting(word, start, 0, size, room)
        while end < len(word):
            end = max(end, start + 1)
            lines.append(word[start:end])
            start = end
            end, reach = _fitting(word, start, 0, size, room)
        line = word[start:]
    return [*lines, line] if line else lines


def _fitting(word: str, start: int, reach: float, size: float, room: float) -> tuple[int, float]:
    """Up to where `word` fits from `start` on, behind what reaches so far, and how far it reaches then."""
    for n in range(start, len(word)):
        further = reach + _letter(word[n])
        if further * size > room:
            return n, reach
        reach = further
    return len(word), reach
