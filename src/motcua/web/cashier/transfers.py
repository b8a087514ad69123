"""Money that came in by itself: a day's, held against what was asked; what waits for the cashier; the account."""

from datetime import date, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.selectors import account_names, agency as agency_facts
from motcua.flows import online_money
from motcua.flows.statements import FATES
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import Invalid
from motcua.kernel.time import local
from motcua.payments import handed_up, online
from motcua.payments.matching import MOST, candidates, is_lump, matched
from motcua.payments.numbering import label
from motcua.payments.operations import accounts, incoming
from motcua.payments.ordering import OUTCOMES, Outcome
from motcua.payments.policy import SEATS, Deed, may, may_second
from motcua.payments.vietqr import BANKS
from motcua.web.cashier.access import acting, check_reads, keeping, leave_line
from motcua.web.cashier.deeds import tried
from motcua.web.cashier.forms import MoneyForm
from motcua.web.cashier.transfer_forms import AccountForm, AssignForm, DayForm, GiveBackForm, MatchForm
from motcua.web.common.money_words import WAYS
from motcua.web.common.paging import Trail
from motcua.web.common.requests import now_of, staff, unit
from motcua.web.common.window import WindowForm

_WEEK = timedelta(days=7)
_NONE = str(UUID(int=0))


@require_safe
def transfers(request: HttpRequest) -> HttpResponse:
    """What came in on a day, by what became of it; and what waits, whenever it came."""
    viewer = staff(request)
    check_reads(viewer)
    today = local(now_of(request)).date()
    form = DayForm(request.GET, today=today)
    on = form.day or today
    trail = Trail.read(request.GET)
    page = online.day(viewer=viewer, on=on, after=trail.after or None)
    waiting, many, following = online.to_settle(viewer=viewer, after=_key(request.GET.get("waiting")))
    back, forth = trail.back(), trail.forth(page.following)
    more = {"on": on.isoformat()}
    context = {
        "form": form,
        "on": on,
        "counts": [(OUTCOMES[what], *page.counts[what]) for what in Outcome if what in page.counts],
        "credits": page.credits,
        "waiting": () if trail.after else waiting,
        "waiting_in_all": many,
        "waiting_after": f"?{urlencode({**more, 'waiting': following})}" if following else "",
        "waiting_later": bool(request.GET.get("waiting")),
        "sees_statements": any(c.kind in handed_up.READERS for c in viewer.capacities),
        "statements_wait": handed_up.waiting(viewer=viewer, at=now_of(request)),
        "fates": FATES,
        "left_over": handed_up.left_over(
            viewer=viewer, agencies=viewer.agencies(SEATS[Deed.READ]), first=on, last=on
        ),
        "outcomes": OUTCOMES,
        "ways": WAYS,
        "label": label,
        "before": f"{reverse('transfers_in')}{back.query(**more)}" if back else "",
        "after": forth.query(**more) if forth else "",
    }
    return render(request, "cashier/transfers.html", context, status=422 if form.errors else 200)


def _key(told: str | None) -> str | None:
    """A list's key out of an address; None for what is none."""
    try:
        return str(UUID(told or ""))
    except ValueError:
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def transfer(request: HttpRequest, credit: UUID) -> HttpResponse:
    """One sum that came in; a POST does the deed its button names."""
    viewer = staff(request)
    shown = online.credit(credit, viewer=viewer)
    deed, agency = str(request.POST.get("deed", "")), shown.row["agency"]
    may_settle = shown.waits and may(viewer, Deed.SETTLE, keeping(viewer, agency, now_of(request)))
    window = _days(request, shown.row["booked_on"])
    found = candidates(shown.row, viewer=viewer, first=window[0], last=window[1]) if shown.waits else []
    match = MatchForm(
        request.POST if deed == "match" else None,
        candidates=found,
        total=shown.row["amount"],
        auto_id="match_%s",
    )
    forms = {
        "assign": AssignForm(request.POST if deed == "assign" else None, auto_id="assign_%s"),
        "give_back": GiveBackForm(request.POST if deed == "give_back" else None, auto_id="back_%s"),
        "match": match,
    }
    refusal = tried(
        request,
        deed=deed,
        forms=forms,
        do=lambda form: _settled(request, viewer, shown, deed, form),
        back=reverse("transfer_in", args=[credit]),
    )
    if isinstance(refusal, HttpResponse):
        return refusal
    leave_line(viewer, agency, what="transfer_seen", subject=str(credit), at=now_of(request))
    by = shown.row["settled_by"]
    context = {
        "shown": shown,
        "row": shown.row,
        "outcomes": OUTCOMES,
        "ways": WAYS,
        "label": label,
        "by": account_names({UUID(by)}).get(UUID(by), "") if by else "",
        "forms": forms,
        "deed": deed,
        "refusal": refusal,
        "may_settle": may_settle,
        "is_lump": is_lump(shown.row),
        "matched": matched(credit) if shown.row["matches"] else [],
        "window": window,
        "days": WindowForm(request.GET, first=window[0], last=window[1]),
        "most": MOST,
    }
    status = refusal.status if refusal else 422 if request.method == "POST" else 200
    return render(request, "cashier/transfer.html", context, status=status)


def _days(request: HttpRequest, on: date) -> tuple[date, date]:
    """The days whose payments may be the money of a line of `on`: those asked for, else the week before it."""
    week = max(on, date.min + _WEEK) - _WEEK, on
    try:
        return WindowForm(request.GET, first=week[0], last=week[1]).days()
    except Invalid:
        return week


def _settled(
    request: HttpRequest, viewer: Viewer, shown: online.CreditShown, deed: str, form: MoneyForm | None
) -> HttpResponse:
    at = now_of(request)
    actor = acting(viewer, Deed.SETTLE, keeping(viewer, shown.row["agency"], at))
    told = form.cleaned_data if form is not None else {}
    with unit(request, actor):
        if deed == "assign":
            online_money.assign(credit=shown.row["id"], code=told["code"], actor=actor, at=at)
        elif deed == "match":
            others = [UUID(one) for one in told["others"]]
            incoming.match(credit=shown.row["id"], others=others, actor=actor, at=at)
        else:
            online_money.give_back(credit=shown.row["id"], slip=told["slip"], actor=actor, at=at)
    said = {
        "assign": _("Đã ghi khoản nộp vào hồ sơ và cấp biên lai điện tử."),
        "give_back": _("Đã ghi trả lại tiền."),
        "match": _("Đã ghi là tiền nguồn kia đã báo; không thu thêm lần nào."),
    }
    messages.success(request, said[deed])
    return HttpResponseRedirect(reverse("transfer_in", args=[shown.row["id"]]))


@require_http_methods(["GET", "HEAD", "POST"])
def receiving_account(request: HttpRequest) -> HttpResponse:
    """Which bank account takes what is paid online: one proposes it, a leader who is another person sets it; who reads
    the books sees it."""
    viewer = staff(request)
    check_reads(viewer)
    deed = str(request.POST.get("deed", ""))
    desks = sorted({c.agency for c in viewer.capacities if c.kind in SEATS[Deed.ASK_ACCOUNT]})
    form = AccountForm(request.POST if deed == "propose" else None, agencies=desks)
    refusal = tried(
        request,
        deed=deed,
        forms={"propose": form},
        do=lambda _form: _account(request, viewer, deed, form),
        back=reverse("receiving_account"),
        bare={"set"},
    )
    if isinstance(refusal, HttpResponse):
        return refusal
    lines = online.accounts(viewer=viewer)
    people = {line[name] for line in lines for name in ("set_by", "proposed_by") if line[name]}
    names = account_names({UUID(one) for one in people})
    context = {
        "form": form,
        "called": lambda code: agency_facts(code).called,
        "lines": lines,
        "banks": BANKS,
        "names": names,
        "refusal": refusal if deed == "set" else None,
        "may_ask": bool(desks),
        "may_set": lambda line: may_second(viewer, Deed.SET_ACCOUNT, line["agency"], line),
    }
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(request, "cashier/account.html", context, status=status)


def _account(request: HttpRequest, viewer: Viewer, deed: str, form: AccountForm) -> HttpResponse:
    told = form.cleaned_data if deed == "propose" else request.POST
    wanted = Deed.ASK_ACCOUNT if deed == "propose" else Deed.SET_ACCOUNT
    actor = acting(viewer, wanted, str(told.get("agency", "")))
    with unit(request, actor):
        if deed == "propose":
            accounts.propose_account(
                agency=actor.agency,
                bank=told["bank"],
                number=told["number"],
                holder=told["holder"],
                actor=actor,
                at=now_of(request),
            )
        else:
            which = _key(request.POST.get("account"))
            accounts.set_account(
                agency=actor.agency, account=UUID(which or _NONE), actor=actor, at=now_of(request)
            )
    said = {
        "propose": _("Đã đề nghị tài khoản; một lãnh đạo khác xác nhận thì mới dùng."),
        "set": _("Đã đặt tài khoản nhận tiền."),
    }
    messages.success(request, said[deed])
    return HttpResponseRedirect(reverse("receiving_account"))
