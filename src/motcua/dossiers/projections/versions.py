"""A running dossier goes on under the next version of its procedure."""

from motcua.dossiers import events as e
from motcua.dossiers.open_steps import due_beside
from motcua.dossiers.projections.base import Changes, Meta, Projections, due_columns
from motcua.dossiers.projections.money import ordered
from motcua.dossiers.row import Row


def _moved(row: Row, event: e.VersionMoved, meta: Meta) -> Changes:
    columns: Row = {
        "procedure_version": event.procedure_version,
        "limit_value": event.limit.value or "",
        "limit_unit": event.limit.unit,
        "promise_value": event.promise.value or "",
        "promise_unit": event.promise.unit,
        "step_due_at": event.step_due_at,
        "beside": due_beside(row, event.beside_due),
        # No act of anybody: the receipt may still be void.
        "untouched": row["untouched"],
        **due_columns(event.new),
    }
    if event.fee_order is not None:
        amounts = [line.amount for line in event.fee_order]
        total = None if None in amounts else sum(amount or 0 for amount in amounts)
        columns |= {"fee_total": total, **ordered(row, event.fee_order)}
    return Changes(columns)


PROJECT: Projections = {e.VersionMoved.TYPE: _moved}
