"""Mistakes are mended: what two people do to a dossier, proposed and confirmed. Order here, rules below."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from motcua.calendars.selectors import calendar_of
from motcua.catalogue.completeness import Handed, check as check_complete
from motcua.catalogue.selectors import version as procedure_version
from motcua.catalogue.shapes import Channel
from motcua.dossiers import events as e, operations as dossiers, policy
from motcua.dossiers.answered import form_of
from motcua.dossiers.due import RULE, due_fact
from motcua.dossiers.numbering import normalise_code
from motcua.dossiers.open_steps import open_steps
from motcua.dossiers.operations import Corrected, FormAnswers, Person, Proposal, Recorded
from motcua.dossiers.row import Row
from motcua.dossiers.states import Act, State
from motcua.flows.corrections import Reception, applicant_of, process_for, refuse_parts, terms_of
from motcua.flows.courses import course_of
from motcua.flows.deadlines import contradictions
from motcua.flows.interests import release_own
from motcua.flows.progress import Paper
from motcua.flows.provenance import after_correction
from motcua.flows.reception import limit_fact, refuse_incomplete
from motcua.kernel.actor import Actor
from motcua.kernel.codec import decode, encode
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.kernel.text import clean
from motcua.kernel.time import local
from motcua.parties.operations import Particulars, identify
from motcua.processes import operations as processes, routing
from motcua.processes.selectors import office, version as process_version
from motcua.processes.shapes import Step


def void_receipt(*, code: str, reason: str, actor: Actor, at: datetime, paper: Paper = None) -> Recorded:
    """Propose that a receipt be void: received, and nothing after it."""
    row = dossiers.lock(code, act=Act.VOID_RECEIPT, actor=actor, at=at)
    return dossiers.propose(row=row, act=Act.VOID_RECEIPT, reason=reason, actor=actor, at=at, paper=paper)


def close_as_duplicate(
    *, code: str, of: str, reason: str, actor: Actor, at: datetime, paper: Paper = None
) -> Recorded:
    """Propose to close a dossier as a duplicate of `of`, which has an applicant in common, or `reason` says why."""
    row = dossiers.lock(code, act=Act.CLOSE_AS_DUPLICATE, actor=actor, at=at)
    other = _twin(row, of)
    _refuse_proposed(other)
    return dossiers.propose(
        row=row,
        act=Act.CLOSE_AS_DUPLICATE,
        terms={"of": other["code"], "same_applicant": "yes" if _same_applicant(row, other) else "no"},
        reason=reason,
        actor=actor,
        at=at,
        paper=paper,
    )


def _twin(row: Row, of: str) -> Row:
    """The dossier that `row` duplicates. Raises Invalid where it can't be that."""
    code = normalise_code(of)
    other = dossiers.look(code) if code else None
    scope = {row["desk_agency"], row["competent_agency"]}
    if other is None or not scope & {other["desk_agency"], other["competent_agency"]}:
        raise Invalid(
            f"Không có hồ sơ {clean(of)[:64]} ở cơ quan này.",
            f"There is no dossier {clean(of)[:64]} in this agency.",
            field="of",
        )
    if other["id"] == row["id"]:
        raise Invalid(
            "Hãy ghi mã của hồ sơ kia, không phải của hồ sơ này.",
            "Write the other dossier's code, not this one's.",
            field="of",
        )
    if other["procedure"] != row["procedure"]:
        raise Invalid(
            f"Hồ sơ {other['code']} thuộc thủ tục {other['procedure']}, không trùng với hồ sơ này.",
            f"Dossier {other['code']} is of procedure {other['procedure']}, no duplicate of this one.",
            field="of",
        )
    if other["state"] in (State.REFUSED, State.WITHDRAWN, State.STOPPED):
        raise Invalid(
            f"Hồ sơ {other['code']} đã rút, bị từ chối, dừng, hủy hoặc đóng vì trùng nên không thay được hồ sơ này.",
            f"Dossier {other['code']} was withdrawn, refused, stopped, void or closed as a duplicate itself.",
            field="of",
        )
    return other


def _refuse_proposed(other: Row) -> None:
    """Raise Invalid where the twin may be closed as a duplicate itself: in the end neither would be left."""
    if other["pending"] and other["pending"]["act"] == Act.CLOSE_AS_DUPLICATE:
        raise Invalid(
            f"Hồ sơ {other['code']} đang được đề nghị đóng vì trùng; chờ trả lời đề nghị đó trước.",
            f"It is proposed to close dossier {other['code']} as a duplicate; wait for that answer first.",
            field="of",
        )


def _same_applicant(row: Row, other: Row) -> bool:
    applicants = [{p["party"] for p in x["parties"] if p["role"] == "applicant"} for x in (row, other)]
    return bool(applicants[0] & applicants[1])


def correct_reception(
    *, code: str, reception: Reception, reason: str, actor: Actor, at: datetime, paper: Paper = None
) -> Recorded:
    """Propose to put parties, components, answers or variant right. Raises Invalid where papers are missing,
    NotAllowedNow where the other variant's process has no place for the dossier or a part could not begin."""
    row = dossiers.lock(code, act=Act.CORRECT_RECEPTION, actor=actor, at=at)
    told = replace(reception, people=tuple((role, p.cleaned()) for role, p in reception.people))
    _refuse_incomplete(row, told)
    _refuse_unlike_form(row, told)
    _as_corrected(row, told, at)
    return dossiers.propose(
        row=row,
        act=Act.CORRECT_RECEPTION,
        terms={"variant": told.variant},
        sealed=_sealed(told),
        reason=reason,
        actor=actor,
        at=at,
        paper=paper,
    )


def _sealed(told: Reception) -> Mapping[str, object]:
    return {
        "variant": told.variant,
        "people": [{"role": role, "told": encode(p)} for role, p in told.people],
        "handed": [encode(h) for h in told.handed],
        "answers": dict(told.answers),
    }


def reception_of(sealed: Mapping[str, object]) -> Reception:
    """A proposed correction as it was sealed."""
    told: Mapping[str, list[Mapping[str, object]]] = sealed  # type: ignore[assignment]
    return Reception(
        variant=str(sealed["variant"]),
        people=tuple((str(p["role"]), decode(Particulars, p["told"])) for p in told["people"]),
        handed=tuple(decode(Handed, h) for h in told["handed"]),
        answers=dict(told["answers"]),  # type: ignore[arg-type]
    )


def _refuse_incomplete(row: Row, told: Reception) -> None:
    version = procedure_version(row["procedure_version"])
    if told.variant not in {v.code for v in version.variants}:
        raise Invalid(
            "Hãy chọn trường hợp của thủ tục.", "Choose a variant of the procedure.", field="variant"
        )
    refuse_incomplete(
        check_complete(
            components=version.components_of(told.variant),
            channel=Channel(row["channel"]),
            answers=told.answers,
            handed=told.handed,
            applicant=applicant_of(told),
        )
    )


def _refuse_unlike_form(row: Row, told: Reception) -> None:
    """Raise Invalid where a corrected answer contradicts the form handed in: papers, fees and the parts of other
    agencies, whose forms are made of it, hang on both. The form is mended first, by a supplement."""
    corrected = {
        question for question, answer in told.answers.items() if row["answers"].get(question) != answer
    }
    given = form_of(row) if corrected else None
    if given is None:
        return
    found = contradictions(
        form=FormAnswers(form=given.form, version=given.version, answers=given.answers),
        answers={question: told.answers[question] for question in corrected},
        agency=row["competent_agency"],
        on=local(row["submitted_at"]).date(),
    )
    for question, one in found.items():
        raise Invalid(one.for_applicant.vi, one.for_applicant.en, field=question)


def reopen_for_correction(
    *, code: str, to: str, fault: str, reason: str, actor: Actor, at: datetime, paper: Paper = None
) -> Recorded:
    """Propose to work on a decided result again, from step `to` on; `fault`: office or applicant."""
    row = dossiers.lock(code, act=Act.REOPEN_FOR_CORRECTION, actor=actor, at=at)
    step = _running_step(row, to)
    return dossiers.propose(
        row=row,
        act=Act.REOPEN_FOR_CORRECTION,
        terms={"to": step.code, "fault": dossiers.known_fault(fault)},
        reason=reason,
        actor=actor,
        at=at,
        paper=paper,
    )


def _running_step(row: Row, to: str) -> Step:
    if row["process_version"] is None:
        raise NotAllowedNow(
            "Hồ sơ giải quyết ngay không có quy trình để làm lại; hãy đính chính trong sổ chứng thực.",
            "What was done at once has no process to go back to; correct it in the certification book.",
        )
    for step in process_version(row["process_version"]).running:
        if step.code == to:
            return step
    raise Invalid("Hãy chọn bước làm lại.", "Choose the step to begin again with.", field="to")


def revoke_result(
    *, code: str, basis: str, reason: str, actor: Actor, at: datetime, paper: Paper = None
) -> Recorded:
    """Take the force of an issued result away; the leader's alone."""
    row = dossiers.lock(code, act=Act.REVOKE_RESULT, actor=actor, at=at)
    return dossiers.revoke_result(row=row, basis=basis, reason=reason, actor=actor, at=at, paper=paper)


def confirm(*, code: str, seq: int, actor: Actor, at: datetime) -> Recorded:
    """The second person confirms what was proposed in event `seq`: the act is written with both names.

    Raises Denied for the proposer and for other seats, NotAllowedNow where it lapsed or was replaced.
    """
    row = dossiers.lock_to_note(code, check=policy.check_countersign, actor=actor, at=at)
    proposal = dossiers.proposal(row, seq=seq, actor=actor)
    recorded = _CONFIRMED[proposal.act](row, proposal, actor, at)
    processes.follow(recorded)
    return recorded


def decline(*, code: str, seq: int, reason: str, actor: Actor, at: datetime) -> Recorded:
    """The second person says no, with a reason."""
    row = dossiers.lock_to_note(code, check=policy.check_countersign, actor=actor, at=at)
    return dossiers.decline(row=row, seq=seq, reason=reason, actor=actor, at=at)


def take_back(*, code: str, actor: Actor, at: datetime) -> Recorded:
    """The first person takes the proposal back."""
    row = dossiers.lock_to_note(code, check=policy.check_takes_back, actor=actor, at=at)
    return dossiers.take_back(row=row, actor=actor, at=at)


def _void(row: Row, proposal: Proposal, actor: Actor, at: datetime) -> Recorded:
    return dossiers.void_receipt(row=row, proposal=proposal, actor=actor, at=at)


def _close(row: Row, proposal: Proposal, actor: Actor, at: datetime) -> Recorded:
    other = _twin(row, proposal.terms["of"])
    # Each may be proposed as the other's duplicate: confirmed at once, both would be closed and none be left.
    if not dossiers.hold(other):
        raise NotAllowedNow(
            f"Hồ sơ {other['code']} đang có người xử lý; hãy thử lại sau ít phút.",
            f"Somebody is at work on dossier {other['code']}; try again in a minute.",
        )
    return dossiers.close_as_duplicate(
        row=row,
        proposal=proposal,
        of=other["code"],
        same_applicant=_same_applicant(row, other),
        actor=actor,
        at=at,
    )


def _lift(row: Row, proposal: Proposal, actor: Actor, at: datetime) -> Recorded:
    return dossiers.lift_interest(row=row, proposal=proposal, actor=actor, at=at)


def _reopen(row: Row, proposal: Proposal, actor: Actor, at: datetime) -> Recorded:
    working = office(agency=row["competent_agency"], at=at, row=row)
    course = course_of(row, at, working.calendar)
    step = _running_step(row, proposal.terms["to"])
    holder, given = routing.given(step, row["competent_agency"], working.staff)
    return dossiers.reopen(
        row=row,
        proposal=proposal,
        fault=proposal.terms["fault"],
        holder=holder,
        given=given,
        step=course.fact(step, row["due_at"]),
        actor=actor,
        at=at,
    )


def _correct(row: Row, proposal: Proposal, actor: Actor, at: datetime) -> Recorded:
    told = reception_of(proposal.sealed)
    _refuse_incomplete(row, told)
    _refuse_unlike_form(row, told)
    people = identify(people=[p for _, p in told.people], actor=actor, at=at)
    sources = after_correction(row, told.people)
    version = procedure_version(row["procedure_version"])
    kinds = {c.code: c.kind.value for c in version.components_of(told.variant)}
    files = {c["component"]: tuple(c["file_digests"]) for c in row["components"]}
    after = [
        {"role": role, "party": str(party)} for (role, _), party in zip(sources.people, people, strict=True)
    ]
    corrected = _as_corrected({**row, "parties": after}, told, at)
    corrected = replace(
        corrected,
        people=tuple(
            Person(role=role, party=party, particulars=particulars)
            for (role, particulars), party in zip(sources.people, people, strict=True)
        ),
        same=sources.same,
        degraded=sources.anew,
        components=tuple(
            e.ComponentFact(
                component=h.component,
                kind=kinds[h.component],
                originals=h.originals,
                copies=h.copies,
                file_digests=files.get(h.component, ()),
            )
            for h in told.handed
        ),
    )
    recorded = dossiers.correct_reception(row=row, proposal=proposal, corrected=corrected, actor=actor, at=at)
    return release_own(recorded, actor=actor, at=at)


def _as_corrected(row: Row, told: Reception, at: datetime) -> Corrected:
    """What the correction makes of limit, due moments and step; people and papers are put in by `_correct`."""
    terms, fees = terms_of(row, told)
    limit, promise = limit_fact(terms.limit), limit_fact(terms.promise)
    same = Corrected(
        variant=told.variant,
        process_version=row["process_version"],
        limit=e.LimitFact(value=row["limit_value"] or None, unit=row["limit_unit"], rule=RULE),
        promise=e.LimitFact(value=row["promise_value"] or None, unit=row["promise_unit"], rule=RULE),
        due=dossiers.due_of(row),
        step_due_at=row["step_due_at"],
        holder=None,
        step=None,
        people=(),
        components=(),
        answers=told.answers,
        fee_order=fees,
    )
    if told.variant == row["variant"]:
        if row["process_version"] is not None and told.answers != row["answers"]:
            refuse_parts(row, told, process_version(row["process_version"]), at)
        return same
    if row["clock_from"] is None:  # the competent desk has not accepted it yet: nothing runs
        return replace(same, limit=limit, promise=promise)
    agency = row["competent_agency"]
    process = process_for(row, told, at)
    anew = {
        **row,
        "variant": told.variant,
        "process_version": process.version_id,
        "limit_value": limit.value or "",
        "limit_unit": limit.unit,
        "promise_value": promise.value or "",
        "promise_unit": promise.unit,
    }
    due = due_fact(anew, calendar_of(agency))
    course = course_of(anew, at, process.calendar)
    corrected = replace(same, process_version=process.version_id, limit=limit, promise=promise, due=due)
    if process.version_id == row["process_version"]:
        dues = routing.StepDues(course, tuple(one.number for one in open_steps(row)))
        return replace(corrected, step_due_at=dues(due), beside_due=dues.of_beside(due))
    # Another process: the dossier stands at its first step, whatever was done of the wrong one.
    first = routing.first_step(process.version)
    step = course.fact(first, due.due_at)
    holder, given = routing.who_gets(first, agency, process.staff)
    return replace(corrected, step=step, holder=holder, given=given, step_due_at=step.due_at)


_CONFIRMED: Mapping[Act, Callable[[Row, Proposal, Actor, datetime], Recorded]] = {
    Act.VOID_RECEIPT: _void,
    Act.CLOSE_AS_DUPLICATE: _close,
    Act.CORRECT_RECEPTION: _correct,
    Act.REOPEN_FOR_CORRECTION: _reopen,
    Act.LIFT_INTEREST: _lift,
}
