"""Inter-agency procedures: parts begin at other agencies, end there, and come back. Order, never rules."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from motcua.agencies.bodies import BODIES
from motcua.agencies.selectors import agency as agency_facts, called
from motcua.agencies.serving import serving
from motcua.calendars.selectors import calendar_of
from motcua.catalogue.selectors import offer
from motcua.dossiers import events as e, operations as dossiers
from motcua.dossiers.answered import answered_form
from motcua.dossiers.attachments import Attachment, contents_of
from motcua.dossiers.due import RULE
from motcua.dossiers.operations import Branching, FormAnswers, Person, Recorded
from motcua.dossiers.people import told
from motcua.dossiers.row import Row
from motcua.dossiers.states import ENDED, State
from motcua.eforms.answers import check as check_answers
from motcua.eforms.selectors import form_for
from motcua.eforms.shapes import Form
from motcua.flows.courses import done, facts_of, step_due_of
from motcua.kernel.actor import Actor
from motcua.kernel.codec import decode
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.kernel.say import Say
from motcua.kernel.time import local
from motcua.ledger.selectors import history
from motcua.parties.operations import Particulars
from motcua.processes import routing
from motcua.processes.children import expected, filled, to_begin
from motcua.processes.running import tables_run
from motcua.processes.selectors import Adopted, adopted, version as process_version
from motcua.processes.shapes import Child, ProcessVersion
from motcua.processes.whereabouts import told_of

_APART = Say("Hãy tiếp nhận từng thủ tục riêng.", "Receive each procedure by itself.")


def expected_children(row: Row) -> tuple[str, ...]:
    """The codes of the parts that other agencies settle of a dossier."""
    return tuple(child.code for child in asked_children(row))


def asked_children(row: Row) -> tuple[Child, ...]:
    """The parts that other agencies settle of a dossier, as its pinned process asks for them."""
    if row["process_version"] is None:
        return ()
    return expected(process_version(row["process_version"]), facts_of(row))


def waited_for(row: Row) -> tuple[Child, ...]:
    """The parts that the result of a dossier, as it is signed, still waits for."""
    if row["process_version"] is None:
        return ()
    outcome = (row["approval"] or {}).get("outcome", "")
    codes = dossiers.waited_for(row, outcome, expected=expected_children(row))
    return tuple(child for child in process_version(row["process_version"]).children if child.code in codes)


def refuse_unserved(
    *,
    process: ProcessVersion,
    facts: Mapping[str, Any],
    competent: str,
    on: date,
    at: datetime,
    advice: Say = _APART,
) -> None:
    """Raise NotAllowedNow, with `advice`, where a part could not begin: no agency of its kind serves the place of
    `competent`, or it runs no process for it. Without parts no statement."""
    for child in expected(process, facts):
        _run_for(child, competent, on, at, advice=advice)


def refuse_parts(
    row: Row, process: ProcessVersion, *, agency: str, at: datetime, on: date, advice: Say = _APART
) -> None:
    """Raise NotAllowedNow where a part of a dossier that has not begun could not, at `agency` under `process`: nobody
    serves it, or it is made of the form that the dossier came without."""
    begun = {one["child"] for one in row["children"]}
    left = replace(process, children=tuple(part for part in process.children if part.code not in begun))
    facts = facts_of({**row, "competent_agency": agency})
    refuse_unserved(process=left, facts=facts, competent=agency, on=on, at=at, advice=advice)
    refuse_formless(row, left, agency, on)


def refuse_without_form(
    *,
    process: ProcessVersion,
    facts: Mapping[str, Any],
    published: Sequence[UUID],
    on: date,
    on_pad: bool = False,
) -> None:
    """Of a dossier whose procedure has a form that was not filled in: raise NotAllowedNow where a part would begin with
    nothing to work on, since its own is made of that; `on_pad`: it was written on a sheet while the system was down."""
    if not any(child.needs_form for child in expected(process, facts)):
        return
    if form_for(procedure=process.procedure, variant=facts["variant"], on=on, published=published) is None:
        return
    vi = (
        "Thủ tục liên thông này cần tờ khai chung, vì các cơ quan cùng giải quyết lấy tờ khai của mình từ đó. Công chức"
        " tiếp nhận của quầy mở mục “Nộp giúp”, chọn cơ quan giải quyết, nhập tờ khai theo lời và giấy tờ của người"
        " dân, rồi tiếp nhận hồ sơ vừa nộp."
    )
    en = (
        "This inter-agency procedure needs its one form, of which the agencies make their own. The desk's own officer"
        " opens “Help to hand in”, chooses the agency that decides, types the form as the person and their papers say,"
        " then receives the dossier handed in."
    )
    if on_pad:
        vi += (
            " Thời hạn khi đó tính từ lúc tiếp nhận trên hệ thống. Muốn giữ ngày ghi trên giấy thì nhập tờ giấy này cho"
            " từng thủ tục riêng."
        )
        en += (
            " The time limit then begins with the reception in the system. To keep the day on the paper, enter the"
            " sheet for each procedure by itself."
        )
    raise NotAllowedNow(vi, en)


def refuse_formless(row: Row, process: ProcessVersion, agency: str, on: date) -> None:
    """Raise NotAllowedNow where parts of a received dossier would begin at `agency` with nothing to work on: what
    nobody handed in has no form."""
    facts = facts_of({**row, "competent_agency": agency})
    if row["submitted_at"] is None and any(child.needs_form for child in expected(process, facts)):
        found = offer(row["procedure"], agency=agency, province=agency_facts(agency).parent, on=on)
        refuse_without_form(process=process, facts=facts, on=on, published=found.forms)


def refuse_unsubmitted(form: FormAnswers | None) -> None:
    """Raise Invalid for a form told at reception: it is kept with what was handed in, and nowhere else."""
    if form is not None:
        raise Invalid(
            "Tờ khai điện tử đi cùng lần nộp: hãy nộp hồ sơ trước (mục “Nộp giúp”), rồi tiếp nhận hồ sơ vừa nộp.",
            "An electronic form comes with handing in: hand the dossier in first (“Help to hand in”), then receive it.",
            field="form",
        )


def is_typed_first(*, agency: str, procedure: str, published: Sequence[UUID], on: date) -> bool:
    """Whether a procedure is received at a desk of `agency` with its form only: as it runs there, or where it does not,
    as it runs elsewhere. Two statements at most, none where it has no form."""
    if form_for(procedure=procedure, on=on, published=published) is None:
        return False
    own = tables_run(agency=agency, procedure=procedure, on=on)
    tables = own or tables_run(agency=None, procedure=procedure, on=on)
    return any(child.needs_form for table in tables for child in table.children)


def _run_for(
    child: Child, competent: str, on: date, at: datetime, parent: Row | None = None, *, advice: Say = _APART
) -> tuple[str, Adopted]:
    agency = serving(child.body, competent, on=on)
    if agency is None:
        raise NotAllowedNow(
            f"Chưa tiếp nhận liên thông ở đây được: địa bàn này chưa có {BODIES[child.body].vi} trên hệ thống cho"
            f" phần “{child.title.vi}”. {advice.vi}",
            f"It can't be received together here: no {BODIES[child.body].en} serves this place in the system for"
            f" “{child.title.en}”. {advice.en}",
        )
    try:
        process = adopted(
            agency=agency,
            procedure=child.procedure,
            variant=child.variant,
            on=on,
            at=at,
            told=told_of(parent),
            row=parent,
        )
    except NotAllowedNow as refusal:
        name = called(agency)
        raise NotAllowedNow(f"{name.vi}: {refusal.vi}", f"{name.en}: {refusal.en}") from refusal
    return agency, process


def waiting_to_begin(dossier: UUID, *, at: datetime) -> tuple[str, ...]:
    """The parts of a dossier that may begin and have not."""
    row = dossiers.look_by_id(dossier)
    return tuple(child.code for child in _to_begin(row)) if row is not None else ()


def _to_begin(row: Row) -> tuple[Child, ...]:
    if row["process_version"] is None or row["stage"] in ENDED or row["stage"] == State.DECIDED:
        return ()
    refused = (row["approval"] or {}).get("outcome") == "refused"
    process = process_version(row["process_version"])
    if not process.children or refused or row["step"] is None:
        return ()
    return to_begin(
        process,
        facts_of(row),
        past=row["step"],
        begun={one["child"] for one in row["children"]},
        ended={one["child"] for one in row["children"] if one["ended_at"] is not None},
    )


def begin(*, dossier: UUID, child: str, actor: Actor, at: datetime) -> Recorded | None:
    """Begin the part `child` of a dossier at the agency that settles it, with the people, papers and form fields that
    its process hands on; None where it has begun, or may not yet. Raises NotAllowedNow where nobody serves the place
    or holds the first seat."""
    parent = dossiers.lock_by_id(dossier)
    part = next((one for one in _to_begin(parent) if one.code == child), None)
    if part is None:
        return None
    agency, running = _run_for(part, parent["competent_agency"], local(at).date(), at, parent)
    first = routing.first_step(running.version)
    holder, given = routing.who_gets(first, agency, running.staff)
    limit = e.LimitFact(
        value=None if part.limit.value is None else str(part.limit.value),
        unit=part.limit.unit.value,
        rule=RULE,
    )

    def step(due: e.DueFact) -> e.StepFact:
        course = routing.Course(
            process=running.version,
            variant=part.variant,
            promise_value=limit.value or "",
            promise_unit=limit.unit,
            start=at,
            at=at,
            calendar=running.calendar,
        )
        return course.fact(first, due.due_at)

    texts, files = contents_of(dossier)
    known = offer(part.procedure, agency=agency, province=None, on=local(at).date())
    begun, opened = dossiers.open_child(
        parent=parent,
        branching=Branching(
            child=part.code,
            agency=agency,
            procedure=part.procedure,
            procedure_version=known.version_id,
            variant=part.variant,
            process_version=running.version_id,
            limit=limit,
            people=_people(dossier),
            components=_components(parent, part),
            files=_files(part, files),
            answers=parent["answers"],
            form=_form(dossier, part, texts, own=_own_form(part, known.forms, local(at).date())),
            holder=holder,
            given=given,
        ),
        step=step,
        calendar=running.calendar,
        actor=actor,
        at=at,
    )
    done(begun)
    return done(opened)


def _people(dossier: UUID) -> tuple[Person, ...]:
    return tuple(
        Person(role=one.role, party=one.party, particulars=decode(Particulars, one.fields))
        for one in told([dossier], viewer=None)
    )


def _components(parent: Row, part: Child) -> tuple[e.ComponentFact, ...]:
    """What goes along counts as copies: the originals lie where they were received, and are given back there. What was
    only looked up there is looked up here."""
    handed = {one["component"]: one for one in parent["components"]}
    counts = {p.to: handed[p.component] for p in part.papers if p.component in handed}
    return tuple(
        e.ComponentFact(component=to, kind=one["kind"], originals=0, copies=one["originals"] + one["copies"])
        for to, one in counts.items()
        if one["originals"] or one["copies"] or one["file_digests"]
    )


def _files(part: Child, files: Sequence[Attachment]) -> Mapping[str, Sequence[Attachment]]:
    return {passed.to: [one for one in files if one.component == passed.component] for passed in part.papers}


def _own_form(part: Child, published: Sequence[UUID], on: date) -> Form | None:
    if not part.fills:
        return None
    return form_for(procedure=part.procedure, variant=part.variant, on=on, published=published)


def _form(dossier: UUID, part: Child, texts: Mapping[UUID, str], *, own: Form | None) -> FormAnswers | None:
    """Its own form, filled in out of the parent's; else fields of the parent's form as they stand."""
    told_form = answered_form(history(dossier), texts) if own or part.form else None
    if told_form is None:
        return None
    if own is not None:
        answers = check_answers(own, filled(part.fills, told_form.answers)).answers
        return FormAnswers(form=own.code, version=own.version, answers=answers)
    wanted = {field: told_form.answers[field] for field in part.form if field in told_form.answers}
    return FormAnswers(form=told_form.form, version=told_form.version, answers=wanted)


def settle(*, child: UUID, actor: Actor, at: datetime) -> tuple[Recorded, ...]:
    """Note on the parent that a child dossier has ended, and give its result back to the lead's desk; nothing where
    that was done, or where it still runs."""
    found = dossiers.look_by_id(child)
    if found is None or found["parent"] is None:
        return ()
    parent = dossiers.lock_by_id(found["parent"])
    row = dossiers.lock_by_id(child)
    decided = _decision(row)
    calendar = calendar_of(parent["competent_agency"])
    recorded = dossiers.end_child(
        parent=parent,
        child=row,
        papers=decided.papers if decided else (),
        reasons=decided.reasons if decided else None,
        calendar=calendar,
        step_due=step_due_of(parent, at, calendar),
        actor=actor,
        at=at,
    )
    return tuple(done(one) for one in recorded)


def _decision(row: Row) -> e.DossierDecided | None:
    """The decision on a dossier; None where it has none."""
    found = [x for x in history(row["id"]) if x.type == e.DossierDecided.TYPE]
    return decode(e.DossierDecided, found[-1].data) if found else None


def call_off(*, parent: UUID, actor: Actor, at: datetime) -> tuple[Recorded, ...]:
    """End what still runs of the children of a dossier that has ended without a result."""
    row = dossiers.lock_by_id(parent)
    ended = []
    for one in dossiers.running_children(row):
        child = dossiers.lock_by_id(UUID(one["dossier"]))
        recorded = dossiers.call_off(parent=row, child=child, actor=actor, at=at)
        if recorded is not None:
            ended.append(done(recorded))
    return tuple(ended)
