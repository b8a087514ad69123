"""A dossier comes in."""

from motcua.dossiers import events as e
from motcua.dossiers.degraded import waiting
from motcua.dossiers.projections.base import NO_STEP, Changes, Meta, Projections, step_columns
from motcua.dossiers.projections.money import ordered
from motcua.dossiers.row import Row
from motcua.dossiers.states import State
from motcua.dossiers.tracking import token, token_digest
from motcua.kernel.codec import encode
from motcua.kernel.seals import key
from motcua.kernel.time import local


def identity_columns(
    event: e.DossierSubmitted | e.DossierReceived | e.DossierExpress | e.ChildReceived, meta: Meta
) -> Row:
    """What a dossier is, whatever becomes of it."""
    return {
        "code": event.code,
        "procedure": event.procedure,
        "procedure_version": event.procedure_version,
        "variant": event.variant,
        "channel": event.channel,
        "desk_agency": event.desk_agency,
        "competent_agency": event.competent_agency,
        "elsewhere": "" if event.competent_agency == event.desk_agency else event.competent_agency,
        "tracking_version": event.tracking_version,
        "token_digest": token_digest(token(key("tracking"), meta.stream, event.tracking_version)),
        "parties": encode(event.parties),
        "components": encode(event.components),
    }


def _submitted(row: Row, event: e.DossierSubmitted, meta: Meta) -> Changes:
    columns = identity_columns(event, meta) | {
        "assisted": event.assisted,
        "filing": _filing(event, meta) if event.assisted else None,
        "stage": State.SUBMITTED.value,
        "submitted_at": event.occurred_at,
        "answer_due_at": event.answer_due_at,
        "answers": dict(event.answers),
        "quantities": dict(event.quantities),
        "return_way": event.return_way,
        "degraded": waiting(event.degraded, event.occurred_at),
        "claims": encode(event.claims),
        # On the desk's work list the answer's 8 hours are the slack.
        "step_due_at": event.answer_due_at,
    }
    return Changes(columns, event.holder, event.occurred_at)


def _filing(event: e.DossierSubmitted, meta: Meta) -> Row:
    """Who handed it in for the applicant, as lists and pages show it; the sealed words stay with the event."""
    told: Row = encode(event.filing)
    shown = ("kind", "organisation", "consent", "agreed_at", "told", "paper_kept", "notified")
    return {**{name: told[name] for name in shown}, "by": meta.actor["id"], "objected": None}


def _received(row: Row, event: e.DossierReceived, meta: Meta) -> Changes:
    columns = identity_columns(event, meta) | {
        "assisted": event.assisted,
        "stage": State.RECEIVED.value,
        "untouched": True,
        "answers": dict(event.answers),
        "quantities": dict(event.quantities),
        "process_version": event.process_version,
        "visit": event.visit,
        "return_way": event.return_way,
        "sets": event.sets,
        "received_at": event.occurred_at,
        "received_on": local(event.occurred_at).date(),
        "clock_from": None if event.step is None else event.occurred_at,
        "answer_due_at": None,
        "pauses": [],
        "limit_value": event.limit.value or "",
        "limit_unit": event.limit.unit,
        "promise_value": event.promise.value or "",
        "promise_unit": event.promise.unit,
        "calendar_edition": event.calendar_edition,
        "expected_at": event.expected_at,
        "degraded": waiting(event.degraded, event.occurred_at, row=row),
        "due_at": event.due_at,
        "due_on": None if event.due_at is None else local(event.due_at).date(),
        "limit_due_at": event.limit_due_at,
        "provisional": event.provisional,
        "fee_total": None
        if any(line.amount is None for line in event.fee_order)
        else sum(line.amount or 0 for line in event.fee_order),
        **ordered(row, event.fee_order),
        **(NO_STEP if event.step is None else step_columns(event.step)),
    }
    return Changes(columns, event.holder, event.occurred_at)


def _objected(row: Row, event: e.FilingObjected, meta: Meta) -> Changes:
    told = {"at": encode(event.occurred_at), "reason": encode(event.reason)}
    # What was proposed, and whether anything was done, stays as it is.
    kept = {"pending": row["pending"], "untouched": row["untouched"]}
    return Changes(kept | {"filing": {**row["filing"], "objected": told}})


PROJECT: Projections = {
    e.FilingObjected.TYPE: _objected,
    e.DossierSubmitted.TYPE: _submitted,
    e.DossierReceived.TYPE: _received,
}
