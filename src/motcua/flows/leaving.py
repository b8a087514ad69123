"""Somebody leaves a seat: what hangs on them is handed on first, a dossier at a time, and a record is kept of it. Of
who can't do theirs, being locked or their time over, it is handed on the same way."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from motcua.agencies import operations as agencies
from motcua.agencies.events import StaysFact
from motcua.agencies.handovers import GIVEN, sat
from motcua.agencies.policy import NOTES_ABSENCE
from motcua.agencies.positions import POSITION_KINDS, WORKING
from motcua.agencies.selectors import seats
from motcua.dossiers import events as e, operations as dossiers
from motcua.dossiers.interests import kept_out
from motcua.dossiers.open_steps import open_steps
from motcua.dossiers.passing import Hanging, Waiting, backs_to, hanging_on, opinions_of, waiting_at
from motcua.dossiers.projections.base import holder_before
from motcua.dossiers.row import Row
from motcua.flows.consultations import able_to_answer
from motcua.flows.courses import done
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Denied, NotAllowedNow
from motcua.payments import leaving as money
from motcua.processes import routing
from motcua.processes.acting import proposers
from motcua.processes.apart import kept_apart
from motcua.processes.selectors import staff, version


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """Who leaves which seat: of the kind `kind` ("": all that they don't sit in), while they keep seats of the kinds
    `keeps` in the agency."""

    agency: str
    appointment: UUID
    account: UUID
    kind: str
    keeps: frozenset[str]

    def leaves(self, kinds: Collection[str]) -> bool:
        """Whether work of seats of `kinds` is handed on."""
        return not self.keeps.intersection(kinds) and (not self.kind or self.kind in kinds)


def gone(account: UUID, *, agency: str, at: datetime) -> Leaving:
    """Whoever stands in work of `agency` without sitting where it is done (dossiers.passing.adrift), as one who leaves.
    One statement. Raises NotFound for who never had a seat there."""
    last = sat(account, agency=agency, at=at)
    return Leaving(agency=agency, appointment=last.appointment, account=account, kind="", keeps=last.sits)


def hanging(leaving: Leaving) -> list[Hanging]:
    """What hangs on the seat that is left: what is in the person's name and of no seat that they keep; and what others
    answer without them. Two statements."""
    found = hanging_on(leaving.account, agency=leaving.agency)
    mine = [one for one in found if leaving.leaves(WORKING if one.what == "opinion" else one.kinds)]
    if not leaving.kind:
        return given(mine)
    others = money.waiting_of(account=leaving.account, agency=leaving.agency, kind=leaving.kind)
    return mine + [Hanging(what, number, frozenset()) for what, number in others]


def given(found: Iterable[Hanging]) -> list[Hanging]:
    """Those of `found` that are given to somebody before a seat is left."""
    return [one for one in found if one.what in GIVEN]


def hand_on(*, code: str, leaving: Leaving, to: UUID | None, actor: Actor, at: datetime) -> list[UUID | None]:
    """Give what `leaving` has in their name of a dossier to `to`, or to the seats' shared lists; returns to whom
    each piece went (None: a list). Each is a line of the record.

    Where `to` has no seat of a step, or may not do it, or who hands on takes no part in it, it goes to the list; where
    nobody is left who may, to a lead's, if there is one. Raises Denied for who neither leads nor administers the
    agency.
    """
    row = dossiers.lock_to_note(
        code, check=lambda actor, row: _leads(actor, row, leaving), actor=actor, at=at
    )
    if actor.people & kept_out(row):
        to = None  # who takes no part chooses nobody for it
    pieces: list[tuple[str, UUID | None]] = []
    for step in open_steps(row):
        mine = (step.holder.account, step.holder.agency) == (leaving.account, leaving.agency)
        if mine and leaving.leaves(step.kinds):
            holder = _holder(row, step.number, step.holder, leaving, to, at)
            given_on = dossiers.give_on(
                row=row, step=step.number, leaver=leaving.account, holder=holder, actor=actor, at=at
            )
            row = done(given_on).row
            pieces.append(("step", holder.account))
    back_to = backs_to(row, leaving.account, leaving.agency) if leaving.leaves(row["step_kinds"]) else []
    for waits in back_to:
        back = holder_before(row[waits]["back_to"])
        holder = _holder(row, row["step"], back, leaving, to, at)
        given_on = dossiers.give_on(
            row=row, step=row["step"], leaver=leaving.account, holder=holder, actor=actor, at=at, waits=waits
        )
        row = done(given_on).row
        pieces.append(("comes_back", holder.account))
    opinions = opinions_of(row, leaving.account, leaving.agency) if leaving.leaves(WORKING) else []
    for one in opinions:
        answers = to if to in able_to_answer(row, one, at=at) else None
        row = done(dossiers.give_opinion_on(row=row, one=one, account=answers, actor=actor, at=at)).row
        pieces.append(("opinion", answers))
    for what, account in pieces:
        agencies.note_handed_over(
            agency=leaving.agency,
            appointment=leaving.appointment,
            what=what,
            code=code,
            to=account,
            actor=actor,
            at=at,
        )
    return [account for _what, account in pieces]


def _leads(actor: Actor, row: Row, leaving: Leaving) -> None:
    here = row["competent_agency"] == leaving.agency or opinions_of(row, leaving.account, leaving.agency)
    if (
        actor.kind != "staff"
        or actor.agency != leaving.agency
        or actor.position_kind not in NOTES_ABSENCE
        or not here
    ):
        raise Denied(
            "Chỉ lãnh đạo hoặc quản trị kỹ thuật của cơ quan bàn giao việc của người khác.",
            "Only who leads the agency or its technical administrator hands on the work of another.",
        )


def _holder(
    row: Row, number: int, before: e.HolderFact, leaving: Leaving, to: UUID | None, at: datetime
) -> e.HolderFact:
    people = staff(agency=leaving.agency, at=at, row=row)
    people = replace(people, barred=people.barred | {leaving.account})
    here = routing.by_number(version(row["process_version"]), number)
    if to in routing.able(here, people) and str(to) not in proposers(row, here):
        return routing.held_by(to, here, leaving.agency, people)
    listed = replace(before, account=None)
    if routing.able(here, people):
        return listed
    try:
        return routing.lead(here, leaving.agency, people)
    except NotAllowedNow:
        return listed  # `stranded` shows it


def end_appointment(*, leaving: Leaving, actor: Actor, at: datetime) -> UUID:
    """End an appointment on whose seat nothing hangs any more; returns whose it was. Nothing is given to anybody of the
    agency meanwhile, so nothing slips in.

    Raises NotAllowedNow, saying how much hangs, or which dossiers would wait for a seat that nobody has; else as
    `agencies.end_appointment` does.
    """
    agencies.alone_with_seats(leaving.agency)
    found = hanging(leaving)
    stays = [StaysFact(what=one.what, code=one.code) for one in found if one.what not in GIVEN]
    ended = agencies.end_appointment(
        agency=leaving.agency, appointment=leaving.appointment, actor=actor, at=at, stays=stays
    )
    if left := given(found):
        raise NotAllowedNow(
            f"Người này còn giữ {len(left)} hồ sơ ở vị trí ấy, ví dụ {left[0].code}; hãy bàn giao trước.",
            f"This person still has {len(left)} dossiers in that seat, {left[0].code} for one; hand them on first.",
        )
    _refuse_emptied(leaving, at)
    return ended


def stranded(agency: str, *, at: datetime) -> list[Waiting]:
    """The running dossiers of `agency` that wait for seats which nobody holds at `at`, or only who takes no part or did
    a step that this one stands apart from. Three statements."""
    held = seats(agency, at=at)
    return [
        one
        for one in waiting_at(agency, apart=kept_apart(agency))
        if not any(seat.kind in one.kinds and set(seat.accounts) - one.without for seat in held)
    ]


def _refuse_emptied(leaving: Leaving, at: datetime) -> None:
    """What waits for who leaves keeps somebody who may do it."""
    waits = [
        one
        for one in stranded(leaving.agency, at=at)
        if leaving.kind in one.kinds and leaving.account not in one.without
    ]
    if waits:
        count, seat = sum(one.count for one in waits), POSITION_KINDS[leaving.kind].title
        raise NotAllowedNow(
            f"{count} hồ sơ đang chờ vị trí “{seat.vi}”, ví dụ {waits[0].code}, mà sau đó không còn ai làm được; "
            "hãy giao vị trí cho người khác trước.",
            f"{count} dossiers wait for “{seat.en}”, {waits[0].code} for one, and nobody would be left to do it; "
            "appoint somebody else first.",
        )
