"""One visit with several dossiers: the same person again, and one slip for all of them."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_safe

from motcua.access_log.operations import note
from motcua.agencies.selectors import agency
from motcua.catalogue.selectors import versions
from motcua.dossiers.visits import Visited, has_others, of_visit
from motcua.kernel.actor import Capacity, Viewer
from motcua.kernel.errors import NotFound
from motcua.kernel.ids import identifier
from motcua.web.common.pdf.facts import PaperHead
from motcua.web.common.pdf.slip import SlipFacts, SlipLine, render_slip
from motcua.web.common.requests import now_of, staff
from motcua.web.counter.access import receives, receiving_seat
from motcua.web.counter.printing import pdf
from motcua.web.counter.receipt import amount_words
from motcua.web.counter.typed import put_defaults

NO_VISIT = NotFound(
    "Không có lượt giao dịch này, hoặc ngoài phạm vi của bạn.",
    "There is no such visit, or it is outside your scope.",
)


def people_again(typed: QueryDict, *, viewer: Viewer) -> Sequence[Visited]:
    """The dossiers of the visit that `typed` goes on with; its people are put into the fields not typed yet.

    A visit of another desk is none: the page begins one of its own.
    """
    visit = identifier(typed.get("visit"))
    before = of_visit(visit, viewer=viewer) if visit else []
    if not before:
        typed.pop("visit", None)
        return ()
    if "applicant-0-name" not in typed:
        fill_people(typed, before[-1].people)
    return before


def check_theirs(visit: UUID | None, *, viewer: Viewer, seat: Capacity) -> None:
    """Raise NotFound where a representative would put a dossier into a visit that is not all of their agency's."""
    if visit is not None and seat.posted_by and has_others(visit, viewer=viewer):
        raise NO_VISIT


def fill_people(typed: QueryDict, people: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
    """Put `people` (role, what a dossier's snapshot says) into the fields of the page."""
    applicants = [told for role, told in people if role == "applicant"]
    typed["applicants"] = str(max(len(applicants), 1))
    for i, told in enumerate(applicants):
        put_defaults(typed, person_fields(f"applicant-{i}", told))
    for told in [told for role, told in people if role == "submitter"][:1]:
        typed["other_submitter"] = "1"
        put_defaults(typed, person_fields("submitter", told))


def person_fields(prefix: str, told: Mapping[str, Any]) -> dict[str, str]:
    """A snapshot of a party as the fields of its form."""
    year, month, day = (str(told.get("born_on") or "").split("-") + ["", "", ""])[:3]
    plain = ("kind", "name", "paper", "number", "sex", "phone", "email", "address")
    fields = {name: str(told.get(name) or "") for name in plain}
    fields |= {"born_0": day, "born_1": month, "born_2": year}
    return {f"{prefix}-{name}": value for name, value in fields.items()}


@require_safe
def slip(request: HttpRequest, visit: UUID) -> HttpResponse:
    """The slip of a visit as PDF; `?print=big` in large letters."""
    viewer = staff(request)
    dossiers = of_visit(visit, viewer=viewer) if receives(viewer) else []
    if not dossiers:
        raise NO_VISIT
    paper = render_slip(_facts(dossiers, viewer, big=request.GET.get("print") == "big"))
    first = dossiers[0].code
    note(who=str(viewer.account), what="slip_printed", at=now_of(request), subject=first)
    return pdf(paper, name=f"{first}-luot")


def _facts(dossiers: Sequence[Visited], viewer: Viewer, *, big: bool) -> SlipFacts:
    desk = agency(receiving_seat(viewer).agency)
    known = versions([d.procedure_version for d in dossiers])
    people = dict(dossiers[0].people)
    person = (people.get("submitter") or people.get("applicant") or {}).get("name", "")
    fees = [d.fee_total for d in dossiers]
    unknown = any(fee is None for fee in fees)
    return SlipFacts(
        head=PaperHead(
            trial=settings.INSTALLATION == "trial",
            parent_agency=desk.parent_name,
            agency=desk.name,
            place=desk.place,
            code=dossiers[0].code,
        ),
        desk=desk.desk_name,
        person=person,
        at=dossiers[-1].received_at,
        lines=tuple(
            SlipLine(
                code=d.code,
                procedure=known[d.procedure_version].title.vi,
                applicant=d.name,
                due_at=d.due_at,
                fee=amount_words(d.fee_total),
            )
            for d in dossiers
        ),
        total="" if unknown else amount_words(sum(fee or 0 for fee in fees)),
        officer=viewer.name,
        hotline=desk.phone,
        big=big,
    )
