"""The log of messages: what left the house or was to, masked, for who looks after it."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.dossiers.policy import sees_people
from motcua.dossiers.record import no_such
from motcua.dossiers.selectors import find_row
from motcua.dossiers.sight import PEOPLE, hidden, unseen
from motcua.dossiers.tasks import within_task
from motcua.notifications import selectors
from motcua.web.common.paging import Trail
from motcua.web.common.requests import staff
from motcua.web.desk import message_words as words


@require_safe
def message_log(request: HttpRequest) -> HttpResponse:
    """A page of the messages of the viewer's agencies, by state; to whom only where the viewer is shown the dossier's
    people. Two statements."""
    viewer, trail = staff(request), Trail.read(request.GET)
    state = str(request.GET.get("state", ""))
    state = state if state in words.STATES else ""
    lines, following = selectors.log(viewer=viewer, state=state, after=trail.after)
    nameless = unseen({line.reference for line in lines}, viewer=viewer)
    forth, back = trail.forth(following), trail.back()
    context = {
        "lines": [replace(line, to="") if line.reference in nameless else line for line in lines],
        "state": state,
        "words": words,
        "reads_dossiers": any(c.kind == "desk_manager" for c in viewer.capacities),
        "before": back.query(state=state) if back else "",
        "after": forth.query(state=state) if forth else "",
    }
    return render(request, "desk/messages.html", context)


@require_safe
def dossier_messages(request: HttpRequest, code: str) -> HttpResponse:
    """What was told of one dossier: to masked addresses, and what it said for those whose task it is. Two statements,
    which the dossier's own page need not pay."""
    viewer = staff(request)
    row, _name = find_row(code, viewer=viewer)
    if not sees_people(viewer, row) or PEOPLE in hidden(viewer, row):
        raise no_such(code)
    context = {
        "row": row,
        "lines": selectors.of_reference(row["code"]),
        "reads_texts": within_task(viewer, row),
        "words": words,
    }
    return render(request, "desk/dossier_messages.html", context)
