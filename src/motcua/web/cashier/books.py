"""The cash books: a day's receipts, the count, a second person's word."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.selectors import account_names
from motcua.flows import day_books
from motcua.kernel.actor import Viewer
from motcua.kernel.time import local
from motcua.payments import handed_up, selectors
from motcua.payments.cash import Taken
from motcua.payments.operations.books import waits_for_confirmation
from motcua.payments.policy import Deed, may, may_second
from motcua.payments.record import Row
from motcua.web.cashier.access import acting, check_reads, keeping
from motcua.web.cashier.deeds import tried
from motcua.web.cashier.forms import CloseForm, MoneyForm, ReopenForm
from motcua.web.common.fields import focus_first
from motcua.web.common.money_words import BACK
from motcua.web.common.paging import Trail
from motcua.web.common.requests import now_of, staff, unit
from motcua.web.common.window import WindowForm

DEEDS = {
    "close": Deed.CLOSE,
    "confirm": Deed.CONFIRM,
    "ask_reopening": Deed.ASK_REOPENING,
    "reopen": Deed.REOPEN,
}


@require_safe
def books(request: HttpRequest) -> HttpResponse:
    """The books of the viewer's agencies, the newest first; the window of a workbook."""
    viewer = staff(request)
    check_reads(viewer)
    trail = Trail.read(request.GET)
    rows, following = selectors.books(viewer=viewer, after=trail.after or None)
    back, forth = trail.back(), trail.forth(following)
    today = local(now_of(request)).date()
    context = {
        "rows": rows,
        "waits": waits_for_confirmation,
        "statements_wait": handed_up.waiting(viewer=viewer, at=now_of(request)),
        "window": WindowForm(QueryDict(), first=today.replace(day=1), last=today),
        "before": f"{reverse('cash_books')}{back.query() if back.after else ''}" if back else "",
        "after": forth.query() if forth else "",
    }
    return render(request, "cashier/books.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, book: UUID) -> HttpResponse:
    """One book: its receipts and vouchers, and what can be done with it; a POST does the deed its button names."""
    viewer = staff(request)
    row = selectors.book(book, viewer=viewer)
    deed = str(request.POST.get("deed", ""))
    forms = _forms(request, row, deed)
    refusal = tried(
        request,
        deed=deed,
        forms=forms,
        do=lambda form: _done(request, viewer, row, deed, form),
        back=reverse("cash_book", args=[book]),
        bare=("confirm", "reopen"),
    )
    if isinstance(refusal, HttpResponse):
        return refusal
    if not deed and "close" in forms:
        focus_first(forms["close"], forms["close"].fields)
    context = _context(request, viewer, row) | {"forms": forms, "deed": deed, "refusal": refusal}
    if deed == "close" and refusal is not None and refusal.field == "note":
        context["suspects"] = _suspects(row, forms["close"])
    status = refusal.status if refusal else 422 if request.method == "POST" else 200
    return render(request, "cashier/book.html", context, status=status)


def _suspects(row: Row, form: MoneyForm) -> list[Taken]:
    return selectors.suspects_of(row, form.counted) if isinstance(form, CloseForm) else []


def _context(request: HttpRequest, viewer: Viewer, row: Row) -> dict[str, Any]:
    trail = Trail.read(request.GET)
    page = selectors.receipts_of(row["id"], after=trail.after or None)
    back, forth = trail.back(), trail.forth(page.following)
    agency, closed = row["agency"], row["closed_at"] is not None
    keeper = keeping(viewer, agency, now_of(request))
    note, why = selectors.note_of(row)
    people = {UUID(x) for x in (row["closed_by"], row["confirmed_by"], row["reopening_by"]) if x}
    names = account_names(people)
    waits = waits_for_confirmation(row)
    return {
        "row": row,
        "receipts": page.rows,
        "vouchers": selectors.vouchers_of(row["id"]),
        "name_of": selectors.name_of,
        "means": BACK,
        "totals": selectors.totals_of(row),
        "note": note,
        "why": why,
        "who": lambda account: names.get(UUID(account), "") if account else "",
        "waits": waits,
        "may_close": not closed and may(viewer, Deed.CLOSE, keeper),
        "may_confirm": waits and may_second(viewer, Deed.CONFIRM, keeper, row),
        "may_ask": closed and not row["reopening_by"] and may(viewer, Deed.ASK_REOPENING, agency),
        "may_reopen": bool(row["reopening_by"]) and may_second(viewer, Deed.REOPEN, agency, row),
        "suspects": [],
        "receipt_name": selectors.receipt_name,
        "before": f"{reverse('cash_book', args=[row['id']])}{back.query() if back.after else ''}"
        if back
        else "",
        "after": forth.query() if forth else "",
        "export": urlencode(
            {
                "agency": agency,
                "first": local(row["opened_at"]).date().isoformat(),
                "last": local(row["closed_at"] or now_of(request)).date().isoformat(),
            }
        ),
    }


def _forms(request: HttpRequest, row: Row, deed: str) -> dict[str, MoneyForm]:
    def told(name: str) -> Any:
        return request.POST if request.method == "POST" and deed == name else None

    taken = selectors.taken_in_cash(row["id"]) if deed == "close" else []
    year = local(row["opened_at"]).year
    receipts = [(str(one.id), selectors.receipt_name(year, one.number)) for one in taken]
    return {
        "close": CloseForm(told("close"), receipts=receipts, auto_id="close_%s"),
        "ask_reopening": ReopenForm(told("ask_reopening"), auto_id="reopen_%s"),
    }


def _done(request: HttpRequest, viewer: Viewer, row: Row, deed: str, form: MoneyForm | None) -> HttpResponse:
    at = now_of(request)
    actor = acting(viewer, DEEDS[deed], keeping(viewer, row["agency"], at))
    told = form.cleaned_data if form is not None else {}
    with unit(request, actor):
        if isinstance(form, CloseForm):
            day_books.close_book(book=row["id"], count=form.count, actor=actor, at=at)
        elif deed == "confirm":
            day_books.confirm_closing(book=row["id"], actor=actor, at=at)
        elif deed == "ask_reopening":
            day_books.ask_reopening(book=row["id"], reason=told["reason"], actor=actor, at=at)
        else:
            day_books.reopen_book(book=row["id"], actor=actor, at=at)
    said = {
        "close": _("Đã chốt sổ quỹ."),
        "confirm": _("Đã xác nhận chốt sổ."),
        "ask_reopening": _("Đã đề nghị mở lại sổ; cần người thứ hai đồng ý."),
        "reopen": _("Đã mở lại sổ quỹ."),
    }
    messages.success(request, said[deed])
    return HttpResponseRedirect(reverse("cash_book", args=[row["id"]]))
