"""Mistakes are mended: a proposal waits for its second person, or the mended dossier stands."""

from motcua.dossiers import events as e
from motcua.dossiers.degraded import carried
from motcua.dossiers.open_steps import due_beside
from motcua.dossiers.projections.base import (
    Changes,
    Custody,
    Meta,
    Projections,
    acted_for,
    due_columns,
    process_left,
    step_columns,
    without_result,
)
from motcua.dossiers.projections.money import ordered
from motcua.dossiers.recalls import standing_proposal
from motcua.dossiers.row import Row
from motcua.dossiers.states import State
from motcua.kernel.codec import encode


def _proposed(row: Row, event: e.DossierProposed, meta: Meta) -> Changes:
    pending = {
        "act": event.act,
        "by": meta.actor["id"],
        "position": meta.actor["position_kind"],
        "seq": meta.seq,
        "at": encode(event.occurred_at),
        "agency": event.agency,
        "terms": dict(event.terms),
        "sealed": encode(event.sealed),
        "reason": encode(event.reason),
        **acted_for(meta),
    }
    return Changes({"pending": pending, "untouched": row["untouched"]})


def _answered(row: Row, event: e.ProposalDeclined | e.ProposalWithdrawn, meta: Meta) -> Changes:
    return Changes({"untouched": row["untouched"]})


def _voided(row: Row, event: e.ReceiptVoided, meta: Meta) -> Changes:
    return without_result(row, State.STOPPED, event.occurred_at, ground="void")


def _duplicate(row: Row, event: e.DossierClosedAsDuplicate, meta: Meta) -> Changes:
    return without_result(row, State.STOPPED, event.occurred_at, ground="duplicate")


def _corrected(row: Row, event: e.ReceptionCorrected, meta: Meta) -> Changes:
    columns: Row = {
        "variant": event.variant,
        "process_version": event.process_version,
        "limit_value": event.limit.value or "",
        "limit_unit": event.limit.unit,
        "promise_value": event.promise.value or "",
        "promise_unit": event.promise.unit,
        "parties": encode(event.parties),
        "components": encode(event.components),
        "answers": dict(event.answers),
        "corrections": event.number,
        "fee_total": None
        if any(line.amount is None for line in event.fee_order)
        else sum(line.amount or 0 for line in event.fee_order),
        **ordered(row, event.fee_order),
    }
    if event.variant != event.variant_before:
        columns |= {
            **due_columns(event.due),
            "step_due_at": event.step_due_at,
            "beside": due_beside(row, event.beside_due),
        }
    if event.step is not None:
        columns |= step_columns(event.step) | {"proposal": None, "approval": None}
        columns |= _begun_anew(row, meta)
    if event.same is not None:
        columns |= carried(row, event.same, event.degraded, since=event.occurred_at)
    return Changes(columns, event.holder, event.occurred_at)


def _begun_anew(row: Row, meta: Meta) -> Row:
    """Under another process: what was done of the wrong one stays in its table, and no row of this one asked for the
    opinions asked then."""
    left = [process_left(row, meta)] if row["process_version"] else []
    return {
        "earlier": [*row["earlier"], *left],
        "consultations": [{**one, "step": 0} for one in row["consultations"]],
    }


def _reopened(row: Row, event: e.DossierReopened, meta: Meta) -> Changes:
    columns = {
        "stage": State.IN_PROCESS.value,
        "reopened": {"fault": event.fault, "since": encode(event.occurred_at), "seq": meta.seq},
        # What lateness reads, decided_at, stays; the result itself is made anew.
        "outcome": "",
        "result_number": "",
        "available_at": None,
        "shelf": "",
        "manifest": "",
        "notified_at": None,
        "reminders": 0,
        "proposal": standing_proposal(row["proposal"], {event.step.number}),
        "approval": None,
        "ended_at": None,
        "ended_on": None,
        **step_columns(event.step),
    }
    lay = row["available_at"] or row["manifest"]
    custody = Custody("result", event.occurred_at, "reopened") if lay else None
    return Changes(columns, event.holder, event.occurred_at, custody)


def _revoked(row: Row, event: e.ResultRevoked, meta: Meta) -> Changes:
    return Changes({"result_revoked": True})


PROJECT: Projections = {
    e.DossierProposed.TYPE: _proposed,
    e.ProposalDeclined.TYPE: _answered,
    e.ProposalWithdrawn.TYPE: _answered,
    e.ReceiptVoided.TYPE: _voided,
    e.DossierClosedAsDuplicate.TYPE: _duplicate,
    e.ReceptionCorrected.TYPE: _corrected,
    e.DossierReopened.TYPE: _reopened,
    e.ResultRevoked.TYPE: _revoked,
}
