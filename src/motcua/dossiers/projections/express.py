"""Received, decided and handed over at once: a row that ends where it begins."""

from motcua.dossiers import events as e
from motcua.dossiers.projections.base import Changes, Meta, Projections, ended
from motcua.dossiers.projections.money import ordered
from motcua.dossiers.projections.reception import identity_columns
from motcua.dossiers.row import Row
from motcua.dossiers.states import State
from motcua.kernel.time import local


def _express(row: Row, event: e.DossierExpress, meta: Meta) -> Changes:
    when = event.occurred_at
    day = local(when).date()
    end = ended(row, State.RETURNED, when)
    columns = identity_columns(event, meta) | {
        "express": True,
        "visit": event.visit,
        "received_at": when,
        "received_on": day,
        "limit_value": event.limit.value or "",
        "limit_unit": event.limit.unit,
        "promise_value": event.limit.value or "",
        "promise_unit": event.limit.unit,
        "due_at": when,
        "due_on": day,
        "limit_due_at": when,
        "decided_at": when,
        "decided_on": day,
        "outcome": event.outcome,
        "result_number": event.papers[0].number if event.papers else "",
        **ordered(row, event.fee_order),
        "fee_total": None
        if any(line.amount is None for line in event.fee_order)
        else sum(line.amount or 0 for line in event.fee_order),
        **ordered(row, event.fee_order),
    }
    return Changes(columns | end.row, end.holder, end.held_from)


PROJECT: Projections = {e.DossierExpress.TYPE: _express}
