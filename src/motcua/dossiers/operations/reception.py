"""Submit, receive, refuse: a dossier comes in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from motcua.calendars.calendar import WorkCalendar
from motcua.dossiers import events as e
from motcua.dossiers.assisting import Filing, FilingKind, refuse_wrong
from motcua.dossiers.attachments import Uploads, attach, with_files
from motcua.dossiers.content import NewContent, snapshot, text
from motcua.dossiers.degraded import still
from motcua.dossiers.due import answer_due, due_fact
from motcua.dossiers.numbering import format_code, normalise_code
from motcua.dossiers.operations.assisted import filing_fact, with_sheet
from motcua.dossiers.operations.claims import LONGEST_EVIDENCE, claimed
from motcua.dossiers.operations.common import basis_text, happened_at, reason_content
from motcua.dossiers.policy import check, may
from motcua.dossiers.projector import standing
from motcua.dossiers.record import Recorded, next_number, open_stream, record
from motcua.dossiers.row import EMPTY, Row
from motcua.dossiers.states import Act
from motcua.kernel.actor import Actor
from motcua.kernel.codec import encode
from motcua.kernel.errors import Denied, Invalid
from motcua.kernel.ids import uuid7
from motcua.kernel.text import clean, fold
from motcua.kernel.time import local
from motcua.ledger.operations import claim
from motcua.parties.operations import Particulars

ROLES = (
    "applicant",
    "subject",
    "right_holder",
    "household",
    "representative",
    "submitter",
    "notified",
    "recipient",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A party in a role, as told, and the party it was recognised as."""

    role: str
    party: UUID
    particulars: Particulars


@dataclass(frozen=True, slots=True, kw_only=True)
class FormAnswers:
    """What was answered in version `version` of the electronic form `form`, by field."""

    form: str
    version: int
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a dossier begins with. `code` is a foreign one to keep; without it ours is given.

    `answers`: question -> option of the version; `quantities`: what fees are counted by; `return_way`: one of
    RETURN_WAYS; `degraded`: fields that could not be looked up meanwhile; `claims`: exemptions asked for;
    `uploads`: files that the actor sent
    before, by component; `filing`: who hands it in for the applicant, None where they do so themselves.
    """

    procedure: str
    procedure_version: UUID
    variant: str
    channel: str
    desk_agency: str
    competent_agency: str
    code_template: str
    people: tuple[Person, ...]
    components: tuple[e.ComponentFact, ...]
    assisted: bool = False
    visit: UUID | None = None
    code: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    quantities: Mapping[str, int] = field(default_factory=dict)
    sets: int = 1
    return_way: str = "desk"
    degraded: tuple[str, ...] = ()
    claims: Mapping[str, str] = field(default_factory=dict)
    uploads: Uploads = field(default_factory=dict)
    form: FormAnswers | None = None
    filing: Filing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What reception pins: limit, promise and fee order; the process and its first step where the desk's agency is
    competent, else (None) when the result is expected. `evidence`: the paper shown for an exemption of the fee
    order."""

    process_version: UUID | None
    limit: e.LimitFact
    promise: e.LimitFact
    fee_order: tuple[e.FeeFact, ...]
    holder: e.HolderFact
    step: Callable[[e.DueFact], e.StepFact] | None
    evidence: Mapping[str, str] = field(default_factory=dict)
    expected_at: datetime | None = None
    given: tuple[e.GivenFact, ...] = ()


def submit(
    *,
    opening: Opening,
    holder: e.HolderFact,
    calendar: WorkCalendar,
    actor: Actor,
    at: datetime,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Open a dossier that the desk must answer within 8 working hours.

    Raises Denied unless the applicant or the desk of `opening.desk_agency` acts; Invalid without an applicant, or
    for a foreign code that is none or is taken.
    """
    people, contents, label = people_facts(opening.people, opening.desk_agency)
    may_open(actor, Act.SUBMIT, opening)
    refuse_wrong(opening.filing, actor=actor, at=at)
    _refuse_unknown_way(opening)
    when = happened_at(at, paper)
    dossier = uuid7()
    claim(stream=dossier, seq=1, actor=actor, at=at)
    answer_by = answer_due(when, calendar)
    if answer_by is None:
        raise Invalid("Không tính được hạn trả lời.", "The answer's due moment cannot be computed.")
    attached = attach(with_sheet(opening.uploads, opening.filing), actor=actor, at=at)
    form, filing = form_fact(opening.form, contents), filing_fact(opening.filing, attached, contents)
    event = e.DossierSubmitted(
        code=code_of(opening, when),
        procedure=opening.procedure,
        procedure_version=opening.procedure_version,
        variant=opening.variant,
        channel=opening.channel,
        desk_agency=opening.desk_agency,
        competent_agency=opening.competent_agency,
        parties=people,
        components=with_files(opening.components, attached),
        assisted=filing.kind != FilingKind.SELF,
        tracking_version=1,
        answer_due_at=answer_by,
        holder=holder,
        occurred_at=when,
        paper=paper,
        answers=opening.answers,
        quantities=opening.quantities,
        return_way=opening.return_way,
        form=form,
        degraded=opening.degraded,
        claims=claimed(opening.claims, contents),
        filing=filing,
    )
    return open_stream(
        dossier=dossier,
        event=event,
        actor=actor,
        at=at,
        contents=contents,
        label=label,
        attached=attached,
        paper=paper,
    )


def form_fact(told: FormAnswers | None, contents: list[NewContent]) -> e.FormFact | None:
    """How the event names the form's answers, which become one more content."""
    if told is None:
        return None
    kept = snapshot("form", told.answers)
    contents.append(kept)
    return e.FormFact(form=told.form, version=told.version, snapshot=kept.id, snapshot_digest=kept.digest)


def receive(
    *,
    opening: Opening,
    terms: Terms,
    calendar: WorkCalendar,
    actor: Actor,
    at: datetime,
    submitted: Row | None = None,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Take a complete and valid dossier in; its limit starts, once (ND 118/2025 art. 17(3)): here, or where
    another agency is competent, when that one accepts the transfer.

    `submitted` is the locked row of a dossier handed in before; without it the dossier opens here. Both due
    moments are computed by the clock from `terms`; nothing sets them. Raises Denied, NotAllowedNow, Invalid.
    """
    people, contents, label = people_facts(opening.people, opening.desk_agency)
    _refuse_unknown_way(opening)
    when = happened_at(at, paper, submitted)
    dossier = submitted["id"] if submitted else uuid7()
    if submitted is None:
        may_open(actor, Act.RECEIVE, opening)
        claim(stream=dossier, seq=1, actor=actor, at=at)
    else:
        check(actor, Act.RECEIVE, submitted, standing(submitted))
        _refuse_other_matter(opening, submitted)
    attached = attach(opening.uploads, actor=actor, at=at)
    due = e.DueFact(due_at=None, limit_due_at=None, calendar_edition=calendar.label)
    if terms.step is not None:
        due = due_fact(_clock_row(terms, when), calendar)
    fee_order, shown = _exempted(terms)
    contents += shown
    event = e.DossierReceived(
        code=submitted["code"] if submitted else code_of(opening, when),
        procedure=opening.procedure,
        procedure_version=opening.procedure_version,
        variant=opening.variant,
        channel=opening.channel,
        desk_agency=opening.desk_agency,
        competent_agency=opening.competent_agency,
        process_version=terms.process_version,
        limit=terms.limit,
        promise=terms.promise,
        calendar_edition=due.calendar_edition,
        due_at=due.due_at,
        limit_due_at=due.limit_due_at,
        provisional=due.provisional,
        parties=people,
        components=with_files(opening.components, attached),
        fee_order=fee_order,
        visit=opening.visit,
        assisted=opening.assisted,
        tracking_version=submitted["tracking_version"] if submitted else 1,
        paper=paper,
        occurred_at=when,
        holder=terms.holder,
        step=None if terms.step is None else terms.step(due),
        given=terms.given,
        answers=opening.answers,
        quantities=opening.quantities,
        sets=opening.sets,
        return_way=opening.return_way,
        expected_at=terms.expected_at,
        degraded=opening.degraded if submitted is None else still(submitted),
    )
    if submitted is not None:
        return record(
            row=submitted, event=event, actor=actor, at=at, contents=contents, attached=attached, paper=paper
        )
    return open_stream(
        dossier=dossier,
        event=event,
        actor=actor,
        at=at,
        contents=contents,
        label=label,
        attached=attached,
        paper=paper,
    )


def _exempted(terms: Terms) -> tuple[tuple[e.FeeFact, ...], list[NewContent]]:
    """The fee order with what was shown for its exemptions, and that as content."""
    shown = {
        code: text("evidence", clean(terms.evidence[code])[:LONGEST_EVIDENCE])
        for code in {line.exemption for line in terms.fee_order}
        if code is not None and clean(terms.evidence.get(code, ""))
    }
    order = [
        replace(line, evidence=shown[line.exemption].ref) if line.exemption in shown else line
        for line in terms.fee_order
    ]
    return tuple(order), list(shown.values())


RETURN_WAYS = ("desk", "post", "electronic")
MOST_SETS = 99


def _refuse_unknown_way(opening: Opening) -> None:
    if opening.return_way not in RETURN_WAYS:
        raise Invalid(
            "Hãy chọn cách nhận kết quả.", "Choose how the result is to come back.", field="return_way"
        )
    if not 1 <= opening.sets <= MOST_SETS:
        raise Invalid(f"Số bộ hồ sơ từ 1 đến {MOST_SETS}.", f"There are 1 to {MOST_SETS} sets.", field="sets")


def _refuse_other_matter(opening: Opening, submitted: Row) -> None:
    if (opening.desk_agency, opening.procedure) != (submitted["desk_agency"], submitted["procedure"]):
        raise Invalid(
            f"Hồ sơ {submitted['code']} nộp cho thủ tục {submitted['procedure']} tại {submitted['desk_agency']}.",
            f"Dossier {submitted['code']} was submitted for {submitted['procedure']} at {submitted['desk_agency']}.",
            field="procedure",
        )


def _clock_row(terms: Terms, when: datetime) -> Mapping[str, Any]:
    return {
        "clock_from": when,
        "pauses": [],
        "extensions": [],
        "limit_value": terms.limit.value or "",
        "limit_unit": terms.limit.unit,
        "promise_value": terms.promise.value or "",
        "promise_unit": terms.promise.unit,
    }


def may_open(actor: Actor, act: Act, opening: Opening) -> None:
    """Raise Denied unless `actor` may begin a dossier with `act`."""
    draft = {
        **EMPTY,
        "desk_agency": opening.desk_agency,
        "competent_agency": opening.competent_agency,
        "parties": [{"party": str(p.party), "role": p.role} for p in opening.people],
    }
    if (denied := may(actor, act, draft)) is not None:
        raise Denied(denied.vi, denied.en)


def code_of(opening: Opening, when: datetime) -> str:
    """The foreign code to keep, or the next of the desk's own series: the last thing locked."""
    if opening.code is not None:
        return _foreign_code(opening.code, opening.desk_agency)
    # The number is the last thing locked before the event is built (design, section 12).
    day = local(when).date()
    seq = next_number(opening.desk_agency, day)
    return format_code(template=opening.code_template, agency=opening.desk_agency, day=day, seq=seq)


def _foreign_code(text: str, desk_agency: str) -> str:
    code = normalise_code(text)
    if code is None:
        raise Invalid(
            "Mã hồ sơ chỉ gồm chữ cái không dấu, chữ số, dấu chấm và gạch nối, từ 4 đến 64 ký tự.",
            "A dossier code has 4 to 64 plain letters, digits, dots and hyphens.",
            field="code",
        )
    if code.startswith(f"{desk_agency.upper()}-"):
        # It would stand in the way of our own gap-free series, and stop the desk for the day.
        raise Invalid(
            "Mã này thuộc dãy số của chính cơ quan; hãy để trống, hệ thống sẽ cấp mã.",
            "This code belongs to the agency's own series; leave it empty and a code is given.",
            field="code",
        )
    return code


def people_facts(
    people: Sequence[Person], desk_agency: str, *, nameless: bool = False
) -> tuple[tuple[e.PartyFact, ...], list[NewContent], tuple[str, str, str]]:
    """The parties as the event names them, their snapshots, and the label the dossier is found by.

    `nameless`: the law asks nobody's name. Raises Invalid.
    """
    applicants = [p for p in people if p.role == "applicant"]
    if not applicants and not nameless:
        raise Invalid(
            "Hồ sơ cần ít nhất một chủ hồ sơ.", "The dossier needs an applicant.", field="applicant"
        )
    facts: list[e.PartyFact] = []
    contents: list[NewContent] = []
    for person in people:
        if person.role not in ROLES:
            raise Invalid(f"Vai trò không rõ: {person.role}.", f"Unknown role: {person.role}.", field="role")
        kept = snapshot(f"party:{person.role}", _fields(person.particulars))
        contents.append(kept)
        facts.append(
            e.PartyFact(role=person.role, party=person.party, snapshot=kept.id, snapshot_digest=kept.digest)
        )
    name = applicants[0].particulars.name if applicants else ""
    return tuple(facts), contents, (desk_agency, name, fold(name))


def _fields(particulars: Particulars) -> Mapping[str, Any]:
    fields: dict[str, Any] = encode(particulars)
    if fields["looked_up"] is None:  # most people are told, and nobody is looked up
        del fields["looked_up"]
    return fields


def refuse(
    *, row: Row, reason: str, basis: str, actor: Actor, at: datetime, paper: e.PaperMark | None = None
) -> Recorded:
    """Refuse a submitted dossier, with reason and basis (form 03; ND 63/2010 art. 18(5))."""
    check(actor, Act.REFUSE, row, standing(row))
    kept = reason_content("refusal", reason)
    event = e.DossierRefused(
        reason=kept.ref, basis=basis_text(basis), occurred_at=happened_at(at, paper, row), paper=paper
    )
    return record(row=row, event=event, actor=actor, at=at, contents=[kept], paper=paper)
