"""A dossier's agency is merged into another, or who has it leaves."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from motcua.dossiers import events as e
from motcua.dossiers.consulted import Asked, awaited, body_fact
from motcua.dossiers.open_steps import holder_now, open_steps
from motcua.dossiers.passing import WAITS, took_papers
from motcua.dossiers.projections.base import holder_before
from motcua.dossiers.record import Recorded, record
from motcua.dossiers.row import Row
from motcua.dossiers.states import OPEN, State
from motcua.dossiers.travels import awaits, lies_with, units_of
from motcua.kernel.actor import Actor
from motcua.ledger.operations import claim


def belongs_to(row: Row, agency: str) -> bool:
    """Whether `agency` is still named in `row` in a way that its successor takes over."""
    if awaits(row, agency):
        return True
    open_or_owing = State(row["state"]) in OPEN or row["papers_owed"]
    named = ("desk_agency", "competent_agency", "elsewhere", "gave", "holder_agency", "lead_agency")
    asked = {one["agency"] for one in awaited(row)}
    there = {lies_with(one) for one in row["travels"] if one["last"]}
    if not open_or_owing or agency in {row[name] for name in named} | asked | there:
        return open_or_owing
    return took_papers(row["id"], agency)


def pass_on(
    *,
    row: Row,
    predecessor: str,
    successor: str,
    basis: str,
    since: datetime,
    holder: Callable[[e.HolderFact, int | None], tuple[e.HolderFact, tuple[e.GivenFact, ...]]],
    unit: Callable[[UUID], UUID],
    actor: Actor,
    at: datetime,
) -> Recorded:
    """Put `successor` in the place of `predecessor` in the dossier, as of `since`, or of what happened later.

    `holder` gives for a holder of the predecessor, and the step it has, that of the successor, and the rule it has it
    by; `unit` for a unit of the predecessor that of the successor which has its papers.
    """
    given: list[e.GivenFact] = []

    def theirs(before: e.HolderFact, step: int | None) -> e.HolderFact:
        after, rules = holder(before, step)
        given.extend(rules)
        return after

    now = holder_now(row)
    kept = {waits: (row[waits] or {}).get("back_to") for waits in WAITS}
    event = e.DossierPassedOn(
        predecessor=predecessor,
        successor=successor,
        basis=basis,
        holder=theirs(now, row["step"]) if now.agency == predecessor else None,
        backs=tuple(
            e.BackFact(waits=waits, holder=theirs(holder_before(back), row["step"]))
            for waits, back in kept.items()
            if back and back["holder_agency"] == predecessor
        ),
        beside=tuple(
            e.BesideFact(step=one.fact, holder=theirs(one.holder, one.number))
            for one in open_steps(row)
            if not one.leads and one.holder.agency == predecessor
        ),
        occurred_at=max(since, row["head_at"]),
        units=tuple(e.UnitFact(before=one, after=unit(one)) for one in units_of(row, predecessor)),
        given=tuple(given),
    )
    claim(stream=row["id"], seq=row["head_seq"] + 1, actor=actor, at=at)
    return record(row=row, event=event, actor=actor, at=at)


def give_on(
    *, row: Row, step: int, leaver: UUID, holder: e.HolderFact, actor: Actor, at: datetime, waits: str = ""
) -> Recorded:
    """Give an open step of who leaves to whom `holder` names, or to its shared list; one that `waits` for something
    (of WAITS) comes back to them. The flow has seen who may."""
    event = e.DossierHandedOn(
        step=step, leaver=leaver, holder=holder, occurred_at=max(at, row["head_at"]), waits=waits
    )
    return record(row=row, event=event, actor=actor, at=at)


def give_opinion_on(*, row: Row, one: Asked, account: UUID | None, actor: Actor, at: datetime) -> Recorded:
    """Let `account` answer in the place of who leaves; None: whoever receives what the body is asked."""
    event = e.ConsultationHandedOn(body=body_fact(one), account=account, occurred_at=max(at, row["head_at"]))
    return record(row=row, event=event, actor=actor, at=at)
