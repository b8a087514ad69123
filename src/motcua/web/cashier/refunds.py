"""Money that goes back: what waits for a leader's word, what the cashier may pay."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.flows import money
from motcua.kernel.actor import Actor, Viewer
from motcua.payments.operations.refunds import is_payable, waits_for_a_word
from motcua.payments.policy import BACK_BY, GROUNDS, Deed, may, may_second
from motcua.payments.selectors import RefundShown, name_of, open_refunds
from motcua.web.cashier.access import acting, check_reads, keeping, leave_line, refund_for
from motcua.web.cashier.deeds import tried
from motcua.web.cashier.forms import DeclineForm, MoneyForm, PayRefundForm
from motcua.web.common.money_words import BACK
from motcua.web.common.paging import Trail
from motcua.web.common.requests import now_of, staff, unit

DEEDS = {"approve": Deed.DECIDE_REFUND, "decline": Deed.DECIDE_REFUND, "pay": Deed.PAY_REFUND}


@require_safe
def refunds(request: HttpRequest) -> HttpResponse:
    """The refunds that are not settled yet, the oldest first."""
    viewer = staff(request)
    check_reads(viewer)
    trail = Trail.read(request.GET)
    found, following = open_refunds(viewer=viewer, after=trail.after)
    back, forth = trail.back(), trail.forth(following)
    context = {
        "rows": [(row, waits_for_a_word(row)) for row in found],
        "grounds": GROUNDS,
        "name_of": name_of,
        "before": f"{reverse('refunds')}{back.query()}" if back else "",
        "after": forth.query() if forth else "",
    }
    return render(request, "cashier/refunds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def refund(request: HttpRequest, refund: UUID) -> HttpResponse:
    """One refund; a POST does the deed its button names."""
    viewer = staff(request)
    shown = refund_for(refund, viewer=viewer)
    deed = str(request.POST.get("deed", ""))
    forms = _forms(request, shown, deed)
    refusal = tried(
        request,
        deed=deed,
        forms=forms,
        do=lambda form: _done(request, viewer, shown, deed, form),
        back=reverse("refund", args=[refund]),
        bare=("approve",),
    )
    if isinstance(refusal, HttpResponse):
        return refusal
    agency, row = shown.row["agency"], shown.row
    leave_line(viewer, agency, what="refund_seen", subject=str(refund), at=now_of(request))
    keeper = keeping(viewer, agency, now_of(request))
    decides = may_second(viewer, Deed.DECIDE_REFUND, keeper, row)
    context = {
        "shown": shown,
        "row": row,
        "grounds": GROUNDS,
        "means": BACK,
        "name_of": name_of,
        "forms": forms,
        "deed": deed,
        "refusal": refusal,
        "waits": waits_for_a_word(row),
        "may_decide": decides and waits_for_a_word(row),
        "may_decline": decides and (waits_for_a_word(row) or is_payable(row)),
        "may_pay": is_payable(row) and may(viewer, Deed.PAY_REFUND, keeper),
    }
    status = refusal.status if refusal else 422 if request.method == "POST" else 200
    return render(request, "cashier/refund.html", context, status=status)


def _forms(request: HttpRequest, shown: RefundShown, deed: str) -> dict[str, MoneyForm]:
    def told(name: str) -> Any:
        return request.POST if request.method == "POST" and deed == name else None

    return {
        "decline": DeclineForm(told("decline"), auto_id="decline_%s"),
        "pay": PayRefundForm(
            told("pay"),
            came=shown.receipt["means"],
            auto_id="pay_%s",
            initial={"recipient": shown.payer, "means": BACK_BY[shown.receipt["means"]][0]},
        ),
    }


def _done(
    request: HttpRequest, viewer: Viewer, shown: RefundShown, deed: str, form: MoneyForm | None
) -> HttpResponse:
    stream, at = shown.row["id"], now_of(request)
    actor: Actor = acting(viewer, DEEDS[deed], keeping(viewer, shown.row["agency"], at))
    told = form.cleaned_data if form is not None else {}
    with unit(request, actor):
        if deed == "pay":
            money.pay_refund(refund=stream, actor=actor, at=at, **told)
        else:
            money.decide_refund(
                refund=stream, agreed=deed == "approve", reason=told.get("reason", ""), actor=actor, at=at
            )
    said = {
        "approve": _("Đã duyệt hoàn tiền."),
        "decline": _("Đã ghi không duyệt hoàn tiền."),
        "pay": _("Đã chi hoàn tiền."),
    }
    messages.success(request, said[deed])
    return HttpResponseRedirect(reverse("refund", args=[stream]))
