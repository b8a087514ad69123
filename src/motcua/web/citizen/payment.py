"""Paying for one's own dossier, and the receipt."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from motcua.dossiers.own import own_dossier
from motcua.payments.selectors import receipt_of
from motcua.web.common.citizens import citizen
from motcua.web.common.money_paper import pdf_file, receipt_pdf
from motcua.web.common.paying_online import answer, paying
from motcua.web.common.requests import now_of


@require_http_methods(["GET", "HEAD", "POST"])
def payment(request: HttpRequest, code: str) -> HttpResponse:
    """What one's own dossier owes, and how it is paid. Raises NotFound for anybody else's."""
    who = citizen(request)
    row = own_dossier(code, party=who.id)
    actor = who.acts("hand_in", row["procedure"])
    page = paying(
        row,
        here=reverse("my_payment", args=[row["code"]]),
        paper="my_receipt",
        is_inside="inside" in request.GET,
        at=now_of(request),
    )
    return answer(request, page, template="citizen/payment.html", actor=actor)


@require_safe
def receipt(request: HttpRequest, code: str, receipt: UUID) -> HttpResponse:
    """The receipt of one's own dossier as PDF. Raises NotFound for anybody else's, and for one that is of other
    dossiers too: that one lies at the desk."""
    row = own_dossier(code, party=citizen(request).id)
    shown = receipt_of(receipt, reference=row["code"])
    return pdf_file(receipt_pdf(shown), f"{shown.name.replace('/', '-')}.pdf")
