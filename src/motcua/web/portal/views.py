"""The start page, and following a dossier by what its receipt says."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect

from motcua.catalogue.listing import listing
from motcua.dossiers.tracked import by_token, open_by_pin, tracked
from motcua.kernel.errors import Denied, NotFound
from motcua.kernel.time import local
from motcua.web.common.requests import now_of
from motcua.web.portal.forms import TrackForm
from motcua.web.portal.hours import desks
from motcua.web.portal.opened import close_tracking, open_tracking, opened
from motcua.web.portal.page import tracking_page


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this is, the two things people come for, and where the desks are."""
    at = now_of(request)
    context = {"form": TrackForm(), "desks": desks(at=at), "events": listing(on=local(at).date()).events}
    return render(request, "portal/home.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Code and PIN. A wrong code and a wrong PIN get the same answer, so that the code alone shows nothing."""
    form = TrackForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                code, pin = form.cleaned_data["code"], form.cleaned_data["pin"]
                return open_tracking(open_by_pin(code=code, pin_typed=pin, at=now_of(request)))
            except Denied as refusal:
                form.add_error(None, refusal.say(str(request.locale)))  # type: ignore[attr-defined]
                status = refusal.status
    context = {"form": form, "unknown": False, "action": ""}
    return render(request, "portal/track.html", context, status=status)


@require_safe
def track_token(request: HttpRequest, token: str) -> HttpResponse:
    """The QR of the receipt: the token is exchanged for a cookie and leaves the address. With `to=payment` it leads
    to where the dossier is paid."""
    dossier = by_token(token)
    if dossier is not None:
        page = "tracking_payment" if request.GET.get("to") == "payment" else "tracking"
        return open_tracking(dossier, page=page)
    context = {"form": TrackForm(), "unknown": True, "action": reverse("track")}
    return render(request, "portal/track.html", context, status=404)


@require_http_methods(["GET", "HEAD", "POST"])
def tracking(request: HttpRequest) -> HttpResponse:
    """The dossier that this browser has opened; a POST closes it. Asked again by the page itself, it answers
    204 while nothing has changed."""
    if request.method == "POST":
        messages.success(request, _("Đã đóng hồ sơ trên máy này."))
        return close_tracking(_to_track(request))
    dossier = opened(request)
    context = _context(request, dossier) if dossier else None
    if context is None:
        messages.info(request, _("Phiên tra cứu đã hết (30 phút). Hãy nhập lại mã hồ sơ và mã tra cứu."))
        return close_tracking(_to_track(request))
    if not request.htmx:  # type: ignore[attr-defined]
        return render(request, "portal/tracking.html", context)
    if request.GET.get("seen") == context["page"].seen:
        return HttpResponse(status=204)
    return render(request, "portal/tracking_news.html", context)


def _context(request: HttpRequest, dossier: UUID) -> dict[str, Any] | None:
    try:
        return {"page": tracking_page(tracked(dossier), at=now_of(request))}
    except NotFound:
        return None


def _to_track(request: HttpRequest) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponseClientRedirect(reverse("track"))
    return HttpResponseRedirect(reverse("track"))
