"""The second screen: the officer opens it, the citizen checks spelling on it."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from motcua.kernel.errors import Invalid, NotFound
from motcua.reception.operations import screens as operations
from motcua.reception.selectors.screens import Mirror, beat, is_paired, mirror
from motcua.web.common.requests import now_of, staff
from motcua.web.common.sexes import SEXES
from motcua.web.common.wording import day, dong, moment, say
from motcua.web.counter.access import receiving_seat
from motcua.web.counter.draft import Draft
from motcua.web.counter.outlook import Outlook

COOKIE = "motcua_screen"
LABELS = {
    "name": _("Họ và tên"),
    "born": _("Ngày sinh"),
    "sex": _("Giới tính"),
    "address": _("Địa chỉ"),
    "procedure": _("Thủ tục"),
    "papers": _("Giấy tờ nộp"),
    "fee": _("Phí, lệ phí"),
    "due": _("Hẹn trả"),
}


# The officer's side


@require_http_methods(["GET", "HEAD", "POST"])
def screens(request: HttpRequest) -> HttpResponse:
    """Open a second screen: the code that pairs it is shown once."""
    viewer = staff(request)
    receiving_seat(viewer)
    code = (
        operations.open_screen(account=viewer.account, at=now_of(request)) if request.method == "POST" else ""
    )
    context = {
        "code": code,
        "address": f"{settings.PUBLIC_URL}{reverse('screen')}",
        "paired": not code and is_paired(viewer.account, at=now_of(request)),
    }
    return render(request, "counter/screens.html", context)


@require_POST
def close_screen(request: HttpRequest) -> HttpResponse:
    """End the second screen."""
    viewer = staff(request)
    receiving_seat(viewer)
    operations.close(account=viewer.account)
    return redirect("screens")


@require_safe
def marks(request: HttpRequest, intake: UUID) -> HttpResponse:
    """What the citizen has marked; asking says that the officer is still at it."""
    viewer = staff(request)
    receiving_seat(viewer)
    marked = beat(viewer.account, intake=intake, at=now_of(request))
    wrong = [LABELS[name] for name, right in marked.items() if not right]
    right = [LABELS[name] for name, right in marked.items() if right]
    return render(request, "counter/parts/marks.html", {"wrong": wrong, "right": right})


def mirrored(request: HttpRequest, draft: Draft) -> bool:
    """Whether what is typed is to be seen on a second screen; a new page asks, and its form says so from then on."""
    if request.method != "POST":
        draft.typed["screen"] = "1" if is_paired(staff(request).account, at=now_of(request)) else ""
        return False
    return bool(draft.typed.get("screen"))


def blank_after(request: HttpRequest) -> None:
    """The person's dossier is received or put aside: nothing of it stays on the second screen."""
    if request.POST.get("screen"):
        operations.blank(account=staff(request).account)


def show(request: HttpRequest, draft: Draft, outlook: Outlook | None) -> None:
    """Let the citizen see what is typed by now."""
    operations.show(
        account=staff(request).account,
        intake=UUID(str(draft.typed["intake"])),
        facts=_facts(draft, outlook),
        at=now_of(request),
    )


def _facts(draft: Draft, outlook: Outlook | None) -> dict[str, str]:
    told = draft.applicants[0].particulars
    handed = draft.papers.told
    papers = [say(c.name) for c in draft.papers.components if handed.get(f"{c.code}_have")]
    facts = {
        "name": told.name,
        "born": day(told.born_on) if told.born_on else "",
        "sex": say(SEXES[told.sex]) if told.sex else "",
        "address": told.address,
        "procedure": say(draft.version.title),
        "papers": "; ".join(papers),
    }
    if outlook is not None:
        facts["fee"] = dong(outlook.fees.total)
        facts["due"] = moment(outlook.due.due_at)
    return {name: text for name, text in facts.items() if text}


# The citizen's side


@require_http_methods(["GET", "HEAD", "POST"])
def screen(request: HttpRequest) -> HttpResponse:
    """The second screen itself: asks for its code once, then shows what is typed."""
    secret, error = request.COOKIES.get(COOKIE, ""), ""
    if request.method == "POST" and "code" in request.POST:
        try:
            return _paired(request)
        except (NotFound, Invalid) as refusal:
            error, secret = say(refusal), ""
    elif request.method == "POST" and secret:
        operations.mark(
            secret=secret,
            field=str(request.POST.get("field", "")),
            right=request.POST.get("right") == "1",
            at=now_of(request),
        )
        return redirect("screen")
    found = mirror(secret, at=now_of(request)) if secret else None
    context = {"mirror": found, "error": error, "rows": _rows(found)}
    return render(request, "counter/screen.html", context, status=422 if error else 200)


def _paired(request: HttpRequest) -> HttpResponse:
    secret = operations.pair(code=str(request.POST["code"]), at=now_of(request))
    response = redirect("screen")
    response.set_cookie(
        COOKIE,
        secret,
        max_age=int(operations.LIFE.total_seconds()),
        path=reverse("screen"),
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Strict",
    )
    return response


@require_safe
def screen_now(request: HttpRequest) -> HttpResponse:
    """What has changed on the second screen since the version that the page shows; nothing, when nothing has."""
    secret = request.COOKIES.get(COOKIE, "")
    found = mirror(secret, at=now_of(request)) if secret else None
    if found is not None and str(found.version) == request.GET.get("v"):
        return HttpResponse(status=204)
    return render(request, "counter/parts/mirror.html", {"mirror": found, "rows": _rows(found)})


def _rows(found: Mirror | None) -> list[tuple[str, object, str, bool | None]]:
    """Field, label, text and mark of what is shown."""
    if found is None:
        return []
    return [
        (name, label, found.facts[name], found.marks.get(name))
        for name, label in LABELS.items()
        if name in found.facts
    ]
