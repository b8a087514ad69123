"""The week's roster: who sits at which counter, and who stands in."""

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.agencies.events import RosterCell
from motcua.agencies.roster import MANAGES, Week, monday_of, set_roster, week
from motcua.dossiers.overview import desks
from motcua.kernel.actor import Actor, Viewer
from motcua.kernel.errors import Denied, Refusal
from motcua.kernel.time import local
from motcua.ledger.operations import AlreadyDone
from motcua.web.common.requests import held_fields, now_of, staff, unit
from motcua.web.oversight.board import chosen_desk
from motcua.web.oversight.words import WEEKDAYS

WEEK = timedelta(days=7)


@require_http_methods(["GET", "HEAD", "POST"])
def roster(request: HttpRequest) -> HttpResponse:
    """A week's roster; its manager may set it."""
    viewer = staff(request)
    agency = chosen_desk(request, desks(viewer))
    monday = _monday(request)
    if request.method != "POST":
        return _page(request, viewer, agency, monday, typed=held_fields(request))
    actor = _manager(viewer, agency)
    if actor is None:
        raise Denied(
            "Chỉ phụ trách Bộ phận Một cửa xếp lịch quầy.", "Only the desk's manager sets the roster."
        )
    at = now_of(request)
    known = week(agency=agency, of=monday, viewer=viewer, at=at)
    try:
        with unit(request, actor):
            set_roster(
                agency=agency,
                of=monday,
                cells=_cells(known, request.POST),
                actor=actor,
                at=at,
                viewer=viewer,
            )
    except AlreadyDone:
        pass
    except Refusal as refusal:
        return _page(request, viewer, agency, monday, typed=request.POST, refusal=refusal)
    messages.success(request, _("Đã lưu lịch quầy."))
    return HttpResponseRedirect(f"{reverse('roster')}?week={monday.isoformat()}")


def _monday(request: HttpRequest) -> date:
    try:
        return monday_of(date.fromisoformat(str(request.GET.get("week", ""))))
    except (ValueError, OverflowError):
        # From Sunday on, the week to look at is the one that comes.
        return monday_of(local(now_of(request)).date() + timedelta(days=1))


def _manager(viewer: Viewer, agency: str) -> Actor | None:
    for capacity in viewer.capacities:
        if capacity.agency == agency and capacity.kind in MANAGES:
            return viewer.actor(capacity)
    return None


def _name(what: str, counter: UUID, day: date) -> str:
    return f"{what}-{counter}-{day.isoformat()}"


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _cells(known: Week, typed: QueryDict) -> list[RosterCell]:
    found = []
    for window in known.windows:
        for day in known.days:
            officer = _uuid(str(typed.get(_name("officer", window.id, day), "")))
            backup = _uuid(str(typed.get(_name("backup", window.id, day), "")))
            if officer or backup:
                found.append(RosterCell(counter=window.id, day=day, officer=officer, backup=backup))
    return found


def _page(
    request: HttpRequest,
    viewer: Viewer,
    agency: str,
    monday: date,
    *,
    typed: QueryDict | None,
    refusal: Refusal | None = None,
) -> HttpResponse:
    known = week(agency=agency, of=monday, viewer=viewer, at=now_of(request))
    cells = known.cells
    manages = _manager(viewer, agency) is not None
    copied = manages and not cells and typed is None and "copy" in request.GET
    if copied:
        before = week(agency=agency, of=monday - WEEK, viewer=viewer, at=now_of(request)).cells
        cells = {(counter, day + WEEK): people for (counter, day), people in before.items()}
    if typed is not None:
        cells = {(c.counter, c.day): (c.officer, c.backup) for c in _cells(known, typed)}
    lines = [
        (
            window,
            [
                {
                    "day": day,
                    "label": WEEKDAYS[n],
                    "officer_name": _name("officer", window.id, day),
                    "backup_name": _name("backup", window.id, day),
                    "officer": cells.get((window.id, day), (None, None))[0],
                    "backup": cells.get((window.id, day), (None, None))[1],
                }
                for n, day in enumerate(known.days)
            ],
        )
        for window in known.windows
    ]
    context = {
        "agency": agency,
        "days": [(WEEKDAYS[n], day) for n, day in enumerate(known.days)],
        "lines": lines,
        "people": known.people,
        "manages": manages,
        "copied": copied,
        "copies": manages and not cells,
        "monday": monday.isoformat(),
        "earlier": (monday - WEEK).isoformat(),
        "later": (monday + WEEK).isoformat(),
        "refusal": refusal,
    }
    return render(request, "oversight/roster.html", context, status=refusal.status if refusal else 200)
