"""What goes between agencies, as the desk's list: to accept, sent by us, to tell the applicant."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.catalogue.selectors import versions as procedure_versions
from motcua.catalogue.shapes import ProcedureVersion
from motcua.dossiers.moved import AT_DESK, Moved, moved
from motcua.dossiers.notified import phones_of
from motcua.dossiers.selectors import find_row
from motcua.flows import transfers as flows
from motcua.kernel.actor import Actor, Viewer
from motcua.kernel.errors import Denied, Invalid, Refusal
from motcua.kernel.say import Say
from motcua.kernel.text import mask_name
from motcua.ledger.operations import AlreadyDone
from motcua.notifications.selectors import last_faults
from motcua.web.common.paging import Trail
from motcua.web.common.requests import now_of, staff, unit
from motcua.web.desk import words
from motcua.web.desk.handshakes import held_for
from motcua.web.desk.message_words import CHANNELS, FAULTS


@dataclass(frozen=True, slots=True)
class TransferRow:
    """One line of the list. Of whom to tell: their `phones` (None: not for this reader), by which channel the last
    message failed and why, and what is `missing`; else how long who has it has it
    (`held`)."""

    line: Moved
    name: str
    title: Say
    way: Say | None
    phones: tuple[str, ...] | None = None
    fault: tuple[Say, Say] | None = None
    missing: tuple[Say, ...] = ()
    held: Say | None = None


@require_http_methods(["GET", "HEAD", "POST"])
def transfers(request: HttpRequest) -> HttpResponse:
    """The lists of the viewer's desk; POST notes that papers arrived, or what an applicant was told. Three statements,
    or four for whom to tell."""
    viewer = staff(request)
    if request.method != "POST":
        return _page(request, viewer)
    try:
        _note(request, viewer)
    except AlreadyDone:
        pass
    except Denied:
        raise
    except Refusal as refusal:
        return _page(request, viewer, refusal)
    messages.success(request, _("Đã ghi nhận."))
    return HttpResponseRedirect(f"{reverse('transfers')}?show={_shown(request.POST)}")


def _shown(typed: Any) -> str:
    show = str(typed.get("show", ""))
    return show if show in words.TRANSFER_LISTS else "waiting"


def _page(request: HttpRequest, viewer: Viewer, problem: Refusal | None = None) -> HttpResponse:
    typed = request.POST if problem else request.GET
    show, trail = _shown(typed), Trail.read(typed)
    page = moved(show, viewer=viewer, after=trail.after)
    phones, faults = _to_tell(page.lines, viewer=viewer) if show == "to_tell" else ({}, {})
    titles = procedure_versions(line.procedure_version for line in page.lines)
    held = [None] * len(page.lines) if show == "to_tell" else held_for(page.lines, at=now_of(request))
    forth, back = trail.forth(page.following), trail.back()
    context = {
        "rows": [
            TransferRow(
                line=line,
                name=line.name if line.id in phones else mask_name(line.name),
                title=titles[line.procedure_version].title,
                way=words.TRANSFER_WAYS.get(line.way),
                phones=phones.get(line.id),
                fault=faults.get(line.code),
                missing=_missing(line, titles[line.procedure_version]),
                held=took,
            )
            for line, took in zip(page.lines, held, strict=True)
        ],
        "show": show,
        "lists": words.TRANSFER_LISTS,
        "told_by": words.TOLD_BY,
        "to_tell": words.TO_TELL,
        "problem": problem,
        "before": back.query(show=show) if back else "",
        "after": forth.query(show=show) if forth else "",
    }
    return render(request, "desk/transfers.html", context, status=problem.status if problem else 200)


def _missing(line: Moved, procedure: ProcedureVersion) -> tuple[Say, ...]:
    names = {c.code: c.name for c in procedure.components}
    return tuple(names.get(code, words.OTHER_ITEM) for code in line.missing)


def _to_tell(
    lines: Sequence[Moved], *, viewer: Viewer
) -> tuple[Mapping[UUID, tuple[str, ...]], Mapping[str, tuple[Say, Say]]]:
    """The telephones of whom the dossiers of `lines` are told of, for the officers who call them (to others each look
    leaves a line: they open the dossier, and find none here), and by code how the last message failed. Two
    statements."""
    called_by = {c.agency for c in viewer.capacities if c.kind == "reception_officer"}
    may_call = called_by >= {c.agency for c in viewer.capacities if c.kind in AT_DESK}
    faults = last_faults([line.code for line in lines])
    known = phones_of([line.id for line in lines] if may_call else [], viewer=viewer)
    return {line.id: known.get(line.id, ()) for line in lines if may_call}, {
        code: (CHANNELS[channel], FAULTS[fault]) for code, (channel, fault) in faults.items() if fault
    }


def _note(request: HttpRequest, viewer: Viewer) -> None:
    code, what = str(request.POST.get("code", ""))[:100], request.POST.get("note")
    row, _name = find_row(code, viewer=viewer)
    at = now_of(request)
    if what == "arrived":
        flow: Callable[..., Any] = flows.note_arrival
        arguments: dict[str, Any] = {}
        agency = row["transfer"]["to"] if row["transfer"] else ""
    elif what == "told":
        flow, agency = flows.tell, row["desk_agency"]
        arguments = {"way": str(request.POST.get("way", "")), "words": _ticked(request)}
    else:
        raise Invalid("Hãy chọn việc cần ghi.", "Choose what to note.", field="note")
    actor = _at_desk(viewer, agency)
    with unit(request, actor):
        flow(code=code, actor=actor, at=at, **arguments)


def _ticked(request: HttpRequest) -> frozenset[int]:
    """The words that were told, by number. Raises Invalid for none."""
    words = frozenset(int(one) for one in request.POST.getlist("word") if one.isdecimal() and len(one) < 10)
    if not words:
        raise Invalid(
            "Hãy chọn việc đã báo cho người dân.", "Tick what the applicant was told.", field="word"
        )
    return words


def _at_desk(viewer: Viewer, agency: str) -> Actor:
    seats = [c for c in viewer.capacities if c.agency == agency]
    return viewer.actor(next((c for c in seats if c.kind == "reception_officer"), None))
