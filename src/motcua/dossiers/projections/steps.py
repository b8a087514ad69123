"""A dossier goes through its process."""

from motcua.dossiers import events as e
from motcua.dossiers.open_steps import put_beside
from motcua.dossiers.projections.base import NO_STEP, Changes, Meta, Projections, acted_for, step_columns
from motcua.dossiers.recalls import (
    forgetting,
    opened_by,
    proposed_until,
    sent_on,
    standing_after,
    standing_proposal,
    taken,
)
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
    if not event.signed and row["proposal"]:
        said["earlier"] = proposed_until(row["proposal"], {event.done})
    sent = [*standing_after(row, event), sent_on(row, event, seq=meta.seq, actor=meta.actor)]
    columns = {"approval" if event.signed else "proposal": said, "sent": sent}
    return _onward(row, event, columns, closed=(event.done,))


def _step_returned(row: Row, event: e.StepReturned, meta: Meta) -> Changes:
    # What is done anew is proposed anew.
    said: Row = {
        "proposal": standing_proposal(row["proposal"], opened_by(event)),
        "approval": None,
        "sent": standing_after(row, event),
    }
    if not event.goes_on:
        said["returned"] = True
    return _onward(row, event, said, closed=(event.done, *event.left))


def _onward(
    row: Row, event: e.StepTaken | e.StepReturned | e.StepRecalled, said: Row, *, closed: tuple[int, ...]
) -> Changes:
    beside = put_beside(row, event.beside, without=closed, leading=event.step.number)
    columns = step_columns(event.step) | {"beside": beside}
    if event.goes_on and event.step.number == row["step"]:
        # The leading branch stays where it is, and with whom.
        return Changes({**columns, "returned": row["returned"], **said})
    return Changes(columns | said, event.holder, event.occurred_at)


def _recalled(row: Row, event: e.StepRecalled, meta: Meta) -> Changes:
    sent = taken(row, event)
    said = row[sent["said"]]
    columns = {
        # What another branch has said since stands.
        sent["said"]: sent["before"]
        if said and said["step"] == sent["step"]
        else forgetting(said, sent["step"]),
        "sent": standing_after(row, event),
    }
    if event.step.number == sent["step"]:
        columns["returned"] = sent["returned"]
    return _onward(row, event, columns, closed=event.ended)


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
