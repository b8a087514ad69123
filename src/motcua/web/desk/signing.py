"""The signing room: what waits for a leader's signature, or a section head's approval; people who wait first, then what
is due, then the rest."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from motcua.agencies.positions import LEADS
from motcua.dossiers import worklist
from motcua.dossiers.worklist import LETTERS, ROOMS, Sought
from motcua.kernel.actor import Viewer
from motcua.kernel.errors import Denied
from motcua.kernel.say import Say
from motcua.processes.selectors import approvals_of
from motcua.web.common.paging import Trail
from motcua.web.common.requests import now_of, staff
from motcua.web.desk import bulk
from motcua.web.desk.lists import ListRow, work_rows
from motcua.web.desk.seeking import asked, list_address

TITLES: Mapping[str, Say] = {
    "waiting": Say("Người dân đang chờ ở quầy", "People waiting at the desk"),
    "today": Say("Hạn hôm nay hoặc đã quá", "Due today, or late"),
    "rest": Say("Còn lại", "The rest"),
    LETTERS: Say("Văn bản xin lỗi", "Letters of apology"),
}


def approvals(viewer: Viewer) -> frozenset[tuple[UUID, int]]:
    """The rows of processes that `viewer` approves as a section head. One statement, none for others."""
    heads = {c.agency for c in viewer.able if c.kind == "section_head"}
    return approvals_of("section_head", agencies=heads)


def _first(words: str) -> str:
    """What it is, without what to do, which the dossier says."""
    return re.split(r"[.:](?: |$)", words)[0]


def _marked(listed: list[ListRow], viewer: Viewer, at: datetime) -> list[ListRow]:
    """The lines with why those that `viewer` may not sign are not theirs. One statement."""
    items = bulk.chosen([row.line.code for row in listed], bulk.KINDS["approve"], viewer=viewer, at=at)
    bars = {item.code: item.bar for item in items if isinstance(item.bar, Denied)}
    return [
        replace(row, barred=Say(_first(bar.vi), _first(bar.en))) if (bar := bars.get(row.line.code)) else row
        for row in listed
    ]


@require_safe
def signing(request: HttpRequest) -> HttpResponse:
    """One part of the room, the first that is not empty where none is asked for, and how much waits in each. Three
    statements once names and titles are known, one more for section heads. Raises Denied for who leads nothing."""
    viewer, at = staff(request), now_of(request)
    if not any(c.kind in LEADS for c in viewer.able):
        raise Denied(
            "Phòng ký dành cho lãnh đạo cơ quan và trưởng phòng.",
            "The signing room is for those who lead an agency or a section.",
        )
    signs = approvals(viewer)
    counts = worklist.rooms(viewer=viewer, at=at, signs=signs)
    first = next((room for room in (*ROOMS, LETTERS) if counts[room]), "waiting")
    room = asked(request.GET).get("room", first)
    trail = Trail.read(request.GET)
    page = worklist.inbox(viewer=viewer, at=at, sought=Sought(room=room, signs=signs), after=trail.after)
    fields = {"room": room}
    listed = work_rows(page.lines, fields)
    if room != LETTERS:
        listed = _marked(listed, viewer, at)
    back, forth = trail.back(), trail.forth(page.following)
    context = {
        "rooms": [
            {
                "title": title,
                "count": counts[name],
                "href": list_address({"room": name}),
                "is_here": name == room,
            }
            for name, title in TITLES.items()
        ],
        "rows": listed,
        "bulk": [] if room == LETTERS else bulk.offered(listed, viewer),
        "bulk_from": urlencode(fields),
        "tick_at": trail.query(**fields, tick="1"),
        "is_ticked": request.GET.get("tick") == "1",
        "begin": next((row for row in listed if not row.barred), None),
        "before": back.query(**fields) if back else "",
        "after": forth.query(**fields) if forth else "",
    }
    return render(request, "desk/signing.html", context)
