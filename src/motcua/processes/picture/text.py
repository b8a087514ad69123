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
    """`text` in lines no wider than `room`, broken at spaces; a word that is too long is broken within."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if width(longer, size) <= room:
            line = longer
            continue
        if line:
            lines.append(line)
        while width(word, size) > room:
            cut = next(n for n in range(len(word), 0, -1) if n == 1 or width(word[:n], size) <= room)
            lines.append(word[:cut])
            word = word[cut:]
        line = word
    return [*lines, line] if line else lines
