"""A dossier goes through its process, step by step, up to the decision. Order here, rules below."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from motcua.agencies.selectors import agency as agency_facts
from motcua.catalogue.selectors import version as procedure_version
from motcua.certification.rules import kind_of_procedure
from motcua.certification.selectors import is_certification
from motcua.dossiers import events as e, operations as dossiers
from motcua.dossiers.open_steps import OpenStep, chosen, open_steps
from motcua.dossiers.operations import IssuedPaper, Recorded, StepResult
from motcua.dossiers.row import Row
from motcua.dossiers.states import Act
from motcua.flows.children import expected_children
from motcua.flows.consultations import refuse_unasked
from motcua.flows.courses import course_of, done
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.kernel.text import fold
from motcua.processes import routing
from motcua.processes.graph import Onward, left_by_return
from motcua.processes.selectors import office, staff, version as process_version
from motcua.processes.shapes import Step

Paper = e.PaperMark | None


def start(*, code: str, actor: Actor, at: datetime, paper: Paper = None) -> Recorded:
    """Take up a received dossier in one's own name. Raises Denied, NotAllowedNow, NotFound."""
    row = dossiers.lock(code, act=Act.START, actor=actor, at=at)
    agency = row["competent_agency"]
    here = routing.by_number(process_version(row["process_version"]), row["step"])
    people = staff(agency=agency, at=at, row=row)
    routing.refuse_apart(actor, here, people)
    holder = routing.held_by(UUID(actor.id), here, agency, people)
    return done(dossiers.start(row=row, holder=holder, actor=actor, at=at, paper=paper))


def step(
    *,
    code: str,
    outcome: str,
    actor: Actor,
    at: datetime,
    note: str = "",
    basis: str = "",
    way: str = "",
    number: int | None = None,
    paper: Paper = None,
) -> Recorded:
    """Complete an open step with an outcome (granted, partly, refused); a leader's approval is the signature.

    `number`: its row in the table; None: the first of the open ones whose seats the actor has. `way`: a named outcome
    of the step, by which the dossier leads on. Raises NotAllowedNow at the last step (what follows there is `decide`),
    for a step that is not open any more, and where nobody sits in a seat of a step that opens.
    """
    row = dossiers.lock(code, act=Act.STEP, actor=actor, at=at)
    here, still = _open(row, number, actor)
    agency = row["competent_agency"]
    working = office(agency=agency, at=at, row=row)
    course = course_of(row, at, working.calendar)
    table_row = routing.by_number(course.process, here.number)
    routing.refuse_apart(actor, table_row, working.staff)
    refuse_unasked(row, table_row)
    people = working.staff.after(table_row, UUID(actor.id))
    opened = routing.next_steps(
        course,
        here.number,
        said=outcome,
        approved=_signed_at(row) == here.number,
        beside=[one.number for one in still],
        way=way,
    )
    recorded = dossiers.step(
        row=row,
        result=StepResult(
            done=here.number,
            done_kind=table_row.kind.value,
            outcome=outcome,
            note=note,
            basis=basis,
            signed=routing.is_approval(table_row),
            way=way,
        ),
        following=routing.following(
            course,
            opened,
            still=still,
            holders=lambda one: routing.given(one, agency, people),
            due_at=row["due_at"],
        ),
        actor=actor,
        at=at,
        paper=paper,
    )
    return done(recorded)


def _open(row: Row, number: int | None, actor: Actor) -> tuple[OpenStep, list[OpenStep]]:
    """The open step that `actor` acts on, and the others that are open."""
    here = chosen(row, number, actor=actor)
    return here, [one for one in open_steps(row) if one.number != here.number]


def _signed_at(row: Row) -> int | None:
    """The row of the table at which a leader signed last."""
    return row["approval"]["step"] if row["approval"] else None


def return_step(
    *,
    code: str,
    to: str,
    reason: str,
    actor: Actor,
    at: datetime,
    number: int | None = None,
    paper: Paper = None,
) -> Recorded:
    """Send the dossier back from an open step (`number` as in `step`) to the earlier step `to` (its code), with a
    reason, to whoever did it last. Within its branch the others go on; to a row before, they end with it.

    Raises Invalid where the table has no such way.
    """
    row = dossiers.lock(code, act=Act.RETURN_STEP, actor=actor, at=at)
    here, still = _open(row, number, actor)
    agency = row["competent_agency"]
    working = office(agency=agency, at=at, row=row)
    course = course_of(row, at, working.calendar)
    routing.refuse_apart(actor, routing.by_number(course.process, here.number), working.staff)
    earlier = routing.earlier_step(course.process, here.number, to)
    left = left_by_return(course.process, here.number, earlier, [one.number for one in still])

    def holders(one: Step) -> tuple[e.HolderFact, tuple[e.GivenFact, ...]]:
        did_it = UUID(row["proposal"]["by"]) if row["proposal"] else None
        if did_it and row["proposal"]["step"] == one.order and did_it not in working.staff.away:
            return routing.held_by(did_it, one, agency, working.staff), ()
        return routing.holder_of(one, agency, working.staff), ()

    following = routing.following(
        course,
        Onward((), (earlier.order,)),
        still=[one for one in still if one.number not in left],
        holders=holders,
        due_at=row["due_at"],
    )
    recorded = dossiers.return_step(
        row=row,
        done=here.number,
        reason=reason,
        following=replace(following, left=tuple(n for n in left if n != here.number)),
        actor=actor,
        at=at,
        paper=paper,
    )
    return done(recorded)


def decide(
    *, code: str, papers: Sequence[IssuedPaper], actor: Actor, at: datetime, paper: Paper = None
) -> Recorded:
    """Issue the approved result; the desk holds it from then on. Raises Invalid for a result code the version
    does not have; NotAllowedNow, Invalid for what a certification book numbers."""
    row = dossiers.lock(code, act=Act.DECIDE, actor=actor, at=at)
    last = routing.by_number(process_version(row["process_version"]), row["step"])
    routing.refuse_apart(actor, last, staff(agency=row["competent_agency"], at=at, row=row))
    kinds = procedure_version(row["procedure_version"]).result_codes
    _refuse_unsigned(row)
    granted = row["approval"] is not None and row["approval"]["outcome"] != "refused"
    if granted and any(p.kind not in kinds for p in papers if p.role == "result"):
        raise Invalid(
            "Hãy chọn loại kết quả của thủ tục.", "Choose a result of the procedure.", field="papers.0.kind"
        )
    if granted:
        _refuse_past_the_book(row, papers)
    desk = routing.desk(row["desk_agency"], agency_facts(row["desk_agency"]).desk_unit)
    return done(
        dossiers.decide(
            row=row,
            papers=papers,
            holder=desk,
            actor=actor,
            at=at,
            paper=paper,
            expected=expected_children(row),
        )
    )


def _refuse_unsigned(row: Row) -> None:
    """An approval on the way is none of the result: where the last step approves, it is signed there."""
    here = routing.by_number(process_version(row["process_version"]), row["step"]) if row["step"] else None
    if here is not None and routing.is_approval(here) and _signed_at(row) not in (None, here.order):
        raise NotAllowedNow(
            "Chưa thể ban hành: lãnh đạo chưa duyệt, ký kết quả.",
            "It can't be issued yet: no leader has approved and signed the result.",
        )


def _refuse_past_the_book(row: Row, papers: Sequence[IssuedPaper]) -> None:
    """A certification number is a place in its book, and given there alone (23/2015/NĐ-CP art. 13)."""
    kind = kind_of_procedure(row["procedure"])
    if kind is None:
        return
    if is_certification(row["id"]):
        raise NotAllowedNow(
            "Giấy tờ của hồ sơ này ghi số, ký và trả ở quầy chứng thực, để mỗi số có trong sổ.",
            "The papers of this dossier are numbered, signed and handed over at the certification desk, so that each"
            " number stands in the book.",
        )
    for place, issued in enumerate(papers):
        if fold(kind.symbol) in fold(issued.number):
            raise Invalid(
                "Số này là số của sổ chứng thực; chỉ quầy chứng thực cấp số trong sổ.",
                "This is a number of the certification book, which the certification desk alone gives.",
                field=f"papers.{place}.number",
            )
