"""What could not be looked up at reception is filled in."""

from motcua.dossiers import events as e
from motcua.dossiers.degraded import held
from motcua.dossiers.projections.base import Changes, Meta, Projections
from motcua.dossiers.row import Row
from motcua.kernel.codec import encode


def _backfilled(row: Row, event: e.FieldBackfilled, meta: Meta) -> Changes:
    finding = {"field": event.field, "outcome": event.outcome, "told": encode(event.told)}
    columns = held(row, [finding], number=event.number, at=event.occurred_at)
    return Changes(columns if meta.actor["position_kind"] else columns | _left_alone(row))


def _all_backfilled(row: Row, event: e.FieldsBackfilled, meta: Meta) -> Changes:
    columns = held(row, encode(event.findings), number=event.number, at=event.occurred_at)
    return Changes(columns if event.shown else columns | _left_alone(row))


def _left_alone(row: Row) -> Row:
    """A register's answer is no act of anybody: the receipt may still be void, a proposal still be confirmed."""
    return {"untouched": row["untouched"], "pending": row["pending"]}


PROJECT: Projections = {
    e.FieldBackfilled.TYPE: _backfilled,
    e.FieldsBackfilled.TYPE: _all_backfilled,
}
