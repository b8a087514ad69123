"""How who is signed in is told of all their dossiers: language, channels, or no message."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.flows import telling
from motcua.ledger.operations import AlreadyDone
from motcua.notifications.outlets import offered
from motcua.notifications.rules import CHANNELS
from motcua.notifications.selectors import told_otherwise, wishes
from motcua.parties.selectors import Citizen, particulars_of
from motcua.web.common.citizens import citizen
from motcua.web.common.requests import forget_held, held_fields, now_of, unit
from motcua.web.common.wish_form import WishForm
from motcua.web.common.wording import say


@require_http_methods(["GET", "HEAD", "POST"])
def messages_wanted(request: HttpRequest) -> HttpResponse:
    """One's own choice, for all dossiers; POST keeps it. Three statements."""
    who, posted = citizen(request), request.method == "POST"
    held = held_fields(request)
    here = offered()
    form = WishForm(
        request.POST if posted else held,
        places={channel: "" for channel in CHANNELS if channel in here},
        wish=wishes([who.id]).get(who.id) or telling.unsaid(particulars_of(who.id).kind),
    )
    if posted and form.is_valid():
        messages.success(request, _keep(request, who, form))
        return HttpResponseRedirect(reverse("my_messages"))
    context = {"form": form, "otherwise": told_otherwise(who.id), "held": held is not None}
    response = render(request, "citizen/messages.html", context, status=422 if posted else 200)
    if held is not None:
        forget_held(request, response)
    return response


def _keep(request: HttpRequest, who: Citizen, form: WishForm) -> str:
    try:
        with unit(request, who.actor):
            telling.change_own_wish(party=who.id, wish=form.wish, actor=who.actor, at=now_of(request))
    except telling.Unchanged as unchanged:
        return say(unchanged)
    except AlreadyDone:
        pass
    return _("Đã lưu cách nhận tin.")
