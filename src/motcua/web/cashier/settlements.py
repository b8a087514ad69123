"""What is collected for other agencies: what is still to be settled, the settlements, one of them with its deeds."""

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.bodies import BODIES, Body
from motcua.agencies.selectors import account_names, called
from motcua.catalogue.selectors import titles
from motcua.flows import settlements as flows
from motcua.kernel.actor import Viewer
from motcua.kernel.say import Say
from motcua.kernel.time import local
from motcua.payments import settling
from motcua.payments.events import LineFact
from motcua.payments.operations.settlements import agrees, givers
from motcua.payments.policy import SEATS, Deed, may, may_second
from motcua.payments.record import Row
from motcua.web.cashier.access import acting, check_reads, keeping
from motcua.web.cashier.deeds import tried
from motcua.web.cashier.forms import MoneyForm
from motcua.web.cashier.settlement_forms import ReceivedForm, SentForm
from motcua.web.common.money_paper import head, officer, pdf_file
from motcua.web.common.money_words import charge_names
from motcua.web.common.paging import Trail
from motcua.web.common.pdf.facts import SheetColumn, SheetFacts
from motcua.web.common.pdf.money import dong
from motcua.web.common.pdf.sheet import render_sheet
from motcua.web.common.requests import now_of, staff, unit

# How far a settlement is: what is said of it, and the tone.
STANDS: Mapping[str, tuple[Say, str]] = {
    "closed": (Say("chờ người thứ hai xác nhận", "waiting for a second person"), "waiting"),
    "confirmed": (Say("chờ chuyển tiền", "waiting to be paid over"), "waiting"),
    "sent": (Say("đã chuyển, chờ bên kia xác nhận", "sent, waiting for the payee to confirm"), "progress"),
    "sent_out": (Say("đã chuyển tiền", "money sent"), "good"),
    "differs": (Say("hai bên chưa khớp", "the two sides differ"), "bad"),
    "agrees": (Say("hai bên đã khớp", "both sides agree"), "good"),
}
COLUMNS = (
    SheetColumn("TT", 1, "right"),
    SheetColumn("Biên lai, phiếu chi", 4),
    SheetColumn("Ngày", 3),
    SheetColumn("Hồ sơ", 5),
    SheetColumn("Thủ tục, khoản thu", 8),
    SheetColumn("Số tiền (đồng)", 3, "right"),
)


def payee_called(payee: str) -> Say:
    """An agency's name, or the kind where the installation has none of it."""
    return BODIES[Body(payee)] if payee in set(Body) else called(payee)


def standing(row: Row) -> str:
    """Where a settlement is, as a key of STANDS."""
    if row["received_at"] is not None:
        return "agrees" if agrees(row) else "differs"
    if row["sent_at"] is not None:
        return "sent_out" if row["payee"] in set(Body) else "sent"
    return "confirmed" if row["confirmed_at"] is not None else "closed"


@require_http_methods(["GET", "HEAD", "POST"])
def settlements(request: HttpRequest) -> HttpResponse:
    """What is still to be settled and the settlements, ours and those closed for us; a POST closes today's with a
    payee. Two statements, and one for each agency more."""
    viewer = staff(request)
    check_reads(viewer)
    answer = tried(
        request,
        deed=str(request.POST.get("deed", "")),
        forms={},
        do=lambda _form: _closed(request, viewer),
        back=reverse("settlements"),
        bare=("close",),
    )
    if isinstance(answer, HttpResponse):
        return answer
    trail = Trail.read(request.GET)
    rows, following = settling.settlements(viewer=viewer, after=trail.after or None)
    back, forth = trail.back(), trail.forth(following)
    ours, today = sorted(viewer.agencies(SEATS[Deed.READ])), local(now_of(request)).date()
    context = {
        "open": [
            {
                "agency": agency,
                "one": one,
                "may_close": one.count and may(viewer, Deed.CLOSE_SETTLEMENT, agency),
            }
            for agency in ours
            for one in settling.unsettled(agency=agency, viewer=viewer, on=today)
        ],
        "rows": rows,
        "ours": ours,
        "today": today,
        "name_of": settling.name_of,
        "called": called,
        "payee_called": payee_called,
        "stands": lambda row: STANDS[standing(row)],
        "refusal": answer,
        "before": f"{reverse('settlements')}{back.query() if back.after else ''}" if back else "",
        "after": forth.query() if forth else "",
    }
    return render(request, "cashier/settlements.html", context, status=answer.status if answer else 200)


def _closed(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    actor = acting(viewer, Deed.CLOSE_SETTLEMENT, str(request.POST.get("agency", "")))
    with unit(request, actor):
        made = flows.close(payee=str(request.POST.get("payee", ""))[:60], actor=actor, at=now_of(request))
    messages.success(request, _("Đã lập bảng kê thu hộ; người thứ hai xác nhận."))
    return HttpResponseRedirect(reverse("settlement", args=[made.row["id"]]))


@require_http_methods(["GET", "HEAD", "POST"])
def settlement(request: HttpRequest, settlement: UUID) -> HttpResponse:
    """One settlement: what it comes to by procedure, its receipts, and what is to be done by whom."""
    viewer = staff(request)
    row = settling.settlement(settlement, viewer=viewer)
    deed = str(request.POST.get("deed", ""))
    told = request.POST if request.method == "POST" else None
    forms: dict[str, MoneyForm] = {
        "send": SentForm(told if deed == "send" else None, today=local(now_of(request)).date()),
        "receive": ReceivedForm(told if deed == "receive" else None),
    }
    refusal = tried(
        request,
        deed=deed,
        forms=forms,
        do=lambda form: _done(request, viewer, row, deed, form),
        back=reverse("settlement", args=[settlement]),
        bare=("confirm",),
    )
    if isinstance(refusal, HttpResponse):
        return refusal
    context = _context(request, viewer, row) | {"forms": forms, "deed": deed, "refusal": refusal}
    status = refusal.status if refusal else 422 if request.method == "POST" else 200
    return render(request, "cashier/settlement.html", context, status=status)


def _context(request: HttpRequest, viewer: Viewer, row: Row) -> dict[str, Any]:
    typed = str(request.GET.get("from", ""))
    first = int(typed) if typed.isdecimal() and len(typed) < 7 else 0
    lines = settling.lines_of(row["id"], after=first)
    people = {UUID(row[by]) for by in ("closed_by", "confirmed_by", "sent_by", "received_by") if row[by]}
    names = account_names(people)
    here = reverse("settlement", args=[row["id"]])
    how, at = standing(row), now_of(request)
    giver, taker = (keeping(viewer, row[side], at) for side in ("agency", "payee"))
    return {
        "row": row,
        "name": settling.name_of(row),
        "agency": called(row["agency"]),
        "payee": payee_called(row["payee"]),
        "stands": STANDS[how],
        "differs": how == "differs",
        "note": settling.note_of(row) if row["note"] else "",
        "totals": _totals(row["id"]),
        "lines": lines[: settling.PAGE],
        "charges": _charges(lines),
        "who": lambda account: names.get(UUID(account), "") if account else "",
        "may_confirm": how == "closed" and may_second(viewer, Deed.CONFIRM_SETTLEMENT, giver, row),
        "may_send": how in ("confirmed", "sent", "sent_out", "differs")
        and may(viewer, Deed.SEND_SETTLEMENT, giver),
        "may_receive": how in ("sent", "differs")
        and may_second(viewer, Deed.RECEIVE_SETTLEMENT, taker, row, givers(row["id"])),
        "before": f"{here}?from={max(first - settling.PAGE, 0)}" if first else "",
        "after": f"{here}?from={lines[settling.PAGE - 1]['n']}" if len(lines) > settling.PAGE else "",
    }


def _totals(settlement: UUID) -> list[tuple[str, Say, int, int]]:
    found = settling.by_procedure(settlement)
    known = titles({row["procedure"] for row in found})
    by: dict[str, tuple[int, int]] = {}
    for row in found:
        many, much = by.get(row["procedure"], (0, 0))
        by[row["procedure"]] = many + row["count"], much + row["amount"]
    return [(code, known.get(code, Say(code, code)), many, much) for code, (many, much) in by.items()]


def _charges(lines: Any) -> dict[tuple[str, str], Say]:
    return charge_names(
        LineFact(reference=one["reference"], charge=one["charge"], rule=one["rule"], amount=one["amount"])
        for one in lines
    )


def _done(request: HttpRequest, viewer: Viewer, row: Row, deed: str, form: MoneyForm | None) -> HttpResponse:
    at, told = now_of(request), form.cleaned_data if form is not None else {}
    wanted = {"confirm": Deed.CONFIRM_SETTLEMENT, "send": Deed.SEND_SETTLEMENT}.get(deed)
    side = keeping(viewer, row["agency"] if wanted else row["payee"], at)
    actor = acting(viewer, wanted or Deed.RECEIVE_SETTLEMENT, side)
    with unit(request, actor):
        if deed == "confirm":
            flows.confirm(settlement=row["id"], actor=actor, at=at)
        elif deed == "send":
            flows.send(settlement=row["id"], slip=told["slip"], on=told["on"], actor=actor, at=at)
        else:
            amount = told["amount"] if row["total"] >= 0 else -told["amount"]
            flows.receive(settlement=row["id"], amount=amount, note=told["note"], actor=actor, at=at)
    messages.success(request, _("Đã ghi nhận."))
    return HttpResponseRedirect(reverse("settlement", args=[row["id"]]))


@require_safe
def settlement_paper(request: HttpRequest, settlement: UUID) -> HttpResponse:
    """The settlement as PDF, every line of it, signed at both ends."""
    row = settling.settlement(settlement, viewer=staff(request))
    lines = settling.lines_of(settlement, limit=settling.MOST_LINES)
    charges, names = _charges(lines), {code: title.vi for code, title, *_more in _totals(settlement)}
    notes = [f"Người lập: {officer(row['closed_by'])}."]
    if row["confirmed_by"]:
        notes.append(f"Người xác nhận: {officer(row['confirmed_by'])}.")
    if row["slip"]:
        notes.append(f"Đã chuyển theo chứng từ {row['slip']} ngày {row['sent_on']:%d/%m/%Y}.")
    if row["received_at"]:
        notes.append(f"{payee_called(row['payee']).vi} xác nhận đã nhận {dong(row['received'])} đồng.")
    facts = SheetFacts(
        head=head(row["agency"], settling.name_of(row)),
        title="Bảng kê đối soát phí, lệ phí thu hộ",
        subtitle=f"Thu hộ: {payee_called(row['payee']).vi}. Ngày lập {row['day']:%d/%m/%Y}.",
        columns=COLUMNS,
        rows=tuple(
            (
                str(one["n"]),
                one["name"],
                f"{one['on']:%d/%m/%Y}",
                one["reference"],
                f"{names.get(one['procedure'], '')}\n{charges[one['reference'], one['rule']].vi}",
                dong(one["amount"]),
            )
            for one in lines
        ),
        totals=(
            "",
            "Cộng",
            "",
            "",
            f"Thu {dong(row['taken'])}, hoàn {dong(row['back'])}",
            dong(row["total"]),
        ),
        notes=tuple(notes),
        signers=("BÊN THU HỘ", "NGƯỜI XÁC NHẬN", "BÊN ĐƯỢC THU HỘ"),
        issued_at=row["closed_at"],
        landscape=False,
    )
    return pdf_file(render_sheet(facts), f"thu-ho-{settling.name_of(row).replace('/', '-')}.pdf")


@require_safe
def settlement_file(request: HttpRequest, settlement: UUID) -> HttpResponse:
    """The same lines as CSV."""
    row = settling.settlement(settlement, viewer=staff(request))
    lines = settling.lines_of(settlement, limit=settling.MOST_LINES)
    response = HttpResponse("\ufeff" + "".join(_csv(lines)), content_type="text/csv; charset=utf-8")
    name = f"thu-ho-{settling.name_of(row).replace('/', '-')}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _csv(lines: Any) -> Iterator[str]:
    charges = _charges(lines)
    yield _row(("biên lai, phiếu chi", "ngày", "hồ sơ", "thủ tục", "khoản thu", "số tiền"))
    for one in lines:
        charge = charges[one["reference"], one["rule"]].vi
        yield _row((one["name"], one["on"], one["reference"], one["procedure"], charge, one["amount"]))


def _row(values: tuple[object, ...]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(values)
    return written.getvalue()
