"""Intakes half done: saved while they are typed, put aside, gone on with; procedures kept at hand."""

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from motcua.catalogue.selectors import Found, named
from motcua.files import operations as files
from motcua.kernel.actor import Capacity
from motcua.kernel.errors import NotFound
from motcua.kernel.ids import identifier
from motcua.kernel.time import local
from motcua.reception.operations import at_hand as pins, intakes
from motcua.reception.selectors.at_hand import favourites, most_received
from motcua.reception.selectors.intakes import Waiting, saved_again, typed_so_far, waiting
from motcua.web.common.requests import now_of, staff
from motcua.web.counter.access import receives, receiving_seat
from motcua.web.counter.phone import link_of, sent_with
from motcua.web.counter.suggestions import Suggestion, received_by, suggested

NOT_KEPT = frozenset({"csrfmiddlewaretoken", "password"})


def resumed(request: HttpRequest) -> QueryDict | None:
    """What was typed into the intake that the address names. Raises NotFound for one that is gone."""
    if request.method != "GET" or "intake" not in request.GET:
        return None
    intake = identifier(request.GET["intake"])
    if intake is None:
        raise intakes.no_such_intake()
    return _as_fields(typed_so_far(intake, account=staff(request).account, at=now_of(request)))


def _as_fields(kept: Mapping[str, list[str]]) -> QueryDict:
    found = QueryDict(mutable=True)
    for name, values in kept.items():
        found.setlist(name, values)
    return found


def save(request: HttpRequest) -> UUID | None:
    """Keep what the page has posted so far; None for a page without an intake of its own."""
    viewer = staff(request)
    intake = identifier(request.POST.get("intake"))
    if intake is None:
        return None
    fields: Mapping[str, list[str]] = {
        name: [str(value) for value in values]
        for name, values in request.POST.lists()
        if name not in NOT_KEPT and not name.startswith("_")
    }
    seat, at = receiving_seat(viewer), now_of(request)
    kept = intakes.keep(intake=intake, fields=fields, account=viewer.account, seat=seat, at=at)
    if kept and (sent := sent_with(request.POST)):
        files.stay(sent, owner=viewer.account, until=intakes.end_of_next_day(seat.agency, at))
    return intake if kept else None


def chosen(request: HttpRequest) -> HttpResponseRedirect:
    """Go on with the variant. Somebody scanned or typed on the way goes along with the intake, never in an address."""
    told = request.POST
    someone = any(told.get(f"applicant-0-{name}", "").strip() for name in ("scan", "name", "number"))
    if someone and (intake := save(request)) is not None:
        return HttpResponseRedirect(f"{reverse('receive')}?{urlencode({'intake': intake})}")
    asked = {name: told[name] for name in ("procedure", "variant", "visit") if told.get(name)}
    return HttpResponseRedirect(f"{reverse('receive')}?{urlencode(asked)}")


def put_aside(request: HttpRequest, *, shared: bool) -> HttpResponseRedirect:
    """Park what is typed and take the next person."""
    intake = save(request)
    if intake is None:
        raise intakes.no_such_intake()
    viewer, at = staff(request), now_of(request)
    intakes.park(intake=intake, account=viewer.account, seat=receiving_seat(viewer), shared=shared, at=at)
    return HttpResponseRedirect(reverse("receive"))


def finish(request: HttpRequest, seat: Capacity) -> None:
    """In the unit of work that receives: the page's intake ends here. Raises NotAllowedNow for a colleague's."""
    intake = identifier(request.POST.get("intake"))
    if intake is not None:
        intakes.finish(intake=intake, account=staff(request).account, seat=seat, at=now_of(request))


def received_of(request: HttpRequest) -> None:
    """The intake of the page has become a dossier: nothing typed is left of it."""
    intake = identifier(request.POST.get("intake"))
    if intake is not None:
        viewer, at = staff(request), now_of(request)
        seat = receiving_seat(viewer)
        again = saved_again(request.POST.dict(), account=viewer.account, seat=seat, at=at)
        for one in {intake, *again}:
            intakes.close(intake=one, account=viewer.account, seat=seat, at=at)


@require_POST
def resume(request: HttpRequest, intake: UUID) -> HttpResponse:
    """Go on with an intake that waits; what was sent for it comes along."""
    viewer = staff(request)
    seat, at = receiving_seat(viewer), now_of(request)
    intakes.resume(intake=intake, account=viewer.account, seat=seat, at=at)
    typed = _as_fields(typed_so_far(intake, account=viewer.account, at=at))
    files.hand_on(sent_with(typed), link=link_of(typed), agency=seat.agency, to=viewer.account, at=at)
    return HttpResponseRedirect(f"{reverse('receive')}?intake={intake}")


@require_POST
def drop(request: HttpRequest, intake: UUID) -> HttpResponse:
    """Give an intake up: what was typed is gone."""
    viewer = staff(request)
    seat, at = receiving_seat(viewer), now_of(request)
    intakes.resume(intake=intake, account=viewer.account, seat=seat, at=at)
    intakes.close(intake=intake, account=viewer.account, seat=seat, at=at)
    return redirect("receive")


def waiting_here(request: HttpRequest) -> list[Waiting]:
    """The intakes that the officer may go on with."""
    viewer = staff(request)
    return waiting(account=viewer.account, seat=receiving_seat(viewer), at=now_of(request))


# --- procedures at hand ------------------------------------------------------------


@require_POST
def pin(request: HttpRequest, code: str) -> HttpResponse:
    """Keep a procedure at hand, or with `off` let it go."""
    viewer = staff(request)
    receiving_seat(viewer)
    if not named([code]):
        raise NotFound("Không có thủ tục này.", "There is no such procedure.")
    if request.POST.get("off"):
        pins.unpin(procedure=code, account=viewer.account)
    else:
        pins.pin(procedure=code, account=viewer.account, at=now_of(request))
    return redirect("receive")


def favourites_first(request: HttpRequest, found: list[Found]) -> list[Found]:
    """What a search found, with the favourites of who receives at the head; for everybody else as it is."""
    viewer = getattr(request, "viewer", None)
    if viewer is None or not found or not receives(viewer):
        return found
    pinned = set(favourites(viewer.account))
    return sorted(found, key=lambda one: one.code not in pinned)


def lying_at_hand(request: HttpRequest, *, visit: str) -> tuple[list[Suggestion], list[Suggestion]]:
    """The officer's favourites, and what the desk took in most lately beside them."""
    viewer = staff(request)
    seat = receiving_seat(viewer)
    pinned = favourites(viewer.account)
    often = most_received(seat.agency, on=local(now_of(request)).date())
    among = received_by(seat)
    found = {one.code: one for one in named([*pinned, *often]) if among is None or one.code in among}
    mine = [found[code] for code in pinned if code in found]
    others = [found[code] for code in often if code in found and code not in pinned]
    return suggested(mine, visit=visit), suggested(others, visit=visit)
