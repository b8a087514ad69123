"""Paper pads: issued, printed, counted; their sheets voided or allowed to be entered late."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.selectors import agency as agency_facts
from motcua.kernel.actor import Actor, Viewer
from motcua.kernel.errors import Denied, NotFound, Refusal
from motcua.ledger.operations import AlreadyDone
from motcua.pads import operations, selectors
from motcua.web.common.paging import Trail
from motcua.web.common.requests import now_of, staff, unit
from motcua.web.pads import words
from motcua.web.pads.forms import IssueForm, SheetForm
from motcua.web.pads.printing import pad_pdf

page = require_http_methods(["GET", "HEAD", "POST"])


@page
def pads(request: HttpRequest) -> HttpResponse:
    """The pads of the desk, and those of merged agencies to be closed; POST issues the next one, or closes one of
    those. Two statements."""
    viewer = staff(request)
    if "close" in request.POST:
        return _close(request, viewer)
    form = IssueForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                actor = _manager(viewer)
                with unit(request, actor):
                    issued = operations.issue(actor=actor, at=now_of(request), **form.cleaned_data)
                messages.success(request, _("Đã cấp quyển %(code)s.") % {"code": issued.code})
                return HttpResponseRedirect(reverse("pad", args=[issued.code]))
            except AlreadyDone:
                return HttpResponseRedirect(reverse("pads"))
            except Denied:
                raise
            except Refusal as refusal:
                form.refuse(refusal)
        status = 422
    trail = Trail.read(request.GET)
    lines, following = selectors.pads(viewer=viewer, after=trail.after or None)
    forth, back = trail.forth(following), trail.back()
    context = {
        "lines": lines,
        "forms": words.FORMS,
        "form": form,
        "manages": _manages(viewer),
        "to_close": selectors.to_close(viewer=viewer),
        "called": lambda code: agency_facts(code).called,
        "before": back.query() if back else "",
        "after": forth.query() if forth else "",
    }
    return render(request, "pads/pads.html", context, status=status)


def _close(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    actor = _manager(viewer)
    try:
        which = UUID(str(request.POST["close"]))
    except ValueError:
        raise NotFound("Không có quyển này.", "There is no such pad.") from None
    with suppress(AlreadyDone), unit(request, actor):
        count = operations.close(pad=which, actor=actor, at=now_of(request))
        messages.success(request, _("Đã khóa quyển, hủy %(count)s tờ chưa dùng.") % {"count": count})
    return HttpResponseRedirect(reverse("pads"))


@page
def pad(request: HttpRequest, code: str) -> HttpResponse:
    """One pad, sheet by sheet; POST voids one, or allows it to be entered late. Three statements."""
    viewer = staff(request)
    line = selectors.pad(code, viewer=viewer)
    form = SheetForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                _decide(request, viewer, code, form.cleaned_data)
            except AlreadyDone:
                pass
            except Denied:
                raise
            except Refusal as refusal:
                form.refuse(refusal)
        if form.is_valid():
            messages.success(request, _("Đã ghi nhận tờ %(number)s.") % form.cleaned_data)
            return HttpResponseRedirect(reverse("pad", args=[code]))
        status = 422
    context = {
        "line": line,
        "sheets": selectors.sheets(line, viewer=viewer),
        "words": words,
        "form": form,
        "manages": _manages(viewer),
    }
    return render(request, "pads/pad.html", context, status=status)


def _decide(request: HttpRequest, viewer: Viewer, code: str, told: Mapping[str, Any]) -> None:
    decide = operations.void_sheet if told["ground"] in words.VOID else operations.allow_late
    actor = _manager(viewer)
    with unit(request, actor):
        decide(code=code, number=told["number"], ground=told["ground"], actor=actor, at=now_of(request))


@require_safe
def pad_paper(request: HttpRequest, code: str) -> HttpResponse:
    """All sheets of a pad as PDF, one A5 page each, with pad, number and barcode."""
    paper = pad_pdf(selectors.pad(code, viewer=staff(request)))
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{code}.pdf"'
    return response


def _manages(viewer: Viewer) -> bool:
    return any(c.kind == operations.MANAGER for c in viewer.capacities)


def _manager(viewer: Viewer) -> Actor:
    return viewer.actor(next((c for c in viewer.capacities if c.kind == operations.MANAGER), None))
