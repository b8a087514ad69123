"""Publishing an edition of an agency's calendar: typed, previewed, published, followed."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.positions import LEADERS, POSITION_KINDS
from motcua.agencies.selectors import account_names, called
from motcua.calendars.editions import edition_from
from motcua.calendars.policy import publishing_seats, readable
from motcua.calendars.published import published_edition
from motcua.calendars.selectors import calendar_of
from motcua.calendars.years import says
from motcua.dossiers.moves import names_of
from motcua.flows.calendar import Preview, Stale, preview, progress, publish_calendar
from motcua.kernel.actor import Capacity
from motcua.kernel.errors import NotFound, Refusal
from motcua.kernel.text import mask_name
from motcua.kernel.time import local
from motcua.ledger.operations import AlreadyDone
from motcua.ledger.selectors import claimed_stream
from motcua.web.common.requests import held_fields, now_of, staff, typed_fields, unit
from motcua.web.setup.calendar import KINDS
from motcua.web.setup.calendar_forms import EditionForm

MOVES_A_PAGE = 50
# What the preview sends beside what was typed.
ASKS = frozenset({"do", "mark", "page"})


def _seat(request: HttpRequest) -> Capacity:
    """The seat in which the viewer publishes: of the agency in the address, else their first."""
    seats = publishing_seats(staff(request))
    wanted = str(request.GET.get("agency", ""))
    return next((seat for seat in seats if seat.agency == wanted), seats[0])


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_publish(request: HttpRequest) -> HttpResponse:
    """GET shows the form; POST the preview, or with `do=publish` publishes what was previewed. 422 for wrong input,
    409 with the preview anew where it is no longer so."""
    seat, at = _seat(request), now_of(request)
    posted = request.method == "POST"
    typed = request.POST if posted else held_fields(request)
    form = EditionForm(typed, calendar=calendar_of(seat.agency), at=at)
    wants = str(request.POST.get("do", "")) if posted else "change"
    if wants == "publish":
        return _publish(request, seat, form)
    if wants == "change" or not form.is_valid():
        return _form(request, seat, form, 422 if posted and form.errors else 200)
    document = form.document(code=_code(request, seat))
    return _preview(request, seat, document, preview(document=document, agency=seat.agency))


def _code(request: HttpRequest, seat: Capacity) -> str:
    return f"{seat.agency}.{local(now_of(request)):%y%m%d-%H%M%S}"


def _publish(request: HttpRequest, seat: Capacity, form: EditionForm) -> HttpResponse:
    """Publish what `form` says, if it does what was shown. Sent twice, it is published once: by the second time the
    days are no longer what they were, so the form is not asked again."""
    at, actor = now_of(request), staff(request).actor(seat)
    before = claimed_stream(actor=actor.id, key=str(request.POST.get("idempotency_key", "")))
    if before is not None:
        return HttpResponseRedirect(reverse("calendar_edition", args=[before]))
    if not form.is_valid():
        return _form(request, seat, form, 422)
    document = form.document(code=_code(request, seat))
    found = preview(document=document, agency=seat.agency)
    try:
        with unit(request, actor):
            edition = publish_calendar(
                document=document,
                agency=seat.agency,
                basis=form.cleaned_data["basis"],
                actor=actor,
                at=at,
                mark=str(request.POST.get("mark", "")),
                found=found,
            )
    except AlreadyDone as done:
        edition = done.stream
    except Stale as stale:
        again = preview(document=document, agency=seat.agency)
        return _preview(request, seat, document, again, stale=stale)
    except Refusal as refusal:
        form.refuse(refusal)
        return _form(request, seat, form, refusal.status)
    return HttpResponseRedirect(reverse("calendar_edition", args=[edition]))


def _form(request: HttpRequest, seat: Capacity, form: EditionForm, status: int) -> HttpResponse:
    context = {
        "form": form,
        "agency": seat.agency,
        "agency_name": called(seat.agency),
        "held": form.is_bound and request.method != "POST",
    }
    return render(request, "setup/calendar_publish.html", context, status=status)


def _preview(
    request: HttpRequest, seat: Capacity, document: dict[str, Any], found: Preview, stale: Stale | None = None
) -> HttpResponse:
    """What would move, a page at a time. Who keeps the accounts sees no names (ADR 0027)."""
    pages = max(1, -(-len(found.moves) // MOVES_A_PAGE))
    page = _page(str(request.POST.get("page", "")), pages)
    lines = found.moves[(page - 1) * MOVES_A_PAGE : page * MOVES_A_PAGE]
    is_named = seat.kind in LEADERS
    names = names_of([move.id for move in lines], viewer=staff(request)) if is_named and lines else {}
    typed = [
        (name, value)
        for name, values in typed_fields(request).items()
        if name not in ASKS
        for value in values
    ]
    context = {
        "agency": seat.agency,
        "agency_name": called(seat.agency),
        "kinds": KINDS,
        "says": says(edition_from(document)),
        "basis": request.POST.get("basis", ""),
        "found": found,
        "lines": [(move, mask_name(names.get(move.id, ""))) for move in lines],
        "is_named": is_named,
        "page": page,
        "pages": pages,
        "typed": typed,
        "stale": stale,
    }
    return render(request, "setup/calendar_preview.html", context, status=409 if stale else 200)


def _page(text: str, pages: int) -> int:
    return (
        min(int(text), pages) if text.isascii() and text.isdigit() and 0 < len(text) < 6 and int(text) else 1
    )


@require_safe
def calendar_edition(request: HttpRequest, edition: UUID) -> HttpResponse:
    """One published edition, and how far the open dossiers have followed it. 404 for another agency's."""
    agencies = readable(staff(request))
    line = published_edition(edition)
    if line.agency and line.agency not in agencies:
        raise NotFound("Không có văn bản lịch này.", "There is no such calendar edition.")
    names = account_names({line.account}) if line.account else {}
    context = {
        "line": line,
        "who": names.get(line.account, "") if line.account else "",
        "seat": POSITION_KINDS[line.position_kind].title if line.position_kind else None,
        "agency_name": called(line.agency) if line.agency else None,
        "kinds": KINDS,
        "says": says(line.edition),
        "progress": progress(edition=edition, agency=line.agency) if line.agency else None,
    }
    return render(request, "setup/calendar_edition.html", context)
