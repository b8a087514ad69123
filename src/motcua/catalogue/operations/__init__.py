"""Publishing procedures, and taking in what the national catalogue announces."""

from motcua.catalogue.operations.importing import Outcome, Record, Source, Taken, close, take_in
from motcua.catalogue.operations.publishing import (
    name_what_came_into_force,
    publish,
    set_fees,
    settle,
    withdraw,
)

__all__ = [
    "Outcome",
    "Record",
    "Source",
    "Taken",
    "close",
    "name_what_came_into_force",
    "publish",
    "set_fees",
    "settle",
    "take_in",
    "withdraw",
]
