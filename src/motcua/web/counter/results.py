"""What waits to be collected, what goes by post, and papers still owed."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.access_log.operations import note
from motcua.agencies.selectors import agency
from motcua.catalogue.selectors import versions
from motcua.dossiers import results as selectors
from motcua.dossiers.policy import SEATS
from motcua.dossiers.results import REPRESENTED, Sent, Waiting
from motcua.dossiers.states import Authority
from motcua.flows import results as flows
from motcua.kernel.actor import Actor, Viewer
from motcua.kernel.errors import Denied, Refusal
from motcua.kernel.say import Say
from motcua.kernel.text import mask_name
from motcua.ledger.operations import AlreadyDone
from motcua.web.common.requests import now_of, staff, unit
from motcua.web.counter.manifest import manifest_pdf

SHOWS: Mapping[str, Say] = {
    "": Say("Chờ trả", "To be collected"),
    "tell": Say("Cần báo, cần nhắc", "To be told or reminded"),
    "post": Say("Cần gửi bưu chính", "To go by post"),
    "in_post": Say("Đang ở bưu chính", "With the post"),
    "papers": Say("Giấy tờ phải trả lại", "Papers to give back"),
}
CARRIER = "VNPost"


@require_http_methods(["GET", "HEAD", "POST"])
def results(request: HttpRequest) -> HttpResponse:
    """The lists of what goes out; a POST gives the chosen results to the post on one manifest."""
    viewer = staff(request)
    if request.method == "POST":
        return _give_to_post(request, viewer)
    return _list(request, viewer)


def _list(request: HttpRequest, viewer: Viewer, refusal: Refusal | None = None) -> HttpResponse:
    at = now_of(request)
    show = "post" if refusal else str(request.GET.get("show", ""))
    shows = {code: label for code, label in SHOWS.items() if _gives_out(viewer) or code in REPRESENTED}
    show = show if show in shows else ""
    after = str(request.GET.get("after", ""))
    page = selectors.waiting(viewer=viewer, at=at, show=show, after=after)
    titles = versions(line.procedure_version for line in page.lines)
    context: dict[str, Any] = {
        "rows": [(line, mask_name(line.name), titles[line.procedure_version].title) for line in page.lines],
        "show": show,
        "shows": shows,
        "manifests": _gives_out(viewer),
        "today": at,
        "days": lambda line: _days(line, at),
        "sends": show == "post" and _desk(viewer) is not None,
        "before": f"?{urlencode({'show': show})}" if after else "",
        "after": f"?{urlencode({'show': show, 'after': page.following})}" if page.following else "",
        "chosen": request.POST.getlist("codes"),
        "carrier": request.POST.get("carrier", CARRIER),
        "refusal": refusal,
    }
    return render(request, "counter/results.html", context, status=refusal.status if refusal else 200)


def _gives_out(viewer: Viewer) -> bool:
    """Whether the desk's whole lists are open to `viewer`; a representative has those of their own agency."""
    return any(c.kind in selectors.READERS for c in viewer.capacities)


def _days(line: Waiting, at: Any) -> int:
    return line.days(at)


def _desk(viewer: Viewer) -> Actor | None:
    """The viewer as the desk's officer; None for everybody else."""
    for capacity in viewer.capacities:
        if capacity.kind in SEATS[Authority.DESK]:
            return viewer.actor(capacity)
    return None


def _give_to_post(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    actor = _desk(viewer)
    if actor is None:
        raise Denied(
            "Chỉ công chức tiếp nhận lập bảng kê bưu chính.", "Only reception officers make postal manifests."
        )
    try:
        with unit(request, actor):
            number, _recorded = flows.give_to_post(
                codes=request.POST.getlist("codes"),
                carrier=str(request.POST.get("carrier", CARRIER)),
                actor=actor,
                at=now_of(request),
            )
    except AlreadyDone:
        return HttpResponseRedirect(reverse("manifests"))
    except Refusal as refusal:
        return _list(request, viewer, refusal)
    messages.success(request, _("Đã lập bảng kê %(number)s.") % {"number": number})
    return HttpResponseRedirect(reverse("manifest", args=[number]))


@require_safe
def manifests(request: HttpRequest) -> HttpResponse:
    """The manifests, newest first."""
    after = str(request.GET.get("after", ""))
    lines, following = selectors.manifests(viewer=staff(request), after=after)
    context = {
        "lines": lines,
        "before": reverse("manifests") if after else "",
        "after": f"?{urlencode({'after': following})}" if following else "",
    }
    return render(request, "counter/manifests.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def manifest(request: HttpRequest, number: str) -> HttpResponse:
    """One manifest; a POST records what the post delivered."""
    viewer = staff(request)
    if request.method == "POST":
        return _delivered(request, viewer, number)
    return _manifest(request, viewer, number)


def _manifest(
    request: HttpRequest, viewer: Viewer, number: str, refusal: Refusal | None = None
) -> HttpResponse:
    lines = selectors.manifest(number, viewer=viewer)
    titles = versions(line.procedure_version for line in lines)
    context = {
        "number": number,
        "rows": [(line, titles[line.procedure_version].title) for line in lines],
        "open": [line for line in lines if not line.outcome],
        "delivers": _postal(viewer) is not None,
        "chosen": request.POST.getlist("codes"),
        "typed": {code: request.POST.get(f"number-{code}", "") for code in (x.code for x in lines)},
        "refusal": refusal,
    }
    return render(request, "counter/manifest.html", context, status=refusal.status if refusal else 200)


def _postal(viewer: Viewer) -> Actor | None:
    for capacity in viewer.capacities:
        if capacity.kind in SEATS[Authority.DESK] | SEATS[Authority.POST]:
            return viewer.actor(capacity)
    return None


def _delivered(request: HttpRequest, viewer: Viewer, number: str) -> HttpResponse:
    actor = _postal(viewer)
    if actor is None:
        raise Denied(
            "Chỉ Bộ phận Một cửa và nhân viên bưu chính ghi việc phát.",
            "Only the desk and the post record deliveries.",
        )
    codes = request.POST.getlist("codes")
    try:
        with unit(request, actor):
            flows.post_delivered(
                manifest=number,
                numbers={code: str(request.POST.get(f"number-{code}", "")) for code in codes},
                actor=actor,
                at=now_of(request),
            )
    except AlreadyDone:
        pass
    except Refusal as refusal:
        return _manifest(request, viewer, number, refusal)
    messages.success(request, _("Đã ghi %(count)s hồ sơ được phát.") % {"count": len(codes)})
    return HttpResponseRedirect(reverse("manifest", args=[number]))


@require_safe
def manifest_paper(request: HttpRequest, number: str) -> HttpResponse:
    """The manifest as PDF, to be signed at both ends: it bears addresses, so a look leaves a line."""
    viewer = staff(request)
    lines = selectors.manifest(number, viewer=viewer)
    desk = agency(_agency(viewer))
    paper = manifest_pdf(number, lines, {k: v.title.vi for k, v in _versions(lines).items()}, desk)
    note(
        who=str(viewer.account), what="manifest_printed", subject=number, agency=desk.code, at=now_of(request)
    )
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{number}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


def _versions(lines: tuple[Sent, ...]) -> Mapping[Any, Any]:
    return versions(line.procedure_version for line in lines)


def _agency(viewer: Viewer) -> str:
    return next(c.agency for c in viewer.capacities if c.kind in selectors.READERS)
