"""A dossier comes in: catalogue, calendar, process, people and number act together, in one transaction."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.agencies.selectors import AgencyFacts, agency as agency_facts
from motcua.calendars.calendar import WorkCalendar
from motcua.calendars.clock import compute
from motcua.calendars.selectors import calendar_of
from motcua.catalogue.completeness import Completeness, Handed, Medium, check as check_complete
from motcua.catalogue.fees import Claim, FeeOrder, Quantities, compute as compute_fees
from motcua.catalogue.selectors import Offer, OfferedVariant, offer, offered_variant
from motcua.catalogue.shapes import ELSEWHERE, Audience, Channel, Limit
from motcua.dossiers import events as e, operations as dossiers
from motcua.dossiers.assisting import Filing
from motcua.dossiers.due import RULE, answer_due, as_limit
from motcua.dossiers.operations import Opening, Person, Terms
from motcua.dossiers.states import Act
from motcua.flows.children import refuse_unserved, refuse_unsubmitted, refuse_without_form
from motcua.flows.courses import done
from motcua.flows.registers import to_look_into, to_look_up
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.kernel.time import local
from motcua.parties.operations import Particulars, identify
from motcua.parties.registers import Answer
from motcua.processes import operations as processes, routing
from motcua.processes.selectors import Adopted, adopted
from motcua.processes.whereabouts import told_here

_AUDIENCE = {
    "citizen": Audience.CITIZEN,
    "foreigner": Audience.FOREIGNER,
    "business": Audience.BUSINESS,
    "household_business": Audience.BUSINESS,
    "household": Audience.CITIZEN,
    "organisation": Audience.ORGANISATION,
    "agency": Audience.ORGANISATION,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What was told at a counter (or in a form): which procedure, who, what papers.

    `people` are (role, particulars); `handed` the papers that came; `answers` question -> option of the
    version; `quantities` what fees are counted by; `claims` exemptions claimed, with the paper shown for each;
    `return_way` how the result is to come back; `uploads` files that the actor sent before, by component; `priced`
    the fees where a desk has counted them paper by paper; `competent` the agency that decides, where it is not the
    desk's own (non-territorial reception); `form` the answers of an electronic form; `filing` who hands it in for the
    applicant; `party` who has signed in: the applicant, or who submits for them; `parties` who all are, where they were
    recognised before; `joined` who applies too, and signed in to confirm it; `heard` what the population register said
    at the desk of whom among `people`, by place.
    """

    agency: str
    procedure: str
    variant: str
    channel: str
    people: tuple[tuple[str, Particulars], ...]
    handed: tuple[Handed, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    quantities: Quantities = Quantities()
    claims: tuple[Claim, ...] = ()
    assisted: bool = False
    visit: UUID | None = None
    code: str | None = None
    sets: int = 1
    return_way: str = "desk"
    degraded: tuple[str, ...] = ()
    uploads: Mapping[str, tuple[UUID, ...]] = field(default_factory=dict)
    priced: tuple[e.FeeFact, ...] | None = None
    competent: str = ""
    form: dossiers.FormAnswers | None = None
    filing: Filing | None = None
    party: UUID | None = None
    joined: tuple[tuple[UUID, Particulars], ...] = ()
    parties: tuple[UUID, ...] = ()
    heard: Mapping[int, Answer] = field(default_factory=dict)

    @property
    def competent_agency(self) -> str:
        """The agency that decides: the desk's own, where no other is named."""
        return self.competent or self.agency


@dataclass(frozen=True, slots=True)
class Examined:
    """An intake as the rules see it; what reception would pin."""

    agency: AgencyFacts
    competent: AgencyFacts
    offer: Offer
    terms: OfferedVariant
    completeness: Completeness
    fees: FeeOrder


def examine(*, intake: Intake, at: datetime) -> Examined:
    """What the published version says of `intake`: limit and promise, missing papers, fees. Writes nothing.

    Raises NotFound, Invalid; NotAllowedNow when the procedure is handled in another system.
    """
    agency, competent = agency_facts(intake.agency), agency_facts(intake.competent_agency)
    found = offer(intake.procedure, agency=competent.code, province=competent.parent, on=local(at).date())
    if there := ELSEWHERE.get(found.handled_in):
        raise NotAllowedNow(
            f"Thủ tục {intake.procedure} được giải quyết trên {there.vi}; không tiếp nhận ở đây.",
            f"Procedure {intake.procedure} is handled in {there.en}; it is not received here.",
        )
    terms = offered_variant(found, variant=intake.variant, channel=intake.channel)
    channel, applicant = Channel(intake.channel), applicant_of(intake)
    completeness = check_complete(
        components=found.version.components_of(intake.variant),
        channel=channel,
        answers=intake.answers,
        handed=intake.handed,
        applicant=applicant,
    )
    fees = compute_fees(
        rules=found.version.fees_of(intake.variant, channel),
        channel=channel,
        applicant=applicant,
        quantities=intake.quantities,
        claims=intake.claims,
        answers=intake.answers,
        province=found.fees,
        questions=found.version.questions,
    )
    return Examined(agency, competent, found, terms, completeness, fees)


def audience(kind: str) -> Audience:
    """Whom the law sees in a party of this kind."""
    return _AUDIENCE.get(kind, Audience.CITIZEN)


def applicant_of(intake: Intake) -> Audience:
    """Whom the law sees in who applies."""
    return audience(next((p.kind for role, p in intake.people if role == "applicant"), "citizen"))


def receive(
    *,
    intake: Intake,
    actor: Actor,
    at: datetime,
    submitted: str | None = None,
    paper: e.PaperMark | None = None,
) -> dossiers.Recorded:
    """Receive a dossier at a desk: the code, the pinned versions, both due moments, the first step's holder. What no
    register has said yet of the people waits until reactions.registers has asked; what it has otherwise, for somebody.

    `submitted` is the code of a dossier handed in before. Raises Invalid naming every missing paper at once
    (ND 118/2025 art. 17(2)(a)); NotAllowedNow when no process is adopted or the procedure is handled
    elsewhere; Denied for anybody but the desk of `intake.agency`; Invalid for `intake.form`, which only `submit` keeps.
    """
    refuse_unsubmitted(intake.form)
    row = dossiers.lock(submitted, act=Act.RECEIVE, actor=actor, at=at) if submitted else None
    # What was written on a pad yesterday was received under yesterday's version, entered today or not.
    when = paper.occurred_at if paper else at
    seen = examine(intake=intake, at=when)
    refuse_incomplete(seen.completeness)
    competent = intake.competent_agency
    opening = _opening(intake, seen, actor, at)
    process = adopted(
        agency=competent,
        procedure=intake.procedure,
        variant=intake.variant,
        on=local(when).date(),
        at=at,
        told=told_here(intake.answers, intake.people, row),
        row={"barred": (), "parties": [{"role": p.role, "party": str(p.party)} for p in opening.people]},
    )
    facts, on = _facts(intake), local(when).date()
    refuse_unserved(process=process.version, facts=facts, competent=competent, on=on, at=at)
    if row is None:
        refuse_without_form(
            process=process.version, facts=facts, on=on, published=seen.offer.forms, on_pad=paper is not None
        )
    recorded = dossiers.receive(
        opening=opening,
        terms=_terms(intake, seen, process, when, at),
        calendar=process.calendar,
        actor=actor,
        at=at,
        submitted=row,
        paper=paper,
    )
    processes.follow(recorded)
    return _with_answers(recorded, opening, intake.heard, actor, at)


def _facts(intake: Intake) -> Mapping[str, Any]:
    return {
        "variant": intake.variant,
        "channel": intake.channel,
        "assisted": intake.assisted,
        "outside": intake.agency != intake.competent_agency,
        "answers": dict(intake.answers),
        "quantities": asdict(intake.quantities),
    }


def _with_answers(
    recorded: dossiers.Recorded, opening: Opening, heard: Mapping[int, Answer], actor: Actor, at: datetime
) -> dossiers.Recorded:
    """What the register said at the desk and somebody has to look into waits as if it had been said afterwards."""
    for place, findings in to_look_into([p.particulars for p in opening.people], heard).items():
        kept = dossiers.answered(
            row=recorded.row, findings=findings, number=heard[place].number, actor=actor, at=at, claimed=True
        )
        recorded = done(kept) if kept else recorded
    return recorded


def _terms(intake: Intake, seen: Examined, process: Adopted, when: datetime, at: datetime) -> Terms:
    limit, promise = limit_fact(seen.terms.limit), limit_fact(seen.terms.promise)
    fees = _fee_facts(intake, seen)
    evidence = {claim.exemption: claim.evidence for claim in intake.claims}
    if seen.competent.code != intake.agency:
        # ND 118/2025 art. 17(3): the limit starts when the competent agency receives it; the process is its to pin.
        return Terms(
            process_version=None,
            limit=limit,
            promise=promise,
            fee_order=fees,
            evidence=evidence,
            holder=routing.desk(intake.agency, seen.agency.desk_unit),
            step=None,
            expected_at=expected(promise, when, process.calendar),
        )
    course = routing.Course(
        process=process.version,
        variant=intake.variant,
        promise_value=promise.value or "",
        promise_unit=promise.unit,
        start=when,
        at=at,
        calendar=process.calendar,
        facts=_facts(intake),
    )
    first = routing.first_step(process.version)
    holder, given = routing.who_gets(first, intake.agency, process.staff)
    return Terms(
        process_version=process.version_id,
        limit=limit,
        promise=promise,
        fee_order=fees,
        evidence=evidence,
        holder=holder,
        step=lambda due: course.fact(first, due.due_at),
        given=given,
    )


def expected(promise: e.LimitFact, when: datetime, calendar: WorkCalendar) -> datetime | None:
    """When the result of another agency may be expected: its promise, counted from the last moment at which its
    silence is acceptance if the dossier is sent at once."""
    accepted_by = answer_due(when, calendar) or when
    return compute(start=accepted_by, limit=as_limit(promise), calendar=calendar).due_at


def _fee_facts(intake: Intake, seen: Examined) -> tuple[e.FeeFact, ...]:
    if intake.priced is not None:
        return intake.priced
    return tuple(
        e.FeeFact(rule=line.rule, amount=line.amount, exemption=line.exemption) for line in seen.fees.lines
    )


def submit(
    *, intake: Intake, actor: Actor, at: datetime, paper: e.PaperMark | None = None
) -> dossiers.Recorded:
    """Hand a dossier in: the desk must answer within 8 working hours. Raises as `receive`, but may be incomplete.

    The registers are asked afterwards (reactions.registers): until then what they can say of the people waits.
    """
    seen = examine(intake=intake, at=paper.occurred_at if paper else at)
    submitted = dossiers.submit(
        opening=_opening(intake, seen, actor, at),
        holder=routing.desk(intake.agency, seen.agency.desk_unit),
        calendar=calendar_of(intake.agency),
        actor=actor,
        at=at,
        paper=paper,
    )
    charges = due_at_submission(seen)
    if not charges:
        return submitted
    return dossiers.charge_at_submission(row=submitted.row, charges=charges, actor=actor, at=at)


def due_at_submission(seen: Examined) -> tuple[e.ChargeFact, ...]:
    """What is paid when handing in: the fees that the version says are, whose amount is known and not nothing."""
    at_once = {rule.code for rule in seen.offer.version.fees if rule.at_submission}
    return tuple(
        e.ChargeFact(charge=line.rule, rule=line.rule, amount=line.amount)
        for line in seen.fees.lines
        if line.rule in at_once and line.amount
    )


def refuse_incomplete(completeness: Completeness) -> None:
    """Raise Invalid naming every missing paper at once (ND 118/2025 art. 17(2)(a))."""
    if completeness.complete:
        return
    if completeness.missing:
        vi = "; ".join(m.reason.vi for m in completeness.missing)
        en = "; ".join(m.reason.en for m in completeness.missing)
        raise Invalid(f"Hồ sơ chưa đủ. {vi}.", f"The dossier is incomplete. {en}.", field="components")
    raise Invalid(
        "Hãy trả lời các câu hỏi để biết cần những giấy tờ nào.",
        "Answer the questions that decide which papers are needed.",
        field="answers",
    )


def limit_fact(limit: Limit) -> e.LimitFact:
    """A limit of the catalogue as events pin it."""
    value = None if limit.value is None else str(limit.value)
    return e.LimitFact(value=value, unit=limit.unit.value, rule=RULE)


def _opening(intake: Intake, seen: Examined, actor: Actor, at: datetime) -> Opening:
    people = [(role, particulars.cleaned()) for role, particulars in intake.people]
    own = ("submitter", "notified") if intake.filing else ("applicant",)
    known: Sequence[UUID | None] = intake.parties or [
        intake.party if role in own else None for role, _ in people
    ]
    others = [p for (_, p), party in zip(people, known, strict=True) if party is None]
    met = iter(identify(people=others, actor=actor, at=at))
    parties = [party or next(met) for party in known]
    if intake.filing and intake.party is not None and _same_number([p for _, p in people]):
        raise Invalid(
            "Chủ hồ sơ là chính người đang đăng nhập; hãy bắt đầu lại và chọn “Cho tôi”.",
            "The applicant is who is signed in; begin again and choose “For myself”.",
            field="applicant",
        )
    parties += [party for party, _ in intake.joined]
    people += [("applicant", particulars.cleaned()) for _, particulars in intake.joined]
    kinds = {c.code: c.kind.value for c in seen.offer.version.components_of(intake.variant)}
    particulars = [particulars for _, particulars in people]
    waits = [*intake.degraded, *to_look_up(particulars)]
    waits += [one.field for found in to_look_into(particulars, intake.heard).values() for one in found]
    return Opening(
        procedure=intake.procedure,
        procedure_version=seen.offer.version_id,
        variant=intake.variant,
        channel=intake.channel,
        desk_agency=intake.agency,
        competent_agency=intake.competent_agency,
        code_template=seen.agency.code_template,
        people=tuple(
            Person(role=role, party=party, particulars=particulars)
            for (role, particulars), party in zip(people, parties, strict=True)
        ),
        components=tuple(_components(intake, kinds)),
        assisted=intake.assisted,
        visit=intake.visit,
        code=intake.code,
        answers=intake.answers,
        quantities=asdict(intake.quantities),
        sets=intake.sets,
        return_way=intake.return_way,
        degraded=tuple(waits),
        claims={claim.exemption: claim.evidence for claim in intake.claims},
        uploads=intake.uploads,
        form=intake.form,
        filing=intake.filing,
    )


def _same_number(people: Sequence[Particulars]) -> bool:
    """Whether the first has the number of one of the others, whatever the names."""
    first = people[0].paper, people[0].number
    return bool(people[0].number) and first in [(p.paper, p.number) for p in people[1:]]


def _components(intake: Intake, kinds: Mapping[str, str]) -> Iterator[e.ComponentFact]:
    """What came on paper; then what came as a file alone, which counts as no paper."""
    handed = {h.component for h in intake.handed}
    for h in intake.handed:
        originals, copies = (0, 0) if h.medium is Medium.ELECTRONIC else (h.originals, h.copies)
        kind = kinds[h.component]
        yield e.ComponentFact(component=h.component, kind=kind, originals=originals, copies=copies)
    for component in intake.uploads:
        if component not in kinds:
            raise Invalid(
                f"Thành phần “{component}” không thuộc trường hợp này.",
                f"Component “{component}” is not part of this variant.",
                field="components",
            )
        if component not in handed:
            yield e.ComponentFact(component=component, kind=kinds[component], originals=0, copies=0)
