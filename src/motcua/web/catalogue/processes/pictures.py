"""A version as a picture, and as a BPMN file for other tools."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from motcua.kernel.errors import NotFound
from motcua.kernel.time import local
from motcua.processes.bpmn import bpmn
from motcua.processes.drafted import draft, drawn
from motcua.processes.published import published_version
from motcua.processes.selectors import published_body, version as parsed
from motcua.web.catalogue.designer.controls import one
from motcua.web.catalogue.json_file import attached
from motcua.web.catalogue.processes.outlining import around_of
from motcua.web.catalogue.processes.redrawing import redrawn, svg, told
from motcua.web.common.requests import now_of, staff, typed_fields

SVG = "image/svg+xml; charset=utf-8"


@require_safe
def process_version_picture(request: HttpRequest, version: Any) -> HttpResponse:
    """A version drawn, in the reader's language. Two statements."""
    found = published_version(version, viewer=staff(request))
    return HttpResponse(svg(parsed(found.id), local(now_of(request)).date()), content_type=SVG)


@require_http_methods(["GET", "HEAD", "POST"])
def process_draft_picture(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """As much of a draft as can be drawn, what is to be mended marked. POST draws it with what is typed for the node
    `at`, keeps nothing, and answers 422 with a line of text where that cannot be kept. NotFound where nothing can be
    drawn."""
    found = draft(draft_id, viewer=staff(request))
    if request.method == "POST":
        typed, around = typed_fields(request), around_of(request, found)
        table, wrong = redrawn(found, one(typed, "at"), typed, around)
        if wrong:
            return HttpResponse(told(wrong, around), content_type="text/plain; charset=utf-8", status=422)
    else:
        table = drawn(found.body, published_body)
    if table is None:
        raise NotFound("Bản soạn còn lỗi nên chưa vẽ được.", "The draft has faults and can't be drawn yet.")
    return HttpResponse(svg(table.process, local(now_of(request)).date(), table.wrong), content_type=SVG)


@require_safe
def process_version_bpmn(request: HttpRequest, version: Any) -> HttpResponse:
    """A version as BPMN 2.0 with its diagram. One statement."""
    found = published_version(version, viewer=staff(request))
    content = bpmn(parsed(found.id))
    return attached(content, "application/xml", f"{found.code}-{found.number}", ".bpmn")
