"""Keeping what is one person's own: ways to look at their list, words that came to them, what they put on a day."""

from motcua.workday.operations.feeds import end_feed, make_feed
from motcua.workday.operations.filters import LONGEST_NAME, drop_filter, open_with, rename_filter, save_filter
from motcua.workday.operations.plans import move, put_on, sweep_plans, take_off
from motcua.workday.operations.words import Told, mark_done, mark_seen, sweep, tell

__all__ = [
    "LONGEST_NAME",
    "Told",
    "drop_filter",
    "end_feed",
    "make_feed",
    "mark_done",
    "mark_seen",
    "move",
    "open_with",
    "put_on",
    "rename_filter",
    "save_filter",
    "sweep",
    "sweep_plans",
    "take_off",
    "tell",
]
