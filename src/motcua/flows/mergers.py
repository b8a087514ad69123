"""Agencies are merged: what the successor lacks is told beforehand, running dossiers are passed on."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time
from uuid import UUID

from motcua.agencies import operations as agencies
from motcua.agencies.mergers import MergerLine, Succession
from motcua.agencies.positions import queue_of
from motcua.agencies.selectors import agency as agency_facts, held_kinds, units
from motcua.dossiers import events as e, operations as dossiers
from motcua.dossiers.operations import Recorded
from motcua.dossiers.passing import Held, held_by_agency
from motcua.dossiers.row import Row
from motcua.flows.courses import done
from motcua.kernel.actor import Actor
from motcua.kernel.errors import NotAllowedNow
from motcua.kernel.time import ZONE
from motcua.processes import operations as processes, routing
from motcua.processes.published import offices
from motcua.processes.selectors import runs_of, staff, version
from motcua.processes.staffing import vacancies
from motcua.submissions import operations as drafts


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a merger would do: running dossiers by how they stand, and the kinds of seat that their steps need and
    nobody of the successor holds."""

    held: tuple[Held, ...]
    missing: tuple[str, ...]

    @property
    def total(self) -> int:
        """How many dossiers go over."""
        return sum(held.count for held in self.held)


def foresee(merger: MergerLine, *, at: datetime) -> Foreseen:
    """What `merger` would do to the dossiers that run at `at`. Writes nothing; three statements."""
    held = tuple(held_by_agency(merger.predecessor))
    seats = held_kinds(merger.successor, at=_begins(merger.takes_effect, at))
    needed = {frozenset(one.kinds) for one in held if one.kinds} | {frozenset({"reception_officer"})}
    missing = {kind for kinds in needed if seats.isdisjoint(kinds) for kind in kinds}
    return Foreseen(held, tuple(sorted(missing)))


def _begins(day: date, at: datetime) -> datetime:
    return max(at, datetime.combine(day, time(), ZONE))


def confirm(*, merger: MergerLine, actor: Actor, at: datetime) -> None:
    """Confirm a merger, as the second person: from its day the predecessor runs no process any more, and the successor
    runs in its place those that it has none for and whose every seat it has filled.

    Raises as `agencies.confirm_merger` does, and NotAllowedNow where nobody of the successor could hold what runs.
    """
    agencies.confirm_merger(merger=merger.id, actor=actor, at=at)
    missing = foresee(merger, at=at).missing
    if missing:
        raise NotAllowedNow(
            f"{agency_facts(merger.successor).name} chưa có ai giữ vị trí mà hồ sơ đang giải quyết cần: "
            f"{', '.join(missing)}. Hãy giao vị trí từ ngày sáp nhập trước.",
            f"Nobody of {agency_facts(merger.successor).called.en} holds a seat that running dossiers need: "
            f"{', '.join(missing)}. Appoint people from the day of the merger first.",
        )
    own = {(run.procedure, run.variant) for run in runs_of(merger.successor, on=merger.takes_effect)}
    runs = runs_of(merger.predecessor, on=merger.takes_effect)
    tables = [version(run.version_id) for run in runs]
    there = offices(tables, agency=merger.successor, at=_begins(merger.takes_effect, at))
    ending: dict[str, list[str]] = {}
    for run, table in zip(runs, tables, strict=True):
        ending.setdefault(run.procedure, []).append(run.variant)
        if not vacancies(table, there) and (run.procedure, run.variant) not in own:
            processes.adopt(
                agency=merger.successor,
                process_version=run.version_id,
                variant=run.variant,
                valid_from=merger.takes_effect,
                actor=actor,
                at=at,
            )
    for procedure, variants in sorted(ending.items()):
        processes.stop(
            agency=merger.predecessor,
            procedure=procedure,
            variants=sorted(variants),
            valid_to=merger.takes_effect,
            actor=actor,
            at=at,
        )


def pass_drafts_on(*, succession: Succession, at: datetime) -> int:
    """Address what citizens are still writing to the successor; returns how many drafts."""
    return drafts.readdress(agency=succession.predecessor, to=succession.successor, at=at)


def pass_on(*, dossier: UUID, succession: Succession, actor: Actor, at: datetime) -> Recorded | None:
    """Let the successor stand in the predecessor's place in one dossier, with its own people as holders; None where
    the predecessor is not named in it any more."""
    row = dossiers.lock_by_id(dossier)
    if not dossiers.belongs_to(row, succession.predecessor):
        return None
    recorded = dossiers.pass_on(
        row=row,
        predecessor=succession.predecessor,
        successor=succession.successor,
        basis=succession.basis,
        since=datetime.combine(succession.since, time(), ZONE),
        holder=lambda before, number: _holder(row, before, number, succession.successor, at),
        unit=lambda before: _unit(before, succession),
        actor=actor,
        at=at,
    )
    return done(recorded)


def _unit(before: UUID, succession: Succession) -> UUID:
    """The successor's unit of the same code as one of the predecessor; else its desk; without one, its first."""
    code = next(one.code for one in units(succession.predecessor) if one.id == before)
    theirs = {one.code: one.id for one in units(succession.successor)}
    return theirs.get(code) or agency_facts(succession.successor).desk_unit or next(iter(theirs.values()))


def _holder(
    row: Row, before: e.HolderFact, number: int | None, successor: str, at: datetime
) -> tuple[e.HolderFact, tuple[e.GivenFact, ...]]:
    """Who holds in the successor what `before` held: its desk, the seats of the step by its rule, or whoever is asked;
    whoever sits there in both, and may, goes on in their own name."""
    if before.holder == "consulted":  # it is asked in the predecessor's place
        return replace(before, agency=successor, unit=None), ()
    desk = routing.desk(successor, agency_facts(successor).desk_unit)
    if before.holder != "position" or number is None:
        return desk, ()
    step = routing.by_number(version(row["process_version"]), number)
    people = staff(agency=successor, at=at, row=row)
    if before.account is not None and before.account in routing.able(step, people):
        return routing.held_by(before.account, step, successor, people), ()
    try:
        return routing.who_gets(step, successor, people)
    except NotAllowedNow:  # nobody sits there yet, or no lead may either: it waits on the list of its seats
        queue = queue_of(successor, step.positions[0])
        return e.HolderFact(holder="position", agency=successor, unit=desk.unit, queue=queue), ()
