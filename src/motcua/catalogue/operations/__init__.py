"""Publishing procedures, their drafts, taking in what the national catalogue announces, deciding what it means."""

from motcua.catalogue.operations.deciding import Choice, Outdated, Unfit, decide, decide_many, take_back
from motcua.catalogue.operations.drafting import (
    Moved,
    Overtaken,
    begin,
    check_day,
    discard,
    give_up,
    keep,
)
from motcua.catalogue.operations.importing import (
    RULES,
    Outcome,
    Record,
    Source,
    Taken,
    close,
    record_of,
    take_in,
)
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
    "Overtaken",
    "RULES",
    "Choice",
    "Outcome",
    "Outdated",
    "Promising",
    "Record",
    "Setting",
    "Source",
    "Taken",
    "begin",
    "Unfit",
    "charge",
    "check_day",
    "close",
    "discard",
    "give_up",
    "decide",
    "decide_many",
    "handle_in",
    "keep",
    "name_what_came_into_force",
    "promise",
    "publish",
    "record_of",
    "set_fees",
    "settle",
    "take_at",
    "take_back",
    "take_in",
    "withdraw",
]
