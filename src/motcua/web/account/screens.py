"""The shared computer: a screen locked, unlocked, handed to a colleague and back."""

import json
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from motcua.accounts import operations as accounts
from motcua.accounts.operations import hold_form, lock_session, session_digest
from motcua.accounts.selectors import AtBrowser
from motcua.accounts.webauthn import is_from, refused, request_options
from motcua.kernel.errors import Refusal
from motcua.submissions.operations import leave
from motcua.web.account.forms import PinForm, UnlockForm
from motcua.web.account.views import confirmed, is_fresh, own_page, said_and_back
from motcua.web.common.browser import people_here, secrets_here, use
from motcua.web.common.passkeys import Ask, needed_site, site
from motcua.web.common.requests import NOT_TYPED, hold_cookie, now_of, safe_next, staff

LONGEST_PATH = 500
MOST_TYPED = 64 * 1024


@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Lock the screen: the session opens nothing until its owner unlocks it. What was typed is held for them."""
    viewer, path = staff(request), _ours(str(request.POST.get("path", "")))
    response = HttpResponseRedirect(reverse("unlock"))
    fields = _typed(str(request.POST.get("typed", "")))
    secret = secrets_here(request)[0]
    if path and fields:
        path = path.partition("?")[0]
        form = hold_form(session=session_digest(secret), path=path, fields=fields, at=now_of(request))
        if form is not None:
            hold_cookie(request, response, form)
    if viewer.session is not None:
        lock_session(session=viewer.session, return_to=path)
        leave(session=viewer.session)
    return response


def _ours(path: str) -> str:
    is_ours = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if is_ours and len(path) <= LONGEST_PATH else ""


def _typed(text: str) -> Mapping[str, list[str]]:
    """What a script read off a half-typed form: pairs of name and value. Nothing where that can't be read."""
    try:
        pairs = json.loads(text) if 0 < len(text) <= MOST_TYPED else []
    except (ValueError, RecursionError):
        return {}
    fields: dict[str, list[str]] = {}
    for pair in pairs if isinstance(pairs, list) else []:
        if isinstance(pair, list) and len(pair) == 2 and all(isinstance(each, str) for each in pair):
            name, value = pair
            if name not in NOT_TYPED:
                fields.setdefault(name, []).append(value)
    return fields


@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """Somebody is typing: the middleware's stamp is all there is to do."""
    staff(request)
    return HttpResponse(status=204)


@sensitive_post_parameters("own_pin", "credential")
@require_http_methods(["GET", "HEAD", "POST"])
def unlock(request: HttpRequest) -> HttpResponse:
    """Unlock one's own session, or hand the screen to a colleague who signed in on this browser today."""
    if request.viewer is not None:  # type: ignore[attr-defined]
        return HttpResponseRedirect(safe_next(request))
    people = people_here(request)
    if not people:
        return HttpResponseRedirect(reverse("sign_in"))
    short = [line for line in people if line.has_pin]
    form = UnlockForm(request.POST if request.method == "POST" else None, people=short)
    status = 200
    if request.method == "POST":
        status = 422
        try:
            if "credential" in request.POST:
                return _by_passkey(request, people)
            if form.is_valid():
                line = next(each for each in short if str(each.session) == form.cleaned_data["who"])
                return _unlocked(request, people, line, pin=form.cleaned_data["own_pin"])
        except Refusal as refusal:
            people = people_here(request)
            if not people:
                return HttpResponseRedirect(reverse("sign_in"))
            form.fields["own_pin"].required = False
            form.refuse(refusal)
    context = {
        "form": form,
        "people": people,
        "short": short,
        "next": safe_next(request),
        "passkey": _passkey(request, people),
    }
    return render(request, "account/unlock.html", context, status=status)


def _by_passkey(request: HttpRequest, people: list[AtBrowser]) -> HttpResponse:
    answer = str(request.POST["credential"])
    line = next((p for p in people if any(is_from(answer, each) for each in p.credentials)), None)
    if line is None:
        raise refused()
    return _unlocked(request, people, line, answer=answer)


def _unlocked(
    request: HttpRequest, people: list[AtBrowser], line: AtBrowser, *, pin: str = "", answer: str = ""
) -> HttpResponse:
    following = accounts.unlock(
        session=line.session,
        digests=[each.digest for each in people],
        pin=pin,
        answer=answer,
        site=needed_site() if answer else None,
        subject=_subject(request),
        at=now_of(request),
    )
    first, *_others = secrets_here(request)
    if line.digest == session_digest(first):
        following = following or safe_next(request)
    by_digest = {session_digest(secret): secret for secret in secrets_here(request)}
    response = HttpResponseRedirect(following or reverse("inbox"))
    use(response, by_digest[line.digest], [by_digest[p.digest] for p in people if p.digest != line.digest])
    return response


def _subject(request: HttpRequest) -> bytes:
    return session_digest(secrets_here(request)[0])


def _passkey(request: HttpRequest, people: list[AtBrowser]) -> Ask | None:
    found, known = site(), [each for line in people for each in line.credentials]
    if found is None or not known:
        return None
    options = request_options(
        site=found, purpose="unlock", subject=_subject(request), known=known, at=now_of(request)
    )
    label, fields = _("Mở bằng khóa truy cập"), {"next": safe_next(request)}
    return Ask(way="get", action=reverse("unlock"), label=label, options=options, fields=fields)


@sensitive_post_parameters("own_pin", "own_password")
@own_page
def pin(request: HttpRequest) -> HttpResponse:
    """A PIN of one's own to unlock the shared computer with."""
    viewer = staff(request)
    form = PinForm(request.POST or None, asks=not is_fresh(request))
    if request.method == "POST" and form.is_valid():
        try:
            confirmed(request, form)
            accounts.set_pin(account=viewer.account, pin=form.cleaned_data["own_pin"], at=now_of(request))
        except Refusal as refusal:
            form.refuse(refusal)
        else:
            return said_and_back(request, _("Đã đặt mã PIN."))
    return render(request, "account/pin.html", {"form": form}, status=422 if form.errors else 200)
