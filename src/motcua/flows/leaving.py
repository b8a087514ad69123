"""Somebody leaves a seat: what they have in their name is handed on first, a dossier at a time."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from motcua.agencies import operations as agencies
from motcua.agencies.policy import NOTES_ABSENCE
from motcua.dossiers import events as e, operations as dossiers
from motcua.dossiers.open_steps import OpenStep, open_steps
from motcua.dossiers.passing import in_the_name_of
from motcua.dossiers.row import Row
from motcua.flows.courses import done
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Denied, NotAllowedNow
from motcua.processes import routing
from motcua.processes.selectors import staff, version


def hanging(*, account: UUID, agency: str, kind: str, keeps: frozenset[str]) -> list[str]:
    """The codes of the dossiers that hang on a person's seat of `kind`: in their name, and of no seat that they keep.
    One statement."""
    found = in_the_name_of(account, agency=agency)
    return [code for code, kinds in found if kind in kinds and not kinds & keeps]


def hand_on(*, code: str, leaver: UUID, to: UUID | None, actor: Actor, at: datetime) -> bool:
    """Give the open steps that `leaver` has of a dossier to `to`, or to their shared lists; whether there were any.

    Where `to` has no seat of a step, or may not do it, it goes to the list. Raises Denied for who neither leads nor
    administers the agency.
    """
    row = dossiers.lock_to_note(code, check=_leads, actor=actor, at=at)
    steps = [step for step in open_steps(row) if step.holder.account == leaver]
    for step in steps:
        holder = _holder(row, step, leaver, to, at)
        row = done(dossiers.give_on(row=row, step=step, leaver=leaver, holder=holder, actor=actor, at=at)).row
    return bool(steps)


def _leads(actor: Actor, row: Row) -> None:
    if (
        actor.kind != "staff"
        or actor.agency != row["competent_agency"]
        or actor.position_kind not in NOTES_ABSENCE
    ):
        raise Denied(
            "Chỉ lãnh đạo hoặc quản trị kỹ thuật của cơ quan bàn giao việc của người thôi giữ vị trí.",
            "Only who leads the agency or its technical administrator hands on the work of who leaves.",
        )


def _holder(row: Row, step: OpenStep, leaver: UUID, to: UUID | None, at: datetime) -> e.HolderFact:
    agency = step.holder.agency
    people = staff(agency=agency, at=at, row=row)
    people = replace(people, barred=people.barred | {leaver})
    here = routing.by_number(version(row["process_version"]), step.number)
    if to is not None and to in routing.able(here, people):
        return routing.held_by(to, here, agency, people)
    return replace(step.holder, account=None)


def end_appointment(
    *,
    agency: str,
    appointment: UUID,
    account: UUID,
    kind: str,
    keeps: frozenset[str],
    actor: Actor,
    at: datetime,
) -> UUID:
    """End an appointment on whose seat nothing hangs any more; returns whose it was.

    Raises NotAllowedNow, saying how much hangs; else as `agencies.end_appointment` does.
    """
    ended = agencies.end_appointment(agency=agency, appointment=appointment, actor=actor, at=at)
    left = hanging(account=account, agency=agency, kind=kind, keeps=keeps)
    if left:
        raise NotAllowedNow(
            f"Người này còn giữ {len(left)} hồ sơ ở vị trí ấy, ví dụ {left[0]}; hãy bàn giao trước.",
            f"This person still has {len(left)} dossiers in that seat, {left[0]} for one; hand them on first.",
        )
    return ended
