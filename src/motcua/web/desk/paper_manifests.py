"""Paper dossiers on their way: manifests to sign for, given, that differ; a new one; one, signed line by line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.access_log.operations import note as leave_line
from motcua.agencies.positions import LEADS, WORKING
from motcua.agencies.selectors import (
    account_names,
    agency as agency_facts,
    called,
    unit_name,
    units,
    with_desks,
)
from motcua.agencies.serving import standing
from motcua.catalogue.selectors import versions
from motcua.dossiers import manifested
from motcua.dossiers.manifested import LISTS, Line
from motcua.dossiers.papers_at import refused
from motcua.dossiers.selectors import whole
from motcua.dossiers.travels import OUTCOMES, SETTLED, WHAT, differs, is_open, is_other_hand
from motcua.flows import manifests as flows
from motcua.flows.manifests import Destination
from motcua.kernel.actor import Actor, Capacity, Viewer
from motcua.kernel.errors import Denied, Invalid, NotFound, Refusal
from motcua.kernel.say import Say
from motcua.kernel.text import clean, mask_name
from motcua.kernel.time import local
from motcua.ledger.operations import AlreadyDone
from motcua.web.common.money_paper import pdf_file
from motcua.web.common.requests import now_of, staff, unit
from motcua.web.desk.manifest_paper import manifest_pdf
from motcua.web.desk.papers_where import refused_words

SHOWS: Mapping[str, Say] = {
    "to_sign": Say("Chờ ký nhận", "To sign for"),
    "sent": Say("Đã giao, chờ bên nhận ký", "Handed over, not signed for yet"),
    "differ": Say("Chênh lệch chưa giải quyết", "Unsettled differences"),
    "all": Say("Tất cả", "All"),
}


def place_name(agency: str, unit: UUID | None) -> Say:
    """A unit with its agency, as lists name it."""
    where = called(agency)
    if unit is None:
        return where
    return Say(f"{unit_name(unit)}, {where.vi}", f"{unit_name(unit, 'en')}, {where.en}")


def seats(viewer: Viewer) -> list[Capacity]:
    """The viewer's seats that handle papers, one for each unit."""
    return list({c.unit: c for c in viewer.capacities if c.kind in WORKING}.values())


@require_safe
def paper_manifests(request: HttpRequest) -> HttpResponse:
    """The manifests of the viewer's agencies; words that are a manifest's number or a dossier's code lead on. One
    statement."""
    viewer = staff(request)
    words = clean(str(request.GET.get("words", "")))[:60].upper()
    if words and (found := _found(words, viewer)):
        return HttpResponseRedirect(found)
    show = str(request.GET.get("show", ""))
    show = show if show in LISTS else "to_sign"
    after = str(request.GET.get("after", ""))
    lines, following = manifested.manifests(show, viewer=viewer, after=after)
    context = {
        "lines": lines,
        "show": show,
        "shows": SHOWS,
        "words": words,
        "place_name": place_name,
        "gives": bool(seats(viewer)),
        "before": f"?show={show}" if after else "",
        "after": f"?{urlencode({'show': show, 'after': following})}" if following else "",
    }
    return render(request, "desk/paper_manifests.html", context)


def _found(words: str, viewer: Viewer) -> str:
    try:
        manifested.manifest(words, viewer=viewer)
        return reverse("paper_manifest", args=[words])
    except NotFound:
        row = whole(words, viewer=viewer)
    return f"{reverse('dossier', args=[row['code']])}#papers_where" if row else ""


@dataclass(frozen=True, slots=True)
class _Ends:
    """From which of the viewer's units to which unit a new manifest goes; `to` None: not chosen yet."""

    seat: Capacity
    to: tuple[str, UUID] | None


@require_http_methods(["GET", "HEAD", "POST"])
def new_manifest(request: HttpRequest) -> HttpResponse:
    """Choose where papers go, then which go together; a POST signs that they left. Raises Denied for seats that handle
    no papers."""
    viewer = staff(request)
    typed = request.POST if request.method == "POST" else request.GET
    held = seats(viewer)
    if not held:
        raise Denied("Vị trí của bạn không bàn giao hồ sơ giấy.", "Your position hands no paper dossiers on.")
    seat = next((c for c in held if str(c.unit) == typed.get("from")), held[0])
    choices = _destinations(seat, local(now_of(request)).date())
    to = next((value for key, value, _name in choices if key == typed.get("to")), None)
    ends, refusal = _Ends(seat, to), None
    if request.method == "POST":
        try:
            return _given(request, viewer, ends)
        except AlreadyDone:
            return HttpResponseRedirect(f"{reverse('paper_manifests')}?show=sent")
        except Denied:
            raise
        except Refusal as said:
            refusal = said
    found = _movable(viewer, ends) if to else []
    titles = versions(one.procedure_version for one in found)
    context = {
        "seat": seat,
        "seats": held,
        "choices": choices,
        "to": typed.get("to", "") if to else "",
        "rows": [(one, mask_name(one.name), titles[one.procedure_version].title) for one in found],
        "what": WHAT,
        "chosen": request.POST.getlist("lines"),
        "typed": typed,
        "place_name": place_name,
        "refusal": refusal,
    }
    return render(request, "desk/new_manifest.html", context, status=refusal.status if refusal else 200)


def _destinations(seat: Capacity, on: date) -> list[tuple[str, tuple[str, UUID], Say]]:
    """The other units of the seat's agency, and the desks of others that work on a day."""
    merged = standing(on=on)
    own = [
        (f"{seat.agency}/{one.id}", (seat.agency, one.id), one.called)
        for one in units(seat.agency)
        if one.id != seat.unit
    ]
    others = [
        (f"{facts.code}/{facts.desk_unit}", (facts.code, facts.desk_unit), facts.called)
        for facts in with_desks().values()
        if facts.code != seat.agency and facts.desk_unit is not None and facts.code not in merged
    ]
    return own + others


def _movable(viewer: Viewer, ends: _Ends) -> list[manifested.Movable]:
    assert ends.to is not None  # noqa: S101 - chosen by the caller
    agency, there = ends.to
    return manifested.movable(
        viewer=viewer,
        agency=ends.seat.agency,
        unit=ends.seat.unit,
        to_agency=agency,
        to_unit=there,
        desk=agency_facts(ends.seat.agency).desk_unit,
    )


def _given(request: HttpRequest, viewer: Viewer, ends: _Ends) -> HttpResponse:
    told = request.POST
    if ends.to is None:
        raise Invalid("Hãy chọn nơi nhận.", "Choose who receives them.", field="to")
    agency, there = ends.to
    destination = Destination(
        agency=agency,
        unit=there,
        carrier=str(told.get("carrier", "")),
        tracking_number=str(told.get("tracking_number", "")),
    )
    lines = [_line(one) for one in told.getlist("lines")] + _typed(told, viewer, ends.seat)
    actor = viewer.actor(ends.seat)
    with unit(request, actor):
        number, _recorded = flows.give(lines=lines, to=destination, actor=actor, at=now_of(request))
    messages.success(request, _("Đã lập và ký giao phiếu %(number)s.") % {"number": number})
    return HttpResponseRedirect(reverse("paper_manifest", args=[number]))


def _line(value: str) -> tuple[str, str]:
    what, _sep, code = value.partition(":")
    return what, code[:100]


def _typed(told: Mapping[str, Any], viewer: Viewer, seat: Capacity) -> list[tuple[str, str]]:
    """The codes that were typed or scanned, of dossiers the viewer sees or whose papers their unit has. Raises Invalid,
    naming the first other."""
    codes = [code.upper() for code in str(told.get("codes", ""))[:10_000].split()]
    known = manifested.known(codes, viewer=viewer, agency=seat.agency, unit=seat.unit) if codes else ()
    if strange := [code for code in codes if code not in known]:
        raise Invalid(
            f"Không có hồ sơ {strange[0][:60]} trong phạm vi của bạn.",
            f"There is no dossier {strange[0][:60]} in your scope.",
            field="codes",
        )
    return [(str(told.get("what", "papers")), code) for code in codes]


@require_http_methods(["GET", "HEAD", "POST"])
def paper_manifest(request: HttpRequest, number: str) -> HttpResponse:
    """One manifest: a POST signs for its lines, or settles one that differs."""
    viewer = staff(request)
    lines = manifested.manifest(number, viewer=viewer)
    refusal = None
    if request.method == "POST":
        try:
            return _done(request, viewer, number, lines)
        except AlreadyDone:
            return HttpResponseRedirect(reverse("paper_manifest", args=[number]))
        except Refusal as said:
            refusal = said
    return _page(request, viewer, number, lines, refusal)


def _page(
    request: HttpRequest, viewer: Viewer, number: str, lines: tuple[Line, ...], refusal: Refusal | None
) -> HttpResponse:
    titles = versions(line.procedure_version for line in lines)
    people = {UUID(line.travel[by]) for line in lines for by in ("sent_by", "signed_by") if line.travel[by]}
    names = account_names(people)
    first = lines[0].travel
    awaited = {t["dossier"]: t for t in (x.travel for x in lines) if is_open(t) and t["what"] == "papers"}
    back = refused(awaited) if first["from_agency"] != first["to_agency"] else ()
    context = {
        "number": number,
        "first": first,
        "from_place": place_name(first["from_agency"], first["from_unit"]),
        "to_place": place_name(first["to_agency"], first["to_unit"]),
        "rows": [
            {
                "line": line,
                "key": f"{line.travel['what']}:{line.code}",
                "name": mask_name(line.name),
                "title": titles[line.procedure_version].title,
                "what": WHAT[line.travel["what"]],
                "open": is_open(line.travel),
                "differs": differs(line.travel),
                "refused": is_open(line.travel) and line.travel["dossier"] in back,
                "ways": _ways(viewer, line),
            }
            for line in lines
        ],
        "refused": refused_words(number, ours=True) if back else None,
        "count": len(lines),
        "originals": sum(line.travel["originals"] for line in lines),
        "copies": sum(line.travel["copies"] for line in lines),
        "who": lambda account: names.get(UUID(account), "") if account else "",
        "signs": _receiver(viewer, first) is not None and any(is_open(line.travel) for line in lines),
        "outcomes": OUTCOMES,
        "settled": SETTLED,
        "typed": request.POST,
        "refusal": refusal,
    }
    return render(request, "desk/paper_manifest.html", context, status=refusal.status if refusal else 200)


def _receiver(viewer: Viewer, travel: Mapping[str, Any]) -> Actor | None:
    """The viewer as who may sign for it: of the receiving unit, and not who gave it."""
    return _at(viewer, travel, "to", after="sent")


def _at(viewer: Viewer, travel: Mapping[str, Any], side: str, *, after: str) -> Actor | None:
    """The viewer in a seat of one side, as another than who was `after` which end."""
    place = travel[f"{side}_agency"], travel[f"{side}_unit"]
    actors = (viewer.actor(c) for c in seats(viewer) if (c.agency, c.unit) == place)
    return next((actor for actor in actors if is_other_hand(actor, travel, after)), None)


def _ways(viewer: Viewer, line: Line) -> dict[str, Actor]:
    """How the viewer may settle a line, each in which seat."""
    travel = line.travel
    ways: dict[str, Actor | None] = {}
    if differs(travel):
        ways["found"] = _receiver(viewer, travel)
        sides = (travel["from_agency"], travel["to_agency"])
        leads = [c for c in viewer.capacities if c.kind in LEADS | {"desk_manager"} and c.agency in sides]
        actors = map(viewer.actor, leads)
        ways["recorded"] = next((one for one in actors if is_other_hand(one, travel, "signed")), None)
    if differs(travel) or is_open(travel):
        ways["returned"] = _at(viewer, travel, "from", after="signed")
    return {way: actor for way, actor in ways.items() if actor is not None}


def _done(request: HttpRequest, viewer: Viewer, number: str, lines: tuple[Line, ...]) -> HttpResponse:
    told, at = request.POST, now_of(request)
    if told.get("deed") == "settle":
        key, way = str(told.get("line", "")), str(told.get("way", ""))
        line = next((one for one in lines if f"{one.travel['what']}:{one.code}" == key), None)
        actor = _ways(viewer, line).get(way) if line else None
        if line is None or actor is None:
            raise Invalid("Hãy chọn cách giải quyết.", "Choose how it is settled.", field="way")
        with unit(request, actor):
            flows.settle(
                manifest=number,
                what=line.travel["what"],
                code=line.code,
                way=way,
                note=str(told.get("note", "")),
                actor=actor,
                at=at,
            )
    else:
        _sign(request, viewer, number, lines)
    messages.success(request, _("Đã ghi nhận."))
    return HttpResponseRedirect(reverse("paper_manifest", args=[number]))


def _sign(request: HttpRequest, viewer: Viewer, number: str, lines: tuple[Line, ...]) -> None:
    actor = _receiver(viewer, lines[0].travel)
    if actor is None:
        raise Denied("Chỉ đơn vị nhận ký nhận.", "Only the receiving unit signs for it.")
    told, rest = request.POST, "received" if request.POST.get("rest") else ""
    said = {}
    for line in lines:
        key = f"{line.travel['what']}:{line.code}"
        outcome = str(told.get(f"outcome-{key}", "")) or rest
        if outcome and is_open(line.travel):
            said[line.travel["what"], line.code] = outcome, str(told.get(f"note-{key}", ""))
    with unit(request, actor):
        flows.sign(manifest=number, lines=said, actor=actor, at=now_of(request))


@require_safe
def manifest_sheet(request: HttpRequest, number: str) -> HttpResponse:
    """The manifest as PDF, to go with the papers: it bears names, so a look leaves a line."""
    viewer = staff(request)
    lines = manifested.manifest(number, viewer=viewer)
    first = lines[0].travel
    titles = {
        version: found.title.vi for version, found in versions(x.procedure_version for x in lines).items()
    }
    body = manifest_pdf(
        number,
        lines,
        titles,
        address=request.build_absolute_uri(reverse("paper_manifest", args=[number])),
        ends=(
            place_name(first["from_agency"], first["from_unit"]).vi,
            place_name(first["to_agency"], first["to_unit"]).vi,
        ),
    )
    leave_line(
        who=str(viewer.account),
        what="manifest_printed",
        subject=number,
        agency=first["from_agency"],
        at=now_of(request),
    )
    return pdf_file(body, f"{number}.pdf")
