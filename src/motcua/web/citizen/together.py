"""Several people apply with one draft, or have to consent to it: its writer asks the others, each signs in, reads the
whole, and answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.catalogue.selectors import titles
from motcua.dossiers.own import own_dossier
from motcua.files.selectors import open_file, waiting as waiting_file
from motcua.flows import confirming as flow
from motcua.flows.reception import examine
from motcua.flows.terms import terms_of
from motcua.kernel.errors import Denied, Invalid, NotFound, Refusal
from motcua.kernel.say import Say
from motcua.submissions.confirmations import LONGEST_REASON, Asked, ChangedSince
from motcua.submissions.operations import AlreadySubmitted
from motcua.submissions.selectors import asked_about, confirmation as find_confirmation, waiting_for
from motcua.web.citizen.hand import written
from motcua.web.citizen.topics import FORM
from motcua.web.citizen.writing import Writing
from motcua.web.common.citizens import citizen
from motcua.web.common.requests import now_of
from motcua.web.common.serving import file_response
from motcua.web.common.text_field import printable
from motcua.web.common.wording import moment, say


class ConfirmForm(forms.Form):
    """The word of who applies too."""

    use_required_attribute = False
    sure = forms.BooleanField(
        label=gettext_lazy(
            "Tôi đã đọc toàn bộ hồ sơ này, đồng ý với việc đề nghị trong đó và cam đoan phần khai về tôi là đúng."
        ),
        error_messages={"required": gettext_lazy("Hãy đánh dấu để xác nhận.")},
    )


class DeclineForm(forms.Form):
    """Why not."""

    use_required_attribute = False
    reason = forms.CharField(
        label=gettext_lazy("Lý do không xác nhận"),
        help_text=gettext_lazy("Người soạn sẽ thấy lý do này để sửa hồ sơ."),
        max_length=LONGEST_REASON,
        validators=[printable],
        widget=forms.Textarea(attrs={"rows": 3, "class": "wfull"}),
    )


@dataclass(frozen=True, slots=True)
class Party:
    """One of those who apply, as the writer's last page shows them."""

    label: Say
    name: str
    words: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Parties:
    """All who apply with a draft. `problem`: why they can't be asked, and `named_on` which pages, with their titles;
    `to_ask`: somebody has not been asked about the draft as it stands; `declined`: somebody has, and said no."""

    lines: tuple[Party, ...] = ()
    problem: Refusal | None = None
    named_on: tuple[tuple[str, Say], ...] = ()
    to_ask: bool = False
    declined: bool = False
    all_confirmed: bool = True


def parties_of(writing: Writing, *, agreed: str) -> Parties:
    """Those who apply with it, on the terms `agreed` ("" while it is not whole). No statement where its form has nobody
    confirm, else one."""
    intake = writing.intake
    try:
        others = flow.others_of(intake.form, writer=writing.known, is_helped=writing.assistance.is_given)
    except Invalid as problem:
        return Parties(problem=problem, named_on=_named_on(writing), all_confirmed=False)
    if not others:
        return Parties()
    found = flow.beside(asked_about(writing.kept.id), intake=intake, agreed=agreed)
    asked = {one.field: one for one in found}
    lines = [
        Party(one.label, one.name, _("Người soạn; xác nhận khi nộp"))
        for one in flow.named_in(intake.form)
        if one.number == writing.known.number
    ]
    lines += [Party(one.label, one.name, *_standing(asked.get(one.field))) for one in others]
    answers = [asked.get(one.field) for one in others]
    return Parties(
        lines=tuple(lines),
        to_ask=any(one is None or not one.is_current for one in answers),
        declined=any(one is not None and one.is_current and one.answer == "declined" for one in answers),
        all_confirmed=all(one is not None and one.is_confirmed for one in answers),
    )


def _named_on(writing: Writing) -> tuple[tuple[str, Say], ...]:
    """The pages on which they are named, with their titles; who hands in for another can't mend who applies."""
    topics = writing.eform.pages if writing.eform else ()
    mends = not writing.assistance.is_given
    return tuple(
        (FORM + one.key, one.title)
        for one in topics
        if any(field.consents or (field.confirms and mends) for field in one.fields)
    )


def _standing(asked: Asked | None) -> tuple[str, str]:
    if asked is None:
        return _("Chưa gửi để xác nhận"), ""
    when = moment(asked.answered_at) if asked.answered_at else ""
    if asked.is_overtaken:
        return _(
            "Đã xác nhận lúc %(when)s, nhưng sau đó thủ tục, tờ khai, phí hoặc thông tin người nộp đã đổi nên phải "
            "gửi để xác nhận lại"
        ) % {"when": when}, ""
    if not asked.is_current and asked.answer:
        return _("Đã trả lời lúc %(when)s, nhưng hồ sơ sửa sau đó nên phải xác nhận lại") % {
            "when": when
        }, asked.reason
    if not asked.is_current:
        return _("Hồ sơ đã sửa sau khi gửi; cần gửi lại"), ""
    if asked.answer == "confirmed":
        return _("Đã xác nhận lúc %(when)s") % {"when": when}, ""
    if asked.answer == "declined":
        return _("Không xác nhận, lúc %(when)s") % {"when": when}, asked.reason
    return _("Chờ xác nhận, gửi lúc %(when)s") % {"when": moment(asked.asked_at)}, ""


def is_asked(writing: Writing) -> bool:
    """Whether somebody was asked about the draft as it stands: to change it is to ask again."""
    if writing.eform is None or not any(field.confirms or field.consents for field in writing.eform.fields):
        return False
    return any(one.is_current for one in asked_about(writing.kept.id))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft that waits for somebody's confirmation, as their list shows it."""

    id: UUID
    procedure: Say
    agency: str
    words: str
    asked_at: datetime
    is_open: bool


def waiting(request: HttpRequest) -> Sequence[Waiting]:
    """What the person who asks is to confirm. Three statements at most."""
    rows = waiting_for(flow.asked_by(citizen(request).id), at=now_of(request))
    called = titles({one.procedure for one in rows})
    return [
        Waiting(one.id, called[one.procedure], one.agency, _said(one), one.asked_at, one.is_current)
        for one in rows
    ]


def _said(asked: Asked) -> str:
    if asked.is_overtaken:
        return _("Thủ tục đổi sau khi ông/bà xác nhận; hãy đọc và xác nhận lại")
    if not asked.is_current:
        return _("Người soạn đang sửa, chờ gửi lại")
    return {
        "": _("Chờ ông/bà xác nhận"),
        "confirmed": _("Ông/bà đã xác nhận, chờ nộp"),
        "declined": _("Ông/bà đã không xác nhận"),
    }[asked.answer]


@require_POST
def ask(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Ask all who apply too to confirm the draft as it stands; asked again, nobody is asked twice. Whom a business lets
    hand in asks for it."""
    at = now_of(request)
    try:
        writing = written(request, draft, sends="hand_in")
        if any(section.problems for section in writing.sections):
            raise Invalid(
                "Hồ sơ còn chỗ thiếu hoặc sai; hãy sửa rồi gửi.", "Mend what is missing or wrong first."
            )
        flow.ask(kept=writing.kept, intake=writing.intake, at=at)
    except AlreadySubmitted as done:
        return HttpResponseRedirect(reverse("my_dossier", args=[done.code]))
    messages.success(
        request,
        _(
            "Đã gửi. Người được mời đăng nhập sẽ thấy hồ sơ chờ xác nhận; hệ thống nhắn cho họ theo địa chỉ của tài "
            "khoản và số điện thoại đã khai, mỗi ngày không quá vài tin. Ông/bà cũng nên tự báo."
        ),
    )
    return HttpResponseRedirect(reverse("my_draft_check", args=[draft]))


def _read(request: HttpRequest, confirmation: UUID) -> tuple[Asked, Writing]:
    """What who is signed in is asked to confirm, as it stands. Raises NotFound, AlreadySubmitted, ChangedSince."""
    at = now_of(request)
    asked = find_confirmation(confirmation, asked=flow.asked_by(citizen(request).id), at=at)
    if not asked.is_current:
        raise ChangedSince
    return asked, Writing(asked.draft, owner=asked.owner, at=at)


@require_safe
def file(request: HttpRequest, confirmation: UUID, upload: UUID) -> HttpResponseBase:
    """A file of the draft that one is asked to confirm. Raises NotFound for any other, ChangedSince."""
    asked, writing = _read(request, confirmation)
    if upload not in writing.uploads:
        raise NotFound("Hồ sơ này không có tệp ấy.", "This dossier has no such file.")
    found = waiting_file(upload, owner=asked.owner, at=writing.at)
    return file_response(open_file(bytes.fromhex(found.digest)), name=found.name)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, confirmation: UUID) -> HttpResponse:
    """GET shows the whole draft to who is asked; POST confirms it, or declines with a reason. Raises NotFound for
    anybody else, ChangedSince where the draft is being changed."""
    try:
        asked, writing = _read(request, confirmation)
        form, no = _forms(request)
        problem: Refusal | None = None
        if request.method == "POST" and (form if form.is_bound else no).is_valid():
            try:
                return _answered(request, writing, asked, no)
            except (AlreadySubmitted, Denied, NotFound, ChangedSince):
                raise
            except Refusal as refusal:
                problem = refusal
                (form if form.is_bound else no).add_error(None, say(refusal))
    except AlreadySubmitted as done:
        return _handed_in(request, done.code)
    return _page(request, writing, asked, (form, no), problem)


def _handed_in(request: HttpRequest, code: str) -> HttpResponse:
    """On to the dossier that it has become; who only consented to it is told that it has."""
    try:
        own_dossier(code, party=citizen(request).id)
    except NotFound:
        messages.info(request, _("Hồ sơ đã được nộp; ông/bà không phải làm gì nữa."))
        return HttpResponseRedirect(reverse("my_dossiers"))
    return HttpResponseRedirect(reverse("my_dossier", args=[code]))


def _forms(request: HttpRequest) -> tuple[ConfirmForm, DeclineForm]:
    """The two answers; only the one that was sent holds what was typed."""
    declines = request.POST.get("answer") == "no"
    posted = request.POST if request.method == "POST" else None
    return ConfirmForm(None if declines else posted), DeclineForm(posted if declines else None)


def _answered(request: HttpRequest, writing: Writing, asked: Asked, no: DeclineForm) -> HttpResponse:
    party, at = citizen(request).id, writing.at
    if request.POST.get("revision") != str(writing.kept.revision):
        raise ChangedSince
    if no.is_bound:
        flow.decline(
            confirmation=asked.id,
            party=party,
            revision=writing.kept.revision,
            reason=no.cleaned_data["reason"],
            intake=writing.intake,
            at=at,
        )
        messages.success(request, _("Đã báo cho người soạn rằng ông/bà không xác nhận."))
    else:
        if any(section.problems for section in writing.sections):
            raise Invalid(
                "Hồ sơ còn chỗ thiếu hoặc sai, người soạn phải sửa trước.", "Its writer has to mend it first."
            )
        flow.confirm(
            confirmation=asked.id,
            party=party,
            revision=writing.kept.revision,
            intake=writing.intake,
            agreed=str(request.POST.get("agreed", "")),
            at=at,
        )
        messages.success(request, _("Đã xác nhận. Khi mọi người đã xác nhận, người soạn nộp hồ sơ."))
    return HttpResponseRedirect(reverse("my_dossiers"))


def _page(
    request: HttpRequest,
    writing: Writing,
    asked: Asked,
    answers: tuple[ConfirmForm, DeclineForm],
    problem: Refusal | None,
) -> HttpResponse:
    intake = writing.intake
    own = next((one.number for one in flow.named_in(intake.form) if one.field == asked.field), "")
    applies = any(one.applies for one in flow.named_in(intake.form) if one.number == own)
    sections = writing.sections_for(own, contacts=applies)
    whole = not any(section.problems for section in sections)
    seen = examine(intake=intake, at=writing.at) if whole else None
    form, no = answers
    agreed = terms_of(seen, intake) if seen else ""
    (asked,) = flow.beside([asked], intake=intake, agreed=agreed)
    context: dict[str, Any] = {
        "writing": writing,
        "asked": asked,
        "said": _said(asked),
        "roles": next((one.label for one in flow.named_in(intake.form) if one.field == asked.field), ""),
        "sections": sections,
        "applies": applies,
        "files": [one for each in writing.files.values() for one in each],
        "whole": whole,
        "fees": seen and seen.fees,
        "agreed": agreed,
        "form": form,
        "no": no,
        "wrong": no if no.is_bound else form,
    }
    status = problem.status if problem else 422 if request.method == "POST" else 200
    return render(request, "citizen/confirm.html", context, status=status)
