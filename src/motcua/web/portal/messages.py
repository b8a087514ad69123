"""How the applicant is told: what was sent to them, and their own choice of language and channels for this dossier."""

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
from motcua.ledger.operations import AlreadyDone
from motcua.notifications import selectors
from motcua.web.common.requests import now_of, unit
from motcua.web.common.wish_form import WishForm
from motcua.web.common.wording import say
from motcua.web.portal.opened import opened


@require_http_methods(["GET", "HEAD", "POST"])
def tracking_messages(request: HttpRequest) -> HttpResponse:
    """The messages of the dossier that this browser has opened; POST changes how its person is told of it."""
    dossier = opened(request)
    row = row_of(dossier) if dossier else None
    if dossier is None or row is None:
        messages.info(request, _("Phiên tra cứu đã hết (30 phút). Hãy nhập lại mã hồ sơ và mã tra cứu."))
        return HttpResponseRedirect(reverse("track"))
    # The receipt is the first one's; whoever else is told chooses signed in.
    asked = telling.wishing(row["code"], notified(row)[:1])
    posted, status = request.method == "POST", 200
    form = None
    if asked:
        whom = asked[0].whom
        form = WishForm(request.POST if posted else None, places=telling.reachable(whom), wish=asked[0].wish)
        if posted and form.is_valid():
            messages.success(request, _change(request, row, whom, form))
            return HttpResponseRedirect(reverse("tracking_messages"))
    if posted:
        status = 422
    context = {"row": row, "form": form, "messages_told": selectors.in_account(row["code"])}
    return render(request, "portal/tracking_messages.html", context, status=status)


def _change(request: HttpRequest, row: Row, whom: Notified, form: WishForm) -> str:
    """Keep the choice; what there is to say of it."""
    at, actor = now_of(request), Actor(kind="citizen", id=str(whom.party))
    try:
        with unit(request, actor):
            telling.change_wish(row=row, whom=whom, wish=form.wish, actor=actor, at=at)
    except telling.Unchanged as unchanged:
        return say(unchanged)
    except AlreadyDone:
        pass
    return _("Đã lưu cách nhận tin. Chúng tôi cũng báo việc này theo cách cũ.")
