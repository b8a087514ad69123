"""What comes after receiving: the confirmation, the receipt and the letters."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from motcua.dossiers.policy import represented
from motcua.dossiers.states import State
from motcua.dossiers.visits import Visited, of_visit
from motcua.reception.selectors.returns import before_reception
from motcua.web.common.paying import way_to_pay
from motcua.web.common.pdf.render import render_receipt
from motcua.web.common.requests import now_of, staff
from motcua.web.common.wording import moment
from motcua.web.counter.access import is_at_desk, leave_line, receives
from motcua.web.counter.confirmation import confirmation
from motcua.web.counter.letters import letter, opinion_letter
from motcua.web.counter.receipt import facts_of, read
from motcua.web.counter.routing_slip import routing_slip

ROUTING_SLIP = "06"


@require_safe
def received(request: HttpRequest, code: str) -> HttpResponse:
    """The confirmation: the code in large letters, the due date, the PIN, and what to press next."""
    viewer = staff(request)
    done = confirmation(code, viewer=viewer)
    leave_line(viewer, done.row, what="receipt_seen", at=now_of(request))
    visited = of_visit(done.row["visit"], viewer=viewer) if done.row["visit"] else []
    owing = [one.code for one in visited if one.owes] or [code] * bool(done.row["fee_open"])
    context = {
        "done": done,
        "visited": visited,
        "visit_rows": visit_rows(visited),
        "owes": bool(owing),
        "guided": before_reception(code, agency=done.row["desk_agency"]) if is_at_desk(viewer) else [],
        "sends": receives(viewer) and done.event.expected_at and done.row["state"] == State.RECEIVED,
        "certifies": is_at_desk(viewer) or not represented(viewer, done.row),
        "pay": way_to_pay(viewer, agency=done.row["desk_agency"], codes=owing),
    }
    return render(request, "counter/received.html", context)


@require_safe
def receipt(request: HttpRequest, code: str) -> HttpResponse:
    """The receipt as PDF, the same bytes each time."""
    viewer = staff(request)
    printed = read(code, viewer=viewer)
    paper = render_receipt(facts_of(printed))
    leave_line(viewer, printed.row, what="receipt_printed", at=now_of(request))
    return pdf(paper, name=printed.row["code"])


@require_safe
def form_letter(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """A letter of form 02, 04 or 05, or the routing slip (06), as PDF."""
    viewer = staff(request)
    printed = read(code, viewer=viewer)
    if number == ROUTING_SLIP:
        paper = routing_slip(printed, viewer=viewer, at=now_of(request))
    else:
        paper = letter(printed, number)
    leave_line(viewer, printed.row, what=f"letter_{number}_printed", at=now_of(request))
    return pdf(paper, name=f"{printed.row['code']}-{number}")


@require_safe
def consultation_letter(request: HttpRequest, code: str, consultation: UUID) -> HttpResponse:
    """The letter by which a body outside the system is asked, as PDF, the same bytes each time."""
    viewer = staff(request)
    printed = read(code, viewer=viewer)
    paper, number = opinion_letter(printed, consultation)
    leave_line(viewer, printed.row, what="consultation_letter_printed", at=now_of(request))
    return pdf(paper, name=f"{printed.row['code']}-{number.replace('/', '-')}")


def visit_rows(visited: Sequence[Visited]) -> list[tuple[str, str, str]]:
    """The dossiers of a visit as a table's rows."""
    return [(d.code, d.name, moment(d.due_at) if d.due_at else _("không quy định")) for d in visited]


def pdf(paper: bytes, *, name: str) -> HttpResponse:
    """A PDF to look at and print, kept nowhere."""
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "no-store"
    return response
