"""What an act on a dossier comes to under its process: rules and order between the lock and the stays.

`flows.steps` gives the dossier's row, its pinned process and who works where; the tests of a process (ADR 0063) give
those of a dossier that is only thought of.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from motcua.calendars.calendar import WorkCalendar
from motcua.dossiers import events as e, operations as dossiers
from motcua.dossiers.attachments import Uploads, made_in
from motcua.dossiers.consulted import asked_fully
from motcua.dossiers.mandated import sides
from motcua.dossiers.open_steps import OpenStep, chosen, open_steps
from motcua.dossiers.operations import Recorded, StepResult
from motcua.dossiers.row import Row
from motcua.dossiers.whose_turn import PROPOSED
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid, NotAllowedNow, denied
from motcua.processes import routing
from motcua.processes.assigning import APART, Staff
from motcua.processes.graph import Facts, Onward, left_by_return
from motcua.processes.shapes import Addressee, Consultation, ProcessVersion, Step

Paper = e.PaperMark | None
# Before the code of a paper, the name of the field in which it is sent.
MADE_FIELD = "made_"


@dataclass(frozen=True, slots=True)
class Made:
    """The papers that a step makes: what was sent for each (by its code), and what an earlier time in the same step
    (`attachments.made_in`) left behind."""

    sent: Mapping[str, Sequence[UUID]] = field(default_factory=dict)
    before: Collection[str] = ()

    def uploads(self, step: Step) -> Uploads:
        """What was sent, by what it is called in the dossier. Raises Invalid for a paper that the step does not make,
        and where one that it has to make is not there."""
        for paper in step.papers:
            if (
                paper.required
                and not self.sent.get(paper.code)
                and made_in(step.order, paper.code) not in self.before
            ):
                raise Invalid(
                    f"Bước này phải có “{paper.title.vi}”; hãy gửi kèm tệp rồi làm lại.",
                    f"This step has to make “{paper.title.en}”; attach the file and try again.",
                    field=f"{MADE_FIELD}{paper.code}",
                )
        if set(self.sent) - {paper.code for paper in step.papers}:
            raise Invalid("Bước này không lập giấy tờ ấy.", "This step makes no such paper.", field="made")
        return {made_in(step.order, code): each for code, each in self.sent.items() if each}


def facts_of(row: Row) -> Facts:
    """What the conditions of a process read of a dossier (processes.shapes.FACTS), but for what a step says."""
    return {
        "variant": row["variant"],
        "channel": row["channel"],
        "assisted": row["assisted"],
        "outside": row["desk_agency"] != row["competent_agency"],
        "answers": row["answers"],
        "quantities": row["quantities"],
    }


def course_of(row: Row, process: ProcessVersion, *, at: datetime, calendar: WorkCalendar) -> routing.Course:
    """The course of a dossier through its process."""
    return routing.Course(
        process=process,
        variant=row["variant"],
        promise_value=row["promise_value"],
        promise_unit=row["promise_unit"],
        start=row["clock_from"],
        at=at,
        calendar=calendar,
        facts=facts_of(row),
    )


def start(
    row: Row, process: ProcessVersion, people: Staff, *, actor: Actor, at: datetime, paper: Paper = None
) -> Recorded:
    """Take a received dossier up; raises as `flows.steps.start`."""
    here = routing.by_number(process, row["step"])
    routing.refuse_apart(actor, here, people)
    holder = routing.held_by(UUID(actor.id), here, row["competent_agency"], people)
    return dossiers.start(row=row, holder=holder, actor=actor, at=at, paper=paper)


def step(
    row: Row,
    course: routing.Course,
    people: Staff,
    *,
    outcome: str,
    note: str,
    basis: str,
    way: str,
    number: int | None,
    actor: Actor,
    at: datetime,
    paper: Paper = None,
    made: Made | None = None,
) -> Recorded:
    """Complete an open step; arguments and errors are those of `flows.steps.step`. `made` None: nobody looks at the
    papers that it makes."""
    here, still = _open(row, number, actor)
    table_row = routing.by_number(course.process, here.number)
    routing.refuse_apart(actor, table_row, people)
    refuse_own(actor, table_row, row)
    refuse_unasked(row, table_row)
    uploads = made.uploads(table_row) if made is not None else {}
    after = people.after(table_row, UUID(actor.id))
    _refuse_both(still, course.process, after, actor)
    opened = routing.next_steps(
        course,
        here.number,
        said=outcome,
        approved=_signed_at(row) == here.number,
        beside=[one.number for one in still],
        way=way,
    )
    return dossiers.step(
        row=row,
        result=StepResult(
            done=here.number,
            done_kind=table_row.kind.value,
            outcome=outcome,
            note=note,
            basis=basis,
            signed=routing.is_approval(table_row),
            way=way,
            made=uploads,
        ),
        following=routing.following(
            course,
            opened,
            still=still,
            holders=lambda one: routing.given(one, row["competent_agency"], after),
            due_at=row["due_at"],
        ),
        actor=actor,
        at=at,
        paper=paper,
    )


def _refuse_both(still: Iterable[OpenStep], process: ProcessVersion, after: Staff, actor: Actor) -> None:
    """Raise NotAllowedNow where a step open beside is in the name of `actor`, who could not do it after this one."""
    for one in still:
        beside = routing.by_number(process, one.number)
        if one.holder.account == UUID(actor.id) and after.why_not(UUID(actor.id), beside) == APART:
            raise NotAllowedNow(
                f"Bước “{beside.work.vi}” đang đứng tên bạn và phải do người khác với bước này làm; hãy trả bước đó về"
                " danh sách chung, hoặc để người khác làm bước này.",
                f"The step “{beside.work.en}” is in your name and must be done by another person than this one; put "
                "it back on the shared list, or leave this step to somebody else.",
            )


def return_step(
    row: Row,
    course: routing.Course,
    people: Staff,
    *,
    to: str,
    reason: str,
    number: int | None,
    actor: Actor,
    at: datetime,
    paper: Paper = None,
) -> Recorded:
    """Send the dossier back to an earlier step; arguments and errors are those of `flows.steps.return_step`."""
    here, still = _open(row, number, actor)
    agency = row["competent_agency"]
    routing.refuse_apart(actor, routing.by_number(course.process, here.number), people)
    earlier = routing.earlier_step(course.process, here.number, to)
    left = left_by_return(course.process, here.number, earlier, [one.number for one in still])

    def holders(one: Step) -> tuple[e.HolderFact, tuple[e.GivenFact, ...]]:
        did_it = UUID(row["proposal"]["by"]) if row["proposal"] else None
        if did_it and row["proposal"]["step"] == one.order and did_it not in people.away:
            return routing.held_by(did_it, one, agency, people), ()
        return routing.holder_of(one, agency, people), ()

    following = routing.following(
        course,
        Onward((), (earlier.order,)),
        still=[one for one in still if one.number not in left],
        holders=holders,
        due_at=row["due_at"],
    )
    return dossiers.return_step(
        row=row,
        done=here.number,
        reason=reason,
        following=replace(following, left=tuple(n for n in left if n != here.number)),
        actor=actor,
        at=at,
        paper=paper,
    )


def _open(row: Row, number: int | None, actor: Actor) -> tuple[OpenStep, list[OpenStep]]:
    """The open step that `actor` acts on, and the others that are open."""
    here = chosen(row, number, actor=actor)
    return here, [one for one in open_steps(row) if one.number != here.number]


def _signed_at(row: Row) -> int | None:
    """The row of the table at which a leader signed last."""
    return row["approval"]["step"] if row["approval"] else None


def plans(row: Row, process: ProcessVersion) -> list[tuple[int, Consultation]]:
    """The consultations that a process foresees for the open steps, each with its step's row in the table."""
    numbers = [one.number for one in open_steps(row)]
    return [(n, one) for n in numbers for one in routing.by_number(process, n).consultations]


def foreseen(
    row: Row, process: ProcessVersion, plan: str, number: int | None
) -> tuple[int, Consultation | None]:
    """The open step that asks (`number`: its row; None: the first that has it), and the consultation `plan` of it; ""
    for one that the process does not foresee. Raises Invalid where the open steps have none of that code."""
    if not plan:
        return open_steps(row)[0].number, None
    found = next(
        ((n, one) for n, one in plans(row, process) if one.code == plan and number in (None, n)), None
    )
    if found is None:
        raise Invalid(
            "Bước đang mở không có lượt lấy ý kiến này.",
            "The open step has no such consultation.",
            field="plan",
        )
    return found


def named(one: Addressee) -> str:
    """Who is consulted, as `flows.consultations.consult` is told ("position:clerk")."""
    if one.agency:
        return f"agency:{one.agency}"
    return f"unit:{one.unit}" if one.unit else f"position:{one.position}"


def proposers(row: Row, step: Step) -> frozenset[str]:
    """Who does not approve at `step`, whatever seats it is open to: who proposed what is not signed there yet, and for
    whom; nobody where it is no approval."""
    if row["proposal"] is None or not routing.is_approval(step) or _signed_at(row) == step.order:
        return frozenset()
    return sides(row["proposal"])


def refuse_own(actor: Actor, step: Step, row: Row) -> None:
    """Raise Denied where `actor`, or for whom they act, is one of `proposers`."""
    if actor.people & proposers(row, step):
        raise denied(PROPOSED)


def refuse_unasked(row: Row, step: Step) -> None:
    """Raise NotAllowedNow where the process wants an opinion that was not asked for, or whose time still runs."""
    for one in step.consultations:
        if one.required and not asked_fully(row, step.order, one.code):
            raise NotAllowedNow(
                f"Bước này phải lấy ý kiến trước: {one.about.vi}. Hãy lấy ý kiến và đợi trả lời hoặc hết hạn.",
                f"This step needs an opinion first: {one.about.en}. Ask for it, and wait for the answer or its end.",
            )


def refuse_unsigned(row: Row, process: ProcessVersion) -> None:
    """An approval on the way is none of the result: where the last step approves, it is signed there."""
    here = routing.by_number(process, row["step"]) if row["step"] else None
    if here is not None and routing.is_approval(here) and _signed_at(row) not in (None, here.order):
        raise NotAllowedNow(
            "Chưa thể ban hành: lãnh đạo chưa duyệt, ký kết quả.",
            "It can't be issued yet: no leader has approved and signed the result.",
        )
