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
from motcua.kernel.text import clean, mask_name
from motcua.ledger.operations import AlreadyDone
from motcua.web.common.requests import now_of, staff, unit
from motcua.web.common.return_ways import RETURN_WAYS
from motcua.web.common.wording import say
from motcua.web.counter.manifest import manifest_pdf
from motcua.web.counter.whole_code import lead

SHOWS: Mapping[str, Say] = {
    "": Say("Chờ trả", "To be collected"),
    "tell": Say("Cần báo, cần nhắc", "To be told or reminded"),
    "post": Say("Cần gửi bưu chính", "To go by post"),
    "in_post": Say("Đang ở bưu chính", "With the post"),
    "papers": Say("Giấy tờ phải trả lại", "Papers to give back"),
}
# What has to happen before anything stands in a list.
NOTHING: Mapping[str, tuple[Say, Say]] = {
    "": (
        Say("Không có kết quả nào chờ trả", "No result waits to be collected"),
        Say(
            "Kết quả hiện ở đây khi văn bản đã ban hành (“Ban hành kết quả”) mà chưa trả.",
            "A result stands here once it is issued, until it is handed over.",
        ),
    ),
    "tell": (
        Say("Không có ai cần báo hôm nay", "Nobody is to be told today"),
        Say(
            "Hồ sơ hiện ở đây sau khi ghi “Sẵn sàng trả kết quả”, và lại hiện sau 3, 10, 30 ngày nếu chưa đến nhận.",
            "A dossier stands here once its result is recorded as available at the desk, and again 3, 10 and 30 days"
            " later while it is not collected.",
        ),
    ),
    "post": (
        Say("Không có kết quả nào cần gửi bưu chính", "No result is to go by post"),
        Say(
            "Hồ sơ nhận kết quả qua bưu chính hiện ở đây sau khi ghi “Sẵn sàng trả kết quả”; trước đó xem ở “Chờ trả”.",
            "A dossier whose result goes by post stands here once the result is recorded as available at the desk;"
            " before that, see “To be collected”.",
        ),
    ),
    "in_post": (
        Say("Bưu chính không giữ kết quả nào", "The post has no result"),
        Say(
            "Kết quả hiện ở đây sau khi lập bảng kê ở “Cần gửi bưu chính”, đến khi ghi đã phát hoặc hoàn về.",
            "A result stands here once a manifest is made at “To go by post”, until it is delivered or comes back.",
        ),
    ),
    "papers": (
        Say("Không còn giấy tờ nào phải trả lại", "No papers are left to give back"),
        Say(
            "Hồ sơ bị từ chối, rút hoặc dừng mà còn giữ bản chính sẽ hiện ở đây.",
            "A dossier that was refused, withdrawn or stopped while originals were kept stands here.",
        ),
    ),
}
CARRIER = "VNPost"


@require_http_methods(["GET", "HEAD", "POST"])
def results(request: HttpRequest) -> HttpResponse:
    """The lists of what goes out; a POST searches them (names stand in no address), or gives the chosen results to
    the post on one manifest. A whole code leads on to giving that result out."""
    viewer = staff(request)
    if request.method != "POST":
        return _list(request, viewer)
    if "words" not in request.POST:
        return _give_to_post(request, viewer)
    answer = _list(request, viewer, words=clean(str(request.POST["words"]))[:100])
    found = lead(str(request.POST["words"]), viewer=viewer)
    if found is None:
        return answer
    if found.why is not None:
        messages.warning(request, say(found.why))
    return HttpResponseRedirect(found.href)


def _list(
    request: HttpRequest, viewer: Viewer, refusal: Refusal | None = None, *, words: str = ""
) -> HttpResponse:
    at = now_of(request)
    show = "post" if refusal else str(request.POST.get("show", "") or request.GET.get("show", ""))
    shows = {code: label for code, label in SHOWS.items() if _gives_out(viewer) or code in REPRESENTED}
    show = show if show in shows else ""
    after = str(request.GET.get("after", ""))
    page = selectors.waiting(viewer=viewer, at=at, show=show, words=words, after=after)
    titles = versions(line.procedure_version for line in page.lines)
    context: dict[str, Any] = {
        "rows": [(line, mask_name(line.name), titles[line.procedure_version].title) for line in page.lines],
        "show": show,
        "shows": shows,
        "words": words,
        "ways": RETURN_WAYS,
        "nothing": NOTHING[show],
        "manifests": _gives_out(viewer),
        "today": at,
        "days": lambda line: _days(line, at),
        "sends": show == "post" and _desk(viewer) is not None,
        "before": f"?{urlencode({'show': show})}" if after else "",
        "after": f"?{urlencode({'show': show, 'after': page.following})}"
        if page.following and not words
        else "",
        "more": bool(page.following and words),
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
