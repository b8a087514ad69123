"""Somebody is told what to bring: the button of the receiving screen, the record's page and paper, the next visit."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from motcua.access_log.operations import note
from motcua.agencies.selectors import AgencyFacts, account_names, agency as agency_facts
from motcua.catalogue.completeness import to_bring
from motcua.catalogue.selectors import version
from motcua.dossiers.policy import SEATS
from motcua.dossiers.states import Authority
from motcua.flows.reception import examine
from motcua.kernel.actor import Capacity, Viewer
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow
from motcua.ledger.operations import AlreadyDone
from motcua.reception.grounds import GROUNDS, IN_WRITING
from motcua.reception.operations import guidance as operations
from motcua.reception.returns import BASIS, WHY
from motcua.reception.selectors.guidance import Guided, found, guidance, number_at
from motcua.reception.selectors.represented import theirs
from motcua.web.common.pdf.facts import PaperHead, PaperPerson, RefusalFacts, SupplementFacts
from motcua.web.common.pdf.render import render_refusal, render_supplement_request
from motcua.web.common.requests import held_fields, now_of, staff, unit
from motcua.web.common.text_field import printable
from motcua.web.counter.access import receives, receiving_seat
from motcua.web.counter.again import BAR
from motcua.web.counter.draft import Draft
from motcua.web.counter.letters import PUBLISHED_PAPERS
from motcua.web.counter.printing import pdf
from motcua.web.counter.typed import prefixes, put_defaults
from motcua.web.counter.visits import fill_people


class WordForm(forms.Form):
    """What the manager decides, and says."""

    verdict = forms.ChoiceField(
        label=_("Ý kiến của phụ trách"),
        choices=[
            ("approve", _("Đồng ý trả lại: đưa phiếu cho người yêu cầu")),
            ("decline", _("Không trả lại: tiếp nhận hồ sơ")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn một mục.")},
    )
    word = forms.CharField(
        label=_("Lý do, chỉ đạo"),
        max_length=operations.LONGEST_ADVICE,
        validators=[printable],
        widget=forms.Textarea(attrs={"rows": 3, "class": "wfull"}),
        error_messages={"required": _("Ghi ý kiến của phụ trách.")},
    )


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
        missing=to_bring(
            missing=seen.completeness.missing,
            components=seen.offer.version.components_of(intake.variant),
            sought=draft.sought,
            spared=draft.spared,
        ),
        sought=tuple(draft.sought),
        advice=str(draft.typed.get("advice", "")),
        officer=viewer.name,
    )
    actor = viewer.actor(seat)
    try:
        with unit(request, actor):
            return operations.guide(told=told, actor=actor, at=at)
    except AlreadyDone as done:
        return number_at(done.seq, agency=seat.agency)


def guided_before(typed: QueryDict, *, seat: Capacity, at: datetime) -> list[Guided]:
    """What the desk told those whom the words in the scan fields name, as far as not received since."""
    words = [str(typed.get(f"{prefix}-scan", "")).strip() for prefix in prefixes(typed)]
    asked = [text for text in words if text and BAR not in text]
    only = theirs(seat) if asked else None
    known = [one for text in asked for one in found(text, agency=seat.agency, at=at, only=only)]
    return [one for one in known if not one.dossier]


def again_from(typed: QueryDict, *, viewer: Viewer, seat: Capacity, at: datetime) -> None:
    """Fill the form with what a guidance record holds. Raises NotFound for one that is not the desk's."""
    if not (number := str(typed.get("guidance", ""))):
        return
    one = guidance(number, agency=seat.agency, only=theirs(seat))
    note(who=str(viewer.account), what="guidance_found", at=at, subject=number, agency=seat.agency)
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
    return render(request, "counter/guidance.html", _context(request, one))


def _context(request: HttpRequest, one: Guided) -> dict[str, Any]:
    viewer = staff(request)
    known = version(one.procedure_version) if one.procedure_version else None
    variant = known.variant(one.variant) if known and one.variant else None
    by = UUID(one.answered_by) if one.answered_by else None
    return {
        "one": one,
        "version": known,
        "variant": variant,
        "at_desk": receives(viewer),
        "answers": any(c.kind in SEATS[Authority.MANAGER] for c in viewer.capacities),
        "answered_by": account_names({by}).get(by, "") if by else "",
        "why": WHY,
        "basis": BASIS,
    }


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, number: str) -> HttpResponse:
    """The desk manager's word on a third return: give it, or have the matter received."""
    viewer = staff(request)
    seat = next((c for c in viewer.capacities if c.kind in SEATS[Authority.MANAGER]), None)
    if seat is None:
        raise Denied(
            "Chỉ Phụ trách Bộ phận Một cửa cho ý kiến về lần trả lại thứ ba.",
            "Only the desk's manager says a word on a third return.",
        )
    actor = viewer.actor(seat)
    form = WordForm(request.POST if request.method == "POST" else held_fields(request))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            with unit(request, actor):
                operations.answer(
                    number=number,
                    approved=told["verdict"] == "approve",
                    word=told["word"],
                    actor=actor,
                    at=now_of(request),
                )
        except AlreadyDone:
            pass
        return redirect("guidance", number)
    one = _read(request, number, what="guidance_seen")
    status = 422 if request.method == "POST" else 200
    return render(request, "counter/answer.html", _context(request, one) | {"form": form}, status=status)


@require_safe
def paper(request: HttpRequest, number: str) -> HttpResponse:
    """Form 02 or 03 of Circular 03/2025/TT-VPCP, without a dossier: its number is the record's."""
    one = _read(request, number, what="guidance_printed")
    if not one.is_given:
        raise NotAllowedNow(
            "Lượt này chưa có ý kiến đồng ý của Phụ trách Bộ phận Một cửa nên không in phiếu.",
            "The desk's manager has not agreed to this record, so there is no paper.",
        )
    desk = agency_facts(_seat(staff(request)).agency)
    paper = (
        render_refusal(_refusal(one, desk))
        if one.is_refusal
        else render_supplement_request(_facts(one, desk))
    )
    return pdf(paper, name=number)


def _read(request: HttpRequest, number: str, *, what: str) -> Guided:
    viewer = staff(request)
    seat = _seat(viewer)
    one = guidance(number, agency=seat.agency, only=theirs(seat))
    note(who=str(viewer.account), what=what, at=now_of(request), subject=number, agency=seat.agency)
    return one


def _seat(viewer: Viewer) -> Capacity:
    """The seat in which `viewer` reads the desk's records. For everybody else there are none."""
    for capacity in viewer.capacities:
        if capacity.kind in SEATS[Authority.DESK] | SEATS[Authority.MANAGER]:
            return capacity
    if not receives(viewer):
        raise operations.no_such()
    return receiving_seat(viewer)


def _head(one: Guided, desk: AgencyFacts) -> PaperHead:
    return PaperHead(
        trial=settings.INSTALLATION == "trial",
        parent_agency=desk.parent_name,
        agency=desk.name,
        place=desk.place,
        code=one.number,
        number=str(int(one.number.rpartition("-")[2])),
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
        issued_at=one.given_at,
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
        issued_at=one.given_at,
        contact=_contact(desk),
        officer=one.officer,
    )
