"""A dossier opened by its receipt: a signed cookie names it for 30 minutes, so no secret stays in an address."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

COOKIE = "motcua_tracking"
SALT = "motcua.tracking"
OPEN_FOR = timedelta(minutes=30)


def open_tracking(dossier: UUID, *, page: str = "tracking") -> HttpResponse:
    """On to the tracking page, or another `page` below it, with the cookie that opens it."""
    response = HttpResponseRedirect(reverse(page))
    response.set_cookie(
        COOKIE,
        signing.dumps(str(dossier), salt=SALT),
        max_age=OPEN_FOR,
        path=reverse("tracking"),
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    # The address just left may be a secret: the next page is not told of it.
    response["Referrer-Policy"] = "no-referrer"
    return response


def opened(request: HttpRequest) -> UUID | None:
    """The dossier this browser has opened within the last 30 minutes; None when there is none."""
    try:
        return UUID(signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=OPEN_FOR))
    except (signing.BadSignature, ValueError):
        return None


def close_tracking(response: HttpResponse) -> HttpResponse:
    """Forget the dossier in this browser."""
    response.delete_cookie(COOKIE, path=reverse("tracking"), samesite="Lax")
    return response
