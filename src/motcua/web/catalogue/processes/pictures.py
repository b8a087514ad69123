"""A version as a picture, and as a BPMN file for other tools."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from motcua.kernel.errors import NotFound
from motcua.kernel.time import local
from motcua.processes.bpmn import bpmn
from motcua.processes.drafted import draft, faults
from motcua.processes.picture import Look, picture
from motcua.processes.published import published_version
from motcua.processes.selectors import published_body, version as parsed
from motcua.processes.shapes import ProcessVersion
from motcua.web.catalogue.processes.listing import attached, variant_labels
from motcua.web.common.requests import now_of, staff
from motcua.web.common.wording import language


def _drawn(table: ProcessVersion, on: date) -> HttpResponse:
    look = Look(language=language(), variants=variant_labels(table.procedure, on), titled=False)
    return HttpResponse(picture(table, look), content_type="image/svg+xml; charset=utf-8")


@require_safe
def process_version_picture(request: HttpRequest, version: Any) -> HttpResponse:
    """A version drawn, in the reader's language. Two statements."""
    found = published_version(version, viewer=staff(request))
    return _drawn(parsed(found.id), local(now_of(request)).date())


@require_safe
def process_draft_picture(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """A draft drawn. Three statements. NotFound where it cannot be read yet."""
    found = draft(draft_id, viewer=staff(request))
    table, _wrong = faults(found.body, published_body)
    if table is None:
        raise NotFound("Bản soạn còn lỗi nên chưa vẽ được.", "The draft has faults and can't be drawn yet.")
    return _drawn(table, local(now_of(request)).date())


@require_safe
def process_version_bpmn(request: HttpRequest, version: Any) -> HttpResponse:
    """A version as BPMN 2.0 with its diagram. One statement."""
    found = published_version(version, viewer=staff(request))
    content = bpmn(parsed(found.id))
    return attached(content, "application/xml", f"{found.code}-{found.number}", ".bpmn")
