"""The installation's own stream: that it was made, and the demonstrations a trial one was filled with."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from motcua.kernel.actor import Actor
from motcua.kernel.codec import decode
from motcua.kernel.unit_of_work import current
from motcua.ledger import installation
from motcua.ledger.selectors import history


@dataclass(frozen=True, slots=True, kw_only=True)
class InstallationMade:
    """What it is, trial or live, for ever."""

    TYPE: ClassVar[str] = "installation_made"
    VERSION: ClassVar[int] = 1

    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoBegun:
    """A demonstration was begun. The same particulars play the same lives, so a broken one can be finished."""

    TYPE: ClassVar[str] = "demo_begun"
    VERSION: ClassVar[int] = 1

    agency: str
    seed: int
    days: int
    dossiers: int
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoFinished:
    """The demonstration that was begun last is whole."""

    TYPE: ClassVar[str] = "demo_finished"
    VERSION: ClassVar[int] = 1

    acts: int


EVENTS: tuple[type, ...] = (InstallationMade, DemoBegun, DemoFinished)


def make_installation(*, actor: Actor, at: datetime) -> UUID:
    """Make the installation's stream where there is none; returns its id."""
    what = current(actor=actor, at=at).installation
    made = installation.stream()
    return made or installation.make(event=InstallationMade(what=what), actor=actor, at=at)


@dataclass(frozen=True, slots=True)
class DemoRun:
    """A demonstration as begun; `number` is its place in the installation's stream."""

    number: int
    terms: DemoBegun


def demos() -> tuple[list[DemoRun], DemoRun | None]:
    """The demonstrations begun so far, and the last of them if it was broken off."""
    stream = installation.stream()
    runs: list[DemoRun] = []
    is_open = False
    for envelope in history(stream, limit=100_000) if stream else ():
        if envelope.type == DemoBegun.TYPE:
            runs.append(DemoRun(envelope.seq, decode(DemoBegun, envelope.data)))
        is_open = (is_open or envelope.type == DemoBegun.TYPE) and envelope.type != DemoFinished.TYPE
    return runs, runs[-1] if is_open else None


def begin_demo(*, terms: DemoBegun, actor: Actor, at: datetime) -> None:
    """Write down that a demonstration begins. Raises NotAllowedNow before the installation was made."""
    installation.record(event=terms, actor=actor, at=at)


def finish_demo(*, acts: int, actor: Actor, at: datetime) -> None:
    """Write down that the demonstration begun last is whole, and of how many acts it is made."""
    installation.record(event=DemoFinished(acts=acts), actor=actor, at=at)
