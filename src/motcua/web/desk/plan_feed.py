"""The address under which a calendar program reads one's plan: made and ended on a page, read without a session."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_http_methods, require_safe
from icalendar import Calendar, Event

from motcua.agencies.positions import WORKING
from motcua.agencies.selectors import viewer_of
from motcua.kernel.errors import Denied, NotFound
from motcua.kernel.time import local
from motcua.web.common.requests import now_of, staff
from motcua.web.desk.plan import Open, plan_for
from motcua.workday import operations as workday
from motcua.workday.selectors import feed_since, whose_feed

_LAST = timedelta(minutes=30)  # how long what is due stands in a calendar, up to its due


@require_http_methods(["GET", "HEAD", "POST"])
def plan_feed(request: HttpRequest) -> HttpResponse:
    """Make the address anew, which is shown this once, or end it."""
    viewer = staff(request)
    if not any(c.kind in WORKING for c in viewer.capacities):
        raise Denied("Vị trí của bạn không có việc theo bước.", "Your position has no steps to work on.")
    address = ""
    if request.method == "POST":
        if request.POST.get("do") == "end":
            workday.end_feed(account=viewer.account)
            return HttpResponseRedirect(reverse("plan_feed"))
        token = workday.make_feed(account=viewer.account, at=now_of(request))
        address = settings.PUBLIC_URL + reverse("plan_ics", args=[token])
    context = {"address": address, "since": feed_since(viewer.account)}
    return render(request, "desk/plan_feed.html", context)


@require_safe
def plan_ics(request: HttpRequest, token: str) -> HttpResponseBase:
    """The plan as iCalendar (RFC 5545), for whoever has the secret: codes and names of steps, of people nothing. A
    secret that was ended, or whose person works here no more, opens nothing."""
    at = now_of(request)
    found = whose_feed(token, at=at)
    if found is None:
        raise Http404
    account, since = found
    try:
        plan = plan_for(viewer_of(account, at=at), at=at, until=local(at).date())
    except (Denied, NotFound):
        raise Http404 from None
    body = calendar(
        plan.steps,
        since=since,
        language=str(request.locale),  # type: ignore[attr-defined]
    )
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["ETag"] = etag
    response["Cache-Control"] = "private, max-age=300"
    response["Content-Disposition"] = 'attachment; filename="motcua.ics"'
    answer: HttpResponseBase = get_conditional_response(request, etag, None, response)  # type: ignore[assignment]
    return answer


def calendar(steps: tuple[Open, ...], *, since: datetime, language: str) -> bytes:
    """Each step that is due as half an hour up to its due, and each that was put on a day as that whole day. The same
    steps give the same bytes: what a program has read already it need not read again."""
    made = Calendar()
    made.add("prodid", "-//Mot Cua//vi")
    made.add("version", "2.0")
    made.add("x-wr-calname", "Một Cửa")
    for one in sorted(steps, key=lambda one: one.key):
        name = f"{one.code}: {one.work(language)}"
        if one.due_at is not None:
            due = one.due_at.astimezone(UTC)
            made.add_component(_event(f"due.{one.key}", name, due - _LAST, due, since))
        if one.entry is not None:
            day = one.entry.day
            made.add_component(_event(f"day.{one.key}", name, day, day + timedelta(days=1), since))
    text: bytes = made.to_ical()
    return text


def _event(key: str, name: str, begins: object, ends: object, since: datetime) -> Event:
    event = Event()
    event.add("uid", f"{key}@motcua")
    event.add("dtstamp", since.astimezone(UTC))
    event.add("dtstart", begins)
    event.add("dtend", ends)
    event.add("summary", name)
    return event
