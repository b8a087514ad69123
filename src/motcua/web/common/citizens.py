"""The citizens' own part of the site: its address, its session, apart from that of staff at the same browser."""

import base64

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponseBase

from motcua.accounts.oidc import ASKING_LIFE, Provider
from motcua.accounts.operations import SignedIn, end_idle, session_digest
from motcua.accounts.terms import CITIZEN_IDLE, CITIZEN_LIFE, FORM_LIFE
from motcua.kernel.errors import Denied
from motcua.kernel.seals import decrypt, encrypt, mac
from motcua.parties.selectors import Citizen, citizen as find_citizen
from motcua.web.common.acting import for_whom, forget
from motcua.web.common.browser import STAMP_EVERY
from motcua.web.common.requests import now_of

# Every page of theirs stands below it: on no other is their session even looked at, and staff's is not on these.
AREA = "/my"
SEEN_COOKIE = "motcua_citizen_seen"
BACK = f"{AREA}/sign-in/back"
LEFT = f"{AREA}/signed-out/done"
_CAME = "oidc-came"
CAME_LIFE = 86_400  # seconds: longer than a session, for who walks away without signing out
LONGEST_HINT = 2_500  # bytes: sealed it must fit into a cookie


def is_theirs(path: str) -> bool:
    """Whether the page at `path` is one of citizens."""
    return path == AREA or path.startswith(f"{AREA}/")


def provider() -> Provider | None:
    """Where citizens sign in; None where nothing is configured, and then nothing is handed in online."""
    told = settings.IDENTITY
    site = settings.PUBLIC_URL
    return (
        Provider(**told, redirect_uri=f"{site}{BACK}", left_uri=f"{site}{LEFT}") if told["issuer"] else None
    )


def citizen(request: HttpRequest) -> Citizen:
    """Who is signed in. Raises Denied (the middleware has sent everybody else to sign in)."""
    found: Citizen | None = getattr(request, "citizen", None)
    if found is None:
        raise Denied("Hãy đăng nhập.", "Sign in first.")
    return found


def recognised(request: HttpRequest) -> Citizen | None:
    """Whose session the browser came with, and for whom they act. One that was not used here for half an hour ends. One
    statement, and one more for a business."""
    secret = request.COOKIES.get(settings.CITIZEN_COOKIE)
    if not secret:
        return None
    found = find_citizen(session_digest=session_digest(secret), at=now_of(request))
    if found is not None and _is_idle(request, found):
        end_idle(session=found.session, at=now_of(request))
        return None
    return for_whom(request, found) if found is not None else None


def _keep(response: HttpResponseBase, name: str, value: str, *, seconds: float, path: str = AREA) -> None:
    """A cookie for the pages of citizens only, out of a script's reach."""
    response.set_cookie(
        name,
        value,
        max_age=int(seconds),
        path=path,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def keep_asking(response: HttpResponseBase, sealed: str) -> None:
    """Let the browser hold what the provider is being asked. No neighbour of this host can put another there
    (`__Host-`, which is for the whole site); it is read where the answer comes back only."""
    _keep(response, settings.ASKING_COOKIE, sealed, seconds=ASKING_LIFE.total_seconds(), path="/")


def come_in(response: HttpResponseBase, done: SignedIn, *, hint: str) -> None:
    """Let the browser use a new session. What was said to the person before is not told to the next one. `hint`, by
    which the provider signs them out again, stays there sealed."""
    _keep(response, settings.CITIZEN_COOKIE, done.secret, seconds=_seconds())
    kept = hint.encode() if len(hint) <= LONGEST_HINT else b""
    sealed = base64.urlsafe_b64encode(encrypt(_CAME, kept)).decode()
    _keep(response, settings.CAME_COOKIE, sealed, seconds=CAME_LIFE)
    response.delete_cookie(SEEN_COOKIE, path=AREA)
    response.delete_cookie(settings.ASKING_COOKIE)
    response.delete_cookie(CookieStorage.cookie_name)


def go_out(response: HttpResponseBase) -> None:
    """Let the browser forget its session, what was said in it, and for whom."""
    forget(response)
    for name in (settings.CITIZEN_COOKIE, SEEN_COOKIE):
        response.delete_cookie(name, path=AREA)
    response.delete_cookie(CookieStorage.cookie_name)


def came(request: HttpRequest) -> str | None:
    """By what the provider signs out who signed in at this browser last ("" where nothing was kept for that); None once
    they are signed out there."""
    try:
        sealed = base64.urlsafe_b64decode(request.COOKIES[settings.CAME_COOKIE])
        return decrypt(_CAME, sealed).decode()
    except (KeyError, ValueError, InvalidTag):
        return None


def forget_came(response: HttpResponseBase) -> None:
    """Whoever was in here is signed out at the provider too."""
    response.delete_cookie(settings.CAME_COOKIE, path=AREA)


def _seconds() -> int:
    """Longer than the session: what is posted after its end is still known as its owner's."""
    return int((CITIZEN_LIFE + FORM_LIFE).total_seconds())


def _proof(found: Citizen, seconds: str) -> str:
    return mac("citizen-seen", found.session.bytes + seconds.encode())[:12].hex()


def _seen(request: HttpRequest, found: Citizen) -> int | None:
    seconds, _, proof = request.COOKIES.get(SEEN_COOKIE, "").partition(".")
    return int(seconds) if seconds.isdigit() and proof == _proof(found, seconds) else None


def _is_idle(request: HttpRequest, found: Citizen) -> bool:
    seen = _seen(request, found)
    return seen is not None and now_of(request).timestamp() - seen > CITIZEN_IDLE.total_seconds()


def stamp(request: HttpRequest, response: HttpResponseBase) -> None:
    """Note in the browser that the session is in use."""
    found: Citizen | None = getattr(request, "citizen", None)
    if found is None or settings.CITIZEN_COOKIE in response.cookies:
        return
    seen, here = _seen(request, found), int(now_of(request).timestamp())
    if seen is None or here - seen >= STAMP_EVERY.total_seconds():
        _keep(response, SEEN_COOKIE, f"{here}.{_proof(found, str(here))}", seconds=_seconds())
