"""What this house asks of a payment platform. Called outside transactions; who answers is configured."""

from datetime import datetime
from typing import Protocol

from motcua.payments.platform import Asked, Told


class CannotNow(Exception):
    """The platform does not answer, or not in a way that could be believed; `why` is for the log."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Away(CannotNow):
    """It does not answer at all, so that asking about another payment is of no use now."""


class Platform(Protocol):
    """A platform on which people pay."""

    def begin(self, asked: Asked) -> str:
        """Begin a payment; the address of the page on which it is paid. Raises CannotNow."""

    def ask(self, reference: str, *, at: datetime) -> Told:
        """How a payment stands there. Raises CannotNow."""

    def told(self, body: object, *, at: datetime) -> Told:
        """What a confirmation says that came by itself. Raises Forged, Unreadable."""
