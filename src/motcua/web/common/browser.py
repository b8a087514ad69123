"""What a browser keeps of the people who signed in on it: the session in use, those of colleagues, and when it was last
used. Each cookie is out of a script's reach."""

from datetime import timedelta

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect

from motcua.access_log.operations import note
from motcua.accounts.operations import COOKIE_LIFE, SignedIn, session_digest, sign_out
from motcua.accounts.selectors import AtBrowser, at_browser
from motcua.accounts.terms import MOST_PEOPLE
from motcua.agencies.selectors import Asking
from motcua.kernel.seals import mac
from motcua.web.common.requests import asking_of, now_of

PEOPLE_COOKIE = "motcua_people"
SEEN_COOKIE = "motcua_seen"
# The stamp is renewed by the first page after so long; a script says that somebody is typing.
STAMP_EVERY = timedelta(minutes=1)


def _keep(response: HttpResponseBase, name: str, value: str) -> None:
    response.set_cookie(
        name,
        value,
        max_age=int(COOKIE_LIFE.total_seconds()),
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def secrets_here(request: HttpRequest) -> list[str]:
    """The secrets of all sessions this browser holds, the one in use first."""
    mine = request.COOKIES.get(settings.SESSION_COOKIE, "")
    others = request.COOKIES.get(PEOPLE_COOKIE, "").split(".")
    return [each for each in dict.fromkeys([mine, *others]) if each][: MOST_PEOPLE + 1]


def people_here(request: HttpRequest) -> list[AtBrowser]:
    """Who signed in on this browser and is not signed out, the one in use first."""
    return at_browser([session_digest(each) for each in secrets_here(request)], at=now_of(request))


def has_colleagues(request: HttpRequest) -> bool:
    """Whether this browser may hold sessions beside the one in use."""
    return bool(request.COOKIES.get(PEOPLE_COOKIE))


def use(response: HttpResponse, secret: str, others: list[str]) -> None:
    """Let the browser use the session of `secret`, and keep `others`. What was said to the person before is not
    told to the next one."""
    _keep(response, settings.SESSION_COOKIE, secret)
    if others:
        _keep(response, PEOPLE_COOKIE, ".".join(others[:MOST_PEOPLE]))
    else:
        response.delete_cookie(PEOPLE_COOKIE)
    response.delete_cookie(CookieStorage.cookie_name)
    response.delete_cookie(SEEN_COOKIE)


def came_in(request: HttpRequest, done: SignedIn, following: str) -> HttpResponse:
    """A sign-in: the session before ends unless it is locked, its own older ones end too, colleagues' stay.

    A whole one leaves a line in the access log that says by what.
    """
    asking = asking_of(request)
    if asking is not None and asking.stage != "locked":
        end_session(request)
    if not done.half:
        what = "signed_in" if done.how == "password" else f"signed_in_{done.how}"
        note(who=str(done.account), what=what, at=now_of(request))
    response = HttpResponseRedirect(following)
    use(response, done.secret, _colleagues(request, done))
    return response


def _colleagues(request: HttpRequest, done: SignedIn) -> list[str]:
    asking = asking_of(request)
    if not has_colleagues(request) and (asking is None or asking.stage != "locked"):
        return []
    kept = []
    by_digest = {session_digest(secret): secret for secret in secrets_here(request)}
    for line in people_here(request):
        if line.account == done.account and not done.half:
            sign_out(session=line.session)
        else:
            kept.append(by_digest[line.digest])
    return kept


def end_session(request: HttpRequest) -> None:
    """End the session that this browser came with: a forgotten secret must open nothing."""
    asking = asking_of(request)
    if asking is not None and asking.viewer.session is not None:
        sign_out(session=asking.viewer.session)
        if asking.stage != "half":
            note(who=str(asking.viewer.account), what="signed_out", at=now_of(request))


# --- when it was last used ------------------------------------------------------------


def _proof(asking: Asking, seconds: str) -> str:
    session = asking.viewer.session
    return mac("seen", (session.bytes if session else b"") + seconds.encode())[:12].hex()


def _seen(request: HttpRequest, asking: Asking) -> int | None:
    """When this session was last used here, in seconds since 1970; None when that is not known."""
    seconds, _, proof = request.COOKIES.get(SEEN_COOKIE, "").partition(".")
    return int(seconds) if seconds.isdigit() and proof == _proof(asking, seconds) else None


def is_idle(request: HttpRequest, asking: Asking) -> bool:
    """Whether nobody has used this session here for longer than its agency lets a screen stand open."""
    seen = _seen(request, asking)
    return seen is not None and now_of(request).timestamp() - seen > asking.lock_after.total_seconds()


def stamp(request: HttpRequest, response: HttpResponseBase) -> None:
    """Note that the session is in use."""
    asking = asking_of(request)
    if asking is None or asking.stage != "open" or settings.SESSION_COOKIE in response.cookies:
        return
    seen, here = _seen(request, asking), int(now_of(request).timestamp())
    if seen is None or here - seen >= STAMP_EVERY.total_seconds():
        _keep(response, SEEN_COOKIE, f"{here}.{_proof(asking, str(here))}")
