"""From events to rows. The same functions serve the act at work and the replay; they read nothing else."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from motcua.dossiers import events as e
from motcua.dossiers.row import EMPTY, Row
from motcua.dossiers.states import ENDED, NATIONAL, Standing, State
from motcua.dossiers.tracking import token, token_digest
from motcua.kernel.codec import decode, encode
from motcua.kernel.seals import key
from motcua.kernel.time import local
from motcua.ledger.chain import Envelope


@dataclass(frozen=True, slots=True)
class Meta:
    """What the envelope knows beside the event's data."""

    stream: UUID
    seq: int
    hash: bytes
    at: datetime
    origin: str
    actor: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Changes:
    """New values of dossier columns, and who holds from now on (None: the same as before)."""

    row: Row
    holder: e.HolderFact | None = None
    held_from: datetime | None = None


EARLIEST = datetime(1, 1, 1, tzinfo=UTC)
NOBODY = e.HolderFact(holder="none")


def standing(row: Row) -> Standing:
    """What the act table looks at, of a row."""
    return Standing(
        stage=State(row["stage"]),
        supplement_open=row["supplement"] is not None,
        suspended=row["suspended"],
    )


def project(row: Row | None, event: Any, meta: Meta) -> Changes:
    """The changes `event` makes to `row` (None for the first event of a stream)."""
    before = row if row is not None else {**EMPTY, "id": meta.stream, "origin": meta.origin}
    changes = _BY_TYPE[event.TYPE](before, event, meta)
    columns = dict(changes.row)
    if row is None:
        columns = {**before, **columns}
    if changes.holder is not None:
        holder = changes.holder
        columns |= {
            "holder_kind": holder.holder,
            "holder_agency": holder.agency,
            "holder_unit": holder.unit,
            "holder_account": holder.account,
            "holder_since": max(changes.held_from or meta.at, before["holder_since"] or EARLIEST),
            "queue": holder.queue,
        }
    after = standing({**before, **columns})
    columns |= {
        "state": after.state.value,
        "head_seq": meta.seq,
        "head_hash": meta.hash,
        "head_at": meta.at,
    }
    national = NATIONAL[after.state]
    if national is not None:
        columns["national"] = national
    return Changes(columns, changes.holder, changes.held_from)


def _opened(event: e.DossierSubmitted | e.DossierReceived, meta: Meta) -> Row:
    return {
        "code": event.code,
        "procedure": event.procedure,
        "procedure_version": event.procedure_version,
        "variant": event.variant,
        "channel": event.channel,
        "assisted": event.assisted,
        "desk_agency": event.desk_agency,
        "competent_agency": event.competent_agency,
        "elsewhere": "" if event.competent_agency == event.desk_agency else event.competent_agency,
        "tracking_version": event.tracking_version,
        "token_digest": token_digest(token(key("tracking"), meta.stream, event.tracking_version)),
        "parties": encode(event.parties),
        "components": encode(event.components),
    }


def _submitted(row: Row, event: e.DossierSubmitted, meta: Meta) -> Changes:
    columns = _opened(event, meta) | {
        "stage": State.SUBMITTED.value,
        "submitted_at": event.occurred_at,
        "answer_due_at": event.answer_due_at,
        # On the desk's work list the answer's 8 hours are the slack.
        "step_due_at": event.answer_due_at,
    }
    return Changes(columns, event.holder, event.occurred_at)


def _received(row: Row, event: e.DossierReceived, meta: Meta) -> Changes:
    columns = _opened(event, meta) | {
        "stage": State.RECEIVED.value,
        "process_version": event.process_version,
        "visit": event.visit,
        "received_at": event.occurred_at,
        "received_on": local(event.occurred_at).date(),
        "clock_from": event.occurred_at,
        "answer_due_at": None,
        "pauses": [],
        "limit_value": event.limit.value or "",
        "limit_unit": event.limit.unit,
        "promise_value": event.promise.value or "",
        "promise_unit": event.promise.unit,
        "calendar_edition": event.calendar_edition,
        "due_at": event.due_at,
        "due_on": None if event.due_at is None else local(event.due_at).date(),
        "limit_due_at": event.limit_due_at,
        "provisional": event.provisional,
        "fee_total": None
        if any(line.amount is None for line in event.fee_order)
        else sum(line.amount or 0 for line in event.fee_order),
        **_step(event.step),
    }
    return Changes(columns, event.holder, event.occurred_at)


def _step(step: e.StepFact) -> Row:
    return {
        "step": step.number,
        "step_kinds": list(step.kinds),
        "step_due_at": step.due_at,
        "last_step": step.last,
    }


_NO_STEP: Row = {"step": None, "step_kinds": [], "step_due_at": None, "last_step": False}


def _due(due: e.DueFact) -> Row:
    return {
        "due_at": due.due_at,
        "due_on": None if due.due_at is None else local(due.due_at).date(),
        "limit_due_at": due.limit_due_at,
        "provisional": due.provisional,
        "calendar_edition": due.calendar_edition,
    }


def _ended(row: Row, stage: State, at: datetime) -> Changes:
    assert stage in ENDED  # noqa: S101 - a projector's own promise, not a check of input
    columns = {
        "stage": stage.value,
        "ended_at": at,
        "ended_on": local(at).date(),
        "suspended": False,
        "paused": False,
        "answer_due_at": None,
        "supplement": None,
        "suspension": None,
        "pauses": _closed(row["pauses"], at),
        **_NO_STEP,
    }
    return Changes(columns, NOBODY, at)


def _pause(row: Row, at: datetime, kind: str, ground: str = "") -> Row:
    if row["clock_from"] is None:
        return {}
    opened = {"from": encode(at), "to": None, "kind": kind, "ground": ground}
    return {"pauses": [*row["pauses"], opened], "paused": True}


def _closed(pauses: list[Row], at: datetime) -> list[Row]:
    return [p if p["to"] is not None else {**p, "to": encode(at)} for p in pauses]


def _refused(row: Row, event: e.DossierRefused, meta: Meta) -> Changes:
    return _ended(row, State.REFUSED, event.occurred_at)


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
    }
    columns = _step(event.step) | ({"approval": said} if event.signed else {"proposal": said})
    return Changes(columns, event.holder, event.occurred_at)


def _step_returned(row: Row, event: e.StepReturned, meta: Meta) -> Changes:
    # What was proposed is to be looked at anew.
    return Changes({**_step(event.step), "proposal": None, "approval": None}, event.holder, event.occurred_at)


def _supplement_requested(row: Row, event: e.SupplementRequested, meta: Meta) -> Changes:
    resume_to = {
        name: encode(row[name])
        for name in ("holder_kind", "holder_agency", "holder_unit", "holder_account", "queue")
    }
    columns = {
        "supplement_count": event.number,
        "supplement": {
            "items": encode(event.items),
            "supplied": [],
            "since": encode(event.occurred_at),
            "back_to": resume_to,
        },
        "answer_due_at": None,
        **_pause(row, event.occurred_at, "supplement"),
        **(_due(event.due) if row["clock_from"] is not None else {}),
        "step_due_at": None,
    }
    return Changes(columns, event.holder, event.occurred_at)


def _supplied(row: Row, event: e.Supplied, meta: Meta) -> Changes:
    supplied = [*row["supplement"]["supplied"], *event.items]
    if not event.complete:
        return Changes({"supplement": {**row["supplement"], "supplied": supplied}})
    columns: Row = {
        "supplement": None,
        "answer_due_at": event.answer_due_at,
        "step_due_at": event.step_due_at or event.answer_due_at,
    }
    if row["clock_from"] is not None:
        columns |= {"pauses": _closed(row["pauses"], event.occurred_at), "paused": False, **_due(event.due)}
    return Changes(columns, event.holder, event.occurred_at)


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
        **_pause(row, event.occurred_at, "suspension", event.ground),
        **_due(event.due),
        "step_due_at": None,
    }
    return Changes(columns)


def _resumed(row: Row, event: e.DossierResumed, meta: Meta) -> Changes:
    columns = {
        "suspended": False,
        "suspension": None,
        "paused": False,
        "pauses": _closed(row["pauses"], event.occurred_at),
        "step_due_at": event.step_due_at,
        **_due(event.due),
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
        **_due(event.due),
    }
    return Changes(columns)


def _delay_notified(row: Row, event: e.DelayNotified, meta: Meta) -> Changes:
    return Changes({"apology_date": event.apology_date})


def _decided(row: Row, event: e.DossierDecided, meta: Meta) -> Changes:
    columns = {
        "stage": State.DECIDED.value,
        "decided_at": event.occurred_at,
        "decided_on": local(event.occurred_at).date(),
        "outcome": event.outcome,
        "result_number": event.papers[0].number if event.papers else "",
        **_NO_STEP,
    }
    return Changes(columns, event.holder, event.occurred_at)


def _available(row: Row, event: e.ResultAvailable, meta: Meta) -> Changes:
    return Changes({"available_at": event.occurred_at})


def _handed_over(row: Row, event: e.DossierHandedOver, meta: Meta) -> Changes:
    return _ended(row, State.RETURNED, event.occurred_at)


def _withdrawn(row: Row, event: e.DossierWithdrawn, meta: Meta) -> Changes:
    return _ended(row, State.WITHDRAWN, event.occurred_at)


def _stopped(row: Row, event: e.DossierStopped, meta: Meta) -> Changes:
    return _ended(row, State.STOPPED, event.occurred_at)


def _calendar_applied(row: Row, event: e.CalendarApplied, meta: Meta) -> Changes:
    return Changes({**_due(event.new), "step_due_at": event.step_due_at})


_BY_TYPE: dict[str, Callable[[Row, Any, Meta], Changes]] = {
    e.DossierSubmitted.TYPE: _submitted,
    e.DossierReceived.TYPE: _received,
    e.DossierRefused.TYPE: _refused,
    e.DossierStarted.TYPE: _started,
    e.StepTaken.TYPE: _step_taken,
    e.StepReturned.TYPE: _step_returned,
    e.SupplementRequested.TYPE: _supplement_requested,
    e.Supplied.TYPE: _supplied,
    e.DossierSuspended.TYPE: _suspended,
    e.DossierResumed.TYPE: _resumed,
    e.DossierExtended.TYPE: _extended,
    e.DelayNotified.TYPE: _delay_notified,
    e.DossierDecided.TYPE: _decided,
    e.ResultAvailable.TYPE: _available,
    e.DossierHandedOver.TYPE: _handed_over,
    e.DossierWithdrawn.TYPE: _withdrawn,
    e.DossierStopped.TYPE: _stopped,
    e.CalendarApplied.TYPE: _calendar_applied,
}
TYPES: dict[str, type[Any]] = {kind.TYPE: kind for kind in e.EVENTS}


def replay(envelopes: Iterable[Envelope]) -> Mapping[str, list[Row]]:
    """The rows of one dossier, rebuilt from its events: the wide row and all holdings."""
    row: Row | None = None
    holdings: list[Row] = []
    for envelope in envelopes:
        event: Any = decode(TYPES[envelope.type], envelope.data)
        meta = Meta(
            envelope.stream, envelope.seq, envelope.hash, envelope.at, envelope.origin, envelope.actor
        )
        changes = project(row, event, meta)
        row = {**(row or {}), **changes.row}
        if changes.holder is not None:
            hand_on(holdings, changes.holder, meta, row["holder_since"])
    return {"dossiers_dossier": [row] if row else [], "dossiers_holding": holdings}


def hand_on(holdings: list[Row], holder: e.HolderFact, meta: Meta, since: datetime) -> None:
    """Close the open holding of `holdings`, if any, and open the next one, if somebody holds."""
    if holdings and holdings[-1]["until"] is None:
        holdings[-1]["until"] = since
    if holder.holder != "none":
        holdings.append(holding_row(holder, meta, since))


def holding_row(holder: e.HolderFact, meta: Meta, since: datetime) -> Row:
    """A holding as its table keeps it."""
    return {
        "dossier": meta.stream,
        "seq": meta.seq,
        "holder_kind": holder.holder,
        "agency": holder.agency,
        "unit": holder.unit,
        "account": holder.account,
        "queue": holder.queue,
        "since": since,
        "until": None,
    }
