"""The posting board: what an agency handles, as it hangs on its wall, for everybody to read, print and find."""

from itertools import groupby
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.calendars.selectors import calendar_of
from motcua.catalogue.listing import Wanted
from motcua.kernel.actor import Viewer
from motcua.kernel.say import Say
from motcua.kernel.text import clean
from motcua.kernel.time import local
from motcua.postings.board import board, posters
from motcua.postings.policy import may_post
from motcua.web.common.requests import now_of
from motcua.web.portal.hours import desk_of
from motcua.web.portal.posted import Line, line_of
from motcua.web.portal.procedure_words import NATIONAL_PORTAL

WHOLE = 100  # a desk's board stands on one page, and is printed whole
PAGE = 40
LONGEST = 200
MOST_COMING = 50


@require_safe
def postings(request: HttpRequest) -> HttpResponse:
    """The agencies that have a board; where there is one only, its board."""
    found = posters(on=local(now_of(request)).date())
    if len(found) == 1:
        return HttpResponseRedirect(reverse("posting", args=[found[0].agency.code]))
    return render(request, "portal/postings.html", {"posters": found})


@require_safe
def posting(request: HttpRequest, agency: str) -> HttpResponse:
    """The board of one agency on the day, narrowed as asked, a page at a time. Five statements."""
    at = now_of(request)
    told = {name: clean(request.GET.get(name, ""))[:LONGEST] for name in ("q", "sector", "after")}
    found = board(agency, on=local(at).date())
    narrowed = bool(told["q"] or told["sector"])
    wanted = Wanted(words=told["q"], sector=told["sector"])
    kept = found.narrowed(wanted) if narrowed else list(found.listed)
    codes = [one.code for one in kept]
    size = PAGE if len(codes) > WHOLE else WHOLE
    start = codes.index(told["after"]) + 1 if told["after"] in codes else 0
    lines = [line_of(one) for one in found.posted(codes[start : start + size])]
    context = {
        "board": found,
        "desk": desk_of(agency, calendar_of(agency), at=at),
        "told": told,
        "narrowed": narrowed,
        "first": start + 1,
        "total": len(kept),
        "groups": _groups(lines, by_likeness=bool(told["q"])),
        "last": start + len(lines),
        "coming": found.coming[:MOST_COMING] if not start and not narrowed else (),
        "posts": _posts(request, agency),
        "door": NATIONAL_PORTAL,
        "address": f"{settings.PUBLIC_URL}{reverse('posting', args=[agency])}",
        "before": _at(told, codes, max(0, start - size)) if start else "",
        "after": _at(told, codes, start + size) if start + size < len(codes) else "",
    }
    return render(request, "portal/posting.html", context)


def _posts(request: HttpRequest, agency: str) -> bool:
    """Whether who looks puts papers on this agency's wall."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    return viewer is not None and any(may_post(viewer.actor(c), agency) for c in viewer.capacities)


def _groups(lines: list[Line], *, by_likeness: bool) -> list[tuple[Say | None, list[Line]]]:
    """By sector; what was found by words stands together, the likest first."""
    if by_likeness:
        return [(None, lines)] if lines else []
    return [(sector, list(under)) for sector, under in groupby(lines, key=lambda line: line.sector)]


def _at(told: dict[str, str], codes: list[str], place: int) -> str:
    fields = {name: value for name, value in told.items() if value and name != "after"}
    fields |= {"after": codes[place - 1]} if place else {}
    return f"?{urlencode(fields)}"
