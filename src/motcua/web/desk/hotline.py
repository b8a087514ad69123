"""The hotline: somebody on the telephone asks where a dossier stands. Found by name or code, states and dates only."""

from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from motcua.access_log.operations import note
from motcua.agencies.selectors import agency as agency_facts
from motcua.catalogue.selectors import version
from motcua.dossiers import selectors
from motcua.dossiers.states import ENDED, LABELS, State
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import Denied
from motcua.kernel.say import Say
from motcua.web.common.paging import Trail
from motcua.web.common.public import HOTLINE
from motcua.web.common.requests import held_fields, now_of, staff
from motcua.web.desk import words
from motcua.web.desk.lists import rows

FEWEST = 3


@dataclass(frozen=True, slots=True)
class Told:
    """What may be said on the telephone of one dossier: no person, no paper, no note, no sum."""

    code: str
    procedure: Say
    state: Say
    tone: str
    desk: str
    phone: str
    submitted_at: datetime | None
    received_at: datetime | None
    due_at: datetime | None
    provisional: bool
    paused: bool
    apology_date: date | None
    decided_at: datetime | None
    available_at: datetime | None
    ended_at: datetime | None

    @property
    def is_timed(self) -> bool:
        """Whether its due date says anything."""
        return self.received_at is not None and self.due_at is not None


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def hotline(request: HttpRequest) -> HttpResponse:
    """Find a dossier by words of a name or by its code. Words are posted, never in an address; a search leaves a
    line without them."""
    viewer = staff(request)
    agency = _agency(viewer)
    typed = request.POST if request.method == "POST" else held_fields(request) or request.GET
    search = "" if typed is request.GET else str(typed.get("words", "")).strip()
    context = {"words": search, "few": 0 < len(search) < FEWEST, "fewest": FEWEST, "rows": []}
    if len(search) >= FEWEST:
        trail = Trail.read(typed)
        page = selectors.dossiers(viewer=viewer, at=now_of(request), words=search, after=trail.after)
        note(who=str(viewer.account), what="hotline_searched", agency=agency, at=now_of(request))
        forth = trail.forth(page.following)
        context |= {"rows": rows(page.lines), "forth": forth.fields(words=search) if forth else None}
    return render(request, "desk/hotline.html", context)


def _agency(viewer: Viewer) -> str:
    for capacity in viewer.capacities:
        if capacity.kind == HOTLINE:
            return capacity.agency
    raise Denied("Trang này dành cho đường dây nóng.", "This page is for the hotline.")


@require_safe
def hotline_dossier(request: HttpRequest, code: str) -> HttpResponse:
    """What may be said on the telephone of one dossier."""
    viewer = staff(request)
    _agency(viewer)
    return state_only(request, code, viewer=viewer)


def state_only(request: HttpRequest, code: str, *, viewer: Viewer) -> HttpResponse:
    """The page of a dossier for who sees its state only. One statement, and one for the line that each look leaves.

    Raises NotFound outside the viewer's scope.
    """
    row, _name = selectors.find_row(code, viewer=viewer)
    state, desk = State(row["state"]), agency_facts(row["desk_agency"])
    told = Told(
        code=row["code"],
        procedure=version(row["procedure_version"]).title,
        state=words.state(
            LABELS[state],
            suspended=row["suspended"],
            stop_ground=row["stop_ground"],
            revoked=row["result_revoked"],
        ),
        tone="suspended" if row["suspended"] else row["state"],
        desk=desk.desk_name or desk.name,
        phone=desk.phone,
        submitted_at=row["submitted_at"],
        received_at=row["received_at"],
        due_at=None if state in ENDED and row["decided_at"] is None else row["due_at"],
        provisional=row["provisional"],
        paused=row["paused"],
        apology_date=row["apology_date"],
        decided_at=row["decided_at"],
        available_at=row["available_at"],
        ended_at=row["ended_at"],
    )
    note(
        who=str(viewer.account),
        what="hotline_looked",
        subject=row["code"],
        agency=row["desk_agency"],
        at=now_of(request),
    )
    return render(request, "desk/state_only.html", {"told": told})
