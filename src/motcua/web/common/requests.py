"""A request as our views see it: the instant, who is asking, and what was typed before a session ended."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from motcua.accounts.operations import take_form
from motcua.accounts.terms import MOST_PEOPLE
from motcua.agencies.selectors import Asking
from motcua.kernel.actor import Actor, Viewer
from motcua.kernel.errors import Denied, Invalid, NotAllowedNow, Refusal
from motcua.kernel.unit_of_work import Request, Work, unit_of_work
from motcua.kernel.waiting import gave_up_waiting
from motcua.ledger.operations import AlreadyDone, claim

HELD_COOKIE = "motcua_held"
HELD_SALT = "motcua.held-form"
# Tokens and secrets: never kept, never part of what makes two posts the same.
NOT_TYPED = frozenset(
    {
        "csrfmiddlewaretoken",
        "idempotency_key",
        "for_whom",
        "password",
        "password_again",
        "own_password",
        "factor_code",
        "offer",
        "own_pin",
        "credential",
    }
)
LONGEST_KEY = 100


class PageRequest(HttpRequest):
    """What the middleware adds to a request: `at` is read once, `viewer` is None for the public."""

    at: datetime
    viewer: Viewer | None
    locale: str
    held: UUID


def staff(request: HttpRequest) -> Viewer:
    """Who is signed in. Raises Denied (the middleware has sent everybody else to sign in)."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is None:
        raise Denied("Hãy đăng nhập.", "Sign in first.")
    return viewer


def sender(request: HttpRequest) -> UUID | None:
    """The account whose files and drafts these are, of staff, a citizen or the business they act for; None for the
    public."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    citizen = getattr(request, "citizen", None)
    if viewer is not None:
        return viewer.account
    return None if citizen is None else UUID(str(citizen.id))


def typist(request: HttpRequest) -> UUID | None:
    """The account of the person at the keyboard, also where they act for a business; None for the public."""
    citizen = getattr(request, "citizen", None)
    return UUID(str(citizen.person)) if citizen is not None else sender(request)


def asking_of(request: HttpRequest) -> Asking | None:
    """Whose session the browser came with, also one that opens nothing yet."""
    asking: Asking | None = getattr(request, "asking", None)
    return asking


def now_of(request: HttpRequest) -> datetime:
    """The instant of the request."""
    at: datetime = request.at  # type: ignore[attr-defined]
    return at


def client_address(request: HttpRequest) -> str:
    """The visitor's address: the connection's own, or behind `settings.PROXIES` proxies the one they were told.

    Only as many entries of X-Forwarded-For as there are proxies of ours are believed, counted from the last:
    what stands before them anybody can have written.
    """
    told = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    proxies: int = settings.PROXIES
    if 0 < proxies <= len(told) and told[-proxies]:
        return told[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


@contextmanager
def unit(request: HttpRequest, actor: Actor, *, part: str = "") -> Iterator[Work]:
    """The unit of work of a POST: its key stands in the form, its body is what was typed. A POST that does several
    acts has one for each `part`.

    Raises Invalid without a key: a page that posts must carry one.
    """
    key = str(request.POST.get("idempotency_key", ""))
    if not 0 < len(key) <= LONGEST_KEY or not (key.isascii() and key.isprintable()):
        raise Invalid(
            "Trang thiếu mã chống gửi trùng. Hãy tải lại trang rồi gửi lại.",
            "The page lacks its request key. Reload the page and send again.",
        )
    body = Request(key=f"{key}/{part}" if part else key, body_digest=_digest(request))
    try:
        with unit_of_work(actor=actor, at=now_of(request), request=body) as work:
            yield work
    except OperationalError as error:
        if not gave_up_waiting(error):
            raise
        raise NotAllowedNow(
            "Hồ sơ này đang có người khác xử lý, máy chủ đã chờ mà chưa đến lượt. Chưa ghi gì; "
            "hãy gửi lại sau vài giây.",
            "Somebody else is at work on this dossier, and the server's wait was in vain. Nothing was written; "
            "send again in a few seconds.",
        ) from error


class _Undo(Exception):
    """Takes a claim back that was made only to look."""


def is_repeat(request: HttpRequest, actor: Actor, *, stream: UUID, seq: int, part: str = "") -> bool:
    """Whether this very POST, or this `part` of it, was recorded before. The act has moved the stream on since, so that
    its table or its form refuses the repeat before the ledger can recognise it: a second click is not a refusal."""
    try:
        with unit(request, actor, part=part):
            claim(stream=stream, seq=seq, actor=actor, at=now_of(request))
            raise _Undo
    except AlreadyDone:
        return True
    except (_Undo, Refusal):
        return False


def _digest(request: HttpRequest) -> bytes:
    typed = sorted((k, tuple(v)) for k, v in request.POST.lists() if k not in NOT_TYPED)
    return hashlib.sha256(repr((request.path, typed)).encode()).digest()


def typed_fields(request: HttpRequest) -> Mapping[str, list[str]]:
    """What was typed into a posted form: no tokens, no password."""
    return {k: [str(x) for x in v] for k, v in request.POST.lists() if k not in NOT_TYPED}


def held_fields(request: HttpRequest) -> QueryDict | None:
    """What this person had posted to this page when their session had ended, given back once."""
    owner = typist(request)
    if request.method != "GET" or owner is None:
        return None
    at, taken = now_of(request), None
    for form in _held_ids(request):
        taken = take_form(form=form, account=owner, path=request.path, at=at)
        if taken is not None:
            request.held = form  # type: ignore[attr-defined]
            break
    if taken is None:
        return None
    found = QueryDict(mutable=True)
    for name, values in taken.items():
        found.setlist(name, values)
    return found


def _held_ids(request: HttpRequest) -> list[UUID]:
    """The forms that this browser holds the keys of, newest first: those of several people, at a shared computer."""
    signed = request.COOKIES.get(HELD_COOKIE)
    if not signed:
        return []
    try:
        return [UUID(each) for each in signing.loads(signed, salt=HELD_SALT, max_age=3600).split()]
    except (signing.BadSignature, ValueError):
        return []


def safe_next(request: HttpRequest) -> str:
    """Where the person wanted to be, if it is a page of ours; else the work list."""
    wanted = str(request.POST.get("next") or request.GET.get("next") or "")
    if wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return reverse("inbox")


def hold_cookie(request: HttpRequest, response: HttpResponse, form: UUID) -> None:
    """Let the browser keep the key to a held form, beside those it keeps for others."""
    _keep_held(response, [form, *_held_ids(request)][:MOST_PEOPLE])


def forget_held(request: HttpRequest, response: HttpResponse) -> None:
    """What `held_fields` gave back is no longer held; what is held for others stays."""
    given = getattr(request, "held", None)
    rest = [each for each in _held_ids(request) if each != given]
    if rest:
        _keep_held(response, rest)
    else:
        response.delete_cookie(HELD_COOKIE)


def _keep_held(response: HttpResponse, forms: list[UUID]) -> None:
    response.set_cookie(
        HELD_COOKIE,
        signing.dumps(" ".join(map(str, forms)), salt=HELD_SALT),
        max_age=3600,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
