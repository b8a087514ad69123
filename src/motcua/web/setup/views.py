"""The agency's people and seats, for its technical administrator."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.accounts.selectors import factors
from motcua.agencies import people as staff_people
from motcua.dossiers.passing import adrift
from motcua.flows.leaving import gone, hanging, stranded
from motcua.processes.published import unmanned
from motcua.processes.wording import positions_words
from motcua.web.common.paging import Trail
from motcua.web.common.requests import now_of, staff
from motcua.web.setup.words import PERSON_ACTS, fits, limit_words


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Who works here. Two statements."""
    trail = Trail.read(request.GET)
    page = staff_people.people(viewer=staff(request), at=now_of(request), after=trail.after)
    back, forth = trail.back(), trail.forth(page.following)
    context = {
        "lines": page.lines,
        "before": back.query() if back else "",
        "after": forth.query() if forth else "",
    }
    return render(request, "setup/people.html", context)


@require_safe
def person(request: HttpRequest, account: UUID) -> HttpResponse:
    """One person: seats, how they sign in, and what may be done for them."""
    viewer = staff(request)
    at, agency = now_of(request), staff_people.administered(viewer).agency
    shown = staff_people.person(account, viewer=viewer, at=at)
    waits = hanging(gone(account, agency=agency, at=at)) if not shown.is_active and shown.seats else []
    context = {
        "waits": len(waits),
        "person": shown,
        "factors": factors(account),
        "acts": [(act, words) for act, words in PERSON_ACTS.items() if fits(act, shown)],
        "is_oneself": account == viewer.account,
        "limit_words": limit_words,
    }
    return render(request, "setup/person.html", context)


@require_safe
def seats(request: HttpRequest) -> HttpResponse:
    """The agency's seats and who holds them; and what can't be done as they are: rows of processes that it runs,
    dossiers that wait for somebody."""
    viewer, at = staff(request), now_of(request)
    agency = staff_people.administered(viewer).agency
    context = {
        "adrift": adrift(agency, at=at),
        "lines": staff_people.agency_seats(viewer=viewer, at=at),
        "stranded": [(positions_words(one.kinds), one) for one in stranded(agency, at=at)],
        "unmanned": unmanned(agency, at=at),
    }
    return render(request, "setup/seats.html", context)
