"""The certification desk: papers in, numbers out, the clause printed, signed and handed over, the next person."""

from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from motcua.certification import operations as books, selectors
from motcua.certification.policy import Doing, may, seat
from motcua.certification.pricing import Signer
from motcua.certification.rules import Kind, kind as kind_of, papers_of, rules
from motcua.dossiers.visits import of_visit
from motcua.flows import certification as flow
from motcua.flows.certification_orders import Order
from motcua.kernel.actor import Capacity
from motcua.kernel.errors import Denied, Invalid, NotFound, Refusal
from motcua.kernel.time import local
from motcua.ledger.operations import AlreadyDone
from motcua.ledger.selectors import history
from motcua.web.certification.clauses import draw
from motcua.web.certification.forms import (
    Draft,
    RefusalForm,
    SignerForm,
    asked_kind,
    letters_of,
    reject,
    scanned_of,
    visit_of,
)
from motcua.web.certification.shown import Group, group_of, outlook, paper_label, pending_rows
from motcua.web.certification.words import STATES, TONES
from motcua.web.common.paying import way_to_pay
from motcua.web.common.requests import forget_held, held_fields, now_of, staff, unit

BUTTONS = {"_update", "_more", "_party", "_kind"}


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: HttpRequest) -> HttpResponse:
    """Lines of papers, who asks, who signs. The state is what is typed; only a POST without an underscored button,
    or with `_later`, writes anything."""
    own = seat(staff(request), Doing.ENTER)
    held = held_fields(request)
    typed = (request.POST if request.method == "POST" else held or _going_on(request)).copy()
    scanned = bool(scanned_of(typed))
    if scanned:
        typed.pop("_more", None)  # the button that Enter presses where there is no script
    kind = asked_kind(typed.get("kind", ""))
    later = "_later" in typed
    # A card read just now is shown before anything is written: the scanner's own Enter may have sent the page.
    judged = request.method == "POST" and not scanned and not BUTTONS & set(typed)
    draft = Draft(typed, kind=kind, signers=_signers(request, own, kind), judged=judged, scanned=scanned)
    response: HttpResponse | None = None
    if judged and draft.is_valid():
        try:
            response = _saved(request, own, draft, later=later)
        except (Denied, NotFound):
            raise
        except Refusal as refusal:
            draft.add(refusal)
            response = _page(request, own, draft, status=refusal.status)
    response = response or _page(request, own, draft, status=422 if judged else 200, held=held is not None)
    if held is not None:
        forget_held(request, response)
    return response


def _ordinary(request: HttpRequest, draft: Draft) -> str:
    """Where the procedure is received as any other, for who was led here from there: a transfer, a result by post."""
    came = request.GET.get("from", "")
    if came not in draft.kind.procedures:
        return ""
    asked = {"procedure": came, "variant": draft.kind.variant}
    return f"{reverse('receive')}?{urlencode(asked | ({'visit': str(draft.visit)} if draft.visit else {}))}"


def _going_on(request: HttpRequest) -> QueryDict:
    """What the address says; of a visit, with the name of who is at the desk: one visit, one person, one slip."""
    typed = request.GET.copy()
    visit = visit_of(typed)
    visited = of_visit(visit, viewer=staff(request)) if visit and not typed.get("name") else []
    if visited:
        typed["name"] = visited[-1].name
    return typed


def _signers(request: HttpRequest, own: Capacity, kind: Kind) -> list[Signer]:
    at, me = now_of(request), staff(request).account
    day = selectors.day_now(agency=own.agency, kind=kind.code, at=at)
    found = selectors.signers(agency=own.agency, kind=kind.code, day=day, at=at)
    return [s for s in found if s.account != me]


def _later_day(request: HttpRequest, own: Capacity, kind: Kind) -> date | None:
    """The day a number of now would stand under, where that is not today: today is closed."""
    at = now_of(request)
    day = selectors.day_now(agency=own.agency, kind=kind.code, at=at)
    return day if day != local(at).date() else None


def _order(own: Capacity, draft: Draft) -> Order:
    return Order(
        agency=own.agency,
        kind=draft.kind.code,
        lines=draft.typed_lines,
        asked=draft.asked.asked,
        others=draft.parties,
        signer=draft.signing.account,
        visit=draft.visit,
    )


def _saved(request: HttpRequest, own: Capacity, draft: Draft, *, later: bool) -> HttpResponseRedirect:
    actor, at = staff(request).actor(own), now_of(request)
    order = _order(own, draft)
    try:
        with unit(request, actor):
            if later:
                there = flow.take_in(order=order, actor=actor, at=at).row["code"]
            else:
                there = flow.enter(order=order, actor=actor, at=at).dossier
    except AlreadyDone as done:
        # The second click of the same form: its first answer stands in the stream it wrote to.
        first = history(done.stream, after=done.seq - 1, limit=1)[0].data
        there = first["code" if later else "dossier"]
    return redirect("received" if later else "certified", there)


def _page(
    request: HttpRequest, own: Capacity, draft: Draft, *, status: int, held: bool = False
) -> HttpResponse:
    context: dict[str, Any] = {
        "draft": draft,
        "kind": draft.kind,
        "held": held,
        "letters": letters_of(draft.kind),
    }
    context["outlook"] = outlook(_order(own, draft), at=now_of(request)) if draft.typed_lines else None
    if request.htmx.target == "count":  # type: ignore[attr-defined]
        return render(request, "certification/parts/count.html", context, status=status)
    context |= {
        "papers": papers_of(draft.kind),
        "kinds": rules().kinds,
        "ordinary": _ordinary(request, draft),
    }
    context["later"] = _later_day(request, own, draft.kind)
    context["pending"] = pending_rows(selectors.pending(agency=own.agency))
    context["key_list"] = [
        ("Enter", _("Ô tiếp theo")),
        ("F4", _("Người yêu cầu")),
        ("Ctrl+Enter", _("Ghi số, in lời chứng")),
        ("F9", _("Hẹn trả")),
    ]
    return render(request, "certification/desk.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def certified(request: HttpRequest, dossier: UUID) -> HttpResponse:
    """The numbers just given: print the clause, have it signed, confirm that it was handed over."""
    viewer = staff(request)
    problem: Refusal | None = None
    if request.method == "POST":
        own = seat(viewer, Doing.SIGN)
        actor = viewer.actor(own)
        pay = ""
        try:
            with unit(request, actor):
                row = flow.hand_over(dossier=dossier, actor=actor, at=now_of(request)).row
            visited = of_visit(row["visit"], viewer=viewer) if row["visit"] else []
            owing = [one.code for one in visited if one.owes] or [row["code"]] * bool(row["fee_open"])
            pay = way_to_pay(viewer, agency=row["desk_agency"], codes=owing)
        except AlreadyDone:
            pass
        except (Denied, NotFound):
            raise
        except Refusal as refusal:
            problem = refusal
        if problem is None:
            messages.success(request, _("Đã ký, đã trả. Mời người tiếp theo."))
            return HttpResponseRedirect(pay or reverse("certification"))
    group = group_of(selectors.papers_of(dossier, viewer=viewer))
    signs = (
        any(may(viewer.actor(c), Doing.SIGN, agency=group.agency) for c in viewer.capacities)
        and group.is_open
    )
    return render(
        request,
        "certification/certified.html",
        {
            "group": group,
            "signs": signs,
            "problem": problem,
            "states": STATES,
            "tones": TONES,
            "label_of": paper_label,
        },
        status=problem.status if problem else 200,
    )


@require_safe
def clauses(request: HttpRequest, dossier: UUID) -> HttpResponse:
    """The certifying clauses as PDF: strips to paste or to print on the copy's last page; the same bytes each time."""
    viewer = staff(request)
    group: Group = group_of(selectors.papers_of(dossier, viewer=viewer))
    response = HttpResponse(draw(group, wide=request.GET.get("size") == "a4"), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="loi-chung-{group.first}-{group.year}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def enter_waiting(request: HttpRequest, dossier: UUID) -> HttpResponse:
    """Papers that were taken in with a slip get their numbers, now that somebody can sign them."""
    viewer, at = staff(request), now_of(request)
    try:
        own = seat(viewer, Doing.ENTER)
    except Denied:
        raise selectors.nothing_waits() from None
    actor = viewer.actor(own)
    if request.method == "POST":
        form = SignerForm(request.POST, signers=[])
        try:
            with unit(request, actor):
                flow.enter_waiting(dossier=dossier, signer=form.account, actor=actor, at=at)
        except AlreadyDone:
            pass
        except Invalid as refusal:
            return _waiting_page(request, own, dossier, refusal)
        return redirect("certified", dossier)
    return _waiting_page(request, own, dossier, None)


def _waiting_page(
    request: HttpRequest, own: Capacity, dossier: UUID, refusal: Invalid | None
) -> HttpResponse:
    held = selectors.waiting(dossier, agency=own.agency)
    kind = kind_of(held.kind)
    signers = _signers(request, own, kind)
    form = SignerForm({"signer": str(signers[0].account) if signers else ""}, signers=signers)
    if refusal is not None:
        form.full_clean()
        reject(form, refusal)
    context = {"held": held, "kind": kind, "form": form, "rows": _waiting_rows(held)}
    context["later"] = _later_day(request, own, kind)
    return render(request, "certification/waiting.html", context, status=refusal.status if refusal else 200)


def _waiting_rows(held: selectors.WaitingPapers) -> list[dict[str, Any]]:
    known = {p.code: p.label for p in papers_of(kind_of(held.kind))}
    return [
        {**line, "label": known[line["paper"]], "detail": told.get("detail", "")}
        for line, told in zip(held.lines, held.told, strict=True)
    ]


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest) -> HttpResponse:
    """Record that a certification is refused, on a ground of the law."""
    viewer = staff(request)
    own = seat(viewer, Doing.REFUSE)
    kind = asked_kind((request.POST or request.GET).get("kind", ""))
    form = RefusalForm(request.POST if request.method == "POST" else None, kind=kind)
    if request.method == "POST" and form.is_valid():
        actor = viewer.actor(own)
        told = form.cleaned_data
        try:
            with unit(request, actor):
                books.refuse(
                    agency=own.agency,
                    kind=kind,
                    ground=told["ground"],
                    paper=told["paper"],
                    asked=form.asked,
                    detail=told["detail"],
                    actor=actor,
                    at=now_of(request),
                )
        except AlreadyDone:
            pass
        except Invalid as refusal:
            reject(form, refusal)
        if not form.errors:
            messages.success(request, _("Đã ghi từ chối chứng thực vào sổ."))
            return HttpResponseRedirect(f"{reverse('certification')}?kind={kind.code}")
    status = 422 if request.method == "POST" else 200
    return render(request, "certification/refuse.html", {"form": form, "kind": kind}, status=status)
