"""Steps that were sent on and may be taken back: nothing has happened to what they opened. Pure.

The row keeps them in `sent`, the last one at the end: which event it was, who did which step, what stands open since,
and what was said and returned before it. Of branches side by side each has its own.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from motcua.dossiers import events as e
from motcua.dossiers.open_steps import OpenStep, open_steps
from motcua.kernel.actor import Actor, Capacity
from motcua.kernel.errors import NotAllowedNow

Row = Mapping[str, Any]
Entry = Mapping[str, Any]
_IN_HAND = (e.DossierClaimed, e.DossierPutBack, e.DossierAssigned, e.DossierHandedOn)


def sent_on(row: Row, event: e.StepTaken, *, seq: int, actor: Mapping[str, Any]) -> Entry:
    """What `row` keeps of a step that `actor` completed with the event `seq`."""
    return {
        "seq": seq,
        "by": actor["id"],
        "position": actor["position_kind"],
        "step": event.done,
        "opened": sorted(opened_by(event)),
        "said": "approval" if event.signed else "proposal",
        "before": row["approval" if event.signed else "proposal"],
        "returned": row["returned"] and event.done == row["step"],
    }


def opened_by(event: e.StepTaken | e.StepReturned) -> set[int]:
    """The steps that stand open since."""
    return {one.step.number for one in event.beside} | (set() if event.goes_on else {event.step.number})


def standing_after(row: Row, event: Any) -> list[Entry]:
    """Of `sent` what may be taken back after `event`, too: what it does to one of several open steps touches only who
    opened that one; where no other is open, and for every other act, nothing is left."""
    if isinstance(event, e.StepTaken | e.StepReturned):
        ended = {event.done} | set(getattr(event, "left", ()))
        others = {one.number for one in open_steps(row)} - ended
        left = _but(row, ended) if others else []
        return [_given_back(one, event) for one in left] if isinstance(event, e.StepReturned) else left
    if isinstance(event, _IN_HAND):
        return _but(row, {event.step})
    if isinstance(event, e.StepRecalled) and event.number:
        return [_unsaid(one, taken(row, event)) for one in row["sent"] if one["step"] != event.number]
    return []


def _but(row: Row, touched: set[int]) -> list[Entry]:
    return [one for one in row["sent"] if not touched & set(one["opened"])]


def _unsaid(entry: Entry, gone: Entry) -> Entry:
    """`entry`, that came after the one that is `gone`: what was said before is what was said before that."""
    before = entry["before"]
    if before is None or entry["said"] != gone["said"]:
        return entry
    is_gone = before["step"] == gone["step"]
    return {**entry, "before": gone["before"] if is_gone else forgetting(before, gone["step"])}


def _given_back(entry: Entry, event: e.StepReturned) -> Entry:
    said = entry["said"] == "proposal"
    return {**entry, "before": standing_proposal(entry["before"], opened_by(event)) if said else None}


def proposed_until(proposal: Entry, anew: Collection[int]) -> list[Entry]:
    """What was proposed at the steps that are not done `anew`, the last at the end."""
    last = {name: value for name, value in proposal.items() if name != "earlier"}
    return [one for one in (*proposal.get("earlier", ()), last) if one["step"] not in anew]


def standing_proposal(proposal: Entry | None, anew: Collection[int]) -> Entry | None:
    """What was proposed last and stands when the steps `anew` are given back, or opened again. Only what is done anew
    is proposed anew: what other branches and the rows before said stands, and who said it approves none of it."""
    said = proposed_until(proposal, anew) if proposal else []
    if not said:
        return None
    # Of what a row has kept from before entries were whole, the names count; the last whole one stays until done anew.
    return {**said[-1], "earlier": said[:-1]} if "outcome" in said[-1] else proposal


def forgetting(said: Entry | None, step: int) -> Entry | None:
    """What was said last, without what was said before it at the step that is taken back."""
    if said is None or "earlier" not in said:
        return said
    return {**said, "earlier": [one for one in said["earlier"] if one["step"] != step]}


def taken(row: Row, event: e.StepRecalled) -> Entry:
    """What `row` kept of the step that `event` takes back."""
    number = event.number or event.step.number
    found: Entry = next(one for one in row["sent"] if one["step"] == number)
    return found


def own(row: Row, one: Actor | Capacity, account: str) -> list[Entry]:
    """What this person sent on from this seat, the last one first."""
    kind = one.kind if isinstance(one, Capacity) else one.position_kind
    return [sent for sent in reversed(row["sent"]) if (sent["by"], sent["position"]) == (account, kind)]


def chosen(row: Row, number: int | None, *, actor: Actor) -> Entry:
    """What `actor` takes back: the step of this row of the table, else what they sent on last. Raises NotAllowedNow
    where that is not to be had any more."""
    found = (one for one in own(row, actor, actor.id) if number in (None, one["step"]))
    entry = next(found, None)
    if entry is None:
        raise NotAllowedNow(
            "Bước này không còn rút lại được: hồ sơ đã có việc khác. Hãy xem lại hồ sơ.",
            "This step can't be recalled any more: something else has happened. Look at the dossier again.",
        )
    return entry


def got_by(row: Row, account: UUID, seats: Iterable[Capacity]) -> Sequence[int]:
    """The events with which steps came to this person in `seats`: in whose name they are, or in that of whom they stand
    in for, or on a list of their seats, but for what they sent themselves."""
    here = [seat for seat in seats if seat.agency == row["competent_agency"]]
    waiting = {one.number for one in open_steps(row) for seat in here if _is_for(one, account, seat)}
    return [one["seq"] for one in row["sent"] if waiting & set(one["opened"]) and one["by"] != str(account)]


def _is_for(one: OpenStep, account: UUID, seat: Capacity) -> bool:
    holder = one.holder.account
    return seat.kind in one.kinds and (holder in (None, account) or str(holder) == seat.acting_for)
