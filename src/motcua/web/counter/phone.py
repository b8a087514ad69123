"""A telephone beside the desk: the QR on the receiving screen, what came from it, and the page it sees."""

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cryptography.exceptions import InvalidTag
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.selectors import called
from motcua.catalogue.shapes import Component
from motcua.files import kinds
from motcua.files.operations import keep
from motcua.files.operations.phones import LINK_LIFE, Admitted, admit, admitted, invite, room_left
from motcua.files.references import Pending, read_reference
from motcua.files.selectors import from_phone
from motcua.files.uploads import ReceivedFile
from motcua.kernel.actor import Capacity
from motcua.kernel.errors import Invalid, NotFound, Refusal
from motcua.kernel.seals import decrypt, encrypt
from motcua.kernel.time import parse_utc, utc_text
from motcua.web.common.codes import qr_svg
from motcua.web.common.requests import now_of, staff
from motcua.web.common.stored_file import KEPT
from motcua.web.common.wording import say
from motcua.web.counter.typed import PHONE

FIELD, ARRIVED, ASSIGN = "phone", "arrived", "assign-"
COOKIE, SALT = "motcua_phone", "motcua.phone"
_PURPOSE = "phone-link"


# The officer's screen


@dataclass(frozen=True, slots=True)
class Panel:
    """The link as the screen shows it. `kept` is what the form's hidden field holds, `count` how many files came."""

    kept: str
    link: UUID
    qr: str
    expires_at: datetime
    is_open: bool
    arrived: tuple[Pending, ...]
    count: int


def obey(typed: QueryDict, *, seat: Capacity, request: HttpRequest) -> None:
    """Do what the screen's buttons and lists say of the telephone: a new link, a file given to its paper."""
    if request.method == "POST" and PHONE in typed:
        made = invite(account=staff(request).account, agency=seat.agency, at=now_of(request))
        body = json.dumps([str(made.link), made.secret, utc_text(made.expires_at)]).encode()
        typed[FIELD] = base64.urlsafe_b64encode(encrypt(_PURPOSE, body)).decode()
    there = [one for one in map(read_reference, typed.getlist(ARRIVED)) if one is not None]
    for one in there:
        component = str(typed.get(f"{ASSIGN}{one.upload}", ""))
        if component:
            typed.appendlist(f"paper-{component}_files{KEPT}", one.reference)


def panel(typed: QueryDict, *, request: HttpRequest) -> Panel | None:
    """What the screen shows of the link it holds; None when it holds none."""
    text = str(typed.get(FIELD, ""))
    told = _invited(text)
    if told is None:
        return None
    link, secret, expires_at = told
    came = from_phone(UUID(link), owner=staff(request).account, at=now_of(request))
    until = parse_utc(expires_at)
    image = qr_svg(f"{settings.PUBLIC_URL}{reverse('phone_token', args=[secret])}")
    return Panel(
        kept=text,
        link=UUID(link),
        qr=base64.b64encode(image.encode()).decode(),
        expires_at=until,
        is_open=until > now_of(request),
        arrived=tuple(one for one in came if one.upload not in _assigned(typed)),
        count=len(came),
    )


def _invited(text: str) -> tuple[str, str, str] | None:
    try:
        body = decrypt(_PURPOSE, base64.urlsafe_b64decode(text))
    except (InvalidTag, ValueError):
        return None
    link, secret, expires_at = json.loads(body)
    return link, secret, expires_at


def link_of(typed: QueryDict) -> UUID | None:
    """The link that the screen holds."""
    told = _invited(str(typed.get(FIELD, "")))
    return UUID(told[0]) if told else None


def sent_with(typed: QueryDict) -> list[UUID]:
    """Every file that the screen holds, for whichever paper."""
    texts = [text for name in typed if name.endswith(KEPT) or name == ARRIVED for text in typed.getlist(name)]
    return [one.upload for one in map(read_reference, map(str, texts)) if one is not None]


def _assigned(typed: QueryDict) -> set[UUID]:
    names = [name for name in typed if name.endswith(f"_files{KEPT}")]
    found = (read_reference(str(text)) for name in names for text in typed.getlist(name))
    return {one.upload for one in found if one is not None}


def papers(components: Iterable[Component]) -> list[tuple[str, str]]:
    """The papers a file can be given to."""
    return [(component.code, say(component.name)) for component in components]


@require_safe
def phone_arrivals(request: HttpRequest, link: UUID) -> HttpResponse:
    """How many files have come by a link of one's own: the screen asks, and draws itself anew when there are more."""
    came = from_phone(link, owner=staff(request).account, at=now_of(request))
    return HttpResponse(str(len(came)), content_type="text/plain")


# The telephone's page


@require_safe
def phone_token(request: HttpRequest, token: str) -> HttpResponse:
    """The QR: its secret is exchanged for a cookie, for the first telephone, and leaves the address."""
    try:
        # Who looks before it opens (a preview) uses nothing up.
        own = _own(request) if request.method == "HEAD" else admit(token, at=now_of(request))
    except Refusal as refusal:
        return _again(request) or _closed(request, refusal)
    response = HttpResponseRedirect(reverse("phone"))
    if own is not None:
        response.set_cookie(
            COOKIE,
            signing.dumps([str(own.link), own.secret], salt=SALT),
            max_age=LINK_LIFE,
            path=reverse("phone"),
            httponly=True,
            secure=settings.SESSION_COOKIE_SECURE,
            samesite="Lax",
        )
    response["Referrer-Policy"] = "no-referrer"
    return response


def _again(request: HttpRequest) -> HttpResponse | None:
    """The telephone that was let in scanned the code once more."""
    return HttpResponseRedirect(reverse("phone")) if _own(request) is not None else None


def _own(request: HttpRequest) -> Admitted | None:
    try:
        return _let_in(request)
    except Refusal:
        return None


def _let_in(request: HttpRequest) -> Admitted:
    try:
        link, secret = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT)
    except (signing.BadSignature, ValueError):
        raise NotFound(
            "Điện thoại này chưa được mời gửi tệp. Hãy quét mã trên màn hình của quầy.",
            "This telephone was not invited to send files. Scan the code on the desk's screen.",
        ) from None
    return admitted(UUID(link), secret, at=now_of(request))


def _closed(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return render(request, "counter/phone_closed.html", {"problem": refusal}, status=refusal.status)


@require_http_methods(["GET", "HEAD", "POST"])
def phone(request: HttpRequest) -> HttpResponse:
    """What the telephone sees: which desk it sends to, and a way to send photos and files. Nothing of anybody."""
    try:
        own = _let_in(request)
    except Refusal as refusal:
        return _closed(request, refusal)
    sent = 0
    errors: list[str] = []
    if request.method == "POST":
        sent, errors = _take(request, own)
        if sent and not errors:
            return HttpResponseRedirect(f"{reverse('phone')}?sent={sent}")
    told = request.GET.get("sent", "")
    count = sent or (int(told) if told.isascii() and told.isdigit() and len(told) < 4 else 0)
    words = ngettext("Đã gửi %(counter)s tệp đến quầy.", "Đã gửi %(counter)s tệp đến quầy.", count)
    context = {
        "agency": called(own.agency),
        "expires_at": own.expires_at,
        "done": words % {"counter": count} if count else "",
        "errors": errors,
        "accept": kinds.accepted(*kinds.KINDS.values()),
        "room": room_left(own.link),
    }
    return render(request, "counter/phone.html", context, status=422 if errors else 200)


def _take(request: HttpRequest, own: Admitted) -> tuple[int, list[str]]:
    """Keep what came, for the officer; how many, and what was wrong with the others."""
    errors: list[str] = []
    files = [one for name in ("photo", "file") for one in request.FILES.getlist(name)]
    came = [one for one in files if isinstance(one, ReceivedFile)]
    if not came:
        return 0, [_("Hãy chụp ảnh hoặc chọn tệp trước khi gửi.")]
    room, sent = room_left(own.link), 0
    for one in came:
        if sent >= room:
            errors.append(_("Đã gửi đủ số tệp cho một lần quét mã. Hãy nhờ cán bộ tạo mã mới."))
            break
        try:
            keep(one, owner=own.account, at=now_of(request), link=own.link)
            sent += 1
        except Invalid as refusal:
            errors.append(f"{one.name}: {say(refusal)}")
    return sent, errors
