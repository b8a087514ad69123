"""One receipt: printed, crossed out, replaced, refunded."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers.owing import chosen
from motcua.flows import money
from motcua.kernel.actor import Viewer
from motcua.payments.operations.receipts import counted, is_electronic
from motcua.payments.policy import Deed, may
from motcua.payments.selectors import ReceiptShown, book
from motcua.web.cashier.access import acting, keeping, leave_line, receipt_for
from motcua.web.cashier.deeds import tried
from motcua.web.cashier.forms import MoneyForm, RefundForm, ReplaceForm, VoidForm
from motcua.web.cashier.settlements import payee_called
from motcua.web.common.money_words import WAYS, charge_names
from motcua.web.common.requests import now_of, staff, unit
from motcua.web.common.wording import dong, say

SEPARATOR = "|"


@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest, receipt: UUID) -> HttpResponse:
    """The page of a receipt; a POST does the deed its button names."""
    viewer = staff(request)
    shown = receipt_for(receipt, viewer=viewer)
    deed = str(request.POST.get("deed", ""))
    forms = _forms(request, viewer, shown, deed)
    refusal = tried(
        request,
        deed=deed,
        forms=forms,
        do=lambda form: _done(request, viewer, shown, deed, form),
        back=reverse("payment", args=[receipt]),
    )
    if isinstance(refusal, HttpResponse):
        return refusal
    leave_line(viewer, shown.row["agency"], what="payment_seen", subject=shown.name, at=now_of(request))
    keeper = keeping(viewer, shown.row["agency"], now_of(request))
    electronic = is_electronic(shown.row)
    is_counted = electronic or counted(shown.row, book(shown.row["book"], viewer=viewer))
    standing = shown.row["voided_at"] is None
    asked = any(not r["declined_by"] for r in shown.refunds)
    context: dict[str, Any] = {
        "shown": shown,
        "row": shown.row,
        "names": charge_names(shown.lines),
        "payee_called": payee_called,
        "means": WAYS,
        "forms": forms,
        "deed": deed,
        "refunded": shown.back,
        "may_void": standing and not is_counted and not asked and may(viewer, Deed.VOID, keeper),
        "may_refund": standing and is_counted and may(viewer, Deed.ASK_REFUND, keeper),
    }
    status = refusal.status if refusal else 422 if request.method == "POST" else 200
    return render(request, "cashier/receipt.html", context, status=status)


def _to_give_back(viewer: Viewer, shown: ReceiptShown, at: datetime) -> list[tuple[str, str]]:
    """The lines of a receipt that may be chosen for a refund, each with what goes back of it."""
    if not may(viewer, Deed.ASK_REFUND, keeping(viewer, shown.row["agency"], at)):
        return []
    names = charge_names(shown.lines)
    found = chosen(viewer=viewer, codes=[line.reference for line in shown.lines])
    parts = money.parts_back([one.row for one in found], receipt=shown.row["id"])
    lines = []
    for line in shown.lines:
        key = (line.reference, line.charge)
        left = line.amount - shown.back[key]
        told = f"{say(names[line.reference, line.rule])}, {line.reference}: {dong(parts.get(key, left))}"
        if key in parts:
            why = _("phần thu thừa, vì phí đã tính lại; đã thu %(paid)s") % {"paid": dong(left)}
            told = f"{told} ({why})"
        lines.append((SEPARATOR.join(key), told))
    return lines


def _forms(request: HttpRequest, viewer: Viewer, shown: ReceiptShown, deed: str) -> dict[str, MoneyForm]:

    def told(name: str) -> Any:
        return request.POST if request.method == "POST" and deed == name else None

    return {
        "void": VoidForm(told("void"), auto_id="void_%s"),
        "replace": ReplaceForm(
            told("replace"), auto_id="replace_%s", initial={"payer": shown.payer, "means": shown.row["means"]}
        ),
        "refund": RefundForm(
            told("refund"), lines=_to_give_back(viewer, shown, now_of(request)), auto_id="refund_%s"
        ),
    }


def _done(
    request: HttpRequest, viewer: Viewer, shown: ReceiptShown, deed: str, form: MoneyForm | None
) -> HttpResponse:
    at, told = now_of(request), form.cleaned_data if form is not None else {}
    agency = keeping(viewer, shown.row["agency"], at)
    if deed == "refund":
        actor = acting(viewer, Deed.ASK_REFUND, agency)
        charges = [tuple(c.split(SEPARATOR, 1)) for c in told["charges"]]
        with unit(request, actor):
            asked = money.ask_refund(
                receipt=shown.row["id"],
                charges=[(reference, charge) for reference, charge in charges],
                ground=told["ground"],
                reason=told["reason"],
                actor=actor,
                at=at,
            )
        messages.success(request, _("Đã ghi đề nghị hoàn tiền."))
        return HttpResponseRedirect(reverse("refund", args=[asked.row["id"]]))
    actor = acting(viewer, Deed.VOID, agency)
    tender = form.tender if isinstance(form, ReplaceForm) else None
    with unit(request, actor):
        done = money.void(
            receipt=shown.row["id"], reason=told["reason"], replacement=tender, actor=actor, at=at
        )
    messages.success(request, _("Đã hủy biên lai %(number)s.") % {"number": shown.name})
    return HttpResponseRedirect(reverse("payment", args=[done.row["id"]]))
