"""What every page knows: the frame around it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from motcua.agencies.positions import POSITION_KINDS
from motcua.agencies.selectors import agency
from motcua.kernel.actor import Viewer
from motcua.kernel.say import Say
from motcua.web.common.menu import MENU


def page(request: HttpRequest) -> dict[str, Any]:
    """`chrome` of common/base.html, and the instant of the request as `at`."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    chrome: dict[str, Any] = {
        "trial": settings.INSTALLATION == "trial",
        "home": reverse("inbox") if viewer else reverse("home"),
        "sign_in": reverse("sign_in"),
        "sign_out": reverse("sign_out"),
        "language": reverse("language"),
        "nav": _menu(request, viewer),
    }
    if viewer is not None:
        chrome["person"] = viewer.name
        kinds = dict.fromkeys(c.kind for c in viewer.capacities)
        chrome["positions"] = [POSITION_KINDS[kind].title for kind in kinds]
        agencies = sorted({c.agency for c in viewer.capacities})
        if len(agencies) == 1:
            facts = agency(agencies[0])
            chrome["agency"] = Say(facts.name, facts.name_en or facts.name)
    return {"chrome": chrome, "at": getattr(request, "at", None)}


def _menu(request: HttpRequest, viewer: Viewer | None) -> list[dict[str, Any]]:
    match = request.resolver_match
    here = match.url_name if match else ""
    kinds = {c.kind for c in viewer.capacities} if viewer else set()
    return [
        {"url": reverse(entry.url_name), "label": entry.label, "current": here == entry.url_name}
        for entry in MENU
        if (viewer is None and entry.public) or (viewer is not None and (kinds & entry.kinds))
    ]
