"""A bank's statement handed up at the desk: looked at first, then taken in; and the days held against it."""

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.selectors import account_names, agency as agency_facts
from motcua.files.uploads import ReceivedFile
from motcua.flows.statements import FATES, Fate, Seen, done, fate_of, foresee
from motcua.kernel.actor import SYSTEM, Viewer
from motcua.kernel.errors import Invalid
from motcua.kernel.time import local
from motcua.payments import handed_up, reconciling
from motcua.payments.operations import statements as operations
from motcua.payments.ordering import Outcome
from motcua.payments.policy import SEATS, Deed, check, may, may_second
from motcua.payments.record import Row
from motcua.reactions.statements import take_in
from motcua.web.cashier.access import acting, check_reads
from motcua.web.cashier.deeds import tried
from motcua.web.cashier.transfer_forms import StatementForm
from motcua.web.common.money_words import WAYS
from motcua.web.common.paging import Trail
from motcua.web.common.requests import now_of, staff, unit
from motcua.web.common.window import WindowForm

DEEDS = frozenset({"confirm", "withdraw", "go_on"})
SHOWN = 50
LONGEST = timedelta(days=92)
TONES = {
    Outcome.PAID: "good",
    Outcome.SAME: "good",
    Fate.BEFORE: "paused",
    Fate.LEFT: "paused",
    Fate.FAULT: "late",
}


@require_http_methods(["GET", "HEAD", "POST"])
def statements(request: HttpRequest) -> HttpResponse:
    """Which statements were handed up, and which wait; a cashier hands one up: it is kept, nothing is taken in."""
    viewer, at = staff(request), now_of(request)
    trail = Trail.read(request.GET)
    found, following = handed_up.statements(viewer=viewer, at=at, after=trail.after or None)
    desks = sorted({c.agency for c in viewer.capacities if c.kind in SEATS[Deed.ENTER_STATEMENT]})
    form = StatementForm(request.POST if request.method == "POST" else None, agencies=desks)
    refusal = tried(
        request,
        deed="hand_up" if request.method == "POST" else "",
        forms={"hand_up": form},
        do=lambda _form: _handed_up(request, viewer, form),
        back=reverse("statements_in"),
    )
    if isinstance(refusal, HttpResponse):
        return refusal
    back, forth = trail.back(), trail.forth(following)
    context = {
        "form": form,
        "may_enter": bool(desks),
        "found": found,
        "names": _names(found),
        "called": lambda code: agency_facts(code).called,
        "several": len({row["agency"] for row in found}) > 1,
        "before": f"{reverse('statements_in')}{back.query()}" if back else "",
        "after": forth.query() if forth else "",
    }
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(request, "cashier/statements.html", context, status=status)


def _names(found: Iterable[Row]) -> dict[str, str]:
    """Who handed up, confirmed or dropped."""
    people = {row[by] for row in found for by in ("handed_by", "confirmed_by", "withdrawn_by")}
    names = account_names({UUID(who) for who in people - {"", SYSTEM.id}})
    return {SYSTEM.id: _("lệnh của quản trị"), **{str(who): name for who, name in names.items()}}


def _handed_up(request: HttpRequest, viewer: Viewer, form: StatementForm) -> HttpResponse:
    actor = acting(viewer, Deed.ENTER_STATEMENT, form.cleaned_data.get("agency", ""))
    body = _body(request)
    with unit(request, actor):
        statement = operations.hand_up(body=body, agency=actor.agency, actor=actor, at=now_of(request))
    messages.success(request, _("Đã trình sao kê. Người thứ hai xác nhận thì mới ghi."))
    return HttpResponseRedirect(reverse("statement_in", args=[statement]))


def _body(request: HttpRequest) -> bytes:
    sent = request.FILES.get("file")
    if not isinstance(sent, ReceivedFile) or not sent.size:
        raise Invalid("Hãy chọn tệp sao kê (CSV).", "Choose the statement's file (CSV).", field="file")
    if sent.too_large:
        raise operations.too_large()
    with sent.read_opened() as opened:
        return opened.read(operations.MOST_BYTES + 1)


@require_http_methods(["GET", "HEAD", "POST"])
def statement(request: HttpRequest, statement: UUID) -> HttpResponse:
    """What each line would become, and, once another person has confirmed it, what each did. A POST confirms, drops, or
    goes on: each line is a unit of work of its own and each is taken in once, so that a second click, or the same file
    again, does nothing twice."""
    viewer, at = staff(request), now_of(request)
    row = handed_up.statement(statement, viewer=viewer, at=at)
    refusal = tried(
        request,
        deed=str(request.POST.get("deed", "")),
        forms={},
        do=lambda _form: _done(request, viewer, row),
        back=reverse("statement_in", args=[statement]),
        bare=DEEDS,
    )
    if isinstance(refusal, HttpResponse):
        return refusal
    if refusal is not None:  # something may have been done before it
        row = handed_up.statement(statement, viewer=viewer, at=at)
    page = _Page.of(row, _start(request))
    may_confirm = may(viewer, Deed.CONFIRM_STATEMENT, row["agency"])
    context = {
        "row": row,
        "refusal": refusal,
        "agency": agency_facts(row["agency"]).called,
        "names": _names([row]),
        "own": not may_second(viewer, Deed.CONFIRM_STATEMENT, row["agency"], row),
        "may_confirm": may_confirm,
        "page": page,
        "fates": FATES,
        "tones": TONES,
        "start": page.start,
        "before": f"?from={max(page.start - SHOWN, 0)}" if page.start else "",
        "after": f"?from={page.start + SHOWN}" if page.start + SHOWN < page.many else "",
    }
    return render(request, "cashier/statement.html", context, status=refusal.status if refusal else 200)


def _start(request: HttpRequest) -> int:
    told = str(request.GET.get("from", "0"))
    return int(told) if told.isascii() and told.isdigit() and len(told) < 7 else 0


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of a statement's lines, of how `many`; `tally`: what becomes of how many, and how much that is; the first
    lines that are refused."""

    start: int
    many: int
    lines: list[Seen]
    tally: list[tuple[str, int, int]]
    refused: list[Seen]

    @classmethod
    def of(cls, row: Row, wanted: int) -> "_Page":
        """As it would be, or, once confirmed, as it is."""
        if row["confirmed_at"] is None:
            seen = foresee(lines=handed_up.lines_of(row), agency=row["agency"])
            start = _bounded(wanted, len(seen))
            refused = [one for one in seen if one.fate is Fate.FAULT]
            tally = _tally((str(one.fate), 1, one.line.amount if one.line else 0) for one in seen)
            return cls(start, len(seen), seen[start : start + SHOWN], tally, refused[:SHOWN])
        counted = handed_up.tally(row["id"], agency=row["agency"])
        tally = _tally((str(fate_of(c["became"], c["outcome"])), c["many"], c["much"]) for c in counted)
        many = sum(c["many"] for c in counted)
        start = _bounded(wanted, many)
        lines = done(lines=handed_up.lines(row["id"], start=start, most=SHOWN), agency=row["agency"])
        refused = done(lines=handed_up.refused(row["id"], most=SHOWN), agency=row["agency"])
        return cls(start, many, lines, tally, refused)

    def count(self, fate: str) -> int:
        """How many lines have this fate."""
        return sum(many for what, many, _much in self.tally if what == fate)


def _bounded(wanted: int, many: int) -> int:
    """The page's first line, of `many`."""
    return min(wanted, max(many - 1, 0)) // SHOWN * SHOWN


def _tally(told: Iterable[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    many, much = Counter[str](), Counter[str]()
    for fate, lines, amount in told:
        many[fate] += lines
        much[fate] += amount
    return [(fate, many[fate], much[fate]) for fate in FATES if many[fate]]


def _done(request: HttpRequest, viewer: Viewer, row: Row) -> HttpResponse:
    deed, at = str(request.POST["deed"]), now_of(request)
    actor = acting(viewer, Deed.CONFIRM_STATEMENT, row["agency"])
    if deed == "go_on":
        check(actor, Deed.CONFIRM_STATEMENT, row["agency"])
    else:
        act = operations.confirm if deed == "confirm" else operations.withdraw
        with unit(request, actor):
            act(statement=row["id"], actor=actor, at=at)
    if deed == "withdraw":
        messages.success(request, _("Đã bỏ sao kê; chưa ghi gì từ tệp này."))
        return HttpResponseRedirect(reverse("statements_in"))
    written = take_in(row, clock=partial(now_of, request))
    told = ngettext("Đã ghi %(n)s khoản tiền về mới.", "Đã ghi %(n)s khoản tiền về mới.", written)
    messages.success(request, told % {"n": written})
    return HttpResponseRedirect(reverse("statement_in", args=[row["id"]]))


@require_safe
def reconciliation(request: HttpRequest) -> HttpResponse:
    """Orders, statement and platform held against each other: what agrees, what is only here, what only there."""
    viewer = staff(request)
    check_reads(viewer)
    today = local(now_of(request)).date()
    form = WindowForm(request.GET, first=today, last=today)
    agency, window, refusal = _agency(request, viewer), None, None
    try:
        window = _window(form)
    except Invalid as wrong:
        refusal = wrong
    first, last = window or (today, today)
    trail = Trail.read(request.GET)
    found = reconciling.held(viewer=viewer, agency=agency, first=first, last=last, after=trail.after or None)
    back, forth = trail.back(), trail.forth(found.following)
    more = {"agency": agency, "first": first.isoformat(), "last": last.isoformat()}
    context = {
        "form": form,
        "refusal": refusal,
        "agency": agency_facts(agency),
        "agencies": [agency_facts(code) for code in sorted(viewer.agencies(SEATS[Deed.READ]))],
        "first": first,
        "last": last,
        "found": found,
        "agreements": reconciling.AGREEMENTS,
        "names": _assigners(found.lines),
        "fates": FATES,
        "left_over": handed_up.left_over(viewer=viewer, agencies=[agency], first=first, last=last),
        "ways": WAYS,
        "more": more,
        "before": f"{reverse('reconciliation')}{back.query(**more)}" if back else "",
        "after": forth.query(**more) if forth else "",
        "may_enter": may(viewer, Deed.ENTER_STATEMENT, agency),
    }
    return render(request, "cashier/reconciliation.html", context, status=422 if refusal else 200)


@require_safe
def reconciliation_file(request: HttpRequest) -> HttpResponse:
    """The same window as CSV, all of it."""
    viewer = staff(request)
    check_reads(viewer)
    today = local(now_of(request)).date()
    agency = _agency(request, viewer)
    first, last = _window(WindowForm(request.GET, first=today, last=today))
    lines = list(reconciling.every(viewer=viewer, agency=agency, first=first, last=last))
    response = HttpResponse("\ufeff" + "".join(_csv(lines)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="doi-soat-{first:%Y%m%d}-{last:%Y%m%d}.csv"'
    return response


def _assigners(lines: Iterable[Row]) -> dict[str, str]:
    """The names of those who said to which dossier money of no known one goes."""
    names = account_names({UUID(line["assigned_by"]) for line in lines if line["assigned_by"]})
    return {str(who): name for who, name in names.items()}


def _csv(lines: Collection[Row]) -> Iterator[str]:
    head = ("ngày", "số tiền", "nguồn", "mã giao dịch", "mã ở nguồn kia", "hồ sơ", "đối soát", "gán tay bởi")
    yield _row(head)
    names = _assigners(lines)
    for line in lines:
        yield _row(
            (
                line["day"],
                line["amount"],
                line["source"],
                _safe(line["number"]),
                _safe(line["other"]),
                line["reference"] or "",
                reconciling.AGREEMENTS[str(line["agreement"])].vi,
                _safe(names.get(line["assigned_by"])),
            )
        )


def _row(values: tuple[object, ...]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(values)
    return written.getvalue()


def _safe(told: object) -> str:
    """A bank's word that no spreadsheet takes for a formula."""
    text = str(told or "")
    return f"'{text}" if text[:1] in "=+-@" and text else text


def _agency(request: HttpRequest, viewer: Viewer) -> str:
    return str(request.GET.get("agency", "")) or min(viewer.agencies(SEATS[Deed.READ]))


def _window(form: WindowForm) -> tuple[date, date]:
    first, last = form.days()
    if not timedelta(0) <= last - first <= LONGEST:
        raise Invalid(
            "Chọn từ ngày trước đến ngày sau, nhiều nhất 92 ngày.",
            "Choose a first day before the last, at most 92 days.",
            field="last",
        )
    return first, last
