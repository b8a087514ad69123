"""What may be chosen for a position or a unit of time."""

from motcua.agencies.positions import POSITION_KINDS
from motcua.catalogue.lengths import LIMIT_UNITS
from motcua.processes.shapes import STEP_POSITIONS, WrittenUnit
from motcua.processes.wording import MERGED as MERGED_WORDS, UNITS
from motcua.web.catalogue.processes.values import MERGED, Options
from motcua.web.common.wording import say

NONE = ("", "–")


def positions() -> Options:
    """The positions that may hold a step."""
    return [
        NONE,
        *((kind, say(POSITION_KINDS[kind].title)) for kind in POSITION_KINDS if kind in STEP_POSITIONS),
    ]


def everybody() -> Options:
    """All positions."""
    return [NONE, *((kind, say(each.title)) for kind, each in POSITION_KINDS.items())]


def units() -> Options:
    """The units of a written time."""
    return [("", "–"), *((str(unit), say(UNITS[unit])) for unit in WrittenUnit), (MERGED, say(MERGED_WORDS))]


def limit_units() -> Options:
    """The units of a limit."""
    return [("", "–"), *((str(unit), say(words)) for unit, words in LIMIT_UNITS.items())]
