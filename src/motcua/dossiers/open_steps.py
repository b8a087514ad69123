"""The steps of a dossier that are open together: the leading one, whose seat holds the dossier, and those beside it.

Pure. The leading one is the first of the table; its columns are the row's own, the others stand in `beside`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.dossiers.facts import BesideFact, GivenFact, HolderFact, StepDueFact, StepFact
from motcua.kernel.actor import Actor
from motcua.kernel.codec import encode
from motcua.kernel.errors import Denied, NotAllowedNow
from motcua.kernel.time import parse_utc

Row = Mapping[str, Any]
Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A step that is open: its row in the table, its seats, its due, who holds it."""

    number: int
    kinds: tuple[str, ...]
    due_at: datetime | None
    holder: HolderFact
    leads: bool

    @property
    def fact(self) -> StepFact:
        """The step as an event writes it down; a step with others beside it is never the last."""
        return StepFact(number=self.number, kinds=self.kinds, due_at=self.due_at, last=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Following:
    """What is open once a step is done or given back: the leading step and its holder, `goes_on` where it was open
    before; `beside`: what opens beside it; `passed_over`: rows whose condition does not hold; `left`: what is closed
    with the step that is given back; `given`: to whom the rules of those that open gave them."""

    step: StepFact
    holder: HolderFact
    goes_on: bool = False
    beside: tuple[BesideFact, ...] = ()
    passed_over: tuple[int, ...] = ()
    left: tuple[int, ...] = ()
    given: tuple[GivenFact, ...] = ()


def open_steps(row: Row) -> tuple[OpenStep, ...]:
    """All open steps of a dossier, the leading one first; none before its process and after it."""
    if row["step"] is None:
        return ()
    leading = OpenStep(row["step"], tuple(row["step_kinds"]), row["step_due_at"], holder_now(row), leads=True)
    return (leading, *map(_read, row["beside"]))


def holder_now(row: Row) -> HolderFact:
    """Who holds the dossier as it stands."""
    return HolderFact(
        holder=row["holder_kind"],
        agency=row["holder_agency"],
        unit=row["holder_unit"],
        account=row["holder_account"],
        queue=row["queue"],
    )


def _read(entry: Mapping[str, Any]) -> OpenStep:
    holder = HolderFact(
        holder="position",
        agency=entry["agency"],
        unit=UUID(entry["unit"]) if entry["unit"] else None,
        account=UUID(entry["account"]) if entry["account"] else None,
        queue=entry["queue"],
    )
    due_at = parse_utc(entry["due_at"]) if entry["due_at"] else None
    return OpenStep(entry["number"], tuple(entry["kinds"]), due_at, holder, leads=False)


def open_hands(row: Row) -> Iterator[tuple[Sequence[str], str | None]]:
    """The seats of each open step and the account in whose name it is, the leading one's first."""
    yield row["step_kinds"], encode(row["holder_account"])
    for entry in row["beside"]:
        yield entry["kinds"], entry["account"]


def chosen(row: Row, number: int | None, *, actor: Actor | None = None) -> OpenStep:
    """The open step that is acted on: the one named, else the first whose seats `actor` has, else the leading one.

    Raises NotAllowedNow where it is not open (any more), Denied where `actor` has none of its seats.
    """
    steps = open_steps(row)
    if number is None:
        own = (s for s in steps if actor is not None and actor.position_kind in s.kinds)
        found = next(own, steps[0] if steps else None)
    else:
        found = next((s for s in steps if s.number == number), None)
    if found is None:
        raise NotAllowedNow(
            "Bước này không còn mở: có người vừa làm xong hoặc hồ sơ đã chuyển bước. Hãy xem lại hồ sơ.",
            "This step is not open any more: somebody has just done it, or the dossier went on. Look at it again.",
        )
    if actor is not None and actor.position_kind not in found.kinds:
        raise Denied(
            "Bước này do vị trí khác làm. Hãy chọn bước của vị trí bạn đang giữ.",
            "Another position does this step. Choose one of your own position's.",
        )
    return found


def seen_from(row: Row, step: OpenStep) -> dict[str, Any]:
    """The row as if `step` were the only one open: what the rules of one step look at."""
    return {
        **row,
        "step": step.number,
        "step_kinds": list(step.kinds),
        "step_due_at": step.due_at,
        "last_step": step.leads and row["last_step"],
        "holder_account": step.holder.account,
        "beside": [],
    }


def entry_of(step: StepFact, holder: HolderFact) -> Entry:
    """A step beside the leading one as the row keeps it."""
    return {
        "number": step.number,
        "kinds": list(step.kinds),
        "due_at": encode(step.due_at),
        "agency": holder.agency,
        "unit": encode(holder.unit),
        "account": encode(holder.account),
        "queue": holder.queue,
    }


def put_beside(
    row: Row, opened: Iterable[BesideFact], *, without: Iterable[int], leading: int | None
) -> list[Entry]:
    """The steps beside the `leading` one once those `without` are closed and others `opened`, in order."""
    closed = {*without, leading}
    kept = [entry_of(one.fact, one.holder) for one in open_steps(row) if one.number not in closed]
    return sorted([*kept, *(entry_of(o.step, o.holder) for o in opened)], key=lambda e: int(e["number"]))


def held_beside(row: Row, number: int, holder: HolderFact) -> list[Entry]:
    """The steps beside the leading one once `holder` holds one of them."""
    named = {"unit": encode(holder.unit), "account": encode(holder.account), "queue": holder.queue}
    return [{**entry, **named} if entry["number"] == number else entry for entry in row["beside"]]


def due_beside(row: Row, dues: Sequence[StepDueFact] | None) -> list[Entry]:
    """The steps beside the leading one with new due moments; None: while the clock stands still, with none."""
    moved = {due.number: encode(due.due_at) for due in dues or ()}
    return [
        {**entry, "due_at": None if dues is None else moved.get(entry["number"], entry["due_at"])}
        for entry in row["beside"]
    ]
