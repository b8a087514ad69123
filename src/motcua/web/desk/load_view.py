"""Who has how much in hand, for those who lead, and what is behind each figure; from there work is given to others."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from motcua.dossiers import likely_late as late
from motcua.dossiers.load import NOBODY, SHOWS, Load, in_hand, loads
from motcua.dossiers.moved import MOST_COUNTED
from motcua.kernel.errors import NotFound
from motcua.kernel.say import Say
from motcua.web.common.paging import Trail
from motcua.web.common.requests import now_of, staff
from motcua.web.desk import bulk, words
from motcua.web.desk.known import staff_names
from motcua.web.desk.lists import work_rows
from motcua.web.desk.seeking import asked

TITLES: Mapping[str, Say] = {
    "open": Say("Đang mở", "Open"),
    "today": Say("Hạn hôm nay", "Due today"),
    "late": Say("Quá hạn", "Late"),
    "waits": Say("Chờ người khác", "Waiting for others"),
    "ahead": Say("Có nguy cơ trễ hẹn", "May be late"),
}
LATE: Mapping[str, Say] = {
    "ahead": Say("Chưa có văn bản xin lỗi", "No letter of apology yet"),
    "past": Say("Đã quá hẹn, chưa xin lỗi", "Past the date, no letter"),
    "unsigned": Say("Văn bản chờ ký", "Letter to be signed"),
    "sent": Say("Đã xin lỗi, hẹn lại", "Apologised, new date"),
}
UNTAKEN = Say("Chưa ai nhận", "Taken up by nobody")


@require_safe
def load(request: HttpRequest) -> HttpResponse:
    """The figures, by person and seat. One statement, and one for names this process has not met. Raises Denied for
    who leads nothing."""
    found = loads(viewer=staff(request), at=now_of(request))
    names = staff_names(one.account for one in found)
    people = [
        {
            "name": names.get(one.account, "") or UNTAKEN,
            "seat": words.queue(one.queue),
            "days": one.age.days,
            "figures": [
                {
                    "title": title,
                    "count": getattr(one, show),
                    "href": _address(one, show),
                    "is_bad": show == "late",
                }
                for show, title in TITLES.items()
            ],
        }
        for one in found
    ]
    return render(request, "desk/load.html", {"people": people, "titles": TITLES})


def _address(one: Load, show: str) -> str:
    fields = {"who": str(one.account or NOBODY), "queue": one.queue, "show": show}
    return f"{reverse('load_of')}?{urlencode(fields)}"


@require_safe
def likely_late(request: HttpRequest) -> HttpResponse:
    """What is likely late of what the viewer leads, by how it stands with the letter of apology; where nothing is asked
    for, the first part that is not empty. Two statements once names and titles are known. Raises Denied for who leads
    nothing."""
    viewer, at = staff(request), now_of(request)
    counts = late.counts(viewer=viewer, at=at)
    first = next((name for name in LATE if counts[name]), "ahead")
    show = str(request.GET.get("show", ""))
    show = show if show in LATE else first
    trail = Trail.read(request.GET)
    page = late.likely_late(viewer=viewer, at=at, show=show, after=trail.after)
    back, forth = trail.back(), trail.forth(page.following)
    context = {
        "shows": [
            {
                "title": title,
                "count": counts[name],
                "is_more": counts[name] == MOST_COUNTED,
                "href": f"?show={name}",
                "is_here": name == show,
            }
            for name, title in LATE.items()
        ],
        "rows": work_rows(page.lines, None),
        "before": back.query(show=show) if back else "",
        "after": forth.query(show=show) if forth else "",
    }
    return render(request, "desk/likely_late.html", context)


@require_safe
def load_of(request: HttpRequest) -> HttpResponse:
    """What one person has in hand in one seat. Two statements once names and titles are known."""
    viewer, fields = staff(request), asked(request.GET)
    if "who" not in fields or "queue" not in fields:
        raise NotFound("Không có trang này.", "There is no such page.")
    account = None if fields["who"] == NOBODY else UUID(fields["who"])
    show = fields.get("show", "open")
    trail = Trail.read(request.GET)
    page = in_hand(
        viewer=viewer,
        at=now_of(request),
        account=account,
        queue=fields["queue"],
        show=show,
        after=trail.after,
    )
    listed = work_rows(page.lines, None)
    here = {"who": fields["who"], "queue": fields["queue"]}
    back, forth = trail.back(), trail.forth(page.following)
    context: dict[str, Any] = {
        "name": staff_names([account]).get(account, "") or UNTAKEN,
        "seat": words.queue(fields["queue"]),
        "shows": [
            {"title": TITLES[name], "href": f"?{urlencode({**here, 'show': name})}", "is_here": name == show}
            for name in SHOWS
        ],
        "rows": listed,
        "bulk": [one for one in bulk.offered(listed, viewer) if one[0] == "assign"],
        "bulk_from": urlencode({**here, "show": show}),
        "tick_at": trail.query(**here, show=show, tick="1"),
        "is_ticked": request.GET.get("tick") == "1",
        "before": back.query(**here, show=show) if back else "",
        "after": forth.query(**here, show=show) if forth else "",
    }
    return render(request, "desk/load_of.html", context)
