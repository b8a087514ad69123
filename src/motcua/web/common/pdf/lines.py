"""The rows of a long table with their lines broken beforehand.

typst measures each cell of a table several times; where a row's lines are known, it is a block of known height with its
texts placed in it (rows.typ), at a third of the work. What it costs: to a screen reader a long book is no table but
its texts in their order; shorter ones stay tables, and the workbook has them all. Pure.
"""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Any

Cell = str | Mapping[str, Any]
Break = Callable[[str, float], str]

POINT = 25.4 / 72  # mm
CAP = 0.714  # a line's height without what is between lines, of the type's size
HANG = 2.0  # mm by which a word that stands alone (a date) may be wider than the room between the insets
BOLD = 1.1  # how much wider than the upright letters
MOST_LINES = 40  # of a row on one page; what is longer goes on in a row of its own
BREAKS_AFTER = "-/@_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A table's measures: its width in mm, the columns' shares of it, the size of its type in pt, what is between lines
    in sizes of the type, and in mm what is free beside and above a cell's text."""

    width: float
    shares: Sequence[float]
    size: float
    leading: float
    beside: float
    above: float

    @property
    def widths(self) -> list[float]:
        """Each column's width in mm."""
        whole = sum(self.shares)
        return [self.width * share / whole for share in self.shares]

    @property
    def rooms(self) -> list[float]:
        """The room for a line in each column, in sizes of the type."""
        return [(width - 2 * self.beside) / (self.size * POINT) for width in self.widths]


def laid(
    heads: Sequence[str],
    parts: Sequence[Sequence[Sequence[Cell]]],
    frame: Frame,
    letters: Mapping[int, float],
) -> dict[str, Any]:
    """What rows.typ draws: the `frame` with its head, and the rows of each of the `parts` with their heights in mm;
    `letters` has the width of each letter of the type in its size. A row of one cell stands as it is, over all columns.
    """
    hang = HANG / (frame.size * POINT)
    breaking = breaker(letters, hang=hang)
    bold = breaker({letter: width * BOLD for letter, width in letters.items()}, hang=hang)
    rooms = frame.rooms
    head = _rows([bold(name, room) for name, room in zip(heads, rooms, strict=True)], frame)[0]

    def lines(row: Sequence[Cell]) -> list[dict[str, Any]]:
        if len(row) == 1:
            return [{"alone": row[0]}]
        return _rows([_cell(cell, room, breaking) for cell, room in zip(row, rooms, strict=True)], frame)

    return {
        "frame": {**asdict(frame), "widths": frame.widths, "cap": CAP, "head": head},
        "parts": [[line for row in part for line in lines(row)] for part in parts],
    }


def breaker(letters: Mapping[int, float], *, hang: float) -> Break:
    """Breaks a text into lines no wider than a room: between words; a word that is wider alone, and by more than
    `hang`, after a mark that joins, and where there is none between letters. A year's book says the same words over
    and over: they are kept."""
    space = letters[ord(" ")]

    @lru_cache(maxsize=50_000)
    def wide(word: str) -> float:
        return sum(letters[ord(letter)] for letter in word)

    @lru_cache(maxsize=20_000)
    def broken(text: str, room: float) -> str:
        lines = []
        for given in text.split("\n"):
            line, used = "", 0.0
            for word in given.split(" "):
                if line and used + space + wide(word) <= room:
                    line, used = f"{line} {word}", used + space + wide(word)
                    continue
                if line:
                    lines.append(line)
                *full, line = [word] if wide(word) <= room + hang else _pieces(word, room, letters)
                lines += full
                used = wide(line)
            lines.append(line)
        return "\n".join(lines)

    return broken


def _pieces(word: str, room: float, letters: Mapping[int, float]) -> list[str]:
    """`word` in pieces no wider than `room`."""
    found = []
    ends = list(accumulate((letters[ord(letter)] for letter in word), initial=0.0))
    start = 0
    while ends[-1] - ends[start] > room:
        end = start + 1
        while end < len(word) and ends[end + 1] - ends[start] <= room:
            end += 1
        soft = max(word.rfind(mark, start, end) for mark in BREAKS_AFTER) + 1
        cut = soft if soft > start else end
        while cut > start + 1 and unicodedata.combining(word[cut]):
            cut -= 1
        found.append(word[start:cut])
        start = cut
    return [*found, word[start:]]


def _cell(cell: Cell, room: float, breaking: Break) -> Cell:
    if isinstance(cell, str):
        return breaking(cell, room)
    old = "\n".join(breaking(text, room) for text in cell["old"])
    return {"old": old, "new": breaking(cell["new"], room) if cell["new"] else ""}


def _rows(cells: Sequence[Cell], frame: Frame) -> list[dict[str, Any]]:
    """The row, or where it is taller than a page takes the rows, with the height of each."""
    most = max(_height(cell) for cell in cells)
    if most <= MOST_LINES:
        return [{"height": _tall(most, frame), "cells": cells}]
    found = []
    for start in range(0, most, MOST_LINES):
        piece = [_slice(cell, start) for cell in cells]
        found += [{"height": _tall(max(_height(cell) for cell in piece), frame), "cells": piece}]
    return found


def _height(cell: Cell) -> int:
    """How many lines a cell has."""
    if isinstance(cell, str):
        return cell.count("\n") + 1
    return sum(text.count("\n") + 1 for text in (cell["old"], cell["new"]) if text)


def _slice(cell: Cell, start: int) -> Cell:
    """MOST_LINES of a cell's lines."""
    if isinstance(cell, str):
        return "\n".join(cell.split("\n")[start : start + MOST_LINES])
    lines = [(True, line) for line in cell["old"].split("\n")]
    lines += [(False, line) for line in cell["new"].split("\n") if cell["new"]]
    shown = lines[start : start + MOST_LINES]
    return {
        "old": "\n".join(line for struck, line in shown if struck),
        "new": "\n".join(line for struck, line in shown if not struck),
    }


def _tall(lines: int, frame: Frame) -> float:
    """The height in mm of a row of so many lines."""
    return round((lines * CAP + (lines - 1) * frame.leading) * frame.size * POINT + 2 * frame.above, 3)
