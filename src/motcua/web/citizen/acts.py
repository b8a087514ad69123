"""What a citizen does to their own dossier: answers what is missing, item by item, and withdraws."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods

from motcua.catalogue.selectors import version
from motcua.catalogue.shapes import ProcedureVersion
from motcua.dossiers.operations import applicants
from motcua.dossiers.operations.common import LONGEST_REASON
from motcua.dossiers.own import own_dossier, written
from motcua.dossiers.policy import applies, may, may_object
from motcua.dossiers.projector import standing
from motcua.dossiers.record import no_such
from motcua.dossiers.row import Row
from motcua.dossiers.states import Act, State, why_not
from motcua.dossiers.tracked import OpenItem, open_items
from motcua.dossiers.windows import LONGEST_WRITING, may_write, supply_by
from motcua.flows import progress
from motcua.kernel.errors import Denied, NotAllowedNow, Refusal
from motcua.ledger.operations import AlreadyDone
from motcua.web.common.citizens import citizen
from motcua.web.common.papers import asked_for
from motcua.web.common.requests import forget_held, held_fields, now_of, unit
from motcua.web.common.stored_file import StoredFileField
from motcua.web.common.text_field import printable
from motcua.web.common.wording import say

page = require_http_methods(["GET", "HEAD", "POST"])


class SupplyForm(forms.Form):
    """A file field for each item that is still open; one answered now is enough to send."""

    use_required_attribute = False

    def __init__(
        self,
        data: QueryDict | None,
        files: MultiValueDict[str, Any] | None = None,
        *,
        items: Sequence[OpenItem],
        version: ProcedureVersion,
    ) -> None:
        super().__init__(data, files)
        self.items = items
        for item, label in zip(items, asked_for(items, version), strict=True):
            self.fields[f"item_{item.number}"] = StoredFileField(
                label=label,
                required=False,
                multiple=True,
                is_needed=True,
                area="my_",
            )

    def clean(self) -> dict[str, Any]:
        """Something is sent, and no file twice."""
        found = super().clean() or self.cleaned_data
        digests = [one.digest for sent in found.values() for one in sent or ()]
        if len(digests) != len(set(digests)):
            self.add_error(None, _("Có tệp gửi ở hai mục; mỗi tệp chỉ gửi một lần."))
        if not digests and not self.errors:
            self.add_error(None, _("Hãy gửi tệp cho ít nhất một mục còn thiếu."))
        return found

    @property
    def uploads(self) -> dict[str, list[Any]]:
        """The files by item, of the items that are answered."""
        found = {item.number: self.cleaned_data.get(f"item_{item.number}") for item in self.items}
        return {number: [one.upload for one in sent] for number, sent in found.items() if sent}


class WithdrawForm(forms.Form):
    """Why, if one wants to say; and that one means it."""

    use_required_attribute = False
    reason = forms.CharField(
        label=gettext_lazy("Lý do"),
        required=False,
        max_length=LONGEST_REASON,
        validators=[printable],
        widget=forms.Textarea(attrs={"rows": 3, "class": "wfull"}),
    )
    sure = forms.BooleanField(
        label=gettext_lazy("Tôi muốn rút hồ sơ này và hiểu rằng việc này không rút lại được."),
        error_messages={"required": gettext_lazy("Hãy đánh dấu để xác nhận.")},
    )


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


def _open(request: HttpRequest, code: str, act: Act) -> Row:
    """The dossier, where the act is open. Raises NotFound for anybody else's, Denied for who may not, NotAllowedNow."""
    who = citizen(request)
    row = own_dossier(code, party=who.id)
    who.refuse_without("hand_in", row["procedure"])
    if (denied := may(who.actor, act, row)) is not None:
        raise Denied(denied.vi, denied.en)
    if (reason := why_not(act, standing(row))) is not None:
        raise NotAllowedNow(reason.vi, reason.en)
    return row


def _done(request: HttpRequest, code: str, told: str) -> HttpResponse:
    messages.success(request, told)
    return HttpResponseRedirect(reverse("my_dossier", args=[code]))


@page
def supply(request: HttpRequest, code: str) -> HttpResponse:
    """Answer what the agency asked for, item by item; with the last one it goes on."""
    try:
        row = _open(request, code, Act.SUPPLY)
    except NotAllowedNow:
        if request.method != "POST":
            raise
        # A second click: the last item came in with the first one.
        return HttpResponseRedirect(reverse("my_dossier", args=[code]))
    found = version(row["procedure_version"])
    posted, held = request.method == "POST", held_fields(request)
    form = SupplyForm(
        request.POST if posted else held,
        request.FILES if posted else None,
        items=open_items(row),
        version=found,
    )
    status = 422 if posted else 200
    if posted and form.is_valid():
        actor, uploads = citizen(request).acts("hand_in", row["procedure"]), form.uploads
        try:
            with unit(request, actor):
                progress.supply(
                    code=code, items=list(uploads), uploads=uploads, actor=actor, at=now_of(request)
                )
            return _done(request, code, _("Đã gửi giấy tờ bổ sung."))
        except AlreadyDone:
            return HttpResponseRedirect(reverse("my_dossier", args=[code]))
        except Refusal as refusal:
            form.add_error(None, say(refusal))
            status = refusal.status
    context = {"row": row, "form": form, "version": found, "until": supply_by(row), "held": held is not None}
    response = render(request, "citizen/supply.html", context, status=status)
    if held is not None:
        forget_held(request, response)
    return response


@page
def write(request: HttpRequest, code: str) -> HttpResponse:
    """Write to the agency while it waits for one; what one wrote stands there."""
    who = citizen(request)
    row = own_dossier(code, party=who.id)
    actor = who.acts("hand_in", row["procedure"])
    posted, held = request.method == "POST", held_fields(request)
    form = WritingForm(request.POST if posted else held)
    is_open = may_write(State(row["state"]))
    status = 422 if posted else 200
    if posted and form.is_valid():
        try:
            with unit(request, actor):
                progress.write(code=code, body=form.cleaned_data["text"], actor=actor, at=now_of(request))
            return _done(request, code, _("Đã gửi cho cơ quan."))
        except AlreadyDone:
            return HttpResponseRedirect(reverse("my_dossier", args=[code]))
        except Refusal as refusal:
            form.add_error(None, say(refusal))
            status = refusal.status
    context = {
        "row": row,
        "form": form,
        "is_open": is_open,
        "written": written(row),
        "held": held is not None,
    }
    response = render(request, "citizen/write.html", context, status=status)
    if held is not None:
        forget_held(request, response)
    return response


class ObjectForm(forms.Form):
    """What one wants to say to it, and that one means it."""

    use_required_attribute = False
    reason = forms.CharField(
        label=gettext_lazy("Điều ông/bà muốn nói thêm"),
        required=False,
        max_length=LONGEST_REASON,
        validators=[printable],
        widget=forms.Textarea(attrs={"rows": 3, "class": "wfull"}),
    )
    sure = forms.BooleanField(
        label=gettext_lazy("Tôi không nhờ ai nộp hồ sơ này."),
        error_messages={"required": gettext_lazy("Hãy đánh dấu để xác nhận.")},
    )


@page
def object_to_filing(request: HttpRequest, code: str) -> HttpResponse:
    """Tell the desk that one asked nobody to hand this in. Raises NotFound for who is no applicant in it."""
    who = citizen(request)
    row = own_dossier(code, party=who.id)
    if not applies(str(who.id), row) or row["filing"] is None:
        raise no_such(code)
    if not may_object(row):
        return HttpResponseRedirect(reverse("my_dossier", args=[code]))
    form = ObjectForm(request.POST if request.method == "POST" else held_fields(request))
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            with unit(request, who.actor):
                progress.object_to_filing(
                    code=code, reason=form.cleaned_data["reason"], actor=who.actor, at=now_of(request)
                )
            return _done(request, code, _("Đã báo cho cơ quan rằng ông/bà không nhờ nộp hồ sơ này."))
        except AlreadyDone:
            return HttpResponseRedirect(reverse("my_dossier", args=[code]))
        except Refusal as refusal:
            form.add_error(None, say(refusal))
            status = refusal.status
    context = {"row": row, "form": form, "version": version(row["procedure_version"])}
    return render(request, "citizen/object.html", context, status=status)


@page
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """End one's own dossier (the applicant's own act, by account)."""
    try:
        row = _open(request, code, Act.WITHDRAW)
    except NotAllowedNow:
        if request.method != "POST":
            raise
        return HttpResponseRedirect(reverse("my_dossier", args=[code]))
    form = WithdrawForm(request.POST if request.method == "POST" else held_fields(request))
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        actor = citizen(request).acts("hand_in", row["procedure"])
        try:
            with unit(request, actor):
                done = progress.withdraw(
                    code=code,
                    shown_by="account",
                    reason=form.cleaned_data["reason"],
                    actor=actor,
                    at=now_of(request),
                )
            if State(done.row["state"]) is State.WITHDRAWN:
                return _done(request, code, _("Đã rút hồ sơ."))
            return _done(request, code, _("Đã ghi nhận. Hồ sơ được rút khi mọi người cùng nộp đồng ý rút."))
        except AlreadyDone:
            return HttpResponseRedirect(reverse("my_dossier", args=[code]))
        except Refusal as refusal:
            form.add_error(None, say(refusal))
            status = refusal.status
    context = {
        "row": row,
        "form": form,
        "version": version(row["procedure_version"]),
        "is_joint": len(applicants(row)) > 1,
        "is_paid": any(charge["state"] == "paid" for charge in row["fees"]),
    }
    return render(request, "citizen/withdraw.html", context, status=status)
