"""What a citizen does to their own dossier: writes to the agency, objects, withdraws; and how each such page goes."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods

from motcua.catalogue.selectors import version
from motcua.dossiers.operations import applicants
from motcua.dossiers.operations.common import LONGEST_REASON
from motcua.dossiers.own import own_dossier, written
from motcua.dossiers.policy import applies, may, may_object
from motcua.dossiers.projector import standing
from motcua.dossiers.record import no_such
from motcua.dossiers.row import Row
from motcua.dossiers.standing import why_not
from motcua.dossiers.states import Act, State
from motcua.dossiers.windows import LONGEST_WRITING, may_write, refuse_late
from motcua.flows import progress
from motcua.kernel.actor import Actor
from motcua.kernel.errors import Denied, NotAllowedNow, Refusal
from motcua.ledger.operations import AlreadyDone
from motcua.web.common.citizens import citizen
from motcua.web.common.requests import forget_held, held_fields, now_of, unit
from motcua.web.common.text_field import printable
from motcua.web.common.wording import say

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

page = require_http_methods(["GET", "HEAD", "POST"])


def _reason(label: "StrOrPromise") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST_REASON,
        validators=[printable],
        widget=forms.Textarea(attrs={"rows": 3, "class": "wfull"}),
    )


def _sure(label: "StrOrPromise") -> forms.BooleanField:
    return forms.BooleanField(
        label=label, error_messages={"required": gettext_lazy("Hãy đánh dấu để xác nhận.")}
    )


class WithdrawForm(forms.Form):
    """Why, if one wants to say; and that one means it."""

    use_required_attribute = False
    reason = _reason(gettext_lazy("Lý do"))
    sure = _sure(gettext_lazy("Tôi muốn rút hồ sơ này và hiểu rằng việc này không rút lại được."))


class ObjectForm(forms.Form):
    """What one wants to say to it, and that one means it."""

    use_required_attribute = False
    reason = _reason(gettext_lazy("Điều ông/bà muốn nói thêm"))
    sure = _sure(gettext_lazy("Tôi không nhờ ai nộp hồ sơ này."))


class WritingForm(forms.Form):
    """What one writes to the agency."""

    use_required_attribute = False
    text = forms.CharField(
        label=gettext_lazy("Ông/bà muốn viết gì?"),
        max_length=LONGEST_WRITING,
        validators=[printable],
        widget=forms.Textarea(attrs={"rows": 6, "class": "wfull"}),
        error_messages={"required": gettext_lazy("Hãy viết nội dung.")},
    )


def open_for(request: HttpRequest, code: str, act: Act) -> Row:
    """The dossier, where the act is open. Raises NotFound for anybody else's, Denied for who may not, NotAllowedNow."""
    who = citizen(request)
    row = own_dossier(code, party=who.id)
    who.refuse_without("hand_in", row["procedure"])
    if (denied := may(who.actor, act, row)) is not None:
        raise Denied(denied.vi, denied.en)
    if (reason := why_not(act, standing(row))) is not None:
        raise NotAllowedNow(reason.vi, reason.en)
    if act is Act.SUPPLY:
        refuse_late(row, at=now_of(request))
    return row


def back_to(code: str) -> HttpResponse:
    """To the dossier's page."""
    return HttpResponseRedirect(reverse("my_dossier", args=[code]))


def typed_or_held(request: HttpRequest) -> QueryDict | None:
    """What the form is filled in with: what is sent, else what was kept when a session ended."""
    return request.POST if request.method == "POST" else held_fields(request)


def acted(
    request: HttpRequest,
    row: Row,
    form: forms.Form,
    *,
    actor: Actor,
    act: Callable[[], str],
    template: str,
    onward: Callable[[str], HttpResponse] = back_to,
    **context: object,
) -> HttpResponse:
    """Show the form of an act and do it once it is sent whole: `act` runs in the unit of work and gives the words that
    say it is done; `onward` leads on from there. What was kept when a session ended is shown once, and said so."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                with unit(request, actor):
                    told = act()
                messages.success(request, told)
                return onward(row["code"])
            except AlreadyDone:
                return onward(row["code"])
            except Refusal as refusal:
                form.add_error(None, say(refusal))
                status = refusal.status
    held = request.method != "POST" and form.is_bound
    response = render(request, template, {**context, "row": row, "form": form, "held": held}, status=status)
    if held:
        forget_held(request, response)
    return response


@page
def write(request: HttpRequest, code: str) -> HttpResponse:
    """Write to the agency while it waits for one; what one wrote stands there."""
    who = citizen(request)
    row = own_dossier(code, party=who.id)
    actor, form = who.acts("hand_in", row["procedure"]), WritingForm(typed_or_held(request))

    def act() -> str:
        progress.write(code=code, body=form.cleaned_data["text"], actor=actor, at=now_of(request))
        return _("Đã gửi cho cơ quan.")

    return acted(
        request,
        row,
        form,
        actor=actor,
        act=act,
        template="citizen/write.html",
        is_open=may_write(State(row["state"])),
        written=written(row),
    )


@page
def object_to_filing(request: HttpRequest, code: str) -> HttpResponse:
    """Tell the desk that one asked nobody to hand this in. Raises NotFound for who is no applicant in it."""
    who = citizen(request)
    row = own_dossier(code, party=who.id)
    if not applies(str(who.id), row) or row["filing"] is None:
        raise no_such(code)
    if not may_object(row):
        return back_to(code)
    form = ObjectForm(typed_or_held(request))

    def act() -> str:
        reason = form.cleaned_data["reason"]
        progress.object_to_filing(code=code, reason=reason, actor=who.actor, at=now_of(request))
        return _("Đã báo cho cơ quan rằng ông/bà không nhờ nộp hồ sơ này.")

    return acted(
        request,
        row,
        form,
        actor=who.actor,
        act=act,
        template="citizen/object.html",
        version=version(row["procedure_version"]),
    )


@page
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """End one's own dossier (the applicant's own act, by account)."""
    try:
        row = open_for(request, code, Act.WITHDRAW)
    except NotAllowedNow:
        if request.method != "POST":
            raise
        return back_to(code)
    actor, form = citizen(request).acts("hand_in", row["procedure"]), WithdrawForm(typed_or_held(request))

    def act() -> str:
        reason = form.cleaned_data["reason"]
        done = progress.withdraw(
            code=code, shown_by="account", reason=reason, actor=actor, at=now_of(request)
        )
        if State(done.row["state"]) is State.WITHDRAWN:
            return _("Đã rút hồ sơ.")
        return _("Đã ghi nhận. Hồ sơ được rút khi mọi người cùng nộp đồng ý rút.")

    return acted(
        request,
        row,
        form,
        actor=actor,
        act=act,
        template="citizen/withdraw.html",
        version=version(row["procedure_version"]),
        is_joint=len(applicants(row)) > 1,
        is_paid=any(charge["state"] == "paid" for charge in row["fees"]),
    )
