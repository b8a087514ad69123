"""What the projections share: what an event changes, and the columns that several events write."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.dossiers import events as e
from motcua.dossiers.open_steps import due_beside
from motcua.dossiers.row import Row, ended_pauses, paused
from motcua.dossiers.states import ENDED, State
from motcua.dossiers.untold import without
from motcua.kernel.actor import SYSTEM
from motcua.kernel.codec import encode
from motcua.kernel.time import local


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
class Custody:
    """Where papers (`what`: result, originals, or "" for all) are from `since` on: `opens` the next link of their
    chain, or nothing where they left the house. `outcome` says what became of the link that ends."""

    what: str
    since: datetime
    outcome: str
    opens: Row | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """New values of dossier columns, who holds from now on and where papers are (None: the same as before)."""

    row: Row
    holder: e.HolderFact | None = None
    held_from: datetime | None = None
    custody: Custody | None = None


# Event type -> what it changes, of the row before it.
Projections = Mapping[str, Callable[[Row, Any, Meta], Changes]]
# The events that end a wait.
GoesOn = e.Supplied | e.TransferDeclined | e.DossierPaid | e.DossierWaived | e.ChildEnded
NOBODY = e.HolderFact(holder="none")
NO_STEP: Row = {
    "step": None,
    "step_kinds": [],
    "step_due_at": None,
    "last_step": False,
    "returned": False,
    "beside": [],
}


def step_columns(step: e.StepFact) -> Row:
    """The one open step."""
    return {
        "step": step.number,
        "step_kinds": list(step.kinds),
        "step_due_at": step.due_at,
        "last_step": step.last,
        "returned": False,
        "beside": [],
    }


def process_left(row: Row, meta: Meta) -> Row:
    """The process it ran under until now, with the agency that has it."""
    left = {"agency": row["competent_agency"], "process": encode(row["process_version"])}
    return {**left, "until": meta.seq}


def due_columns(due: e.DueFact) -> Row:
    """The due moments, as the clock gave them."""
    return {
        "due_at": due.due_at,
        "due_on": None if due.due_at is None else local(due.due_at).date(),
        "limit_due_at": due.limit_due_at,
        "provisional": due.provisional,
        "calendar_edition": due.calendar_edition,
    }


def ended(row: Row, stage: State, at: datetime) -> Changes:
    """The end of a dossier at `at`: no holder, no step, nothing open."""
    assert stage in ENDED  # noqa: S101 - a projector's own promise, not a check of input
    columns = {
        "stage": stage.value,
        "ended_at": at,
        "ended_on": local(at).date(),
        "suspended": False,
        "paused": False,
        "answer_due_at": None,
        "supplement": None,
        "payment": None,
        "suspension": None,
        "to_tell": None,
        **untransferred(row),
        "pauses": ended_pauses(row["pauses"], at),
        **NO_STEP,
    }
    return Changes(columns, NOBODY, at)


def without_result(row: Row, stage: State, at: datetime, *, ground: str = "") -> Changes:
    """The end of a dossier that has no result: the papers handed in are owed back; `ground` is a stop's."""
    changes = ended(row, stage, at)
    owed = bool(row["originals_at"]) or any(c["originals"] for c in row["components"])
    columns = {**changes.row, "papers_owed": owed, "stop_ground": ground}
    return Changes(columns, changes.holder, changes.held_from)


def untransferred(row: Row) -> Row:
    """A transfer that came to nothing, taken back; nothing where none is open."""
    if row["transfer"] is None:
        return {}
    competent = row["competent_agency"]
    return {
        "transfer": None,
        "elsewhere": "" if competent == row["desk_agency"] else competent,
        "gave": row["transfer"]["gave"],
    }


def pause(row: Row, at: datetime, kind: str, ground: str = "") -> Row:
    """An opened pause; nothing where the clock does not run."""
    if row["clock_from"] is None:
        return {}
    return {"pauses": paused(row["pauses"], at, kind, ground), "paused": True}


def holder_before(kept: Mapping[str, Any]) -> e.HolderFact:
    """Who held the dossier before it went to the applicant or payer, as the row kept it."""
    return e.HolderFact(
        holder=kept["holder_kind"],
        agency=kept["holder_agency"],
        unit=UUID(kept["holder_unit"]) if kept["holder_unit"] else None,
        account=UUID(kept["holder_account"]) if kept["holder_account"] else None,
        queue=kept["queue"],
    )


# What the applicant is owed a word about only while it is waited for.
WAITED_FOR = frozenset({"papers", "payment"})


def acted_for(meta: Meta) -> Row:
    """For whom it was done, of an act done in another's seat."""
    return {"for": meta.actor["for"]} if meta.actor["for"] else {}


def by_itself(row: Row, meta: Meta) -> Row:
    """What a message did is no act of anybody: a proposal stands, the receipt may still be void, a step recalled."""
    if meta.actor["id"] != SYSTEM.id:
        return {}
    return {name: row[name] for name in ("pending", "untouched", "sent")}


def goes_on(row: Row, event: GoesOn) -> Row:
    """What waits is over: the answer or the step has its due moment again, and the clock runs on where it ran."""
    columns: Row = {
        "to_tell": without(row, abouts=WAITED_FOR),
        "answer_due_at": event.answer_due_at,
        "step_due_at": event.step_due_at or event.answer_due_at,
        "beside": due_beside(row, event.beside_due),
    }
    if row["clock_from"] is not None:
        columns |= {"pauses": ended_pauses(row["pauses"], event.occurred_at), "paused": False}
        columns |= due_columns(event.due) if event.due else {}
    return columns
