"""What a catalogue officer looks at: findings of the national catalogue, and who decided what about them."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.agencies.selectors import account_names
from motcua.catalogue import worklist
from motcua.catalogue.decisions import deciders, decision_list
from motcua.catalogue.national.findings import FINDINGS, FindingKind
from motcua.web.catalogue.value_words import value_lines
from motcua.web.common.requests import staff

DECIDED = "decided"


def _filters(request: HttpRequest) -> dict[str, str]:
    what, publisher = str(request.GET.get("what", "")), str(request.GET.get("publisher", ""))[:200]
    return {"what": what if what in set(FindingKind) else "", "publisher": publisher.replace("\x00", "")}


@require_safe
def findings(request: HttpRequest) -> HttpResponse:
    """How many of each kind, and the procedures they are open or decided in, a page at a time. Three statements."""
    viewer, chosen = staff(request), _filters(request)
    after = str(request.GET.get("after", ""))[:20].replace("\x00", "")
    state = DECIDED if request.GET.get("state") == DECIDED else ""
    page = worklist.work_list(viewer=viewer, after=after, is_open=not state, **chosen)
    kept = {name: value for name, value in {**chosen, "state": state}.items() if value}
    context = {
        "counts": [(one, FINDINGS[one.kind]) for one in worklist.kind_counts(viewer=viewer)],
        "publishers": worklist.publishers(viewer=viewer),
        "lines": [(line, [FINDINGS[kind].label for kind in line.kinds]) for line in page.lines],
        "kinds": [(kind.value, row.label) for kind, row in FINDINGS.items()],
        **chosen,
        "state": state,
        "before": f"?{urlencode(kept)}" if after else "",
        "after": f"?{urlencode({**kept, 'after': page.following})}" if page.following else "",
    }
    return render(request, "catalogue/findings.html", context)


@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """Who decided what, the newest first, a page at a time. Four statements."""
    viewer = staff(request)
    accounts = deciders(viewer=viewer)
    by, after = str(request.GET.get("by", "")), str(request.GET.get("after", ""))[:40]
    by = by if by in accounts else ""
    page = decision_list(viewer=viewer, by=by, after=after)
    names = account_names({UUID(account) for account in accounts})
    kept = {"by": by} if by else {}
    context = {
        "lines": [
            (line, FINDINGS[line.kind], value_lines(line.kind, line.value), names.get(UUID(line.by), ""))
            for line in page.lines
        ],
        "people": sorted(
            ((account, names.get(UUID(account), "")) for account in accounts), key=lambda one: one[1]
        ),
        "by": by,
        "before": f"?{urlencode(kept)}" if after else "",
        "after": f"?{urlencode({**kept, 'after': page.following})}" if page.following else "",
    }
    return render(request, "catalogue/decisions.html", context)
