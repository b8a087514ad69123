"""The log of messages: what left the house or was to, masked, for who looks after it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.notifications import selectors
from motcua.web.common.paging import Trail
from motcua.web.common.requests import staff
from motcua.web.desk import message_words as words


@require_safe
def message_log(request: HttpRequest) -> HttpResponse:
    """A page of the messages of the viewer's agencies, by state. One statement."""
    viewer, trail = staff(request), Trail.read(request.GET)
    state = str(request.GET.get("state", ""))
    state = state if state in words.STATES else ""
    lines, following = selectors.log(viewer=viewer, state=state, after=trail.after)
    forth, back = trail.forth(following), trail.back()
    context = {
        "lines": lines,
        "state": state,
        "words": words,
        "reads_dossiers": any(c.kind == "desk_manager" for c in viewer.capacities),
        "before": back.query(state=state) if back else "",
        "after": forth.query(state=state) if forth else "",
    }
    return render(request, "desk/messages.html", context)
