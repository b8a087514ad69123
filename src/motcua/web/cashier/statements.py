"""A bank's statement handed up at the desk: looked at first, then taken in; and the days held against it."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.selectors import agency as agency_facts
from motcua.files.uploads import ReceivedFile
from motcua.flows.online_money import receive
from motcua.flows.statements import FATES, Fate, Foreseen, foresee, incoming_of
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import Denied, Invalid, Refusal
from motcua.kernel.time import local
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.ledger.operations import AlreadyDone
from motcua.payments import reconciling
from motcua.payments.operations import statements as kept_statements
from motcua.payments.operations.incoming import key_of
from motcua.payments.operations.statements import Kept
from motcua.payments.ordering import Outcome
from motcua.payments.policy import GATEWAY, SEATS, Deed, may
from motcua.payments.statements import Line, read
from motcua.web.cashier.access import acting, check_reads
from motcua.web.common.money_words import WAYS
from motcua.web.common.paging import Trail
from motcua.web.common.requests import now_of, staff, unit
from motcua.web.common.window import WindowForm
from motcua.web.common.wording import say

LARGEST = 2_000_000
AT_ONCE = 100  # lines of one request: a few seconds
SHOWN = 50
LONGEST = timedelta(days=92)
TONES = {
    Outcome.PAID: "good",
    Outcome.SAME: "good",
    Fate.BEFORE: "paused",
    Fate.LEFT: "paused",
    Fate.FAULT: "late",
    Fate.OTHER: "late",
}


@require_http_methods(["GET", "HEAD", "POST"])
def statements(request: HttpRequest) -> HttpResponse:
    """Hand a statement up; it is kept and shown, nothing is taken in."""
    viewer, refusal = staff(request), None
    actor = acting(viewer, Deed.ENTER_STATEMENT)
    if request.method == "POST":
        try:
            body = _body(request)
            with unit(request, actor):
                statement = kept_statements.keep(body=body, actor=actor, at=now_of(request))
            return HttpResponseRedirect(reverse("statement_in", args=[statement]))
        except Denied:
            raise
        except Refusal as refused:
            refusal = refused
    status = refusal.status if refusal else 200
    return render(request, "cashier/statements.html", {"refusal": refusal}, status=status)


def _body(request: HttpRequest) -> bytes:
    sent = request.FILES.get("file")
    if not isinstance(sent, ReceivedFile) or not sent.size:
        raise Invalid("Hãy chọn tệp sao kê (CSV).", "Choose the statement's file (CSV).", field="file")
    if sent.too_large or sent.size > LARGEST:
        raise Invalid(
            "Tệp lớn hơn 2 MB. Hãy chia theo ngày, hoặc nhờ quản trị nhập bằng lệnh motcua import bank-statement.",
            "The file is larger than 2 MB. Cut it by days, or let the administrator use motcua import bank-statement.",
            field="file",
        )
    with sent.read_opened() as opened:
        return opened.read()


@require_http_methods(["GET", "HEAD", "POST"])
def statement(request: HttpRequest, statement: UUID) -> HttpResponse:
    """What each line would become; a POST takes the next lines in, each in a unit of work of its own and each once, so
    that a second click, or the same file again, does nothing twice."""
    viewer = staff(request)
    kept = kept_statements.kept(statement, viewer=viewer, at=now_of(request))
    if request.method == "POST":
        return _taken_in(request, viewer, kept)
    found = foresee(lines=read(kept.body), agency=kept.agency, viewer=viewer)
    waiting = [one for one in found if isinstance(one.line, Line) and one.line.n > kept.reached]
    start = _page(request, len(found))
    context = {
        "kept": kept,
        "agency": agency_facts(kept.agency).called,
        "tally": _tally(found),
        "fates": FATES,
        "tones": TONES,
        "lines": found[start : start + SHOWN],
        "waiting": len(waiting),
        "faults": [one for one in found if one.fate is Fate.FAULT][:SHOWN],
        "before": f"?from={max(start - SHOWN, 0)}" if start else "",
        "after": f"?from={start + SHOWN}" if start + SHOWN < len(found) else "",
    }
    return render(request, "cashier/statement.html", context)


def _page(request: HttpRequest, many: int) -> int:
    told = str(request.GET.get("from", "0"))
    return min(int(told), max(many - 1, 0)) if told.isascii() and told.isdigit() and len(told) < 7 else 0


def _tally(found: list[Foreseen]) -> list[tuple[str, int, int]]:
    """What becomes of how many lines, and how much that is."""
    many = Counter(str(one.fate) for one in found)
    much = Counter[str]()
    for one in found:
        if isinstance(one.line, Line):
            much[str(one.fate)] += one.line.amount
    return [(fate, many[fate], much[fate]) for fate in FATES if many[fate]]


def _taken_in(request: HttpRequest, viewer: Viewer, kept: Kept) -> HttpResponse:
    here = HttpResponseRedirect(reverse("statement_in", args=[kept.id]))
    actor = acting(viewer, Deed.ENTER_STATEMENT, kept.agency)
    try:
        with unit(request, actor):
            kept_statements.enter(statement=kept, actor=actor, at=now_of(request))
    except AlreadyDone:
        return here
    lines = [one for one in read(kept.body) if isinstance(one, Line) and one.n > kept.reached]
    written, refused = 0, []
    for line in lines[:AT_ONCE]:
        try:
            written += _written(request, line, kept.agency)
        except Refusal as refusal:
            refused.append(_("Dòng %(line)s: %(why)s") % {"line": line.n, "why": say(refusal)})
    if lines:
        kept_statements.reach(statement=kept.id, line=lines[:AT_ONCE][-1].n)
    told = ngettext("Đã ghi %(n)s khoản tiền về mới.", "Đã ghi %(n)s khoản tiền về mới.", written)
    messages.success(request, told % {"n": written})
    for told in refused[:SHOWN]:
        messages.error(request, told)
    return here


def _written(request: HttpRequest, line: Line, agency: str) -> bool:
    incoming, at = incoming_of(line, agency=agency), now_of(request)
    try:
        with unit_of_work(actor=GATEWAY, at=at, request=Request.of(*key_of(incoming))):
            receive(incoming=incoming, actor=GATEWAY, at=at)
    except AlreadyDone:
        return False
    return True


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
    lines = reconciling.every(viewer=viewer, agency=agency, first=first, last=last)
    response = HttpResponse("\ufeff" + "".join(_csv(lines)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="doi-soat-{first:%Y%m%d}-{last:%Y%m%d}.csv"'
    return response


def _csv(lines: Iterator[dict[str, object]]) -> Iterator[str]:
    head = ("ngày", "số tiền", "nguồn", "mã giao dịch", "mã ở nguồn kia", "hồ sơ", "đối soát")
    yield _row(head)
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
