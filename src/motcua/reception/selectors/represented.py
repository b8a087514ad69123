"""What a representative may receive, and which of the desk's guidance records are their agency's. Closed where that
is not known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.agencies.posted import Times, representatives
from motcua.kernel.actor import Actor, Capacity
from motcua.processes.running import has_adopted


@dataclass(frozen=True, slots=True)
class Theirs:
    """An agency that posted people at a desk: the procedures it runs, and those people, as records name them, each with
    the times of their posting."""

    procedures: frozenset[str]
    people: Mapping[str, Sequence[Times]]

    def wrote(self, account: str, at: datetime) -> bool:
        """Whether what `account` wrote at `at` was written for this agency: while it had posted them there."""
        return any(
            since <= at and (until is None or at < until) for since, until in self.people.get(account, ())
        )


def theirs(seat: Capacity | Actor) -> Theirs | None:
    """What the agency that posted this seat's holder has at the desk; None for the desk's own people, who see all.
    Two statements."""
    if not seat.posted_by:
        return None
    return Theirs(
        procedures=frozenset(has_adopted(seat.posted_by)),
        people=representatives(desk=seat.agency, posted_by=seat.posted_by),
    )
