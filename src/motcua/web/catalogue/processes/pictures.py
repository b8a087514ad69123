"""A version as a picture, and as a BPMN file for other tools."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from motcua.kernel.time import local
from motcua.processes.bpmn import bpmn
from motcua.processes.picture import Look, picture
from motcua.processes.published import published_version
from motcua.processes.selectors import version as parsed
from motcua.web.catalogue.processes.listing import attached, variant_labels
from motcua.web.common.requests import now_of, staff
from motcua.web.common.wording import language


@require_safe
def process_version_picture(request: HttpRequest, version: Any) -> HttpResponse:
    """A version drawn, in the reader's language. Two statements."""
    found = published_version(version, viewer=staff(request))
    labels = variant_labels(found.procedure, local(now_of(request)).date())
    look = Look(language=language(), variants=labels, titled=False)
    return HttpResponse(picture(parsed(found.id), look), content_type="image/svg+xml; charset=utf-8")


@require_safe
def process_version_bpmn(request: HttpRequest, version: Any) -> HttpResponse:
    """A version as BPMN 2.0 with its diagram. One statement."""
    found = published_version(version, viewer=staff(request))
    content = bpmn(parsed(found.id))
    return attached(content, "application/xml", f"{found.code}-{found.number}", ".bpmn")
