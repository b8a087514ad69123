"""The desk manager's board: what the desk has in hand now, and what is behind each figure."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.agencies.positions import POSITION_KINDS
from motcua.agencies.roster import week
from motcua.agencies.selectors import account_names, called
from motcua.calendars.calendar import WorkCalendar
from motcua.calendars.selectors import calendars_of
from motcua.catalogue.selectors import named, versions
from motcua.dossiers import overview
from motcua.dossiers.consultations import overdue_opinions, spent
from motcua.dossiers.overview import Figures, Watched
from motcua.dossiers.policy import SEATS
from motcua.dossiers.states import Authority
from motcua.dossiers.transfer_times import Side, Times, times, transfer_moments
from motcua.kernel.actor import Viewer
from motcua.kernel.say import Say
from motcua.kernel.text import mask_name
from motcua.kernel.time import local
from motcua.reception.selectors.intakes import count_waiting
from motcua.reception.selectors.returns import waiting_for_word
from motcua.web.common.opinions import working_time
from motcua.web.common.requests import now_of, staff
from motcua.web.oversight.words import GIVING, RECEIVING, SHOWS, SINCE

NOBODY = Say("chưa ai nhận", "nobody yet")
HOLDERS = {
    "applicant": Say("Chủ hồ sơ", "Applicant"),
    "payer": Say("Người nộp tiền", "Payer"),
    "consulted": Say("Nơi được lấy ý kiến", "Whose opinion is asked"),
}
YEAR = timedelta(days=365)
TRANSFER_PAGE = 20


def chosen_desk(request: HttpRequest, desks: Sequence[str]) -> str:
    """The desk in the address where the viewer watches it, else their first."""
    wanted = str(request.GET.get("agency", ""))
    return wanted if wanted in desks else desks[0]


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """The figures of one desk, the dossiers behind one of them, and who sits where today."""
    viewer, at = staff(request), now_of(request)
    desks = overview.desks(viewer)
    agency = chosen_desk(request, desks)
    show = str(request.GET.get("show", ""))
    show = show if show in SHOWS else "late"
    after = str(request.GET.get("after", ""))
    page = overview.watched(agency=agency, viewer=viewer, at=at, show=show, after=after)
    found = overview.figures(agency=agency, viewer=viewer, at=at)
    returned = waiting_for_word(agency)
    titles = {one.code: one.title for one in named({one.procedure for one in returned})} if returned else {}
    context: dict[str, Any] = {
        "agency": agency,
        "desks": [(code, called(code)) for code in desks],
        "tiles": _tiles(found, intakes=count_waiting(agency, at=at), words=len(returned), agency=agency),
        "returned": [{"one": one, "title": titles.get(one.procedure, one.procedure)} for one in returned],
        "answers": any(c.agency == agency and c.kind in SEATS[Authority.MANAGER] for c in viewer.capacities),
        "show": show,
        "title": SHOWS[show],
        "since": SINCE.get(show),
        "rows": _rows(page.lines),
        "opinions": overdue_opinions(agency=agency, viewer=viewer, at=at),
        "spent": _spent(agency, viewer, at),
        "handshakes": _handshakes(agency, viewer, at, str(request.GET.get("moved", ""))),
        "today": _today(agency, viewer, at),
        "before": _query(agency, show) if after else "",
        "after": _query(agency, show, page.following) if page.following else "",
    }
    return render(request, "oversight/board.html", context)


def _query(agency: str, show: str, after: str = "") -> str:
    return "?" + urlencode({"agency": agency, "show": show} | ({"after": after} if after else {}))


def _tiles(found: Figures, *, intakes: int, words: int, agency: str) -> list[dict[str, Any]]:
    """Each figure with its words, what is wrong with it (or 0), and where it leads."""
    here, results = reverse("board"), reverse("results")
    return [
        {
            "label": Say("Người đang chờ ở quầy", "People waiting in intake"),
            "count": intakes,
            "bad": 0,
            "href": "",
        },
        {
            "label": Say("Lần trả lại thứ ba chờ ý kiến", "Third returns that wait for a word"),
            "count": words,
            "bad": words,
            "note": Say("người yêu cầu đang chờ", "requesters waiting"),
            "href": f"{here}{_query(agency, 'late')}#returned" if words else "",
        },
        {
            "label": SHOWS["accept"],
            "count": found.accept,
            "bad": found.accept_late,
            "note": Say("quá 8 giờ làm việc", "past 8 working hours"),
            "href": here + _query(agency, "accept"),
        },
        {"label": SHOWS["today"], "count": found.today, "bad": 0, "href": here + _query(agency, "today")},
        {
            "label": SHOWS["late"],
            "count": found.late,
            "bad": found.late,
            "note": Say("chưa có kết quả", "without a result"),
            "href": here + _query(agency, "late"),
        },
        {
            "label": SHOWS["paused"],
            "count": found.paused,
            "bad": 0,
            "href": here + _query(agency, "paused"),
        },
        {
            "label": Say("Kết quả chờ trả", "Results to collect"),
            "count": found.uncollected,
            "bad": found.uncollected_long,
            "note": Say("chờ quá 10 ngày", "for more than 10 days"),
            "href": results,
        },
        {
            "label": Say("Đang ở bưu chính", "With the post"),
            "count": found.by_post,
            "bad": 0,
            "href": f"{results}?show=in_post",
        },
        {
            "label": SHOWS["helped"],
            "count": found.helped,
            "bad": 0,
            "href": here + _query(agency, "helped"),
        },
        {"label": SHOWS["pay"], "count": found.to_pay, "bad": 0, "href": here + _query(agency, "pay")},
    ]


def _rows(lines: Sequence[Watched]) -> list[dict[str, Any]]:
    names = account_names({line.holder_account for line in lines if line.holder_account})
    titles = versions(line.procedure_version for line in lines)
    return [
        {
            "line": line,
            "name": mask_name(line.name),
            "title": titles[line.procedure_version].title,
            "person": names.get(line.holder_account or UUID(int=0), ""),
            "place": _place(line),
        }
        for line in lines
    ]


def _spent(agency: str, viewer: Viewer, at: datetime) -> list[dict[str, Any]]:
    """Days in consultation of the last twelve months, by body; on average of those that have ended."""
    found = spent(agency=agency, viewer=viewer, since=at - YEAR, until=at)
    return [
        {"one": one, "mean": working_time(one.minutes // one.ended) if one.ended else None} for one in found
    ]


def _handshakes(agency: str, viewer: Viewer, at: datetime, begin: str) -> dict[str, Any]:
    """A page of what transfers took, by the agency at the other end, from the `begin`-th line on. Two statements."""
    moments = transfer_moments(agency=agency, viewer=viewer, at=at)
    codes = sorted({agency, *(one.other for one in moments)})
    calendars = dict(zip(codes, calendars_of(*codes), strict=True)) if moments else {}
    lines = times(moments, agency=agency, calendars=calendars, at=at)
    first = int(begin) if begin.isdecimal() and int(begin[:6]) < len(lines) else 0
    here = f"{reverse('board')}?agency={agency}&moved="
    return {
        "rows": [
            {
                "line": line,
                "other": called(line.other),
                "waited": _waited(line, calendars[agency], at),
                "sides": ((GIVING, _took(line.giving)), (RECEIVING, _took(line.receiving))),
            }
            for line in lines[first : first + TRANSFER_PAGE]
        ],
        "before": f"{here}{max(first - TRANSFER_PAGE, 0)}#handshakes" if first else "",
        "after": f"{here}{first + TRANSFER_PAGE}#handshakes" if first + TRANSFER_PAGE < len(lines) else "",
    }


def _took(side: Side | None) -> tuple[Say, Say] | None:
    return (working_time(side.middle), working_time(side.most)) if side else None


def _waited(line: Times, calendar: WorkCalendar, at: datetime) -> Say | None:
    if line.oldest is None:
        return None
    return working_time(int(calendar.office_time_between(line.oldest, at).total_seconds()) // 60)


def _place(line: Watched) -> Say:
    if line.holder_kind in HOLDERS:
        return HOLDERS[line.holder_kind]
    queue = line.queue.rpartition("/")[2]
    titles = [kind.title for kind in POSITION_KINDS.values() if kind.queue == queue]
    return titles[0] if titles else NOBODY


def _today(agency: str, viewer: Viewer, at: datetime) -> list[dict[str, str]]:
    day = local(at).date()
    found = week(agency=agency, of=day, viewer=viewer, at=at)
    lines = []
    for window in found.windows:
        officer, backup = found.cells.get((window.id, day), (None, None))
        lines.append(
            {
                "counter": window.name,
                "officer": found.people.get(officer, "") if officer else "",
                "backup": found.people.get(backup, "") if backup else "",
            }
        )
    return lines
