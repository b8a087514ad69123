"""Stays in steps, from the dossier's events. The same functions serve the act at work and the replay."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from motcua.dossiers import events as e
from motcua.dossiers.projector import TYPES, Meta
from motcua.kernel.codec import decode
from motcua.ledger.chain import Envelope

Row = dict[str, Any]
FOLLOWED = frozenset(TYPES)


@dataclass(frozen=True, slots=True)
class StayChanges:
    """What an event does to the open stay (new values), and the stay it opens."""

    close: Row | None = None
    update: Row | None = None
    open: Row | None = None


def _opened(step: e.StepFact, holder: e.HolderFact, meta: Meta, when: datetime) -> Row:
    return {
        "dossier": meta.stream,
        "seq": meta.seq,
        "number": step.number,
        "agency": holder.agency,
        "kinds": list(step.kinds),
        "account": "" if holder.account is None else str(holder.account),
        "opened_at": when,
        "started_at": None,
        "due_at": step.due_at,
        "ended_at": None,
        "ended_by": "",
        "outcome": "",
    }


def _closed(meta: Meta, when: datetime, outcome: str) -> Row:
    return {"ended_at": when, "ended_by": meta.actor["id"], "outcome": outcome}


_ENDINGS = (
    e.DossierWithdrawn,
    e.DossierStopped,
    e.DossierRefused,
    e.ReceiptVoided,
    e.DossierClosedAsDuplicate,
)
_MONEY = (e.PaymentRequested, e.DossierPaid, e.DossierWaived)
_PAUSING = (e.SupplementRequested, e.DossierSuspended, e.PaymentRequested)
_MOVING = (e.DossierResumed, e.DossierExtended, e.CalendarApplied, e.DossierPaid, e.DossierWaived)


def project(event: Any, meta: Meta) -> StayChanges | None:
    """The changes `event` makes to the stays of its dossier; None when it makes none."""
    when = event.occurred_at
    if isinstance(event, e.DossierReceived):
        if event.step is None:
            return None
        return StayChanges(open=_opened(event.step, event.holder, meta, when))
    if isinstance(event, e.DossierStarted):
        return StayChanges(update={"started_at": when, "account": str(event.holder.account or "")})
    if isinstance(event, e.StepTaken):
        close = _closed(meta, when, event.outcome)
        return StayChanges(close=close, open=_opened(event.step, event.holder, meta, when))
    if isinstance(event, e.StepReturned):
        close = _closed(meta, when, "returned")
        return StayChanges(close=close, open=_opened(event.step, event.holder, meta, when))
    if isinstance(event, e.DossierDecided):
        return StayChanges(close=_closed(meta, when, "decided"))
    if isinstance(event, _ENDINGS):
        return StayChanges(close=_closed(meta, when, "ended"))
    if isinstance(event, e.DossierReopened):
        return StayChanges(open=_opened(event.step, event.holder, meta, when))
    if isinstance(event, e.ReceptionCorrected):
        return _corrected(event, meta)
    return _moved(event)


def _moved(event: Any) -> StayChanges | None:
    """When the open step is due, where the clock was stopped, moved or started again."""
    if isinstance(event, _MONEY) and event.due is None:
        return None
    if isinstance(event, _PAUSING):
        return StayChanges(update={"due_at": None})
    if isinstance(event, _MOVING) or (isinstance(event, e.Supplied) and event.complete):
        return StayChanges(update={"due_at": event.step_due_at})
    return None


def _corrected(event: e.ReceptionCorrected, meta: Meta) -> StayChanges | None:
    if event.step is not None and event.holder is not None:
        close = _closed(meta, event.occurred_at, "corrected")
        return StayChanges(close=close, open=_opened(event.step, event.holder, meta, event.occurred_at))
    if event.variant != event.variant_before:
        return StayChanges(update={"due_at": event.step_due_at})
    return None


def replay(envelopes: Iterable[Envelope]) -> Mapping[str, list[Row]]:
    """The stays of one dossier, rebuilt from its events."""
    stays: list[Row] = []
    for envelope in envelopes:
        event: Any = decode(TYPES[envelope.type], envelope.data)
        meta = Meta(
            envelope.stream, envelope.seq, envelope.hash, envelope.at, envelope.origin, envelope.actor
        )
        changes = project(event, meta)
        if changes is None:
            continue
        if stays and stays[-1]["ended_at"] is None:
            stays[-1] |= (changes.close or {}) | (changes.update or {})
        if changes.open is not None:
            stays.append(changes.open)
    return {"processes_runningstep": stays}
