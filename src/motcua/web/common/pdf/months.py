"""A long book begins each month on a new page: it is leafed through by months, and the months are drawn on all cores
at once, as nothing flows from one into the next. Pure."""

from collections.abc import Sequence
from itertools import groupby
from typing import TypeVar

Row = TypeVar("Row")
LONG = 1_000  # rows; a shorter book runs on, and is drawn in a moment


def is_long(found: Sequence[Sequence[object]]) -> bool:
    """Whether all parts together are a long book."""
    return sum(len(part) for part in found) > LONG


def parts(rows: Sequence[Row], months: Sequence[int]) -> list[list[Row]]:
    """`rows` as they stand together on pages; `months` has the month of each, or nothing where none matters."""
    if not is_long([rows]) or not months:
        return [list(rows)]
    pairs = zip(months, rows, strict=True)
    return [[row for _, row in pair] for _, pair in groupby(pairs, key=lambda pair: pair[0])]
