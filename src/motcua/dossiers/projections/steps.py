"""A dossier goes through its process."""

from dataclasses import replace

from motcua.dossiers import events as e
from motcua.dossiers.open_steps import put_beside
from motcua.dossiers.projections.base import NO_STEP, Changes, Meta, Projections, acted_for, step_columns
from motcua.dossiers.row import Row
from motcua.dossiers.states import State
from motcua.kernel.codec import encode
from motcua.kernel.time import local


def _started(row: Row, event: e.DossierStarted, meta: Meta) -> Changes:
    return Changes({"stage": State.IN_PROCESS.value}, event.holder, event.occurred_at)


def _step_taken(row: Row, event: e.StepTaken, meta: Meta) -> Changes:
    said = {
        "by": meta.actor["id"],
        "position": meta.actor["position_kind"],
        "mandate": meta.actor["mandate"],
        "outcome": event.outcome,
        "basis": event.basis,
        "note": None if event.note is None else encode(event.note),
        "step": event.done,
        **acted_for(meta),
    }
    changes = _onward(row, event, {"approval" if event.signed else "proposal": said}, closed=(event.done,))
    if event.goes_on or changes.row["beside"]:
        return changes  # what others do beside it is not taken back
    sent = {
        "by": meta.actor["id"],
        "position": meta.actor["position_kind"],
        "step": event.done,
        "signed": event.signed,
    }
    return replace(changes, row={**changes.row, "sent": sent})


def _step_returned(row: Row, event: e.StepReturned, meta: Meta) -> Changes:
    # What was proposed is to be looked at anew.
    said = {"returned": not event.goes_on, "proposal": None, "approval": None}
    return _onward(row, event, said, closed=(event.done, *event.left))


def _onward(row: Row, event: e.StepTaken | e.StepReturned, said: Row, *, closed: tuple[int, ...]) -> Changes:
    beside = put_beside(row, event.beside, without=closed, leading=event.step.number)
    columns = step_columns(event.step) | {"beside": beside} | said
    if event.goes_on and event.step.number == row["step"]:
        return Changes(columns)  # the leading branch stays where it is, and with whom
    return Changes(columns, event.holder, event.occurred_at)


def _recalled(row: Row, event: e.StepRecalled, meta: Meta) -> Changes:
    what = "approval" if row["sent"]["signed"] else "proposal"
    return Changes({**step_columns(event.step), what: None}, event.holder, event.occurred_at)


def _decided(row: Row, event: e.DossierDecided, meta: Meta) -> Changes:
    columns = {
        "stage": State.DECIDED.value,
        # A result made anew is as late as the first one was (design, section 4: lateness unchanged).
        "decided_at": row["decided_at"] or event.occurred_at,
        "decided_on": row["decided_on"] or local(event.occurred_at).date(),
        "result_revoked": False,
        "outcome": event.outcome,
        "result_number": event.papers[0].number if event.papers else "",
        **NO_STEP,
    }
    return Changes(columns, event.holder, event.occurred_at)


PROJECT: Projections = {
    e.DossierStarted.TYPE: _started,
    e.StepTaken.TYPE: _step_taken,
    e.StepReturned.TYPE: _step_returned,
    e.StepRecalled.TYPE: _recalled,
    e.DossierDecided.TYPE: _decided,
}
