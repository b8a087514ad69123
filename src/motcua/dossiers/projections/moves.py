"""A dossier goes to a named person, or to another agency."""

from motcua.dossiers import events as e
from motcua.dossiers.open_steps import due_beside, held_beside
from motcua.dossiers.projections.base import (
    Changes,
    Meta,
    Projections,
    acted_for,
    by_itself,
    due_columns,
    goes_on,
    pause,
    step_columns,
    untransferred,
)
from motcua.dossiers.recalls import standing_after
from motcua.dossiers.row import Row, ended_pauses
from motcua.dossiers.states import State
from motcua.dossiers.untold import owing, without
from motcua.kernel.codec import encode
from motcua.kernel.time import local

_HOLDER = ("holder_kind", "holder_agency", "holder_unit", "holder_account", "queue")


def _assigned(row: Row, event: e.DossierAssigned, meta: Meta) -> Changes:
    sent = standing_after(row, event)
    if event.step != row["step"]:
        return Changes({"beside": held_beside(row, event.step, event.holder), "sent": sent})
    return Changes({"stage": State.IN_PROCESS.value, "sent": sent}, event.holder, event.occurred_at)


def _kept(row: Row, event: e.DossierClaimed | e.DossierPutBack, meta: Meta) -> Changes:
    sent = standing_after(row, event)
    if event.step != row["step"]:
        return Changes({"beside": held_beside(row, event.step, event.holder), "sent": sent})
    return Changes({"sent": sent}, event.holder, event.occurred_at)


def _transferred(row: Row, event: e.DossierTransferred, meta: Meta) -> Changes:
    columns = {
        "stage": State.TRANSFERRED.value,
        "transfer": {
            "use": event.use,
            "giver": event.giver,
            "to": event.to,
            "since": encode(event.occurred_at),
            "way": event.way,
            "manifest": event.manifest,
            "reason": None if event.reason is None else encode(event.reason),
            "answer_by": encode(event.answer_by),
            "stage": event.stage,
            "gave": row["gave"],
            "back_to": {name: encode(row[name]) for name in _HOLDER},
            "by": meta.actor["id"],
            **acted_for(meta),
        },
        "elsewhere": "" if event.to == row["desk_agency"] else event.to,
        "gave": row["gave"] if event.giver == row["desk_agency"] else event.giver,
        "answer_due_at": None,
        "step_due_at": event.answer_by,
        "beside": due_beside(row, None),
        **_paused(row, event),
    }
    return Changes(columns, event.holder, event.occurred_at)


def _paused(row: Row, event: e.DossierTransferred) -> Row:
    columns = pause(row, event.occurred_at, "transfer")
    if columns:
        columns["pauses"][-1]["charged_to"] = event.giver
        columns |= due_columns(event.due)
    return columns


def _delivered(row: Row, event: e.TransferDelivered, meta: Meta) -> Changes:
    columns = {
        "transfer": {**row["transfer"], "answer_by": encode(event.answer_by)},
        "step_due_at": event.answer_by,
    }
    return Changes(columns, event.holder, event.occurred_at)


def _accepted(row: Row, event: e.TransferAccepted, meta: Meta) -> Changes:
    left = {"agency": event.giver, "process": encode(row["process_version"]), "until": meta.seq}
    columns = {
        "stage": State.RECEIVED.value,
        "transfer": None,
        "competent_agency": event.agency,
        "gave": "" if row["gave"] == event.agency else row["gave"],
        "earlier": [*row["earlier"], left] if row["process_version"] else row["earlier"],
        "process_version": event.process_version,
        "proposal": None,
        "approval": None,
        "limit_value": event.limit.value or "",
        "limit_unit": event.limit.unit,
        "promise_value": event.promise.value or "",
        "promise_unit": event.promise.unit,
        "to_tell": owing(row, "due_date", seq=meta.seq, since=event.occurred_at),
        **_running(row, event),
        **due_columns(event.due),
        **step_columns(event.step),
    }
    return Changes(columns, event.holder, event.occurred_at)


def _running(row: Row, event: e.TransferAccepted) -> Row:
    if not event.starts:
        return {"pauses": ended_pauses(row["pauses"], event.occurred_at), "paused": False}
    received = row["received_at"] or event.occurred_at
    return {
        "received_at": received,
        "received_on": local(received).date(),
        "clock_from": event.occurred_at,
        "pauses": [],
        "paused": False,
    }


def _declined(row: Row, event: e.TransferDeclined, meta: Meta) -> Changes:
    columns = {
        "stage": row["transfer"]["stage"],
        **untransferred(row),
        **goes_on(row, event),
    }
    return Changes(columns, event.holder, event.occurred_at)


def _told(row: Row, event: e.ApplicantTold, meta: Meta) -> Changes:
    left = without(row, seqs=[event.word]) if event.word else None
    return Changes({"to_tell": left, **by_itself(row, meta)})


def _not_reached(row: Row, event: e.ApplicantNotReached, meta: Meta) -> Changes:
    to_tell = owing(row, event.about, seq=meta.seq, since=event.occurred_at)
    return Changes({"to_tell": to_tell, **by_itself(row, meta)})


PROJECT: Projections = {
    e.DossierAssigned.TYPE: _assigned,
    e.DossierClaimed.TYPE: _kept,
    e.DossierPutBack.TYPE: _kept,
    e.DossierTransferred.TYPE: _transferred,
    e.TransferDelivered.TYPE: _delivered,
    e.TransferAccepted.TYPE: _accepted,
    e.TransferDeclined.TYPE: _declined,
    e.ApplicantTold.TYPE: _told,
    e.ApplicantNotReached.TYPE: _not_reached,
}
