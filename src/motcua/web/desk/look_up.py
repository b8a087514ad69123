"""The people of a dossier held against the population register, by who works on it: asked by a button, shown beside
what was told, kept with its source."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers import policy
from motcua.dossiers.projector import standing
from motcua.dossiers.row import Row
from motcua.dossiers.selectors import find_row, in_full
from motcua.dossiers.states import Act, State
from motcua.flows import registers
from motcua.kernel.actor import Actor, Viewer
from motcua.kernel.errors import Denied, NotAllowedNow, Refusal
from motcua.kernel.time import now
from motcua.kernel.unit_of_work import Request, unit_of_work
from motcua.parties.registers import Outcome
from motcua.web.common.requests import staff
from motcua.web.desk.facts import Facts
from motcua.web.desk.given import given, made
from motcua.web.desk.known import staff_names
from motcua.web.desk.people import people_of_task
from motcua.web.desk.sheet import holder
from motcua.web.desk.told import told

LOOK_UP = "_look_up"  # the button, on this page and beside the form of an act


@require_http_methods(["GET", "HEAD", "POST"])
def look_up(request: HttpRequest, code: str) -> HttpResponse:
    """What waits, and what the register has said. POST asks about one person, outside every unit of work."""
    viewer = staff(request)
    row, name = find_row(code, viewer=viewer)
    if request.method == "POST":
        ask(request, row, viewer=viewer)
        row, name = find_row(code, viewer=viewer)
        there = "look_up" if row["state"] == State.SUBMITTED or row["degraded"] else "dossier"
        return HttpResponseRedirect(reverse(there, args=[code]))
    _asker(viewer, row)
    shown = in_full(row, name, viewer=viewer)
    facts = Facts.of(shown)
    context = {
        "act": "",
        "facts": facts,
        "row": row,
        "holder": holder(row, staff_names([row["holder_account"]])),
        "given": given(facts),
        "made": made(facts),
        "last": [told(shown.entries[-1])],
        "people": people_of_task(shown, viewer=viewer),
    }
    return render(request, "desk/look_up.html", context)


def _asker(viewer: Viewer, row: Row) -> Actor:
    """In whose capacity they ask. Raises Denied, NotAllowedNow: who may not receive it, or check it by a paper, has no
    business with the register."""
    act = Act.RECEIVE if row["state"] == State.SUBMITTED else Act.BACKFILL
    verdict = policy.allows(viewer, act, row, standing(row))
    if isinstance(verdict, policy.Refused):
        raise (NotAllowedNow if verdict.state else Denied)(verdict.reason.vi, verdict.reason.en)
    return viewer.actor(verdict.capacity)


def ask(request: HttpRequest, row: Row, *, viewer: Viewer) -> None:
    """Ask about the person whose button was pressed, and say how that ended. Raises Denied, NotAllowedNow."""
    actor, place = _asker(viewer, row), str(request.POST.get(LOOK_UP, ""))
    try:
        asked = registers.ask_about(
            row=row,
            place=int(place) if place.isascii() and place.isdigit() else -1,
            actor=actor,
            clock=now,
            officer=viewer.login,
        )
        if not asked.answer.outcome.is_answer:
            messages.warning(request, _IN_VAIN[asked.answer.outcome]())
            return
        # After the register's own time, in which somebody else may have acted.
        at, work = now(), Request.of(f"register/{asked.answer.number}")
        with unit_of_work(actor=actor, at=at, request=work):
            registers.keep_answer(
                dossier=row["id"],
                place=asked.place,
                answer=asked.answer,
                about=asked.about,
                actor=actor,
                at=at,
            )
    except Refusal as refusal:
        messages.error(request, refusal.say(str(request.locale)))  # type: ignore[attr-defined]
        return
    messages.success(request, _("CSDL dân cư đã trả lời; kết quả ở bên dưới."))


_IN_VAIN = {
    Outcome.SILENT: lambda: _(
        "CSDL dân cư chưa trả lời được. Hồ sơ vẫn làm tiếp được, trừ việc ban hành; hệ thống tự tra lại."
    ),
    Outcome.FAILED: lambda: _(
        "CSDL dân cư báo lỗi cho câu hỏi này. Hồ sơ vẫn làm tiếp được, trừ việc ban hành; hệ thống tự tra lại."
    ),
    Outcome.UNASKED: lambda: _(
        "Chưa tra: CSDL dân cư vừa không trả lời. Hồ sơ vẫn làm tiếp được, trừ việc ban hành; hãy tra lại sau một phút."
    ),
    Outcome.UNREADABLE: lambda: _(
        "CSDL dân cư trả lời không đọc được. Hồ sơ vẫn làm tiếp được, trừ việc ban hành; hệ thống tự tra lại."
    ),
}
