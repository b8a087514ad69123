"""An officer with a conflict of interest takes no part: the dossier goes to somebody else, or to a lead."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from motcua.dossiers import events as e, operations as dossiers
from motcua.dossiers.open_steps import OpenStep, chosen, open_steps
from motcua.dossiers.operations import Recorded
from motcua.dossiers.row import Row
from motcua.dossiers.states import Act
from motcua.flows.courses import done
from motcua.kernel.actor import Actor
from motcua.kernel.errors import NotAllowedNow
from motcua.processes import routing
from motcua.processes.routing import Staff
from motcua.processes.selectors import staff, version as process_version


def declare(
    *, code: str, kind: str, reason: str, actor: Actor, at: datetime, paper: e.PaperMark | None = None
) -> Recorded:
    """Declare a conflict of interest of one's own. What is in somebody else's name stays there; what was in one's own,
    or on the shared list, goes to those who are left, by the rule of the step; where nobody is left a lead has it, and
    appoints somebody. Raises NotAllowedNow where there is no lead either."""
    row = dossiers.lock(code, act=Act.DECLARE_INTEREST, actor=actor, at=at)
    here = _step_of(row, actor)
    people = staff(agency=row["competent_agency"], at=at, row=row)
    left = replace(people, barred=people.barred | {UUID(actor.id)})
    in_play = here.holder.account in (None, UUID(actor.id))
    holder, given = _who_is_left(row, here, left) if in_play else (here.holder, ())
    return done(
        dossiers.declare_interest(
            row=row,
            step=here,
            kind=kind,
            reason=reason,
            holder=holder,
            given=given,
            actor=actor,
            at=at,
            paper=paper,
        )
    )


def release_own(recorded: Recorded, *, actor: Actor, at: datetime) -> Recorded:
    """After an act that changed who stands in a dossier: what is in the name of one of them, by their own number, goes
    back on the shared list, a lead's where nobody is left. Returns what was recorded last."""
    row = recorded.row
    held = [one for one in open_steps(row) if one.holder.account is not None] if row["step"] else []
    if not held:
        return recorded
    agency = row["competent_agency"]
    people = staff(agency=agency, at=at, row=row)
    for one in held:
        if one.holder.account in people.own:
            step = routing.by_number(process_version(row["process_version"]), one.number)
            left = routing.shared if routing.able(step, people) else routing.lead
            recorded = dossiers.release(
                row=done(recorded).row, step=one, holder=left(step, agency, people), actor=actor, at=at
            )
    return recorded


def _step_of(row: Row, actor: Actor) -> OpenStep:
    """The open step in one's own name, else the first of one's own seats, else the leading one. Raises NotAllowedNow
    where more than one is in one's own name: each has to get somebody else."""
    steps = open_steps(row)
    own = [one for one in steps if one.holder.account == UUID(actor.id)]
    if len(own) > 1:
        raise NotAllowedNow(
            "Bạn đang giữ nhiều bước của hồ sơ này; hãy trả các bước khác về danh sách chung, rồi khai.",
            "Several steps of this dossier are in your name; put the others back on the list, then declare.",
        )
    of_a_seat = [one for one in steps if actor.position_kind in one.kinds]
    return next(iter(own or of_a_seat), chosen(row, None))


def _who_is_left(row: Row, here: OpenStep, left: Staff) -> tuple[e.HolderFact, tuple[e.GivenFact, ...]]:
    agency = row["competent_agency"]
    step = routing.by_number(process_version(row["process_version"]), here.number)
    if left.sit(step):
        return routing.who_gets(step, agency, left)
    return routing.lead(step, agency, left), ()


def lift(
    *, code: str, declared: str, reason: str, actor: Actor, at: datetime, paper: e.PaperMark | None = None
) -> Recorded:
    """Propose that who declared a conflict of interest with the event `declared` take part again: a second lead
    confirms. Raises Invalid for another event."""
    row = dossiers.lock(code, act=Act.LIFT_INTEREST, actor=actor, at=at)
    dossiers.declaration(row, declared)
    return dossiers.propose(
        row=row,
        act=Act.LIFT_INTEREST,
        terms={"declared": declared},
        reason=reason,
        actor=actor,
        at=at,
        paper=paper,
    )
