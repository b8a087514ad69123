"""What a draft would change: measured beside other work, shown with how far it is, every figure with its dossiers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.selectors import called
from motcua.kernel.errors import Refusal
from motcua.kernel.say import Say
from motcua.ledger.operations import AlreadyDone
from motcua.processes import drafted
from motcua.processes.drafts import Document
from motcua.processes.impact import jobs, shown
from motcua.processes.impact.shown import Measured
from motcua.processes.impact.tally import ANY, Sums
from motcua.processes.wording import position_words
from motcua.web.catalogue.access import names_of, officer
from motcua.web.catalogue.processes.impact_words import (
    SPAN_WORDS,
    Group,
    group_words,
    hands_words,
    moments_of,
    outcome_words,
    places_of,
    places_words,
)
from motcua.web.common.requests import now_of, staff, unit

MOST_LINES = 100
AGENCIES_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Dated:
    """A row (or the dossier) with how many come earlier and later, in all and by how much."""

    said: Say
    earlier: Group
    later: Group
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Work:
    """Steps and hours of a position or a person: as it is, as it would be."""

    said: Say
    steps: tuple[int, int]
    hours: tuple[int, int]

    @property
    def more(self) -> int:
        """How many hours more; fewer where it is below zero."""
        return self.hours[1] - self.hours[0]


@require_http_methods(["GET", "HEAD", "POST"])
def process_draft_impact(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """GET shows what was measured of a draft and how far that is; POST measures it anew, or with `do=stop` stops. 422
    where the table can't be read. Five statements, and two for the words of an agency."""
    found = drafted.draft(draft_id, viewer=staff(request))
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            _told(request, found.id)
            return HttpResponseRedirect(reverse("process_draft_impact", args=[found.id]))
        except Refusal as one:
            refusal = one
    measured = shown.of_draft(found.id, viewer=staff(request))
    context: dict[str, Any] = {"found": found, "measured": measured, "refusal": refusal, "who": ""}
    if measured is not None:
        context |= _figures(request, measured)
        context["who"] = names_of([measured.asked_by]).get(measured.asked_by, "")
        context["is_stale"] = _is_stale(measured, found.body)
    status = refusal.status if refusal else 200
    response = render(request, "catalogue/processes/impact.html", context, status=status)
    if "HX-Request" in request.headers and not (measured and measured.is_at_work):
        response["HX-Refresh"] = "true"  # it has ended: all of the page is new
    return response


def _told(request: HttpRequest, draft: UUID) -> None:
    actor, at = officer(request), now_of(request)
    try:
        with unit(request, actor):
            if request.POST.get("do") == "stop":
                jobs.stop(draft=draft, actor=actor, at=at)
            else:
                jobs.measure(draft=draft, actor=actor, at=at)
    except AlreadyDone:
        return


def _is_stale(measured: Measured, body: Document) -> bool:
    """Whether the draft was changed since; a table that can't even be put together was."""
    try:
        return jobs.fingerprint(body) != measured.fingerprint
    except Refusal:
        return True


def _figures(request: HttpRequest, measured: Measured) -> dict[str, Any]:
    agencies = measured.agencies
    wanted = str(request.GET.get("agency", ""))
    agency = wanted if wanted in agencies else agencies[0] if len(agencies) == 1 else ""
    sums, names = measured.sums_of(agency), shown.row_names(measured)
    page = _page(request.GET.get("page", ""), len(agencies))
    return {
        "agency": agency,
        "agency_name": called(agency) if agency else None,
        "agencies": [
            (code, called(code), measured.sums_of(code).counts)
            for code in agencies[(page - 1) * AGENCIES_A_PAGE : page * AGENCIES_A_PAGE]
        ],
        "page": page,
        "pages": -(-len(agencies) // AGENCIES_A_PAGE),
        "sums": sums,
        "routes": _routes(measured, sums, names),
        "groups": _groups(measured, sums, names, ("unserved", "lost:", "asked:", "stays:")),
        "dated": list(_dated(sums, names)),
        "lateness": _groups(measured, sums, names, ("late:", "eased:")),
        "work": _work(sums.work, {kind: position_words(kind) for kind in sums.work}),
        "hands": _hands(sums) if agency else [],
        "most": MOST_LINES,
        "spans": SPAN_WORDS,
    }


def back_from(measured: Measured) -> str:
    """The page of which the lists of a measurement are."""
    if measured.version is None:
        return reverse("process_draft_impact", args=[measured.draft])
    return f"{reverse('process_move', args=[measured.version])}?{urlencode({'agency': measured.agency})}"


def _page(text: object, count: int) -> int:
    typed = str(text)
    number = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 1
    return max(1, min(number, -(-count // AGENCIES_A_PAGE)))


def _groups(measured: Measured, sums: Sums, names: dict[str, Say], starts: tuple[str, ...]) -> list[Group]:
    """The groups whose names begin so, the largest first."""
    found = [
        Group(code, group_words(code, measured, names), count)
        for code, count in sums.groups.items()
        if code.startswith(starts)
    ]
    return sorted(found, key=lambda one: (-one.count, one.code))


def _routes(measured: Measured, sums: Sums, names: dict[str, Say]) -> list[tuple[Group, Say, Say]]:
    """What stands in place of what, with how many dossiers: the most first."""
    found = []
    for one in _groups(measured, sums, names, ("route:",)):
        told = measured.result["routes"][int(one.code.partition(":")[2])]
        found.append((one, places_words(told["before"], names), places_words(told["after"], names)))
    return found


def _dated(sums: Sums, names: dict[str, Say]) -> Iterator[Dated]:
    """Rows whose dates come otherwise, in the order of the table; the dossier's own first."""
    order = ["due", *(f"date:{code}" for code in names)]
    rows = sorted({name.rpartition(":")[0] for name in sums.spans}, key=order.index)
    for row in rows:
        said = (
            Say("Hẹn trả của hồ sơ", "The dossier's own date")
            if row == "due"
            else names[row.partition(":")[2]]
        )
        earlier, later = (
            Group(f"{row}:{way}", said, sums.groups[f"{row}:{way}"]) for way in ("earlier", "later")
        )
        empty = [0] * 5
        spans = zip(sums.spans.get(earlier.code, empty), sums.spans.get(later.code, empty), strict=True)
        yield Dated(said, earlier, later, tuple(spans))


def _work(told: dict[str, list[float]], names: dict[str, Say]) -> list[Work]:
    found = [
        Work(names[key], (int(now), int(then)), (round(hours), round(after)))
        for key, (now, hours, then, after) in told.items()
    ]
    return sorted(found, key=lambda one: (-abs(one.more), one.said.vi))


def _hands(sums: Sums) -> list[Work]:
    names = names_of(sums.hands)
    return _work(sums.hands, {one: hands_words(one, names) for one in sums.hands})


@require_safe
def process_impact_dossiers(request: HttpRequest, impact: UUID) -> HttpResponse:
    """The dossiers of one group of a measurement, by code, a page at a time. Four statements."""
    measured = shown.measured(impact, viewer=staff(request))
    group, agency, outcome, after = (
        str(request.GET.get(name, ""))[:200].replace("\x00", "")
        for name in ("group", "agency", "outcome", "after")
    )
    group = group or ANY
    page = shown.listed(measured, group=group, agency=agency, outcome=outcome, after=after)
    names = shown.row_names(measured)
    kept = {n: v for n, v in (("group", group), ("agency", agency), ("outcome", outcome)) if v}
    context = {
        "measured": measured,
        "said": group_words(group, measured, names),
        "agency_name": called(agency) if agency in measured.agencies else None,
        "lines": [(line, called(line.agency), moments_of(line, names)) for line in page.lines],
        "places": {line.code: places_of(line, names, measured) for line in page.lines},
        "ends": {line.code: outcome_words(line.outcome) for line in page.lines if line.outcome},
        "back": back_from(measured),
        "before": f"?{urlencode(kept)}" if after else "",
        "after": f"?{urlencode({**kept, 'after': page.following})}" if page.following else "",
    }
    return render(request, "catalogue/processes/impact_dossiers.html", context)
