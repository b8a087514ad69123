"""The list of dossiers, and one dossier on one page."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from motcua.access_log.operations import note
from motcua.agencies.positions import STATE_ONLY
from motcua.dossiers import selectors
from motcua.dossiers.moved import AT_DESK
from motcua.dossiers.operations import mark_opened
from motcua.dossiers.policy import sees_people
from motcua.dossiers.record import no_such
from motcua.dossiers.selectors import Page
from motcua.dossiers.tasks import within_task
from motcua.dossiers.thread import mark_read
from motcua.files.selectors import open_file
from motcua.web.common.children import parent_of, parts_of
from motcua.web.common.paging import Trail
from motcua.web.common.requests import held_fields, now_of, staff
from motcua.web.common.serving import file_response
from motcua.web.desk import words
from motcua.web.desk.bars import parts_awaited
from motcua.web.desk.handshakes import measured
from motcua.web.desk.hotline import state_only
from motcua.web.desk.lists import rows
from motcua.web.desk.notes import lines
from motcua.web.desk.papers_where import papers_where
from motcua.web.desk.seeking import Place
from motcua.web.desk.sheet import sheet


def _list(page: Page, trail: Trail) -> dict[str, Any]:
    return {"rows": rows(page.lines), "back": trail.back(), "forth": trail.forth(page.following)}


def _query(trail: Trail | None, **more: str) -> str:
    return trail.query(**more) if trail else ""


@require_http_methods(["GET", "HEAD", "POST"])
def dossiers(request: HttpRequest) -> HttpResponse:
    """The dossiers in the viewer's scope. Filters and pages are addresses; words are posted, as a name in an
    address would stay in logs and histories (design, section 8.6). A whole code leads straight to its dossier, whatever
    the filter."""
    viewer = staff(request)
    typed = request.POST if request.method == "POST" else held_fields(request) or request.GET
    search = "" if typed is request.GET else str(typed.get("words", "")).strip()
    show = str(typed.get("show", ""))
    show = show if show in words.FILTERS else ""
    trail = Trail.read(typed)
    if request.method == "POST" and not search:
        return HttpResponseRedirect(f"{reverse('dossiers')}{Trail().query(show=show)}")
    page = selectors.dossiers(viewer=viewer, at=now_of(request), words=search, show=show, after=trail.after)
    if (row := selectors.whole(search, viewer=viewer)) is not None:
        return HttpResponseRedirect(reverse("dossier", args=[row["code"]]))
    context = _list(page, trail)
    context |= {"words": search, "show": show, "filters": words.FILTERS, "is_first": not trail.after}
    if search:
        for name in ("back", "forth"):
            there = context[name]
            context[f"{name}_fields"] = there.fields(words=search, show=show) if there else None
    else:
        context |= {
            "before": _query(context["back"], show=show),
            "after": _query(context["forth"], show=show),
        }
    return render(request, "desk/dossiers.html", context)


@require_safe
def dossier(request: HttpRequest, code: str) -> HttpResponse:
    """One dossier on one page. Six statements, one more while it runs towards a result, one for a child dossier, one
    where it went between agencies, a line where its people are no task of the viewer's, one or two where officers wrote
    messages, and one where it came to the viewer and is opened for the first time since."""
    viewer, at = staff(request), now_of(request)
    if all(c.kind in STATE_ONLY for c in viewer.capacities):
        return state_only(request, code, viewer=viewer)
    shown = selectors.dossier(code, viewer=viewer)
    if not sees_people(viewer, shown.row):
        return state_only(request, code, viewer=viewer)
    mark_opened(shown.row, viewer=viewer, at=at)
    mark_read(shown.row, shown.said, viewer=viewer, at=at)
    parent = parent_of(shown.row)
    context = sheet(shown, viewer=viewer, at=at)
    if context.is_open_to_people and not shown.within_task:
        note(
            who=str(viewer.account),
            what="read_dossier",
            subject=context.facts.code,
            agency=shown.row["desk_agency"],
            at=at,
        )
    return render(
        request,
        "desk/dossier.html",
        {
            "sheet": context,
            "facts": context.facts,
            "row": shown.row,
            "words": words,
            "place": Place.of(request),
            "parts": parts_of(shown.row, texts=shown.texts),
            "parts_awaited": parts_awaited(context.facts, at),
            "parent": parent,
            "tells": AT_DESK & viewer.kinds(shown.row["desk_agency"]),
            "handshakes": measured(shown.handshakes, at=at),
            "papers_where": papers_where(shown.row, shown.handshakes, parent=parent.row if parent else None),
            "thread": lines(shown.said, shown.row, viewer=viewer),
        },
    )


@require_safe
def attachment(request: HttpRequest, code: str, attachment: UUID) -> HttpResponseBase:
    """A file of a dossier, for whoever may read who it is about; outside their own task it leaves a line."""
    viewer = staff(request)
    row, found = selectors.attachment(code, attachment, viewer=viewer)
    if not sees_people(viewer, row):
        raise no_such(code)
    response = file_response(open_file(found.digest), name=found.name)
    if not within_task(viewer, row):
        note(
            who=str(viewer.account),
            what="attachment_opened",
            subject=code,
            agency=row["desk_agency"],
            at=now_of(request),
        )
    return response
