"""Publishing procedures, their drafts, and taking in what the national catalogue announces."""

from motcua.catalogue.operations.drafting import (
    Moved,
    Overtaken,
    begin,
    check_day,
    discard,
    give_up,
    keep,
)
from motcua.catalogue.operations.importing import Outcome, Record, Source, Taken, close, take_in
from motcua.catalogue.operations.localising import (
    Promising,
    Setting,
    charge,
    handle_in,
    promise,
    take_at,
)
from motcua.catalogue.operations.publishing import (
    name_what_came_into_force,
    publish,
    set_fees,
    settle,
    withdraw,
)

__all__ = [
    "Moved",
    "Outcome",
    "Overtaken",
    "Promising",
    "Record",
    "Setting",
    "Source",
    "Taken",
    "begin",
    "charge",
    "check_day",
    "close",
    "discard",
    "give_up",
    "handle_in",
    "keep",
    "name_what_came_into_force",
    "promise",
    "publish",
    "set_fees",
    "settle",
    "take_at",
    "take_in",
    "withdraw",
]
