"""Where a dossier goes next: the published table read as rules. Pure."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from motcua.agencies.positions import LEADS_FIRST, queue_of
from motcua.calendars.calendar import WorkCalendar
from motcua.catalogue.shapes import Limit, LimitUnit
from motcua.dossiers.events import BesideFact, DueFact, GivenFact, HolderFact, StepDueFact, StepFact
from motcua.dossiers.open_steps import Following, OpenStep
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow, denied
from motcua.processes.assigning import Staff as Staff, choose
from motcua.processes.dues import StepDue, step_dues
from motcua.processes.graph import Facts, Onward, may_be_met, onward, spent, way_out
from motcua.processes.shapes import ProcessVersion, Step, StepKind

# Who holds a dossier that comes to a step, and by which rule.
Holders = Callable[[Step], tuple[HolderFact, tuple[GivenFact, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What routing needs to know of a dossier: its process, variant, the limit it is measured by, its start, and the
    facts (processes.shapes.FACTS) its conditions read."""

    process: ProcessVersion
    variant: str
    promise_value: str
    promise_unit: str
    start: datetime
    at: datetime
    calendar: WorkCalendar
    facts: Facts = field(default_factory=dict)

    def due_of(self, step: Step, due_at: datetime | None) -> datetime | None:
        """When `step` is due while the dossier is due at `due_at` (design, section 6)."""
        return self.dues(due_at)[step.order - 1].due_at

    def dues(self, due_at: datetime | None) -> tuple[StepDue, ...]:
        """When each row is due while the dossier is due at `due_at`."""
        limit = Limit(
            LimitUnit(self.promise_unit), Decimal(self.promise_value) if self.promise_value else None
        )
        return step_dues(
            times=self.process.times(self.variant),
            limit=limit,
            start=self.start,
            due_at=due_at,
            at=self.at,
            calendar=self.calendar,
            spent=spent(self.process, self.variant, lambda one: may_be_met(one, self.facts)),
        )

    def fact(self, step: Step, due_at: datetime | None) -> StepFact:
        """`step` as an event writes it down."""
        return StepFact(
            number=step.order,
            kinds=step.positions,
            due_at=self.due_of(step, due_at),
            last=step is self.process.deciding or step.order == self.process.deciding.order,
        )


@dataclass(frozen=True, slots=True)
class StepDues:
    """The due moments of the open steps as functions of the dossier's new ones. `numbers`: the leading step's, and of
    those beside it; without a process nothing is due."""

    course: Course | None
    numbers: tuple[int, ...]

    def __call__(self, due: DueFact) -> datetime | None:
        """Of the leading step."""
        return self._of(self.numbers[0], due) if self.numbers else None

    def of_beside(self, due: DueFact) -> tuple[StepDueFact, ...]:
        """Of the steps beside it."""
        return tuple(StepDueFact(number=n, due_at=self._of(n, due)) for n in self.numbers[1:])

    def _of(self, number: int, due: DueFact) -> datetime | None:
        return (
            None
            if self.course is None
            else self.course.due_of(self.course.process.steps[number - 1], due.due_at)
        )


def by_number(process: ProcessVersion, number: int) -> Step:
    """The step in row `number` of the table."""
    return process.steps[number - 1]


def first_step(process: ProcessVersion) -> Step:
    """The first step the engine runs."""
    return process.running[0]


def next_steps(
    course: Course, number: int, *, said: str, approved: bool, beside: Collection[int] = (), way: str = ""
) -> Onward:
    """What follows row `number` once it is done while the rows `beside` are open too: `said` is the outcome proposed,
    `way` a named outcome of the row.

    Where the approval itself is the last step, it stays open for the issuing once it is signed. Raises
    NotAllowedNow after the last (`approved`: it is signed): what follows is the decision itself; Invalid for a way
    that the row does not have.
    """
    here = by_number(course.process, number)
    outcome = way_out(here, way)
    if way and outcome is None:
        raise Invalid(
            "Quy trình không có hướng đi này từ bước đang làm.",
            "The process has no such way out of this step.",
            field="way",
        )
    facts = {**course.facts, "outcome": said}
    found = onward(course.process, number, beside=beside, facts=facts, to=outcome.to if outcome else "")
    if found.opened or beside:
        return found
    if is_approval(here) and not approved:
        return Onward((), (number,))
    raise NotAllowedNow("Đây là bước cuối: hãy ban hành kết quả.", "This is the last step: issue the result.")


def following(
    course: Course, opened: Onward, *, still: Sequence[OpenStep], holders: Holders, due_at: datetime | None
) -> Following:
    """What is open after an act: the rows that open, and those that are `still` open. The first of the table leads: its
    seat holds the dossier. `holders` says who holds a step that opens."""
    steps: list[BesideFact] = []
    given: list[GivenFact] = []
    for number in sorted(opened.opened):
        row = by_number(course.process, number)
        holder, rules = holders(row)
        steps.append(BesideFact(step=course.fact(row, due_at), holder=holder))
        given += rules
    before = min(still, key=lambda one: one.number, default=None)
    if before is not None and not (steps and steps[0].step.number < before.number):
        leading, goes_on = BesideFact(step=before.fact, holder=before.holder), True
    else:
        leading, *steps = steps
        goes_on = False
    return Following(
        step=leading.step,
        holder=leading.holder,
        goes_on=goes_on,
        beside=tuple(steps),
        passed_over=opened.passed_over,
        given=tuple(given),
    )


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
    one who can be meant; nobody where all of them are absent. Raises NotAllowedNow where nobody may do it, and says
    who can mend that."""
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
    here = staff.here(step)
    accounts = {account for _, account, _ in here}
    kind, account, unit = (here or people)[0]
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


def who_gets(step: Step, agency: str, staff: Staff) -> tuple[HolderFact, tuple[GivenFact, ...]]:
    """Who gets a dossier that comes to `agency` or begins there, by the rule of `step`: never somebody who may not do
    it; a lead's list where nobody of its seats may. Raises NotAllowedNow where nobody holds one, and without a lead."""
    if able(step, staff) or not staff.sit(step):
        return given(step, agency, staff)
    return lead(step, agency, staff), ()


def able(step: Step, staff: Staff) -> tuple[UUID, ...]:
    """The people who sit in one of the seats of `step` and may do it."""
    return tuple(dict.fromkeys(account for _, account, _ in staff.of(step)))


def refuse_apart(actor: Actor, step: Step, staff: Staff) -> None:
    """Raise Denied where `actor`, or for whom they act, may not do `step` of this dossier, whatever seat they hold, or
    has left that seat at this moment."""
    for one in sorted(actor.people):
        if (reason := staff.why_not(UUID(one), step)) is not None:
            raise denied(reason)
    there = {str(account) for kind in step.positions for account, _unit in staff.seats.get(kind, ())}
    gave = {str(account) for account in staff.locked} & {actor.acting_for}
    if not gave and not actor.people & there:
        raise Denied(
            "Bạn vừa thôi giữ vị trí làm bước này; việc đã được bàn giao.",
            "You have just left the seat that does this step; the work was handed over.",
        )


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


def lead(step: Step, agency: str, staff: Staff) -> HolderFact:
    """A lead's list, where nobody is left to do `step`: who sits there appoints somebody. Raises NotAllowedNow where no
    lead may either."""
    for kind in LEADS_FIRST:
        for account, unit in staff.seats.get(kind, ()):
            if account not in staff.barred | staff.own:
                return HolderFact(
                    holder="position", agency=agency, unit=unit, account=None, queue=queue_of(agency, kind)
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
