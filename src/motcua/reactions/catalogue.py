"""What follows from time alone: a version published ahead comes into force, and dossiers it favours go on under it."""

from datetime import timedelta
from uuid import UUID

from motcua.catalogue import operations as catalogue
from motcua.catalogue.upcoming import Awaited, awaited
from motcua.flows.transition import concerned, move
from motcua.kernel.actor import SYSTEM
from motcua.kernel.errors import Refusal
from motcua.kernel.time import Clock
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.operations import AlreadyDone
from motcua.ledger.selectors import count_claimed

# An act is refused when it took over a minute: after two, nothing received under the version before is still under way.
SETTLES = timedelta(minutes=2)


def come_into_force(*, clock: Clock, origin: str = "live") -> int:
    """Name the procedures whose next version's day has come, and see to the dossiers that run; returns how much it did.

    Each dossier is a unit of work of its own, under a key of the version and the dossier: twice is once. One that
    refuses keeps no other waiting; the version is not noted as settled before all were seen to.
    """
    at = clock()
    with unit_of_work(actor=SYSTEM, at=at, request=Request.of(f"named/{at.isoformat()}"), origin=origin):
        named = catalogue.name_what_came_into_force(at=at)
    return named + sum(_settled(one, clock, origin) for one in awaited(at=clock() - SETTLES))


def _settled(one: Awaited, clock: Clock, origin: str) -> int:
    stayed, refused = 0, 0
    for dossier in concerned(one):
        request, at = Request.of(_key(one, dossier)), clock()
        try:
            with unit_of_work(actor=SYSTEM, at=at, request=request, origin=origin):
                stayed += move(dossier=dossier, awaited=one, actor=SYSTEM, at=at) is None
        except AlreadyDone:
            continue
        except Refusal:
            refused += 1
    moved = count_claimed(_key(one))
    if not refused:
        at = clock()
        with unit_of_work(actor=SYSTEM, at=at, request=Request.of(f"settled/{one.id}"), origin=origin):
            catalogue.settle(version=one.id, moved=moved, stayed=stayed, actor=SYSTEM, at=at)
    return moved


def _key(one: Awaited, dossier: UUID | None = None) -> str:
    return f"version/{one.id}/{dossier or ''}"
