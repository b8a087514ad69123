"""What could not be looked up at reception is filled in."""

from motcua.dossiers import events as e
from motcua.dossiers.degraded import after_answer
from motcua.dossiers.projections.base import Changes, Meta, Projections
from motcua.dossiers.row import Row
from motcua.kernel.codec import encode


def _backfilled(row: Row, event: e.FieldBackfilled, meta: Meta) -> Changes:
    columns: Row = {"degraded": after_answer(row, event.field, event.outcome, encode(event.told))}
    if (
        meta.actor["position_kind"] == ""
    ):  # a register's answer is no act of anybody: the receipt may still be void
        columns |= {"untouched": row["untouched"], "pending": row["pending"]}
    return Changes(columns)


PROJECT: Projections = {e.FieldBackfilled.TYPE: _backfilled}
