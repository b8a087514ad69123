"""A list by code, found by words or by having a draft, a page at a time: procedures, and forms."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from motcua.catalogue.policy import announces
from motcua.kernel.time import local
from motcua.web.common.requests import now_of, staff


def listed(request: HttpRequest, template: str, *, found: Callable[..., Any]) -> HttpResponse:
    """The page of `found` that is asked for, in `template`."""
    words, after = (str(request.GET.get(name, ""))[:200].replace("\x00", "") for name in ("q", "after"))
    drafts_only = request.GET.get("drafts") == "yes"
    viewer, on = staff(request), local(now_of(request)).date()
    page = found(viewer=viewer, on=on, words=words, drafts_only=drafts_only, after=after[:40])
    kept = {name: value for name, value in (("q", words), ("drafts", "yes" if drafts_only else "")) if value}
    context = {
        "announces": announces(viewer),
        "lines": page.lines,
        "words": words,
        "drafts_only": drafts_only,
        "before": f"?{urlencode(kept)}" if after else "",
        "after": f"?{urlencode({**kept, 'after': page.following})}" if page.following else "",
    }
    return render(request, template, context)
