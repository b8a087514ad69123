"""Somebody is told what to bring: the button of the receiving screen, the record's page and paper, the next visit."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.access_log.operations import note
from motcua.agencies.selectors import AgencyFacts, agency as agency_facts
from motcua.catalogue.selectors import version
from motcua.flows.reception import examine
from motcua.kernel.actor import Capacity, Viewer
from motcua.kernel.errors import Invalid, NotFound
from motcua.ledger.operations import AlreadyDone
from motcua.reception.grounds import GROUNDS, IN_WRITING
from motcua.reception.operations import guidance as operations
from motcua.reception.selectors.guidance import Guided, found, guidance, number_at
from motcua.web.common.pdf.facts import PaperHead, PaperPerson, RefusalFacts, SupplementFacts
from motcua.web.common.pdf.render import render_refusal, render_supplement_request
from motcua.web.common.requests import now_of, staff, unit
from motcua.web.counter.access import desk_seat, is_at_desk
from motcua.web.counter.again import BAR
from motcua.web.counter.draft import Draft
from motcua.web.counter.letters import PUBLISHED_PAPERS
from motcua.web.counter.printing import pdf
from motcua.web.counter.typed import prefixes, put_defaults
from motcua.web.counter.visits import fill_people


def guide(request: HttpRequest, seat: Capacity, draft: Draft) -> str:
    """Write down what is missing of `draft`; the number of the record, the same for the same form sent twice."""
    if draft.variant is None:
        raise Invalid("Hãy chọn trường hợp.", "Choose the variant.", field="variant")
    viewer, at, intake = staff(request), now_of(request), draft.intake
    seen = examine(intake=intake, at=at)
    if seen.completeness.unanswered:
        raise Invalid(
            "Hãy trả lời các câu hỏi để biết cần những giấy tờ nào.",
            "Answer the questions that decide which papers are needed.",
        )
    told = operations.Told(
        procedure=intake.procedure,
        procedure_version=seen.offer.version_id,
        variant=intake.variant,
        channel=intake.channel,
        answers=intake.answers,
        people=tuple((role, who) for role, who in intake.people if role != "recipient"),
        missing=seen.completeness.missing,
        advice=str(draft.typed.get("advice", "")),
        officer=viewer.name,
    )
    actor = viewer.actor(seat)
    try:
        with unit(request, actor):
            return operations.guide(told=told, actor=actor, at=at)
    except AlreadyDone as done:
        return number_at(done.seq, agency=seat.agency)


def guided_before(typed: QueryDict, *, agency: str, at: datetime) -> list[Guided]:
    """What the desk told those whom the words in the scan fields name."""
    words = [str(typed.get(f"{prefix}-scan", "")).strip() for prefix in prefixes(typed)]
    return [one for text in words if text and BAR not in text for one in found(text, agency=agency, at=at)]


def again_from(typed: QueryDict, *, viewer: Viewer, agency: str, at: datetime) -> None:
    """Fill the form with what a guidance record holds. Raises NotFound for one that is not the desk's."""
    if not (number := str(typed.get("guidance", ""))):
        return
    one = guidance(number, agency=agency)
    note(who=str(viewer.account), what="guidance_found", at=at, subject=number, agency=agency)
    asked = {f"ask-{question}": option for question, option in one.answers.items()}
    known = {"variant": one.variant, "channel": one.channel, **asked}
    if one.procedure_version is not None:
        known["procedure"] = version(one.procedure_version).code
    put_defaults(typed, {name: value for name, value in known.items() if value})
    fill_people(typed, one.people)


@require_safe
def page(request: HttpRequest, number: str) -> HttpResponse:
    """The record: what is to be brought, its paper, and the way on."""
    one = _read(request, number, what="guidance_seen")
    known = version(one.procedure_version) if one.procedure_version else None
    variant = known.variant(one.variant) if known and one.variant else None
    return render(request, "counter/guidance.html", {"one": one, "version": known, "variant": variant})


@require_safe
def paper(request: HttpRequest, number: str) -> HttpResponse:
    """Form 02 or 03 of Circular 03/2025/TT-VPCP, without a dossier: its number is the record's."""
    one = _read(request, number, what="guidance_printed")
    desk = agency_facts(desk_seat(staff(request)).agency)
    paper = (
        render_refusal(_refusal(one, desk))
        if one.is_refusal
        else render_supplement_request(_facts(one, desk))
    )
    return pdf(paper, name=number)


def _read(request: HttpRequest, number: str, *, what: str) -> Guided:
    viewer = staff(request)
    if not is_at_desk(viewer):
        raise NotFound("Không có lượt hướng dẫn này.", "There is no such guidance record.")
    agency = desk_seat(viewer).agency
    one = guidance(number, agency=agency)
    note(who=str(viewer.account), what=what, at=now_of(request), subject=number, agency=agency)
    return one


def _head(one: Guided, desk: AgencyFacts) -> PaperHead:
    return PaperHead(
        trial=settings.INSTALLATION == "trial",
        parent_agency=desk.parent_name,
        agency=desk.name,
        place=desk.place,
        code=one.number,
    )


def _person(one: Guided) -> PaperPerson:
    who = one.people[0][1]
    return PaperPerson(name=who["name"], address=who["address"], phone=who["phone"], email=who["email"])


def _contact(desk: AgencyFacts) -> str:
    return ", ".join(part for part in (desk.desk_name, desk.address, desk.phone) if part)


def _refusal(one: Guided, desk: AgencyFacts) -> RefusalFacts:
    known = version(one.procedure_version) if one.procedure_version else None
    ground = one.ground or GROUNDS["other"]
    basis = dict.fromkeys((IN_WRITING, ground.basis))
    announced = [f"Quyết định công bố số {known.decision.number}"] if known else []
    asked = (known.title.vi if known else "", one.request)
    return RefusalFacts(
        head=_head(one, desk),
        to=_person(one),
        procedure="; ".join(part for part in asked if part),
        reasons=(f"{ground.label.vi}.", one.reason),
        basis="; ".join([*basis, *announced]) + ".",
        advice=one.advice,
        issued_at=one.at,
        contact=_contact(desk),
        officer=one.officer,
    )


def _facts(one: Guided, desk: AgencyFacts) -> SupplementFacts:
    assert one.procedure_version is not None  # noqa: S101 - form 02 is of a procedure always
    known = version(one.procedure_version)
    return SupplementFacts(
        head=_head(one, desk),
        to=_person(one),
        procedure=known.title.vi,
        items=(*(item.vi for item in one.items), *([one.advice] if one.advice else [])),
        reason="Giấy tờ còn thiếu hoặc chưa hợp lệ so với thành phần hồ sơ đã công bố.",
        basis=f"{PUBLISHED_PAPERS}; Quyết định công bố số {known.decision.number}.",
        issued_at=one.at,
        contact=_contact(desk),
        officer=one.officer,
    )
