"""How the applicant is told: what was sent to them, and their own choice of language and channels."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers.notified import Notified, notified, row_of
from motcua.dossiers.row import Row
from motcua.flows import telling
from motcua.kernel.actor import Actor
from motcua.notifications import selectors
from motcua.notifications.letters import masked
from motcua.notifications.selectors import Wish
from motcua.web.common.requests import now_of, unit
from motcua.web.portal.message_form import CHANNELS, WishForm
from motcua.web.portal.opened import opened


@require_http_methods(["GET", "HEAD", "POST"])
def tracking_messages(request: HttpRequest) -> HttpResponse:
    """The messages of the dossier that this browser has opened; POST changes how its person is told."""
    dossier = opened(request)
    row = row_of(dossier) if dossier else None
    if dossier is None or row is None:
        messages.info(request, _("Phiên tra cứu đã hết (30 phút). Hãy nhập lại mã hồ sơ và mã tra cứu."))
        return HttpResponseRedirect(reverse("track"))
    whom = notified(dossier)
    form = _form(request, whom) if whom else None
    status = 200
    if request.method == "POST":
        status = 422
        if whom and form and form.is_valid():
            _change(request, row, whom, form)
            messages.success(request, _("Đã lưu cách nhận tin. Chúng tôi cũng báo việc này theo cách cũ."))
            return HttpResponseRedirect(reverse("tracking_messages"))
    context = {"row": row, "form": form, "messages_told": selectors.in_account(row["code"])}
    return render(request, "portal/tracking_messages.html", context, status=status)


def _form(request: HttpRequest, whom: Notified) -> WishForm:
    places = telling.reachable(whom)
    wish = telling.wish_of(whom)
    return WishForm(
        request.POST if request.method == "POST" else None,
        places=[
            (channel, f"{CHANNELS[channel](str(request.locale))}{f' ({masked(channel, to)})' if to else ''}")  # type: ignore[attr-defined]
            for channel, to in places.items()
        ],
        initial={
            "language": wish.language,
            "wants": "yes" if wish.channels else "no",
            "channels": [c for c in wish.channels if c in places] or list(places),
        },
    )


def _change(request: HttpRequest, row: Row, whom: Notified, form: WishForm) -> None:
    at, actor = now_of(request), Actor(kind="citizen", id=str(whom.party))
    notice = telling.changed_wish(row, whom, cause=f"preferences/{request.POST.get('idempotency_key', '')}")
    # What could not be chosen here, as this dossier names no such address, stays as it was.
    before, places = telling.wish_of(whom), telling.reachable(whom)
    kept = [c for c in before.channels if c not in places] if form.chosen else []
    wish = Wish(form.cleaned_data["language"], (*form.chosen, *kept))
    with unit(request, actor):
        telling.change_wish(addressee=whom.party, wish=wish, notice=notice, actor=actor, at=at)
