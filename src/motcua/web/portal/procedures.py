"""The public pages of procedures: finding one, and everything about it in the order in which people ask."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.catalogue.selectors import find
from motcua.kernel.text import clean
from motcua.web.common.requests import now_of
from motcua.web.portal.choices import told_of
from motcua.web.portal.guide import guide
from motcua.web.portal.papers import spared
from motcua.web.portal.procedure_words import AUDIENCES, CHANNELS, LEVELS, NATIONAL_PORTAL, count_words

LONGEST_SEARCH = 200
# A page lists this many; a provincial catalogue holds over two thousand, so words are typed.
MOST_LISTED = 200


@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    """Published procedures whose title, code or everyday names hold the words typed."""
    words = clean(request.GET.get("q", ""))[:LONGEST_SEARCH]
    found = find(words, limit=MOST_LISTED)
    context = {"found": found, "words": words, "more": len(found) == MOST_LISTED}
    return render(request, "portal/procedures.html", context)


@require_safe
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """One procedure. The address says what was chosen; `text` asks for the page to be listened to."""
    told = told_of(request.GET.dict())
    chosen = request.GET.copy()
    chosen.pop("text", None)
    context = {
        "guide": guide(code, told, at=now_of(request)),
        "words": {"audiences": AUDIENCES, "channels": CHANNELS, "levels": LEVELS},
        "count": count_words,
        "spared": spared,
        "door": NATIONAL_PORTAL,
        "chosen": chosen.urlencode(),
        "address": request.build_absolute_uri(reverse("procedure", args=[code])),
    }
    page = "portal/procedure_text.html" if "text" in told else "portal/procedure.html"
    return render(request, page, context)
