"""What `config.apps` hands over at start: the lists by which reactions, projectors and events are found."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Reaction:
    """A function that follows events of the named types; idempotent by (position, name).

    `run(envelope, position=..., clock=...)` reads the clock for each act of its own: an act's `at` is its own.
    """

    name: str
    types: frozenset[str]
    run: Callable[..., None]


@dataclass(frozen=True, slots=True)
class Projector:
    """How one module's rows follow from one stream's events. `replay(events)` gives rows by table name."""

    name: str
    tables: tuple[str, ...]
    types: frozenset[str]
    replay: Callable[[Iterable[Any]], Mapping[str, list[dict[str, Any]]]]


@dataclass(frozen=True, slots=True)
class Inspection:
    """What `ledger check` compares with the events beside the chains, and yields faults of (ledger.chain.Fault).

    `run(batch)` gets whole streams, many at a time: pairs of a stream's id and its envelopes.
    """

    name: str
    run: Callable[..., Iterable[Any]]


# What follows from time alone: `duty(clock=..., origin=...)` does what is due by now, and says how much it did.
Duty = Callable[..., int]


# What stands in for a port where the installation has it: "population" -> the register, or None where none is set.
Adapters = Mapping[str, Callable[[], Any | None]]


@dataclass(frozen=True, slots=True)
class Wiring:
    """The one visible list of what follows what."""

    events: Mapping[str, type] = field(default_factory=dict)
    reactions: tuple[Reaction, ...] = ()
    duties: Mapping[str, Duty] = field(default_factory=dict)
    adapters: Adapters = field(default_factory=dict)
    projectors: tuple[Projector, ...] = ()
    inspections: tuple[Inspection, ...] = ()
    surveys: tuple[Callable[[], Iterable[Any]], ...] = ()  # once for the whole ledger


_wiring = Wiring()


def install(wiring: Wiring) -> None:
    """Put `wiring` in force; called once by config.apps."""
    global _wiring  # the one composition point of the process
    _wiring = wiring


def wiring() -> Wiring:
    """The wiring in force."""
    return _wiring
