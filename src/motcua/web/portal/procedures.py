"""The public pages of procedures: finding one, and everything about it in the order in which people ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.catalogue.listing import Facet, Listed, Wanted, listing
from motcua.catalogue.shapes import ELSEWHERE
from motcua.eforms.selectors import form_for
from motcua.kernel.text import clean
from motcua.kernel.time import local
from motcua.postings.board import board, posters
from motcua.web.common.papers import spared
from motcua.web.common.requests import now_of
from motcua.web.portal.choices import told_of
from motcua.web.portal.guide import guide
from motcua.web.portal.procedure_words import (
    AUDIENCES,
    CHANNELS,
    LEVELS,
    NATIONAL_PORTAL,
    PARTS,
    count_words,
)

LONGEST_SEARCH = 200
PAGE = 30
NARROWED = ("event", "sector", "audience", "level", "publisher")
_AUDIENCES = tuple(Facet(each, name, 0) for each, name in AUDIENCES.items())
_LEVELS = tuple(Facet(level, name, 0) for level, name in LEVELS.items())


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: its procedures, the place of the first, and the addresses of the pages beside it."""

    shown: list[Listed]
    first: int
    total: int
    before: str
    after: str


@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    """Published procedures: those that the words typed may mean, or all, narrowed as asked (also to what one agency
    here takes), a page at a time."""
    told = {
        name: clean(request.GET.get(name, ""))[:LONGEST_SEARCH]
        for name in ("q", *NARROWED, "agency", "after")
    }
    wanted = Wanted(words=told["q"], **{name: told[name] for name in NARROWED})
    on = local(now_of(request)).date()
    shelf = listing(on=on)
    takers = tuple(Facet(each.agency.code, each.agency.called, each.procedures) for each in posters(on=on))
    taken_by = told["agency"] if told["agency"] in {each.key for each in takers} else ""
    found = board(taken_by, on=on).narrowed(wanted) if taken_by else shelf.find(wanted)
    context = {
        "page": _page(found, told),
        "wanted": wanted,
        "takers": takers,
        "taken_by": taken_by,
        "narrowed": any(told[name] for name in (*NARROWED, "agency")),
        "shelf": shelf,
        "audiences": _AUDIENCES,
        "levels": _LEVELS,
        "elsewhere": ELSEWHERE,
    }
    return render(request, "portal/procedures.html", context)


def _page(found: list[Listed], told: Mapping[str, str]) -> Page:
    """The page that begins after the procedure `after`; the first where that one is not in the list any more."""
    codes = [one.code for one in found]
    start = codes.index(told["after"]) + 1 if told["after"] in codes else 0
    shown = found[start : start + PAGE]

    def at(place: int) -> str:
        fields = {name: value for name, value in told.items() if value and name != "after"}
        fields |= {"after": codes[place - 1]} if place else {}
        return f"?{urlencode(fields)}"

    return Page(
        shown=shown,
        first=start + 1,
        total=len(found),
        before=at(max(0, start - PAGE)) if start else "",
        after=at(start + PAGE) if start + PAGE < len(found) else "",
    )


@require_safe
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """One procedure. The address says what was chosen; `text` asks for the page to be listened to."""
    told = told_of(request.GET.dict())
    chosen = request.GET.copy()
    chosen.pop("text", None)
    found = guide(code, told, at=now_of(request))
    variant = found.variants[0].code if found.variants and not found.undecided else ""
    context = {
        "guide": found,
        "form_to_fill": form_for(procedure=code, variant=variant, on=found.on, published=found.offer.forms),
        "words": {"audiences": AUDIENCES, "channels": CHANNELS, "levels": LEVELS, "parts": PARTS},
        "count": count_words,
        "spared": spared,
        "door": NATIONAL_PORTAL,
        "chosen": chosen.urlencode(),
        "address": request.build_absolute_uri(reverse("procedure", args=[code])),
    }
    page = "portal/procedure_text.html" if "text" in told else "portal/procedure.html"
    return render(request, page, context)
