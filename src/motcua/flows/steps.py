"""A dossier goes through its process, step by step, up to the decision. Order here, rules below."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from motcua.agencies.selectors import agency as agency_facts
from motcua.catalogue.selectors import version as procedure_version
from motcua.certification.rules import kind_of_procedure
from motcua.certification.selectors import is_certification
from motcua.dossiers import events as e, operations as dossiers
from motcua.dossiers.attachments import made_since
from motcua.dossiers.operations import IssuedPaper, Recorded
from motcua.dossiers.row import Row
from motcua.dossiers.states import Act
from motcua.flows.children import expected_children
from motcua.flows.courses import course_of, done
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.kernel.text import fold
from motcua.processes import acting, routing
from motcua.processes.selectors import office, staff, version as process_version

Paper = e.PaperMark | None


def start(*, code: str, actor: Actor, at: datetime, paper: Paper = None) -> Recorded:
    """Take up a received dossier in one's own name. Raises Denied, NotAllowedNow, NotFound."""
    row = dossiers.lock(code, act=Act.START, actor=actor, at=at)
    people = staff(agency=row["competent_agency"], at=at, row=row)
    process = process_version(row["process_version"])
    return done(acting.start(row, process, people, actor=actor, at=at, paper=paper))


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
    made: Mapping[str, Sequence[UUID]] | None = None,
    paper: Paper = None,
) -> Recorded:
    """Complete an open step with an outcome (granted, partly, refused); a leader's approval is the signature.

    `number`: its row in the table; None: the first of the open ones whose seats the actor has. `way`: a named outcome
    of the step, by which the dossier leads on. `made`: files of the papers that the step makes, by their codes. Raises
    Invalid where one that it has to make is not there; NotAllowedNow at the last step (what follows there is `decide`),
    for a step that is not open any more, and where nobody sits in a seat of a step that opens.
    """
    row = dossiers.lock(code, act=Act.STEP, actor=actor, at=at)
    working = office(agency=row["competent_agency"], at=at, row=row)
    recorded = acting.step(
        row,
        course_of(row, at, working.calendar),
        working.staff,
        outcome=outcome,
        note=note,
        basis=basis,
        way=way,
        number=number,
        actor=actor,
        at=at,
        paper=paper,
        made=_made(row, made),
    )
    return done(recorded)


def _made(row: Row, sent: Mapping[str, Sequence[UUID]] | None) -> acting.Made:
    """What was sent, and what was made before under the process that runs now: a statement where it makes papers."""
    process = process_version(row["process_version"])
    since = max((left["until"] for left in row["earlier"]), default=0)
    makes = any(one.papers for one in process.running)
    return acting.Made(sent or {}, made_since(row["id"], seq=since) if makes else ())


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
    working = office(agency=row["competent_agency"], at=at, row=row)
    recorded = acting.return_step(
        row,
        course_of(row, at, working.calendar),
        working.staff,
        to=to,
        reason=reason,
        number=number,
        actor=actor,
        at=at,
        paper=paper,
    )
    return done(recorded)


def decide(
    *,
    code: str,
    papers: Sequence[IssuedPaper],
    actor: Actor,
    at: datetime,
    made: Mapping[str, Sequence[UUID]] | None = None,
    paper: Paper = None,
) -> Recorded:
    """Issue the approved result; the desk holds it from then on. `made` as in `step`. Raises Invalid for a result code
    the version does not have, and where a paper is missing that the last step has to make; NotAllowedNow, Invalid for
    what a certification book numbers."""
    row = dossiers.lock(code, act=Act.DECIDE, actor=actor, at=at)
    process = process_version(row["process_version"])
    last = routing.by_number(process, row["step"])
    routing.refuse_apart(actor, last, staff(agency=row["competent_agency"], at=at, row=row))
    kinds = procedure_version(row["procedure_version"]).result_codes
    acting.refuse_unsigned(row, process)
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
            made=_made(row, made).uploads(last),
        )
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
