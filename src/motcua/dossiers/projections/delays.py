"""A letter of apology waits for a leader, is signed, or is given back; words of the house alone move nothing else."""

from motcua.dossiers import events as e
from motcua.dossiers.projections.base import Changes, Meta, Projections, acted_for
from motcua.dossiers.row import Row
from motcua.kernel.codec import encode


def _letter(event: e.DelayPrepared | e.DelayNotified, meta: Meta) -> Row:
    signed = isinstance(event, e.DelayNotified)
    return {
        "apology_date": encode(event.apology_date),
        "due_at": encode(event.due_at),
        "cause": event.cause,
        "reason": encode(event.reason),
        "by": meta.actor["id"],
        "position": meta.actor["position_kind"],
        "seq": meta.seq,
        "at": encode(event.occurred_at),
        "signed": signed,
        "after_due": isinstance(event, e.DelayNotified) and event.after_due,
        **acted_for(meta),
    }


def _prepared(row: Row, event: e.DelayPrepared, meta: Meta) -> Changes:
    return Changes({"delay": _letter(event, meta), "pending": row["pending"]})


def _sent_back(row: Row, event: e.DelaySentBack, meta: Meta) -> Changes:
    return Changes({"delay": None, "pending": row["pending"]})


def _notified(row: Row, event: e.DelayNotified, meta: Meta) -> Changes:
    return Changes({"delay": _letter(event, meta), "apology_date": event.apology_date})


PROJECT: Projections = {
    e.DelayPrepared.TYPE: _prepared,
    e.DelaySentBack.TYPE: _sent_back,
    e.DelayNotified.TYPE: _notified,
}
