"""A citizen signs in by the identity provider, and out."""

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from motcua.access_log.operations import note
from motcua.accounts import oidc, operations as accounts
from motcua.flows import citizens as flow
from motcua.kernel.actor import SYSTEM
from motcua.kernel.errors import Denied, Refusal, Unavailable
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.parties.selectors import Citizen
from motcua.parties.vneid import introduced
from motcua.web.common import citizens
from motcua.web.common.requests import now_of

LONGEST_WAY = 1000  # bytes: it travels in the asking cookie, and a browser drops one over 4 kB
NOT_OFFERED = Unavailable(
    "Nơi này chưa nối với hệ thống định danh nên chưa nộp trực tuyến được. Hãy đến bộ phận một cửa.",
    "No identity provider is connected here, so nothing can be handed in online. Come to the one-stop desk.",
)
NOT_AGREED = Denied(
    "Ông/bà đã không đồng ý chia sẻ thông tin, nên chưa đăng nhập.",
    "You did not agree to share who you are, so you are not signed in.",
)


@require_safe
def sign_in(request: HttpRequest) -> HttpResponse:
    """What signing in means and where it leads; who is signed in goes on at once."""
    following = _following(str(request.GET.get("next", "")))
    if getattr(request, "citizen", None) is not None:
        return HttpResponseRedirect(following)
    return _page(request, following)


def _page(request: HttpRequest, following: str, problem: Refusal | None = None) -> HttpResponse:
    context = {
        "offered": citizens.provider() is not None,
        "go": f"{reverse('citizen_ask')}?{urlencode({'next': following})}",
        "problem": problem,
    }
    return render(request, "citizen/sign_in.html", context, status=problem.status if problem else 200)


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """To the provider, with a question that this browser keeps sealed. Nothing is written. Where somebody was in and
    did not sign out at the provider, it is told to ask the next one who they are."""
    following = _following(str(request.GET.get("next", "")))
    provider = citizens.provider()
    if provider is None:
        return _page(request, following, NOT_OFFERED)
    try:
        anew = citizens.came(request) is not None
        where, asking = oidc.ask(
            provider, following=following, at=now_of(request), anew=anew, level=settings.IDENTITY_ACR
        )
    except Refusal as refusal:
        return _page(request, following, refusal)
    response = HttpResponseRedirect(where)
    citizens.keep_asking(response, asking.sealed())
    return response


@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """From the provider: the answer is verified first, and only then a session opened, in one unit of work."""
    provider, at = citizens.provider(), now_of(request)
    following = reverse("my_dossiers")
    try:
        if provider is None:
            raise NOT_OFFERED
        if request.GET.get("iss", provider.issuer) != provider.issuer:  # RFC 9207
            raise oidc.FORGED
        asking = oidc.opened(request.COOKIES.get(settings.ASKING_COOKIE, ""), at=at)
        following = asking.following
        if "error" in request.GET and request.GET.get("state") == asking.state:
            raise NOT_AGREED
        state, code = str(request.GET.get("state", "")), str(request.GET.get("code", ""))
        answer = oidc.answered(provider, asking, state=state, code=code, at=at)
        who = introduced(answer.claims, least=settings.IDENTITY_LEVEL)
        with unit_of_work(actor=SYSTEM, at=at, request=Request.fresh()):
            done = flow.sign_in(who=who, issuer=provider.issuer, state=asking.state, actor=SYSTEM, at=at)
    except Refusal as refusal:
        return _page(request, following, refusal)
    _end(request)
    response = HttpResponseRedirect(following)
    citizens.come_in(response, done, hint=answer.hint)
    return response


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session here; what is written in drafts stays."""
    _end(request)
    response = HttpResponseRedirect(reverse("citizen_left"))
    citizens.go_out(response)
    return response


@require_safe
def left(request: HttpRequest) -> HttpResponse:
    """Signed out here; the browser goes on to the provider by itself while somebody is known there. A redirect from
    the button's own form to another host is what the content policy forbids, so this page stands between."""
    if getattr(request, "citizen", None) is not None:
        return HttpResponseRedirect(reverse("my_dossiers"))
    onward = citizens.provider() is not None and citizens.came(request) is not None
    response = _left_page(request, onward=onward)
    if onward:
        response["Refresh"] = f"0; url={reverse('citizen_leave')}"
    return response


def _left_page(
    request: HttpRequest, *, onward: bool = False, by_hand: bool = False, problem: Refusal | None = None
) -> HttpResponse:
    context = {"onward": onward, "by_hand": by_hand, "problem": problem}
    return render(request, "citizen/left.html", context, status=problem.status if problem else 200)


@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """To where the provider signs people out. Who is still signed in here signs out here first."""
    provider, hint = citizens.provider(), citizens.came(request)
    if getattr(request, "citizen", None) is not None or provider is None or hint is None:
        return HttpResponseRedirect(reverse("citizen_left"))
    try:
        where = oidc.leaving(provider, hint=hint)
    except Refusal as refusal:
        return _left_page(request, problem=refusal)
    return _left_page(request, by_hand=True) if where is None else HttpResponseRedirect(where)


@require_safe
def left_there(_request: HttpRequest) -> HttpResponse:
    """Back from the provider, signed out there."""
    response = HttpResponseRedirect(reverse("citizen_left"))
    citizens.forget_came(response)
    return response


def _end(request: HttpRequest) -> None:
    """End the session that this browser came with: a forgotten secret must open nothing."""
    found: Citizen | None = getattr(request, "citizen", None)
    if found is not None:
        accounts.sign_out(session=found.session)
        note(who=str(found.person), what="signed_out", at=now_of(request))


def _following(wanted: str) -> str:
    """Where the person wanted to be, if it is a page of theirs and goes into a cookie; else their dossiers."""
    if len(wanted.encode()) > LONGEST_WAY:
        return reverse("my_dossiers")
    path = wanted.partition("?")[0]
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and citizens.is_theirs(path):
        return wanted
    return reverse("my_dossiers")
