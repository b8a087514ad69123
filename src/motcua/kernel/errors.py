"""Refusals: what a person asked for and cannot have, said in two languages."""

from typing import ClassVar

from motcua.kernel.say import ForOthers, Say


class Refusal(Exception):
    """A use case says no. `vi` and `en` tell what, where and how to mend it; `field` names the input at fault."""

    status: ClassVar[int] = 409

    def __init__(self, vi: str, en: str, *, field: str = "") -> None:
        super().__init__(vi)
        self.vi = vi
        self.en = en
        self.field = field

    def say(self, language: str) -> str:
        """The sentence in `language` ("vi" or "en")."""
        return self.en if language.startswith("en") else self.vi


class Invalid(Refusal):
    """The input itself is wrong."""

    status = 422


class Denied(Refusal):
    """This person may not do this."""

    status = 403


class OthersTurn(Denied):
    """Somebody else does this, whom the words name: no seat is missing."""


def denied(reason: Say) -> Denied:
    """The refusal that says `reason`."""
    return (OthersTurn if isinstance(reason, ForOthers) else Denied)(reason.vi, reason.en)


class NotFound(Refusal):
    """It does not exist, or not for this viewer; the two are told alike."""

    status = 404


class NotAllowedNow(Refusal):
    """The act does not fit the state the thing is in."""

    status = 409


class KeyReused(Refusal):
    """An idempotency key came back with another body."""

    status = 422


class ClockStepped(Refusal):
    """The server's clock went back behind what is already written."""

    status = 503


class Unavailable(Refusal):
    """Something the act needs is out of order; try again later."""

    status = 503


class OutsideUnitOfWork(RuntimeError):
    """A programming error: a write was called without kernel.unit_of_work."""
