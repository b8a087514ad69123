"""A running dossier goes on under another version of its procedure, or of its process."""

from motcua.dossiers import events as e
from motcua.dossiers.open_steps import due_beside, entry_of, holder_now
from motcua.dossiers.projections.base import (
    Changes,
    Meta,
    Projections,
    due_columns,
    process_left,
    step_columns,
)
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


def _process_moved(row: Row, event: e.ProcessMoved, meta: Meta) -> Changes:
    leading, *others = event.places
    numbers = {one.before: one.after for one in event.rows}

    def there(said: Row) -> Row:
        """The same of the row that stands for its own now; 0: of none."""
        moved = {**said, "step": numbers.get(said["step"], 0)}
        return moved | {"earlier": [there(one) for one in said["earlier"]]} if "earlier" in said else moved

    columns: Row = {
        "process_version": event.process_version,
        "earlier": [*row["earlier"], {**process_left(row, meta), "moved": True}],
        "proposal": there(row["proposal"]) if row["proposal"] else None,
        "approval": there(row["approval"]) if row["approval"] else None,
        "consultations": [there(one) for one in row["consultations"]],
        # No act of anybody on the dossier: what is proposed stands, the receipt may still be void.
        "pending": row["pending"],
        "untouched": row["untouched"],
        **step_columns(leading.step),
        "returned": row["returned"],
        "beside": [entry_of(one.step, one.holder) for one in others],
    }
    changes = leading.holder != holder_now(row)
    return Changes(columns, leading.holder if changes else None, event.occurred_at if changes else None)


PROJECT: Projections = {e.VersionMoved.TYPE: _moved, e.ProcessMoved.TYPE: _process_moved}
