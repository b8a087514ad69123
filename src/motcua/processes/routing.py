"""Where a dossier goes next: the published table read as rules. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from motcua.agencies.positions import queue_of
from motcua.calendars.calendar import WorkCalendar
from motcua.catalogue.shapes import Limit, LimitUnit
from motcua.dossiers.events import DueFact, GivenFact, HolderFact, StepFact
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow
from motcua.processes.assigning import Staff as Staff, choose
from motcua.processes.dues import step_dues
from motcua.processes.shapes import ProcessVersion, Step, StepKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What routing needs to know of a dossier: its process, variant, the limit it is measured by, its start."""

    process: ProcessVersion
    variant: str
    promise_value: str
    promise_unit: str
    start: datetime
    at: datetime
    calendar: WorkCalendar

    def due_of(self, step: Step, due_at: datetime | None) -> datetime | None:
        """When `step` is due while the dossier is due at `due_at` (design, section 6)."""
        limit = Limit(
            LimitUnit(self.promise_unit), Decimal(self.promise_value) if self.promise_value else None
        )
        dues = step_dues(
            times=self.process.times(self.variant),
            limit=limit,
            start=self.start,
            due_at=due_at,
            at=self.at,
            calendar=self.calendar,
        )
        return dues[step.order - 1].due_at

    def fact(self, step: Step, due_at: datetime | None) -> StepFact:
        """`step` as an event writes it down."""
        return StepFact(
            number=step.order,
            kinds=step.positions,
            due_at=self.due_of(step, due_at),
            last=step is self.process.deciding or step.order == self.process.deciding.order,
        )

    def due_hook(self, number: int | None) -> Callable[[DueFact], datetime | None]:
        """The due moment of the open step as a function of the dossier's new one."""

        def hook(due: DueFact) -> datetime | None:
            return None if number is None else self.due_of(by_number(self.process, number), due.due_at)

        return hook


def by_number(process: ProcessVersion, number: int) -> Step:
    """The step in row `number` of the table."""
    return process.steps[number - 1]


def first_step(process: ProcessVersion) -> Step:
    """The first step the engine runs."""
    return process.running[0]


def next_step(process: ProcessVersion, number: int, *, approved: bool) -> Step:
    """The step after row `number`.

    Where the approval itself is the last step, it stays open for the issuing once it is signed. Raises
    NotAllowedNow after the last (`approved`: a leader has signed): what follows is the decision itself.
    """
    here = by_number(process, number)
    following = process.after(here.code)
    if following is None and is_approval(here) and not approved:
        return here
    if following is None:
        raise NotAllowedNow(
            "Đây là bước cuối: hãy ban hành kết quả.", "This is the last step: issue the result."
        )
    return following


def earlier_step(process: ProcessVersion, number: int, code: str) -> Step:
    """The step `code` to which row `number` may send back. Raises Invalid where the table has no such way."""
    here = by_number(process, number)
    if code not in here.returns_to:
        raise Invalid(
            "Quy trình không cho trả về bước này.", "The process has no way back to this step.", field="to"
        )
    return process.step(code)


def holder_of(step: Step, agency: str, staff: Staff) -> HolderFact:
    """Who holds a dossier that comes to `step`: the shared list of its seats, and the person where there is only
    one who can be meant. Raises NotAllowedNow where nobody may do it, and says who can mend that."""
    people = staff.of(step)
    if not people and staff.sit(step):
        raise NotAllowedNow(
            f"Không còn ai được làm bước “{step.work.vi}” của hồ sơ này: người giữ vị trí đã làm bước phải do người"
            " khác làm, hoặc có xung đột lợi ích; quản trị viên cần phân công thêm người vào vị trí đó trước.",
            f"Nobody is left who may do the step “{step.work.en}” of this dossier: whoever holds its seats did a step "
            "that somebody else has to do, or has a conflict of interest; the administrator must appoint another "
            "person first.",
        )
    if not people:
        raise NotAllowedNow(
            f"Chưa có ai giữ vị trí của bước “{step.work.vi}”; quản trị viên cần phân công trước.",
            f"Nobody holds a seat for the step “{step.work.en}”; the administrator must appoint somebody first.",
        )
    accounts = {account for _, account, _ in people}
    kind, account, unit = people[0]
    return HolderFact(
        holder="position",
        agency=agency,
        unit=unit,
        account=account if len(accounts) == 1 else None,
        queue=queue_of(agency, kind),
    )


def given(step: Step, agency: str, staff: Staff) -> tuple[HolderFact, tuple[GivenFact, ...]]:
    """The same by the rule of `step`, and the rule with its reason where it had somebody to choose between."""
    fact = choose(step, staff)
    if fact is None:
        return holder_of(step, agency, staff), ()
    holder = (
        shared(step, agency, staff) if fact.account is None else held_by(fact.account, step, agency, staff)
    )
    return holder, (fact,)


def able(step: Step, staff: Staff) -> tuple[UUID, ...]:
    """The people who sit in one of the seats of `step` and may do it."""
    return tuple(dict.fromkeys(account for _, account, _ in staff.of(step)))


def refuse_apart(account: UUID, step: Step, staff: Staff) -> None:
    """Raise Denied where `account` may not do `step` of this dossier, whatever seat they hold."""
    if (reason := staff.why_not(account, step)) is not None:
        raise Denied(reason.vi, reason.en)


def shared(step: Step, agency: str, staff: Staff) -> HolderFact:
    """The shared list of the seats of `step`, whoever could be meant."""
    return replace(holder_of(step, agency, staff), account=None)


def held_by(account: UUID, step: Step, agency: str, staff: Staff) -> HolderFact:
    """The holder once a person has taken `step` up."""
    for kind, person, unit in staff.of(step):
        if person == account:
            return HolderFact(
                holder="position", agency=agency, unit=unit, account=account, queue=queue_of(agency, kind)
            )
    return holder_of(step, agency, staff)


def desk(agency: str, desk_unit: UUID | None) -> HolderFact:
    """The desk of `agency` as holder."""
    return HolderFact(
        holder="desk", agency=agency, unit=desk_unit, queue=queue_of(agency, "reception_officer")
    )


def is_approval(step: Step) -> bool:
    """Whether completing `step` is a leader's signature on the draft."""
    return step.kind is StepKind.APPROVE
