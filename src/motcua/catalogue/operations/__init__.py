"""Publishing procedures, and taking in what the national catalogue announces."""

from motcua.catalogue.operations.importing import Outcome, Record, Source, Taken, close, take_in
from motcua.catalogue.operations.publishing import publish, set_fees

__all__ = ["Outcome", "Record", "Source", "Taken", "close", "publish", "set_fees", "take_in"]
