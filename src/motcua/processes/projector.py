"""Stays in steps, from the dossier's events. The same functions serve the act at work and the replay."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from motcua.dossiers import events as e
from motcua.dossiers.projector import TYPES, Meta
from motcua.kernel.codec import decode
from motcua.ledger.chain import Envelope

Row = dict[str, Any]
FOLLOWED = frozenset(TYPES)
RECALLED = "recalled"


@dataclass(frozen=True, slots=True)
class StayChanges:
    """What an event does to the open stays: new values of those that it closes or changes (`of`: of these steps alone;
    none named: of all), new due moments by step, the step whose last stay was taken back (`undone`), and the stays it
    opens."""

    close: Row | None = None
    update: Row | None = None
    of: tuple[int, ...] = ()
    dues: Mapping[int, datetime | None] = field(default_factory=dict)
    undone: int | None = None
    open: tuple[Row, ...] = ()


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
        "ended_for": "",
        "outcome": "",
    }


def _closed(meta: Meta, when: datetime, outcome: str) -> Row:
    by, acting_for = meta.actor["id"], meta.actor["for"] or ""
    return {"ended_at": when, "ended_by": by, "ended_for": acting_for, "outcome": outcome}


def _first(event: Any, meta: Meta) -> tuple[Row, ...]:
    return (_opened(event.step, event.holder, meta, event.occurred_at),)


def _child(event: e.ChildReceived, meta: Meta, leading: int) -> StayChanges:
    return StayChanges(open=_first(event, meta))


def _child_ended(event: e.ChildEnded, meta: Meta, leading: int) -> StayChanges | None:
    return _due_moved(event, meta, leading) if event.goes_on else None


def _received(event: e.DossierReceived, meta: Meta, leading: int) -> StayChanges | None:
    return None if event.step is None else StayChanges(open=_first(event, meta))


def _started(event: e.DossierStarted, meta: Meta, leading: int) -> StayChanges:
    return StayChanges(update={"started_at": event.occurred_at, "account": str(event.holder.account or "")})


def _assigned(event: e.DossierAssigned, meta: Meta, leading: int) -> StayChanges:
    held = {"account": str(event.holder.account or "")}
    return StayChanges(
        update=held | {"started_at": event.occurred_at} if event.starts else held, of=(event.step,)
    )


_InHand = e.DossierClaimed | e.DossierPutBack | e.DossierHandedOn | e.InterestDeclared


def _in_hand(event: _InHand, meta: Meta, leading: int) -> StayChanges:
    return StayChanges(update={"account": str(event.holder.account or "")}, of=(event.step,))


def _recalled(event: e.StepRecalled, meta: Meta, leading: int) -> StayChanges:
    # Who did it and took it back has not done it: rows that stand apart from it look at who does it now.
    return replace(_onward(event, meta, RECALLED, *event.ended), undone=event.number or event.step.number)


def _onward(
    event: e.StepTaken | e.StepReturned | e.StepRecalled, meta: Meta, outcome: str, *ended: int
) -> StayChanges:
    when = event.occurred_at
    opened = () if event.goes_on else _first(event, meta)
    beside = tuple(_opened(one.step, one.holder, meta, when) for one in event.beside)
    close = _closed(meta, when, outcome) if ended else None
    return StayChanges(close=close, of=tuple(sorted(set(ended))), open=(*opened, *beside))


def _taken(event: e.StepTaken, meta: Meta, leading: int) -> StayChanges:
    return _onward(event, meta, event.outcome, event.done)


def _returned(event: e.StepReturned, meta: Meta, leading: int) -> StayChanges:
    return _onward(event, meta, "returned", event.done, *event.left)


def _accepted(event: e.TransferAccepted, meta: Meta, leading: int) -> StayChanges:
    close = None if event.left_step is None else _closed(meta, event.occurred_at, "transferred")
    return StayChanges(close=close, open=_first(event, meta))


def _reopened(event: e.DossierReopened, meta: Meta, leading: int) -> StayChanges:
    return StayChanges(open=_first(event, meta))


def _corrected(event: e.ReceptionCorrected, meta: Meta, leading: int) -> StayChanges | None:
    if event.step is not None and event.holder is not None:
        return StayChanges(
            close=_closed(meta, event.occurred_at, "corrected"),
            open=(_opened(event.step, event.holder, meta, event.occurred_at),),
        )
    return _due_moved(event, meta, leading) if event.variant != event.variant_before else None


def _process_moved(event: e.ProcessMoved, meta: Meta, leading: int) -> StayChanges:
    when = event.occurred_at
    return StayChanges(
        close=_closed(meta, when, "moved"),
        open=tuple(_opened(one.step, one.holder, meta, when) for one in event.places),
    )


def _decided(event: e.DossierDecided, meta: Meta, leading: int) -> StayChanges:
    return StayChanges(close=_closed(meta, event.occurred_at, "decided"))


def _passed_on(event: e.DossierPassedOn, meta: Meta, leading: int) -> StayChanges | None:
    if event.holder is None and not event.backs and not event.beside:
        return None
    account = event.holder.account if event.holder and not event.beside else None
    return StayChanges(update={"agency": event.successor, "account": str(account or "")})


def _ended(event: Any, meta: Meta, leading: int) -> StayChanges:
    return StayChanges(close=_closed(meta, event.occurred_at, "ended"))


def _paused(event: Any, meta: Meta, leading: int) -> StayChanges:
    return StayChanges(update={"due_at": None})


def _due_moved(event: Any, meta: Meta, leading: int) -> StayChanges:
    return StayChanges(dues={leading: event.step_due_at} | {d.number: d.due_at for d in event.beside_due})


def _supplied(event: e.Supplied, meta: Meta, leading: int) -> StayChanges | None:
    return _due_moved(event, meta, leading) if event.complete else None


def _charged(event: e.PaymentRequested, meta: Meta, leading: int) -> StayChanges | None:
    return None if event.due is None else _paused(event, meta, leading)


def _settled(event: e.DossierPaid | e.DossierWaived, meta: Meta, leading: int) -> StayChanges | None:
    return None if event.due is None else _due_moved(event, meta, leading)


def _asked(event: e.ConsultationAsked, meta: Meta, leading: int) -> StayChanges | None:
    return None if event.due is None else _paused(event, meta, leading)


def _opinion(event: Any, meta: Meta, leading: int) -> StayChanges | None:
    return None if event.resumed_at is None else _due_moved(event, meta, leading)


_ENDINGS = (
    e.DossierWithdrawn,
    e.DossierStopped,
    e.DossierRefused,
    e.ReceiptVoided,
    e.DossierClosedAsDuplicate,
)
_PAUSING = (e.SupplementRequested, e.DossierSuspended, e.DossierTransferred)
_MOVING = (e.DossierResumed, e.DossierExtended, e.CalendarApplied, e.TransferDeclined, e.VersionMoved)
_BY_TYPE: Mapping[type, Callable[[Any, Meta, int], StayChanges | None]] = {
    e.DossierReceived: _received,
    e.ChildReceived: _child,
    e.ChildEnded: _child_ended,
    e.ChildCalledOff: _ended,
    e.TransferAccepted: _accepted,
    e.DossierAssigned: _assigned,
    e.DossierClaimed: _in_hand,
    e.DossierPutBack: _in_hand,
    e.DossierHandedOn: _in_hand,
    e.InterestDeclared: _in_hand,
    e.DossierStarted: _started,
    e.StepTaken: _taken,
    e.StepReturned: _returned,
    e.StepRecalled: _recalled,
    e.DossierDecided: _decided,
    e.DossierReopened: _reopened,
    e.ReceptionCorrected: _corrected,
    e.DossierPassedOn: _passed_on,
    e.ProcessMoved: _process_moved,
    e.Supplied: _supplied,
    e.PaymentRequested: _charged,
    e.DossierPaid: _settled,
    e.DossierWaived: _settled,
    e.ConsultationAsked: _asked,
    e.ConsultationAnswered: _opinion,
    e.ConsultationLapsed: _opinion,
    e.ConsultationTakenBack: _opinion,
    **dict.fromkeys(_ENDINGS, _ended),
    **dict.fromkeys(_PAUSING, _paused),
    **dict.fromkeys(_MOVING, _due_moved),
}

MOVES = frozenset(kind.TYPE for kind in _BY_TYPE)  # type: ignore[attr-defined]


def project(event: Any, meta: Meta, leading: int) -> StayChanges | None:
    """The changes `event` makes to the stays of its dossier, whose leading step is `leading` (0: none is open); None
    when it makes none."""
    change = _BY_TYPE.get(type(event))
    return change(event, meta, leading) if change else None


def replay(envelopes: Iterable[Envelope]) -> Mapping[str, list[Row]]:
    """The stays of one dossier, rebuilt from its events."""
    stays: list[Row] = []
    for envelope in envelopes:
        event: Any = decode(TYPES[envelope.type], envelope.data)
        meta = Meta(
            envelope.stream, envelope.seq, envelope.hash, envelope.at, envelope.origin, envelope.actor
        )
        move(stays, event, meta)
    return {"processes_runningstep": stays}


def move(stays: list[Row], event: Any, meta: Meta) -> None:
    """Bring `stays`, all of one dossier, up to date with its next event."""
    running = {stay["number"]: stay for stay in stays if stay["ended_at"] is None}
    changes = project(event, meta, min(running, default=0))
    if changes is None:
        return
    if changes.undone is not None:
        done = [stay for stay in stays if stay["number"] == changes.undone and stay["ended_at"] is not None]
        done[-1]["outcome"] = RECALLED
    for number, stay in running.items():
        if not changes.of or number in changes.of:
            stay |= (changes.close or {}) | (changes.update or {})
        if number in changes.dues:
            stay["due_at"] = changes.dues[number]
    stays += changes.open
