"""What moves a due moment."""

from typing import Any

from motcua.dossiers import events as e
from motcua.dossiers.open_steps import due_beside
from motcua.dossiers.projections.base import Changes, Meta, Projections, due_columns, goes_on, pause
from motcua.dossiers.row import Row, ended_pauses
from motcua.dossiers.untold import of_subject, owing
from motcua.kernel.codec import encode


def _supplement_requested(row: Row, event: e.SupplementRequested, meta: Meta) -> Changes:
    resume_to = {
        name: encode(row[name])
        for name in ("holder_kind", "holder_agency", "holder_unit", "holder_account", "queue")
    }
    columns = {
        "supplement_count": event.number,
        "supplement": {
            "items": [_item(one) for one in event.items],
            "supplied": [],
            "since": encode(event.occurred_at),
            "back_to": resume_to,
            **({"child": event.child} if event.child else {}),
        },
        "answer_due_at": None,
        **pause(row, event.occurred_at, "supplement"),
        **(due_columns(event.due) if row["clock_from"] is not None else {}),
        "step_due_at": None,
        "beside": due_beside(row, None),
    }
    return Changes(columns, event.holder, event.occurred_at)


def _item(item: e.SupplementItem) -> dict[str, Any]:
    told: dict[str, Any] = encode(item)
    if not item.topic:  # as rows were written before items could name the form
        del told["topic"], told["fields"]
    return told


def _supplied(row: Row, event: e.Supplied, meta: Meta) -> Changes:
    supplied = [*row["supplement"]["supplied"], *event.items]
    if not event.complete:
        return Changes({"supplement": {**row["supplement"], "supplied": supplied}})
    columns = {"supplement": None, **goes_on(row, event)}
    return Changes(columns, event.holder, event.occurred_at)


def _wrote(row: Row, event: e.ApplicantWrote, meta: Meta) -> Changes:
    # Words change nothing: a proposal stands.
    return Changes({"pending": row["pending"], "untouched": row["untouched"]})


def _suspended(row: Row, event: e.DossierSuspended, meta: Meta) -> Changes:
    columns = {
        "suspended": True,
        "suspension": {
            "ground": event.ground,
            "basis": event.basis,
            "since": encode(event.occurred_at),
            "until": encode(event.until),
            "reason": encode(event.reason),
        },
        **pause(row, event.occurred_at, "suspension", event.ground),
        **due_columns(event.due),
        "step_due_at": None,
        "beside": due_beside(row, None),
    }
    return Changes(columns)


def _resumed(row: Row, event: e.DossierResumed, meta: Meta) -> Changes:
    columns = {
        "suspended": False,
        "suspension": None,
        "paused": False,
        "pauses": ended_pauses(row["pauses"], event.occurred_at),
        "step_due_at": event.step_due_at,
        "beside": due_beside(row, event.beside_due),
        **due_columns(event.due),
    }
    return Changes(columns)


def _extended(row: Row, event: e.DossierExtended, meta: Meta) -> Changes:
    extension = {
        "at": encode(event.occurred_at),
        "value": event.value,
        "unit": event.unit,
        "ground": event.ground,
    }
    columns = {
        "extensions": [*row["extensions"], extension],
        "step_due_at": event.step_due_at,
        "beside": due_beside(row, event.beside_due),
        **due_columns(event.due),
    }
    return Changes(columns)


def _calendar_applied(row: Row, event: e.CalendarApplied, meta: Meta) -> Changes:
    # No act of anybody: the receipt may still be void.
    columns = {
        **due_columns(event.new),
        "step_due_at": event.step_due_at,
        "beside": due_beside(row, event.beside_due),
        "untouched": row["untouched"],
    }
    if event.to_tell or of_subject(row, "due_moved"):
        columns["to_tell"] = owing(
            row, "due_moved", seq=meta.seq, since=event.occurred_at, was=event.old.due_at
        )
    return Changes(columns)


PROJECT: Projections = {
    e.SupplementRequested.TYPE: _supplement_requested,
    e.ApplicantWrote.TYPE: _wrote,
    e.Supplied.TYPE: _supplied,
    e.DossierSuspended.TYPE: _suspended,
    e.DossierResumed.TYPE: _resumed,
    e.DossierExtended.TYPE: _extended,
    e.CalendarApplied.TYPE: _calendar_applied,
}
