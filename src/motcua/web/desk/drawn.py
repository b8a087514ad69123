"""The way of a dossier through its process, as a picture."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from motcua.agencies.selectors import agencies_called
from motcua.catalogue.selectors import version as procedure_version
from motcua.dossiers.policy import sees_people
from motcua.dossiers.record import no_such
from motcua.dossiers.selectors import find_row
from motcua.kernel.actor import Viewer
from motcua.processes.picture import Look, picture
from motcua.processes.selectors import code_at, stays, version
from motcua.processes.staffing import asked_agencies
from motcua.web.common.requests import staff
from motcua.web.common.wording import language


@require_safe
def dossier_picture(request: HttpRequest, code: str) -> HttpResponse:
    """The process that the dossier runs under, with what is done and where it is now. Two statements. NotFound before
    it has one."""
    viewer = staff(request)
    row, _ = find_row(code, viewer=viewer)
    if not sees_people(viewer, row) or row["process_version"] is None:
        raise no_such(code)
    process = version(row["process_version"])
    here, done = _standing(row, viewer)
    labels = {v.code: v.label for v in procedure_version(row["procedure_version"]).variants}
    names = agencies_called(asked_agencies(process))
    look = Look(language=language(), here=here, done=done, variants=labels, agencies=names)
    return HttpResponse(picture(process, look), content_type="image/svg+xml; charset=utf-8")


def _standing(row: Mapping[str, Any], viewer: Viewer) -> tuple[set[int], set[int]]:
    """The rows of the table that are open, and those done for good: by the last stay in each, also under an earlier
    version of the process."""
    process = version(row["process_version"])
    numbers: Mapping[str | None, int] = {step.code: step.order for step in process.steps}
    last = {
        numbers[code]: stay
        for stay in stays(row["id"], viewer=viewer)
        if (code := code_at(row, stay.seq, stay.number)) in numbers
    }
    here = {number for number, stay in last.items() if stay.ended_at is None}
    given_back = {number for number, stay in last.items() if stay.outcome in ("returned", "recalled")}
    received = {process.steps[0].order}
    return here, received | (last.keys() - here - given_back)
