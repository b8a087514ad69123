"""Reactions: read events by position only, run what wiring lists, once for each (position, reaction)."""

from dataclasses import dataclass

from django.db import Error, connection, transaction

from motcua.kernel.db.alone import alone
from motcua.kernel.errors import Refusal
from motcua.kernel.registry import Reaction, wiring
from motcua.kernel.time import Clock
from motcua.ledger.chain import Envelope, read
from motcua.ledger.models import Cursor, Reacted

FOLLOWER = "reactions"
MAX_ATTEMPTS = 10
_LOCK = 0x6D6F7464  # any number that no other program of this database locks


@dataclass(frozen=True, slots=True)
class Placed:
    """An event with its place in the one order."""

    position: int
    envelope: Envelope


def follow(*, after: int, limit: int = 500) -> list[Placed]:
    """The next events after position `after`, in order; what every follower reads."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.position, e.envelope, e.hash FROM ledger_position p"
            " JOIN ledger_event e USING (stream, seq) WHERE p.position > %s ORDER BY p.position LIMIT %s",
            [after, limit],
        )
        return [
            Placed(position, read(envelope, bytes(digest)))
            for position, envelope, digest in cursor.fetchall()
        ]


def dispatch(*, clock: Clock, limit: int = 500) -> int:
    """Run the reactions of the next events; returns how many positions were passed.

    A reaction that fails with a refusal or a database error stays on the list of open ones with its error and
    is tried again later; the others go on (design, law 6: work waits visibly). Safe to run anywhere, any time:
    while one process is at it, the others do nothing.
    """
    with alone(_LOCK) as mine:
        return _dispatch(clock, limit) if mine else 0


def _dispatch(clock: Clock, limit: int) -> int:
    by_type: dict[str, list[Reaction]] = {}
    for reaction in wiring().reactions:
        for event_type in reaction.types:
            by_type.setdefault(event_type, []).append(reaction)
    cursor_row, _ = Cursor.objects.get_or_create(follower=FOLLOWER)
    placed = follow(after=cursor_row.position, limit=limit)
    for item in placed:
        for reaction in by_type.get(item.envelope.type, ()):
            _run(reaction, item, clock)
    if placed:
        Cursor.objects.filter(follower=FOLLOWER).update(position=placed[-1].position)
    return len(placed)


def retry_open(*, clock: Clock, limit: int = 50) -> int:
    """Try again the reactions that failed before; returns how many succeeded now."""
    with alone(_LOCK) as mine:
        return _retry(clock, limit) if mine else 0


def _retry(clock: Clock, limit: int) -> int:
    reactions = {r.name: r for r in wiring().reactions}
    succeeded = 0
    for row in Reacted.objects.filter(done_at=None, attempts__lt=MAX_ATTEMPTS).order_by("position")[:limit]:
        reaction = reactions.get(row.reaction)
        if reaction is None:
            continue
        for item in follow(after=row.position - 1, limit=1):
            succeeded += _run(reaction, item, clock)
    return succeeded


def _run(reaction: Reaction, item: Placed, clock: Clock) -> bool:
    row, _ = Reacted.objects.get_or_create(position=item.position, reaction=reaction.name)
    if row.done_at is not None:
        return False
    mine = Reacted.objects.filter(position=item.position, reaction=reaction.name)
    try:
        reaction.run(item.envelope, position=item.position, clock=clock)
    except (Refusal, Error) as error:
        with transaction.atomic():
            mine.update(attempts=row.attempts + 1, error=str(error)[:2000])
        return False
    mine.update(done_at=clock(), attempts=row.attempts + 1, error="")
    return True
