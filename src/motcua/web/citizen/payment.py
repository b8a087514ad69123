"""Paying for one's own dossier."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from motcua.dossiers.own import own_dossier
from motcua.web.common.citizens import citizen
from motcua.web.common.paying_online import answer, paying
from motcua.web.common.requests import now_of


@require_http_methods(["GET", "HEAD", "POST"])
def payment(request: HttpRequest, code: str) -> HttpResponse:
    """What one's own dossier owes, and how it is paid. Raises NotFound for anybody else's."""
    who = citizen(request)
    row = own_dossier(code, party=who.id)
    who.refuse_without("hand_in", row["procedure"])
    page = paying(
        row,
        here=reverse("my_payment", args=[row["code"]]),
        is_inside="inside" in request.GET,
        at=now_of(request),
    )
    return answer(request, page, template="citizen/payment.html", actor=who.actor)
