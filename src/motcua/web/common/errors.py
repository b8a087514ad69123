"""Pages for what went wrong."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template

from motcua.kernel.errors import OthersTurn, Refusal
from motcua.web.common.acting import Turned


def refusal_page(request: HttpRequest, refusal: Refusal, *, back: str = "") -> HttpResponse:
    """The page of a refusal that no form could show beside its field; `back` is where to go on ("": the start)."""
    context = {"status": refusal.status, "problem": {"vi": refusal.vi, "en": refusal.en}, "back": back}
    context["says_all"] = isinstance(refusal, OthersTurn)
    return render(request, "common/error.html", context, status=refusal.status)


def turned_page(request: HttpRequest, turned: Turned) -> HttpResponse:
    """A form that was opened for somebody else than the person acts for by now: nothing is done, and one button goes
    back to whom it was for, with what was typed."""
    return render(request, "common/turned.html", {"turned": turned}, status=409)


def not_allowed_page(request: HttpRequest, refused: HttpResponse) -> HttpResponse:
    """The page of an address that is only shown, or only sent to; `refused` names the ways that are open."""
    response = render(request, "common/error.html", {"status": 405}, status=405)
    response["Allow"] = refused["Allow"]
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What the browser sent can't be read. Django's own view would read it again for the form's token."""
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    return HttpResponse(get_template("common/error.html").render({"status": status}), status=status)


def server_error(request: HttpRequest) -> HttpResponse:
    """A defect: a template and nothing around it."""
    return HttpResponse(get_template("500.html").render({}, request=None), status=500)


def unavailable_page() -> HttpResponse:
    """The page while the database is away: a template and nothing around it."""
    response = HttpResponse(get_template("503.html").render({}, request=None), status=503)
    response["Retry-After"] = "10"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from our page, or whose cookie is gone."""
    return render(request, "403_csrf.html", status=403)
