"""Agencies that are merged: what is proposed, what it would do, the second person's word, what is still to go over."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies import mergers as selectors, operations
from motcua.agencies.mergers import MergerLine
from motcua.agencies.policy import CONFIRMS_MERGER, MERGES
from motcua.agencies.positions import POSITION_KINDS
from motcua.agencies.selectors import called
from motcua.dossiers.states import LABELS
from motcua.flows import mergers as flow
from motcua.kernel.errors import Refusal
from motcua.kernel.time import local
from motcua.ledger.operations import AlreadyDone
from motcua.web.common.day_field import DayField
from motcua.web.common.requests import now_of, staff, unit
from motcua.web.common.text_field import TidyField
from motcua.web.common.wording import say
from motcua.web.setup.forms import CHOOSE


class MergerForm(forms.Form):
    """Which agency goes into which, from when, by which document."""

    predecessor = forms.ChoiceField(label=_("Cơ quan được sáp nhập"), error_messages=CHOOSE)
    successor = forms.ChoiceField(label=_("Cơ quan tiếp nhận"), error_messages=CHOOSE)
    takes_effect = DayField(label=_("Từ ngày"))
    basis = TidyField(
        label=_("Theo văn bản"),
        help_text=_("Số nghị quyết hoặc quyết định, ví dụ 1656/NQ-UBTVQH15"),
        max_length=40,
        error_messages={"required": _("Hãy ghi số văn bản.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Any = None, *, agencies: Sequence[str]) -> None:
        super().__init__(data)
        choices = [("", "…"), *((code, f"{say(called(code))} ({code})") for code in agencies)]
        for name in ("predecessor", "successor"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal at the field it names."""
        self.add_error(refusal.field if refusal.field in self.fields else None, say(refusal))


@require_safe
def mergers(request: HttpRequest) -> HttpResponse:
    """The mergers of the agency and those below it."""
    viewer = staff(request)
    lines = selectors.mergers(viewer=viewer)
    proposes = any(c.kind in MERGES for c in viewer.capacities)
    has_below = len(selectors.below(viewer)) > 1
    context = {
        "lines": lines,
        "called": called,
        "may_propose": proposes and has_below,
        "has_below": has_below,
        "standing": _standing(request),
    }
    return render(request, "setup/mergers.html", context)


def _standing(request: HttpRequest) -> Any:
    today = local(now_of(request)).date()

    def tag_of(line: MergerLine) -> tuple[str, str]:
        if line.answered is None:
            return gettext("Chờ xác nhận"), "waiting"
        if not line.is_confirmed:
            return gettext("Không thực hiện"), ""
        return (
            (gettext("Đã có hiệu lực"), "good")
            if line.takes_effect <= today
            else (gettext("Đã xác nhận"), "good")
        )

    return tag_of


@require_http_methods(["GET", "HEAD", "POST"])
def merger_propose(request: HttpRequest) -> HttpResponse:
    """Propose that an agency below is merged into another."""
    viewer, at = staff(request), now_of(request)
    actor = viewer.actor(selectors.seat_for(viewer, MERGES))
    typed = request.POST if request.method == "POST" else None
    form = MergerForm(typed, agencies=selectors.below(viewer))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                with unit(request, actor):
                    made = operations.propose_merger(**form.cleaned_data, actor=actor, at=at)
            except AlreadyDone:
                return HttpResponseRedirect(reverse("mergers"))
            except Refusal as refusal:
                form.refuse(refusal)
                status = refusal.status
            else:
                messages.success(request, gettext("Đã đề nghị sáp nhập; chờ người thứ hai xác nhận."))
                return HttpResponseRedirect(reverse("merger", args=[made]))
    return render(request, "setup/merger_propose.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def merger(request: HttpRequest, merger: UUID) -> HttpResponse:
    """One merger: what runs and goes over, what the successor lacks; a POST confirms or drops it."""
    viewer, at = staff(request), now_of(request)
    line = selectors.merger(merger, viewer=viewer)
    refusal: Refusal | None = None
    if request.method == "POST":
        confirms = request.POST.get("answer") == "confirm"
        actor = viewer.actor(
            selectors.seat_for(viewer, CONFIRMS_MERGER if confirms else MERGES | CONFIRMS_MERGER)
        )
        try:
            with unit(request, actor):
                if confirms:
                    flow.confirm(merger=line, actor=actor, at=at)
                else:
                    operations.drop_merger(merger=line.id, actor=actor, at=at)
        except AlreadyDone:
            return HttpResponseRedirect(request.path)
        except Refusal as met:
            refusal = met
        else:
            done = gettext("Đã xác nhận sáp nhập.") if confirms else gettext("Đã bỏ đề nghị sáp nhập.")
            messages.success(request, done)
            return HttpResponseRedirect(request.path)
    foreseen = flow.foresee(line, at=at)
    context = {
        "line": line,
        "refusal": refusal,
        "called": called,
        "foreseen": foreseen,
        "states": LABELS,
        "seats": POSITION_KINDS,
        "standing": _standing(request),
        "has_begun": line.is_confirmed and line.takes_effect <= local(at).date(),
        "proposed_it": str(viewer.account) in (str(line.proposed_by), line.proposed_for),
    }
    return render(request, "setup/merger.html", context, status=refusal.status if refusal else 200)
