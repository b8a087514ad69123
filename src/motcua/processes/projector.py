"""Stays in steps, from the dossier's events. The same functions serve the act at work and the replay."""

from collections.abc import Callable, Iterable, Mapping
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


def _received(event: e.DossierReceived, meta: Meta) -> StayChanges | None:
    if event.step is None:
        return None
    return StayChanges(open=_opened(event.step, event.holder, meta, event.occurred_at))


def _child(event: e.ChildReceived, meta: Meta) -> StayChanges:
    return StayChanges(open=_opened(event.step, event.holder, meta, event.occurred_at))


def _child_ended(event: e.ChildEnded, meta: Meta) -> StayChanges | None:
    return _due_moved(event, meta) if event.goes_on else None


def _started(event: e.DossierStarted, meta: Meta) -> StayChanges:
    return StayChanges(update={"started_at": event.occurred_at, "account": str(event.holder.account or "")})


def _assigned(event: e.DossierAssigned, meta: Meta) -> StayChanges:
    held = {"account": str(event.holder.account or "")}
    return StayChanges(update=held | {"started_at": event.occurred_at} if event.starts else held)


def _in_hand(event: e.DossierClaimed | e.DossierPutBack, meta: Meta) -> StayChanges:
    return StayChanges(update={"account": str(event.holder.account or "")})


def _onward(event: Any, meta: Meta, outcome: str) -> StayChanges:
    when = event.occurred_at
    close = _closed(meta, when, outcome)
    return StayChanges(close=close, open=_opened(event.step, event.holder, meta, when))


def _accepted(event: e.TransferAccepted, meta: Meta) -> StayChanges:
    if event.left_step is None:
        return StayChanges(open=_opened(event.step, event.holder, meta, event.occurred_at))
    return _onward(event, meta, "transferred")


def _corrected(event: e.ReceptionCorrected, meta: Meta) -> StayChanges | None:
    if event.step is not None and event.holder is not None:
        close = _closed(meta, event.occurred_at, "corrected")
        return StayChanges(close=close, open=_opened(event.step, event.holder, meta, event.occurred_at))
    if event.variant != event.variant_before:
        return StayChanges(update={"due_at": event.step_due_at})
    return None


def _ended(event: Any, meta: Meta) -> StayChanges:
    return StayChanges(close=_closed(meta, event.occurred_at, "ended"))


def _paused(event: Any, meta: Meta) -> StayChanges:
    return StayChanges(update={"due_at": None})


def _due_moved(event: Any, meta: Meta) -> StayChanges:
    return StayChanges(update={"due_at": event.step_due_at})


def _charged(event: e.PaymentRequested, meta: Meta) -> StayChanges | None:
    return None if event.due is None else _paused(event, meta)


def _settled(event: e.DossierPaid | e.DossierWaived, meta: Meta) -> StayChanges | None:
    return None if event.due is None else _due_moved(event, meta)


_ENDINGS = (
    e.DossierWithdrawn,
    e.DossierStopped,
    e.DossierRefused,
    e.ReceiptVoided,
    e.DossierClosedAsDuplicate,
)
_PAUSING = (e.SupplementRequested, e.DossierSuspended, e.DossierTransferred)
_MOVING = (e.DossierResumed, e.DossierExtended, e.CalendarApplied, e.TransferDeclined, e.VersionMoved)
_BY_TYPE: Mapping[type, Callable[[Any, Meta], StayChanges | None]] = {
    e.DossierReceived: _received,
    e.ChildReceived: _child,
    e.ChildEnded: _child_ended,
    e.ChildCalledOff: _ended,
    e.TransferAccepted: _accepted,
    e.DossierAssigned: _assigned,
    e.DossierClaimed: _in_hand,
    e.DossierPutBack: _in_hand,
    e.DossierStarted: _started,
    e.StepTaken: lambda event, meta: _onward(event, meta, event.outcome),
    e.StepReturned: lambda event, meta: _onward(event, meta, "returned"),
    e.StepRecalled: lambda event, meta: _onward(event, meta, "recalled"),
    e.DossierDecided: lambda event, meta: StayChanges(close=_closed(meta, event.occurred_at, "decided")),
    e.DossierReopened: lambda event, meta: StayChanges(
        open=_opened(event.step, event.holder, meta, event.occurred_at)
    ),
    e.ReceptionCorrected: _corrected,
    e.Supplied: lambda event, meta: _due_moved(event, meta) if event.complete else None,
    e.PaymentRequested: _charged,
    e.DossierPaid: _settled,
    e.DossierWaived: _settled,
    **dict.fromkeys(_ENDINGS, _ended),
    **dict.fromkeys(_PAUSING, _paused),
    **dict.fromkeys(_MOVING, _due_moved),
}


def project(event: Any, meta: Meta) -> StayChanges | None:
    """The changes `event` makes to the stays of its dossier; None when it makes none."""
    change = _BY_TYPE.get(type(event))
    return change(event, meta) if change else None


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
