"""What stands around every view: who is asking, in which language, closed unless public, and polite refusals."""

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db import DataError, InterfaceError, OperationalError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
)
from django.urls import reverse
from django.utils import translation

from motcua.accounts.operations import hold_form, lock_session, session_digest
from motcua.accounts.policy import Owed, owed
from motcua.agencies.selectors import Asking, viewer as find_viewer
from motcua.kernel.errors import Invalid, Refusal, Unavailable
from motcua.kernel.time import now
from motcua.kernel.waiting import gave_up_waiting
from motcua.submissions.operations import leave
from motcua.web.common import acting, citizens
from motcua.web.common.browser import is_idle, stamp
from motcua.web.common.errors import not_allowed_page, refusal_page, turned_page, unavailable_page
from motcua.web.common.public import (
    DOORS,
    HOTLINE,
    HOTLINE_OPENS,
    PAYING,
    PAYS_AT,
    PUBLIC,
    STATES_ONLY,
    at_the_hotline,
    begins_at,
)
from motcua.web.common.requests import hold_cookie, typed_fields

View = Callable[[HttpRequest], HttpResponseBase]
LANGUAGE_COOKIE = "motcua_language"
MOST_HELD = 256 * 1024  # as much as a draft may hold: a page of many files names each

BUSY = Unavailable(
    "Máy chủ đang bận, trang này chờ quá lâu. Hãy tải lại sau vài giây.",
    "The server is busy and this page took too long. Reload it in a few seconds.",
)

log = logging.getLogger(__name__)
UNREADABLE = Invalid(
    "Nội dung gửi lên có ký tự không đọc được (NUL). Hãy gõ lại phần vừa dán.",
    "What was sent holds a character that can't be read (NUL). Type again what was pasted.",
)


class Refusals:
    """A refusal becomes a page that says what and how to mend it; a database that is away, a 503."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """What a view raised."""
        if isinstance(error, Refusal):
            return refusal_page(request, error)
        if isinstance(error, OperationalError) and gave_up_waiting(error):
            log.error("a page waited too long for the database")
            return refusal_page(request, BUSY)
        if isinstance(error, OperationalError | InterfaceError):
            log.error("the database is away: %s", type(error).__name__)
            return unavailable_page()
        if isinstance(error, DataError) and "NUL" in str(error):
            return refusal_page(request, UNREADABLE)
        return None


def who_is_asking(get_response: View) -> View:
    """Read the clock once, and in one statement who the session belongs to."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.at = now()  # type: ignore[attr-defined]
        request.viewer = request.asking = request.owed = None  # type: ignore[attr-defined]
        request.account_language = ""  # type: ignore[attr-defined]
        request.citizen = None  # type: ignore[attr-defined]
        try:
            _recognise(request)
        except (OperationalError, InterfaceError) as error:
            log.error("the database is away: %s", type(error).__name__)
            return unavailable_page()
        response = get_response(request)
        stamp(request, response)
        citizens.stamp(request, response)
        return response

    return middleware


def _recognise(request: HttpRequest) -> None:
    """Whose session it is: on the citizens' own pages one of theirs, on all others one of staff, never both."""
    if citizens.is_theirs(request.path):
        request.citizen = citizens.recognised(request)  # type: ignore[attr-defined]
        return
    secret = request.COOKIES.get(settings.SESSION_COOKIE)
    if secret and not request.path.startswith(settings.STATIC_URL):
        found = find_viewer(session_digest=session_digest(secret), at=request.at)  # type: ignore[attr-defined]
        if found is not None:
            _known(request, found)


def _known(request: HttpRequest, found: Asking) -> None:
    request.account_language = found.language  # type: ignore[attr-defined]
    if found.stage == "open" and found.viewer.session is not None and is_idle(request, found):
        # A script locks the screen in time; where none runs, the next request finds it locked.
        lock_session(session=found.viewer.session)
        leave(session=found.viewer.session)
        found = replace(found, stage="locked")
    request.asking = found  # type: ignore[attr-defined]
    if found.stage != "open":
        return
    request.viewer = found.viewer  # type: ignore[attr-defined]
    request.owed = owed(  # type: ignore[attr-defined]
        must_change_password=found.must_change_password,
        second_factor_since=found.second_factor_since,
        factors_reset_at=found.factors_reset_at,
        live=settings.INSTALLATION == "live",
    )


def language(get_response: View) -> View:
    """The visitor's choice, else the account's, else Vietnamese."""
    known = {code for code, _ in settings.LANGUAGES}

    def middleware(request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(LANGUAGE_COOKIE) or request.account_language  # type: ignore[attr-defined]
        request.locale = chosen if chosen in known else settings.LANGUAGE_CODE  # type: ignore[attr-defined]
        with translation.override(request.locale):  # type: ignore[attr-defined]
            response = get_response(request)
            response.headers.setdefault("Content-Language", request.locale)  # type: ignore[attr-defined]
            if not request.path.startswith(settings.STATIC_URL):
                response.headers.setdefault("Cache-Control", "no-store")
            return response

    return middleware


class ClosedByDefault:
    """Only pages listed as public open without a sign-in; what was typed into an ended session is kept."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed):
            return not_allowed_page(request, response)
        return response

    def process_view(
        self, request: HttpRequest, _view: Callable[..., Any], _args: list[Any], _kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Send a visitor without a session to sign in, unless the page is public; a person who owes a password of
        their own or a second factor, to where it is given."""
        name = request.resolver_match.url_name if request.resolver_match else ""
        due: Owed | None = request.owed  # type: ignore[attr-defined]
        if name in PUBLIC or (due is not None and request.viewer is not None and name in PAYING[due]):  # type: ignore[attr-defined]
            return None
        if due is None and request.viewer is not None:  # type: ignore[attr-defined]
            return _begins(request, name) or _states_only(request, name)
        if request.citizen is not None:  # type: ignore[attr-defined]
            return self._for_a_business(request, name)
        if due is not None:
            return _go(request, reverse(PAYS_AT[due]))
        back = request.path if request.method == "POST" else request.get_full_path()
        response = _go(request, f"{reverse(_door(request))}?{urlencode({'next': back})}")
        if request.method == "POST" and (form := _held(request)) is not None:
            hold_cookie(request, response, form)
        return response

    def _for_a_business(self, request: HttpRequest, name: str | None) -> HttpResponse | None:
        """The page of a mandate that ended, or does not reach this far, or of a form opened for somebody else; what was
        typed is kept as for a session."""
        denied = acting.closed(request, name)
        turned = acting.turned(request, name)
        if turned is not None and (denied is None or turned.known):
            response = turned_page(request, turned)
        elif denied is not None:
            response = refusal_page(request, denied, back=reverse("my_acting"))
        else:
            return None
        if request.method == "POST" and (turned is None or turned.known):
            self._hold(request, response)
        return response

    def _hold(self, request: HttpRequest, response: HttpResponse) -> None:
        if (form := _held(request)) is not None:
            hold_cookie(request, response, form)


def _states_only(request: HttpRequest, name: str | None) -> HttpResponse | None:
    """What the hotline gets of a page that is not theirs; None where the page opens."""
    if name in HOTLINE_OPENS or not at_the_hotline(request.viewer):  # type: ignore[attr-defined]
        return None
    return refusal_page(request, STATES_ONLY, back=reverse(HOTLINE))


def _begins(request: HttpRequest, name: str | None) -> HttpResponse | None:
    """Where the day begins of who has no inbox to work through; None on any other page."""
    where = begins_at(request.viewer) if name == "inbox" else "inbox"  # type: ignore[attr-defined]
    return HttpResponseRedirect(reverse(where)) if where != "inbox" else None


def _door(request: HttpRequest) -> str:
    """Where this browser goes on: to the second factor, to unlock its screen, or to sign in."""
    if citizens.is_theirs(request.path):
        return "citizen_sign_in"
    asking = request.asking  # type: ignore[attr-defined]
    return DOORS[asking.stage] if asking is not None else "sign_in"


def _go(request: HttpRequest, where: str) -> HttpResponse:
    if request.headers.get("HX-Request") == "true":
        # A part of a page was asked for: the whole page goes to the door, not the door into the part.
        return HttpResponse(status=204, headers={"HX-Redirect": where})
    return HttpResponseRedirect(where)


def _held(request: HttpRequest) -> UUID | None:
    cookie = settings.CITIZEN_COOKIE if citizens.is_theirs(request.path) else settings.SESSION_COOKIE
    secret, fields = request.COOKIES.get(cookie), typed_fields(request)
    if not secret or sum(len(v) for values in fields.values() for v in values) > MOST_HELD:
        return None
    at = request.at  # type: ignore[attr-defined]
    return hold_form(session=session_digest(secret), path=request.path, fields=fields, at=at)
