"""Where somebody goes on who comes back from the payment platform, which leads everybody to one address."""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

COOKIE = "motcua_way_back"
SALT = "motcua.way_back"
HOURS = 2


def remember(response: HttpResponse, here: str) -> None:
    """Let this browser go on at `here`, a page of ours, when it comes back."""
    response.set_cookie(
        COOKIE,
        signing.dumps(here, salt=SALT),
        max_age=HOURS * 3600,
        path=reverse("platform_back"),
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def remembered(request: HttpRequest) -> str:
    """Where this browser goes on; the page where one tracks a dossier when it does not say, or not any more."""
    try:
        return str(signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=HOURS * 3600))
    except signing.BadSignature:
        return reverse("track")
