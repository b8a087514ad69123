"""Paying online from the tracking page, and the way back from the payment platform."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRedirect

from motcua.dossiers.tracked import tracked
from motcua.kernel.actor import Actor
from motcua.kernel.errors import NotFound
from motcua.web.common.paying_online import answer, paying
from motcua.web.common.requests import now_of
from motcua.web.common.way_back import remembered
from motcua.web.portal.opened import close_tracking, opened


@require_http_methods(["GET", "HEAD", "POST"])
def tracking_payment(request: HttpRequest) -> HttpResponse:
    """What the opened dossier owes, and how it is paid."""
    dossier = opened(request)
    try:
        row = tracked(dossier).row if dossier else None
    except NotFound:
        row = None
    if dossier is None or row is None:
        return _to_track(request)
    page = paying(row, here=reverse("tracking_payment"), at=now_of(request))
    return answer(request, page, template="portal/payment.html", actor=_payer(dossier))


@require_safe
def platform_back(request: HttpRequest) -> HttpResponse:
    """On to the page from which somebody went to the platform; what was paid is told by the platform, never by who
    comes back."""
    return HttpResponseRedirect(remembered(request))


def _payer(dossier: UUID) -> Actor:
    """Whoever holds the receipt pays: nobody has signed in, and the ledger says so."""
    return Actor(kind="citizen", id=f"tracking:{dossier}")


def _to_track(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("Phiên tra cứu đã hết (30 phút). Hãy nhập lại mã hồ sơ và mã tra cứu."))
    if request.htmx:  # type: ignore[attr-defined]
        return close_tracking(HttpResponseClientRedirect(reverse("track")))
    return close_tracking(HttpResponseRedirect(reverse("track")))
