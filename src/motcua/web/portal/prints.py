"""Papers for the wall: a procedure's sheet for anybody; for those who post, the whole set, the table, and the record
of what was hung up."""

import functools
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.catalogue.listing import key_of
from motcua.kernel.errors import Denied, Invalid, Refusal
from motcua.kernel.say import Say
from motcua.kernel.time import local
from motcua.ledger.operations import AlreadyDone
from motcua.postings import operations
from motcua.postings.board import Board, Posted, board, one_posted
from motcua.postings.policy import own_agency, poster
from motcua.postings.selectors import history
from motcua.postings.wall import Form
from motcua.web.common.pdf.posting import WallHead, WallSheet, render_poster, render_wall_sheets
from motcua.web.common.requests import now_of, staff, unit
from motcua.web.portal.wall import head_of, poster_of, sheet_of
from motcua.web.portal.wall_changes import news

MOST_PAPERS = 400  # in one file: a desk's whole set and more; a ministry's is printed by sector
MOST_TOLD = 50  # changed procedures shown place by place
FORMS = {Form.SHEETS: Say("Tờ A4 từng thủ tục", "A4 sheets"), Form.POSTER: Say("Bảng A3", "A3 table")}
TITLE = "Niêm yết thủ tục hành chính"


def _pdf(paper: bytes, name: str) -> HttpResponse:
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


@functools.lru_cache(maxsize=64)
def _kept_sheet(head: WallHead, sheet: WallSheet) -> bytes:
    return render_wall_sheets(head, (sheet,))


@require_safe
def posting_sheet(request: HttpRequest, agency: str, code: str) -> HttpResponse:
    """One procedure's sheet, the same bytes all day. Two statements."""
    day = local(now_of(request)).replace(hour=0, minute=0, second=0, microsecond=0)
    found = board(agency, on=day.date())
    sheet = sheet_of(one_posted(found, code.replace("\x00", "")), found.agency)
    return _pdf(_kept_sheet(head_of(found.agency, at=day), sheet), code)


@require_safe
def posting_sheets(request: HttpRequest, agency: str) -> HttpResponse:
    """The sheets of a sector or of the whole board, or of those only that changed since they were hung up."""
    found, sector, at = _asked(request, agency)
    lines = _lines(found, sector, changed=Form.SHEETS if "changed" in request.GET else None)
    paper = render_wall_sheets(
        head_of(found.agency, at=at), tuple(sheet_of(one, found.agency) for one in lines)
    )
    return _pdf(paper, f"niem-yet-{agency}")


@require_safe
def posting_poster(request: HttpRequest, agency: str) -> HttpResponse:
    """The table of a sector, or of the whole board."""
    found, sector, at = _asked(request, agency)
    groups = poster_of(found, _lines(found, sector, changed=None))
    title = f"{TITLE}: {groups[0].sector}" if sector else TITLE
    return _pdf(render_poster(head_of(found.agency, at=at), title, groups), f"bang-niem-yet-{agency}")


def _asked(request: HttpRequest, agency: str) -> tuple[Board, str, datetime]:
    """The board, the sector and the moment. Raises Denied for who does not post there."""
    poster(staff(request), agency)
    at = now_of(request)
    return board(agency, on=local(at).date()), _sector(request), at


def _sector(request: HttpRequest) -> str:
    told = request.POST if request.method == "POST" else request.GET
    return str(told.get("sector", ""))[:200].replace("\x00", "")


def _lines(found: Board, sector: str, *, changed: Form | None) -> Sequence[Posted]:
    codes = _codes(found, sector)
    if changed is not None:
        printed = set(news(found, form=changed, sector=sector).to_print)
        codes = [code for code in codes if code in printed]
    if not codes:
        raise Invalid("Không có tờ nào để in.", "There is no paper to print.", field="sector")
    if len(codes) > MOST_PAPERS:
        raise Invalid(
            f"Mỗi lần in nhiều nhất {MOST_PAPERS} thủ tục; hãy in từng lĩnh vực.",
            f"At most {MOST_PAPERS} procedures are printed at once; print sector by sector.",
            field="sector",
        )
    return found.posted(codes)


def _codes(found: Board, sector: str) -> list[str]:
    return [one.code for one in found.listed if sector in ("", key_of(one.sector))]


@require_http_methods(["GET", "HEAD", "POST"])
def prints(request: HttpRequest) -> HttpResponse:
    """What has to be printed since the last print, and what was hung up when; POST records that it hangs there now."""
    viewer = staff(request)
    told = request.POST if request.method == "POST" else request.GET
    agency = str(told.get("agency", "")).replace("\x00", "") or own_agency(viewer)
    actor = poster(viewer, agency)
    form = Form(told["form"]) if told.get("form") in set(Form) else Form.SHEETS
    here = {"agency": agency, "form": form.value, "sector": _sector(request)}
    if request.method != "POST":
        return _page(request, here)
    try:
        with unit(request, actor):
            operations.post(
                **here,
                whole=told.get("whole") == "1",
                digest=str(told.get("digest", "")),
                actor=actor,
                at=now_of(request),
            )
    except AlreadyDone:
        pass
    except Denied:
        raise
    except Refusal as refusal:
        return _page(request, here, refusal)
    messages.success(request, _("Đã ghi nhận niêm yết."))
    return HttpResponseRedirect(f"{reverse('prints')}?{urlencode(here)}")


def _page(request: HttpRequest, here: dict[str, Any], refusal: Refusal | None = None) -> HttpResponse:
    typed = request.GET.get("before", "")
    before = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0
    found = board(here["agency"], on=local(now_of(request)).date())
    done, following = history(agency=here["agency"], viewer=staff(request), before=before)
    names = {facet.key: facet.name for facet in found.sectors}
    context = {
        "board": found,
        "here": here,
        "query": urlencode({"sector": here["sector"]}) if here["sector"] else "",
        "forms": FORMS,
        "form": Form(here["form"]),
        "sector_name": names.get(here["sector"]),
        "names": names,
        "news": news(found, form=Form(here["form"]), sector=here["sector"]),
        "most_told": MOST_TOLD,
        "done": done,
        "newer": f"?{urlencode(here)}" if before else "",
        "older": f"?{urlencode({**here, 'before': following})}" if following else "",
        "refusal": refusal,
    }
    return render(request, "portal/prints.html", context, status=refusal.status if refusal else 200)
