"""The result goes out, or the dossier ends without one."""

from motcua.dossiers import events as e
from motcua.dossiers.projections.base import Changes, Meta, Projections, ended
from motcua.dossiers.row import Row
from motcua.dossiers.states import State


def _available(row: Row, event: e.ResultAvailable, meta: Meta) -> Changes:
    return Changes({"available_at": event.occurred_at})


def _handed_over(row: Row, event: e.DossierHandedOver, meta: Meta) -> Changes:
    return ended(row, State.RETURNED, event.occurred_at)


def _withdrawn(row: Row, event: e.DossierWithdrawn, meta: Meta) -> Changes:
    return ended(row, State.WITHDRAWN, event.occurred_at)


def _stopped(row: Row, event: e.DossierStopped, meta: Meta) -> Changes:
    return ended(row, State.STOPPED, event.occurred_at)


PROJECT: Projections = {
    e.ResultAvailable.TYPE: _available,
    e.DossierHandedOver.TYPE: _handed_over,
    e.DossierWithdrawn.TYPE: _withdrawn,
    e.DossierStopped.TYPE: _stopped,
}
