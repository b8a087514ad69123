"""A citizen's dossier: handed in from a draft, and received at the desk out of what was handed in."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from motcua.catalogue.completeness import Handed, Medium, Missing, check, to_bring
from motcua.catalogue.fees import Claim, Quantities
from motcua.catalogue.selectors import version as procedure_version
from motcua.catalogue.shapes import LOOKED_AT, LOOKED_UP, Audience, Channel, Component, ComponentKind, Source
from motcua.dossiers import events as e
from motcua.dossiers.assisting import FilingKind
from motcua.dossiers.doubles import refuse_double
from motcua.dossiers.operations import Recorded
from motcua.dossiers.people import told
from motcua.dossiers.row import Row
from motcua.eforms.answers import check as check_answers
from motcua.eforms.selectors import form_for
from motcua.flows.citizens import hold_mandate
from motcua.flows.confirming import joined, record_consents
from motcua.flows.deadlines import refuse_contradicted
from motcua.flows.online_money import ask_at_once
from motcua.flows.proven import standing_in, to_be_proven
from motcua.flows.reception import Intake, applicant_of, examine, receive, refuse_incomplete, submit
from motcua.flows.terms import TermsChanged, terms_of
from motcua.kernel.actor import Actor
from motcua.kernel.codec import decode
from motcua.kernel.errors import Invalid, NotAllowedNow
from motcua.kernel.time import local
from motcua.parties.operations import Particulars
from motcua.processes.selectors import variants_run
from motcua.submissions import operations as submissions
from motcua.submissions.selectors import visit_of


def still_to_send(
    *,
    components: Sequence[Component],
    answers: Mapping[str, str],
    handed: Iterable[Handed],
    applicant: Audience,
    proven: Collection[str] = (),
) -> tuple[Missing, ...]:
    """What of an online dossier is still to be sent: not what the agency looks up itself, nor what is only shown, in
    whose place the sign-in or the officer's look-up stands, nor what the registers prove (`proven`;
    ND 118/2025 art. 17(2)(a))."""
    found = check(
        components=components, channel=Channel.ONLINE, answers=answers, handed=handed, applicant=applicant
    )
    shown = [c.code for c in components if c.kind is ComponentKind.SHOW_ONLY]
    return to_bring(missing=found.missing, components=components, sought=(), spared={*shown, *proven})


def as_files(component: Component) -> Handed:
    """A component whose files came, as it counts."""
    originals = component.originals or (0 if component.copies else 1)
    looked_at = component.kind in LOOKED_AT
    return Handed(component.code, originals, component.copies, Medium.ELECTRONIC, shown=looked_at)


def variants_taken(*, agency: str, procedure: str, variants: Collection[str], at: datetime) -> list[str]:
    """Those of `variants` that the agency still runs. Raises NotAllowedNow for none. One statement."""
    running = variants_run(agency=agency, procedure=procedure, on=local(at).date())
    if taken := [one for one in variants if one in running]:
        return taken
    raise NotAllowedNow(
        "Cơ quan này hiện không nhận thủ tục này nữa. Trang của thủ tục cho biết nộp ở đâu; "
        "những gì đã khai vẫn được giữ trong 30 ngày.",
        "This agency does not take this procedure any more. The procedure's page says where to hand it in; "
        "what you typed is kept for 30 days.",
    )


def hand_in(
    *,
    draft: UUID,
    revision: int,
    intake: Intake,
    agreed: str,
    actor: Actor,
    at: datetime,
    again: bool = False,
) -> Recorded:
    """Hand in what stands in the draft at `revision`, once: the draft becomes a dossier that the desk answers within 8
    working hours. `agreed`: what `terms_of` said where the applicant agreed; `again`: who helps has said that it is
    another matter than what they handed in before.

    Raises AlreadySubmitted with the code of the first time; HandedInAlready for another of the person who is helped;
    SavedElsewhere; TermsChanged; NotConfirmed where somebody who applies too has not confirmed just this; NotAllowedNow
    where the agency does not run it any more; Invalid naming all that is not there.
    """
    hold_mandate(actor=actor, power="hand_in", procedure=intake.procedure, at=at)
    begun = submissions.lock(draft=draft, owner=UUID(actor.party), revision=revision, at=at)
    if begun != (intake.filing.kind if intake.filing else FilingKind.SELF):
        raise Invalid(
            "Hồ sơ này được soạn theo cách nộp khác; hãy bắt đầu lại từ trang thủ tục.",
            "This draft was begun to be handed in another way; begin again from the procedure's page.",
        )
    variants_taken(
        agency=intake.competent_agency, procedure=intake.procedure, variants=[intake.variant], at=at
    )
    seen = examine(intake=intake, at=at)
    if terms_of(seen, intake) != agreed:
        raise TermsChanged
    missing = still_to_send(
        components=seen.offer.version.components_of(intake.variant),
        answers=intake.answers,
        handed=intake.handed,
        applicant=applicant_of(intake),
        proven=to_be_proven(
            seen.offer.version.components_of(intake.variant),
            people=[person for role, person in intake.people if role == "applicant"],
            on=local(at).date(),
        ),
    )
    refuse_incomplete(replace(seen.completeness, missing=missing))
    _refuse_unanswered(intake, seen.offer.forms, local(at).date())
    refuse_contradicted(
        form=intake.form, answers=intake.answers, agency=intake.competent_agency, on=local(at).date()
    )
    intake, consents = joined(draft=draft, revision=revision, intake=intake, agreed=agreed)
    recorded = submit(intake=intake, actor=actor, at=at)
    if intake.filing is not None and not again:
        refuse_double(recorded.row)
    recorded = record_consents(recorded=recorded, consents=consents, actor=actor, at=at)
    ask_at_once(row=recorded.row, actor=actor, at=at)
    submissions.finish(draft=draft, code=recorded.row["code"], at=at)
    return recorded


def _refuse_unanswered(intake: Intake, published: Sequence[UUID], on: date) -> None:
    """Raise Invalid unless the form that the procedure has is answered whole."""
    form = form_for(procedure=intake.procedure, variant=intake.variant, on=on, published=published)
    if form is None:
        return
    told = intake.form
    if told is None or (told.form, told.version) != (form.code, form.version):
        raise Invalid("Hãy điền tờ khai điện tử.", "Fill in the electronic form.", field="form")
    if faults := check_answers(form, told.answers, on=on).faults:
        raise Invalid(faults[0].words.vi, faults[0].words.en, field="form")


def accept(
    *,
    code: str,
    row: Row,
    variant: str,
    good: Collection[str],
    found: Collection[str],
    actor: Actor,
    at: datetime,
    confirmed: Mapping[str, str] | None = None,
    paper: e.PaperMark | None = None,
) -> Recorded:
    """Receive a dossier that was handed in before: the people and answers are those it was handed in with; `good` are
    the components whose files are in order, `found` those that were looked up, `confirmed` the exemptions that were
    asked for and hold, with the paper that was looked at. What `flows.proven.standing_in` names counts by itself. `row`
    is the dossier as last read.

    Raises as `flows.reception.receive`.
    """
    intake = handed_in(row, variant=variant, good=good, found=found, confirmed=confirmed or {})
    intake = replace(intake, visit=visit_of(code))
    return receive(intake=intake, actor=actor, at=at, submitted=code, paper=paper)


def handed_in(
    row: Row, *, variant: str, good: Collection[str], found: Collection[str], confirmed: Mapping[str, str]
) -> Intake:
    """A submitted dossier as an intake. Two statements."""
    by_snapshot = {str(one.snapshot): one for one in told([row["id"]], viewer=None)}
    places = {n: by_snapshot.get(p["snapshot"]) for n, p in enumerate(row["parties"])}
    people = [one for one in places.values() if one is not None]
    components = procedure_version(row["procedure_version"]).components_of(variant)
    known = standing_in(row, components, people={n: one.fields for n, one in places.items() if one})
    asked = {claim["exemption"] for claim in row["claims"]}
    handed = []
    for component in components:
        if component.code in found:
            handed.append(_from_a_database(component))
        elif component.code in good:
            handed.append(_as_it_came(component, row))
        elif component.code in known:
            by_data = component.kind in LOOKED_UP or Source.DATABASE in component.sources
            handed.append(_from_a_database(component) if by_data else as_files(component))
    return Intake(
        agency=row["desk_agency"],
        procedure=row["procedure"],
        variant=variant,
        channel=row["channel"],
        people=tuple((one.role, decode(Particulars, one.fields)) for one in people),
        parties=tuple(one.party for one in people),
        handed=tuple(handed),
        answers=row["answers"],
        quantities=Quantities(**row["quantities"]),
        claims=tuple(Claim(one, evidence) for one, evidence in confirmed.items() if one in asked),
        return_way=row["return_way"],
        assisted=row["assisted"],
        sets=row["sets"],
        competent=row["competent_agency"],
    )


def _from_a_database(component: Component) -> Handed:
    vault = component.kind is ComponentKind.VAULT
    return Handed(component.code, medium=Medium.VAULT if vault else Medium.DATABASE)


def _as_it_came(component: Component, row: Row) -> Handed:
    """A component that is in order: papers as counted when they were handed in, else files."""
    for came in row["components"]:
        if came["component"] == component.code and came["originals"] + came["copies"]:
            looked_at = component.kind in LOOKED_AT
            return Handed(component.code, came["originals"], came["copies"], shown=looked_at)
    return as_files(component)
