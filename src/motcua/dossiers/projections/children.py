"""A dossier and its children at other agencies."""

from typing import Any

from motcua.dossiers import events as e
from motcua.dossiers.projections.base import (
    Changes,
    Meta,
    Projections,
    ended,
    goes_on,
    step_columns,
    without_result,
)
from motcua.dossiers.projections.reception import identity_columns
from motcua.dossiers.row import Row
from motcua.dossiers.states import State
from motcua.kernel.codec import encode
from motcua.kernel.time import local


def _received(row: Row, event: e.ChildReceived, meta: Meta) -> Changes:
    columns = identity_columns(event, meta) | {
        "parent": event.parent,
        "child": event.child,
        "lead_agency": event.lead_agency,
        "stage": State.RECEIVED.value,
        "answers": dict(event.answers),
        "process_version": event.process_version,
        "received_at": event.occurred_at,
        "received_on": local(event.occurred_at).date(),
        "clock_from": event.occurred_at,
        "limit_value": event.limit.value or "",
        "limit_unit": event.limit.unit,
        "promise_value": event.promise.value or "",
        "promise_unit": event.promise.unit,
        "calendar_edition": event.calendar_edition,
        "due_at": event.due_at,
        "due_on": None if event.due_at is None else local(event.due_at).date(),
        "limit_due_at": event.limit_due_at,
        "provisional": event.provisional,
        "return_way": "electronic",
        "fee_total": 0,
        **step_columns(event.step),
    }
    return Changes(columns, event.holder, event.occurred_at)


def _opened(row: Row, event: e.ChildOpened, meta: Meta) -> Changes:
    opened = {
        "child": event.child,
        "dossier": str(event.dossier),
        "code": event.code,
        "agency": event.agency,
        "due_at": encode(event.due_at),
        "since": encode(event.occurred_at),
        "ended_at": None,
        "outcome": "",
        "papers": [],
    }
    return Changes({**_beside(row), "children": [*row["children"], opened]})


def _ended(row: Row, event: e.ChildEnded, meta: Meta) -> Changes:
    told = {
        "ended_at": encode(event.occurred_at),
        "outcome": event.outcome,
        "papers": encode(event.papers),
        "basis": event.basis,
        "reasons": encode(event.reasons),
    }
    columns: Row = {
        **_beside(row),
        "children": [one | told if one["child"] == event.child else one for one in row["children"]],
    }
    if not event.goes_on:
        return Changes(columns)
    return Changes({**columns, "supplement": None, **goes_on(row, event)}, event.holder, event.occurred_at)


def _beside(row: Row) -> Row:
    """What another agency does leaves a proposal of this one as it is."""
    return {"pending": row["pending"]}


def _returned(row: Row, event: e.ChildReturned, meta: Meta) -> Changes:
    return ended(row, State.RETURNED, event.occurred_at)


def _called_off(row: Row, event: e.ChildCalledOff, meta: Meta) -> Changes:
    withdrawn = event.how == State.WITHDRAWN
    changes: Any = without_result(
        row,
        State.WITHDRAWN if withdrawn else State.STOPPED,
        event.occurred_at,
        ground="" if withdrawn else "parent",
    )
    return Changes({**changes.row, "papers_owed": False}, changes.holder, changes.held_from)


PROJECT: Projections = {
    e.ChildReceived.TYPE: _received,
    e.ChildOpened.TYPE: _opened,
    e.ChildEnded.TYPE: _ended,
    e.ChildReturned.TYPE: _returned,
    e.ChildCalledOff.TYPE: _called_off,
}
