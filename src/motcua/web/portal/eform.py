"""A procedure's form to look at before anything is handed in: what it asks, and the blank paper. Nothing is asked of
the reader, nothing is kept."""

import functools

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.catalogue.selectors import Found, named, offer
from motcua.catalogue.shapes import ELSEWHERE
from motcua.eforms.schema import schema
from motcua.eforms.selectors import form, form_for, published_for, results_of
from motcua.eforms.shapes import Form
from motcua.kernel.errors import NotFound
from motcua.kernel.time import local
from motcua.web.common.eform_words import blank
from motcua.web.common.pdf.eform import EformFacts, render_eform
from motcua.web.common.requests import now_of
from motcua.web.portal.procedure_words import NATIONAL_PORTAL


@require_safe
def procedure_form(request: HttpRequest, code: str) -> HttpResponse:
    """Every topic of the form with what it asks, and where it is handed in if not here. Three statements."""
    procedure, found = _asked(request, code)
    offered = offer(code, agency="", province=None, on=local(now_of(request)).date())
    context = {
        "procedure": procedure,
        "title": offered.version.title,
        "form": found,
        "parts": blank(found),
        "elsewhere": ELSEWHERE.get(offered.handled_in),
        "door": NATIONAL_PORTAL,
        "variant": request.GET.get("variant", "")[:60],
    }
    return render(request, "portal/procedure_form.html", context)


@require_safe
def procedure_form_paper(request: HttpRequest, code: str) -> HttpResponse:
    """The blank form to be filled in by hand. Two statements."""
    procedure, found = _asked(request, code)
    paper = _paper(found.code, found.version, procedure.title, settings.INSTALLATION == "trial")
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.code}-{found.version}.pdf"'
    return response


@require_safe
def procedure_form_schema(request: HttpRequest, code: str) -> JsonResponse:
    """The JSON Schema of whole answers, for machines that prepare them, with the data of the results they become. One
    statement."""
    _procedure, found = _asked(request, code)
    return JsonResponse(
        schema(found, results_of(found)),
        json_dumps_params={"ensure_ascii": False},
        content_type="application/schema+json",
    )


def _asked(request: HttpRequest, code: str) -> tuple[Found, Form]:
    """The procedure and its form today. Raises NotFound."""
    on = local(now_of(request)).date()
    variant = request.GET.get("variant", "")[:60]
    published = published_for(code.replace("\x00", ""), on=on)
    known = form_for(procedure=code, variant=variant, on=on, published=published)
    procedure = next(iter(named([code])), None) if known else None
    if known is None or procedure is None:
        raise NotFound(
            "Thủ tục này chưa có mẫu điền ở đây. Hãy xem trang của thủ tục.",
            "There is no form to fill in for this procedure here. See the procedure's page.",
        )
    return procedure, known


@functools.lru_cache(maxsize=64)
def _paper(code: str, version: int, procedure: str, trial: bool) -> bytes:  # noqa: FBT001 - a cache has no keywords
    return render_eform(EformFacts(trial=trial, form=form(code, version), procedure=procedure))
