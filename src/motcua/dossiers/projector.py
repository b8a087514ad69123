"""From events to rows. The same functions serve the act at work and the replay; they read nothing else."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from motcua.dossiers import events as e, transfers
from motcua.dossiers.consulted import ASKED_IN, awaited, open_ones, over, table_row
from motcua.dossiers.delays import late_from, waits
from motcua.dossiers.projections import (
    backfilling,
    children,
    confirming,
    consulting,
    delays,
    endings,
    express,
    interests,
    mends,
    money,
    moves,
    notes,
    passing,
    pauses,
    reception,
    steps,
    travels,
    versions,
)
from motcua.dossiers.projections.base import Changes as Changes, Custody, Meta as Meta
from motcua.dossiers.row import EMPTY, Row
from motcua.dossiers.since_proposed import noted_on
from motcua.dossiers.standing import Standing
from motcua.dossiers.states import DELAYED_IN, NATIONAL, State
from motcua.dossiers.travels import table_row as travel_row
from motcua.kernel.codec import decode
from motcua.ledger.chain import Envelope

EARLIEST = datetime(1, 1, 1, tzinfo=UTC)


def standing(row: Row) -> Standing:
    """What the act table looks at, of a row."""
    return Standing(
        stage=State(row["stage"]),
        supplement_open=row["supplement"] is not None,
        payment_open=_payment_open(row),
        suspended=row["suspended"],
        touched=not row["untouched"],
        revoked=row["result_revoked"],
        degraded=row["degraded"] is not None,
        is_child=row["parent"] is not None,
        consulting=bool(open_ones(row)),
        awaiting=bool(awaited(row)),
        consult_paused=row["consulting"] is not None,
        apology_waits=waits(row),
        apologised=row["apology_date"] is not None,
    )


def _payment_open(row: Row) -> bool:
    """Whether a payment is waited for; one charged at return waits for the result, also while that is corrected."""
    asked = row["payment"]
    return asked is not None and (asked["back_to"] is not None or row["stage"] == State.DECIDED)


def project(row: Row | None, event: Any, meta: Meta) -> Changes:
    """The changes `event` makes to `row` (None for the first event of a stream)."""
    before = row if row is not None else {**EMPTY, "id": meta.stream, "origin": meta.origin}
    changes = _BY_TYPE[event.TYPE](before, event, meta)
    # Whatever happens makes a proposal lapse, leaves nothing to recall, and is something after reception, unless its
    # projection says not.
    columns = {"pending": None, "untouched": False, "sent": [], **changes.row}
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
    if after.awaiting and after.state not in ASKED_IN:
        columns |= over({**before, **columns}, event.occurred_at)
    if waits({**before, **columns}) and after.state not in DELAYED_IN:
        columns["delay"] = None  # it ends, or goes elsewhere, before anybody signed
    columns |= {
        "state": after.state.value,
        "head_seq": meta.seq,
        "head_hash": meta.hash,
        "head_at": meta.at,
    }
    columns["late_from"] = late_from({**before, **columns})
    columns["proposal"] = noted_on(columns.get("proposal", before["proposal"]), event)
    national = NATIONAL[after.state]
    if national is not None:
        columns["national"] = national
    return replace(changes, row=columns)


_BY_TYPE = {
    **reception.PROJECT,
    **steps.PROJECT,
    **pauses.PROJECT,
    **money.PROJECT,
    **moves.PROJECT,
    **endings.PROJECT,
    **express.PROJECT,
    **versions.PROJECT,
    **passing.PROJECT,
    **mends.PROJECT,
    **backfilling.PROJECT,
    **confirming.PROJECT,
    **children.PROJECT,
    **interests.PROJECT,
    **consulting.PROJECT,
    **delays.PROJECT,
    **notes.PROJECT,
    **travels.PROJECT,
}
TYPES: dict[str, type[Any]] = {kind.TYPE: kind for kind in e.EVENTS}


def replay(envelopes: Iterable[Envelope]) -> Mapping[str, list[Row]]:
    """The rows of one dossier, rebuilt from its events: the wide row and all holdings."""
    row: Row | None = None
    holdings: list[Row] = []
    custody: list[Row] = []
    moved: list[Row] = []
    for envelope in envelopes:
        event: Any = decode(TYPES[envelope.type], envelope.data)
        meta = Meta(
            envelope.stream, envelope.seq, envelope.hash, envelope.at, envelope.origin, envelope.actor
        )
        changes = project(row, event, meta)
        before, row = row or {}, {**(row or {}), **changes.row}
        transfers.told(moved, transfers.moved_on(before, row, event, meta.seq))
        if changes.holder is not None:
            hand_on(holdings, changes.holder, meta, row["holder_since"])
        if changes.custody is not None:
            move_on(custody, changes.custody)
    return {
        "dossiers_dossier": [row] if row else [],
        "dossiers_holding": holdings,
        "dossiers_custody": custody,
        "dossiers_transfer": moved,
        "dossiers_travel": [travel_row(row["id"], one) for one in row["travels"]] if row else [],
        "dossiers_consultation": [table_row(row["id"], one) for one in row["consultations"]] if row else [],
    }


def hand_on(holdings: list[Row], holder: e.HolderFact, meta: Meta, since: datetime) -> None:
    """Close the open holding of `holdings`, if any, and open the next one, if somebody holds."""
    if holdings and holdings[-1]["until"] is None:
        holdings[-1]["until"] = since
    if holder.holder != "none":
        holdings.append(holding_row(holder, meta, since))


def move_on(links: list[Row], custody: Custody) -> None:
    """End the open links of `links` that `custody` speaks of, and add the one it opens."""
    for link in links:
        if link["until"] is None and custody.what in ("", link["what"]):
            link |= {"until": custody.since, "outcome": custody.outcome}
    if custody.opens is not None:
        links.append(custody.opens)


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
