"""One transaction for one use case. Only the edges open it; operations refuse to run outside one."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction

from motcua.kernel.actor import Actor
from motcua.kernel.errors import OutsideUnitOfWork
from motcua.kernel.ids import uuid7


@dataclass(frozen=True, slots=True)
class Request:
    """What the edge knows of the request: its idempotency key and the digest of what was posted."""

    key: str
    body_digest: bytes

    @classmethod
    def of(cls, key: str, body: bytes = b"") -> "Request":
        """A request with `key`; two bodies count as the same when their SHA-256 is."""
        return cls(key=key, body_digest=hashlib.sha256(body).digest())

    @classmethod
    def fresh(cls) -> "Request":
        """A request nobody will repeat (a command, a reaction's own act)."""
        return cls.of(str(uuid7()))


@dataclass(frozen=True, slots=True)
class Work:
    """The open unit of work: what the ledger needs to know beside the event itself."""

    actor: Actor
    at: datetime
    request: Request
    origin: str
    installation: str


_current: ContextVar[Work | None] = ContextVar("motcua_unit_of_work", default=None)


@contextmanager
def unit_of_work(*, actor: Actor, at: datetime, request: Request, origin: str = "live") -> Iterator[Work]:
    """Open the one transaction of a use case.

    `at` is the instant of the act, read once by the edge. `origin` says how the act came in and is never
    taken from a caller's input: the edges write "live", the demo and tests "simulated", imports "import".
    Nothing slow may happen inside, and nothing is enqueued: the event is the outbox.
    """
    if at.tzinfo is None:
        raise ValueError("`at` must be aware")
    work = Work(actor=actor, at=at, request=request, origin=origin, installation=settings.INSTALLATION)
    token = _current.set(work)
    try:
        with transaction.atomic(durable=True):
            yield work
    finally:
        _current.reset(token)


def is_open() -> bool:
    """Whether a unit of work is open here: what is slow asks, and stays away."""
    return _current.get() is not None


def current(*, actor: Actor, at: datetime) -> Work:
    """The open unit of work, checked against the caller's `actor` and `at`.

    Raises OutsideUnitOfWork when there is none, or when the caller speaks for somebody else.
    """
    work = _current.get()
    if work is None:
        raise OutsideUnitOfWork("no unit of work is open: the edge opens one, operations never do")
    if work.actor != actor or work.at != at:
        raise OutsideUnitOfWork("actor or time differ from those of the open unit of work")
    return work
