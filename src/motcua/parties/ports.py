"""The ports of this module: what stands outside and is asked about people. Adapters live in `interop`."""

from typing import Protocol

from motcua.kernel.registry import wiring
from motcua.parties.registers import Outcome, Question, Registered

POPULATION = "population"


class Register(Protocol):
    """A state register of people. It never raises for what the other side does: that is an outcome."""

    def ask(self, question: Question, *, number: str, officer: str) -> tuple[Outcome, Registered | None]:
        """What it says to the request `number`, asked for `officer` (their account; "" for the system itself). Slow:
        never inside a unit of work."""


def population() -> Register | None:
    """The population register; None where the installation has none."""
    make = wiring().adapters.get(POPULATION)
    return make() if make else None
