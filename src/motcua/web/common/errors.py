"""Pages for what went wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template

from motcua.kernel.errors import Refusal


def refusal_page(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page of a refusal that no form could show beside its field."""
    context = {"status": refusal.status, "problem": {"vi": refusal.vi, "en": refusal.en}}
    return render(request, "common/error.html", context, status=refusal.status)


def unavailable_page() -> HttpResponse:
    """The page while the database is away: a template and nothing around it."""
    response = HttpResponse(get_template("503.html").render({}, request=None), status=503)
    response["Retry-After"] = "10"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from our page, or whose cookie is gone."""
    return render(request, "403_csrf.html", status=403)
