"""Keeping what is one person's own: ways to look at their list, words that came to them."""

from motcua.workday.operations.filters import LONGEST_NAME, drop_filter, open_with, rename_filter, save_filter
from motcua.workday.operations.words import Told, mark_seen, sweep, tell

__all__ = [
    "LONGEST_NAME",
    "Told",
    "drop_filter",
    "mark_seen",
    "open_with",
    "rename_filter",
    "save_filter",
    "sweep",
    "tell",
]
