"""Drafts of procedures: begun, looked over, written part by part, compared, discarded."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.catalogue import drafted, worklist
from motcua.catalogue.drafted import Drafted
from motcua.catalogue.drafts import Obstacle, obstacles
from motcua.catalogue.national.places import lines_of
from motcua.catalogue.operations import Moved, begin, discard, keep
from motcua.catalogue.writing import Document, plain
from motcua.kernel.errors import Invalid, NotFound, Refusal
from motcua.kernel.say import Say
from motcua.web.catalogue.access import names_of, officer
from motcua.web.catalogue.controls import Drawing
from motcua.web.catalogue.mapping import Typed, Written, name_of, typed_of, written
from motcua.web.catalogue.parts import BY_CODE, PARTS, Part
from motcua.web.catalogue.saying import called, compared, part_of
from motcua.web.catalogue.words import words_told
from motcua.web.common.requests import held_fields, now_of, staff, typed_fields, unit
from motcua.web.common.wording import say

UNFILLED = Say("Chưa điền.", "Not filled in yet.")


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part in the overview of a draft."""

    part: Part
    wanting: tuple[str, ...]
    is_changed: bool


@require_http_methods(["GET", "HEAD", "POST"])
def draft_begin(request: HttpRequest) -> HttpResponse:
    """GET asks for the code of a procedure there is not yet; POST begins a draft, of a version where one is named."""
    actor = officer(request)
    typed: Mapping[str, object] = (
        request.POST if request.method == "POST" else held_fields(request) or QueryDict()
    )
    code = str(typed.get("code", ""))[:20].replace("\x00", "").strip()
    wrong = ""
    if request.method == "POST":
        try:
            with unit(request, actor):
                made = begin(
                    code=code, version=_uuid(str(typed.get("version", ""))), actor=actor, at=now_of(request)
                )
            return HttpResponseRedirect(reverse("draft", args=[made]))
        except Invalid as refusal:
            wrong = say(refusal)
    status = 422 if wrong else 200
    return render(request, "catalogue/draft_begin.html", {"code": code, "wrong": wrong}, status=status)


def _uuid(text: str) -> UUID | None:
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("Không có phiên bản thủ tục này.", "There is no such procedure version.") from None


def _before(found: Drafted, request: HttpRequest) -> Document:
    """The document the draft began from, as drafts are written, but for the decision, which is still to come; nothing
    for a new procedure."""
    decided = {"decision": found.body.get("decision")}
    if found.began_from is None:
        return decided
    return plain(drafted.body_of(found.began_from, viewer=staff(request))[2]) | decided


@require_safe
def draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The parts of a draft, what each lacks and whether it was changed. Four statements."""
    found = drafted.draft(draft_id, viewer=staff(request))
    wanting: dict[str, list[str]] = {}
    for one in obstacles(found.body):
        part = part_of(one.where)
        wanting.setdefault(part.code if part else "", []).append(words_of(one, found.body))
    changed = {told.part for told in compared(_before(found, request), found.body)}
    context = {
        "found": found,
        "title": drafted.title_of(found.body),
        "lines": [
            PartLine(part, tuple(wanting.get(part.code, ())), say(part.label) in changed) for part in PARTS
        ],
        "others": wanting.get("", ()),
        "count": sum(map(len, wanting.values())),
        "names": names_of([found.begun_by, found.changed_by]),
    }
    return render(request, "catalogue/draft.html", context)


def words_of(one: Obstacle, document: Mapping[str, Any]) -> str:
    """An obstacle in people's words, with its place where it is not the whole part."""
    place = called(one.where, document)
    reason = say(UNFILLED) if one.lacking and "[" in one.where else say(one.reason)
    return f"{place}: {reason}" if place and "[" in one.where else reason


@require_http_methods(["GET", "HEAD", "POST"])
def draft_part(request: HttpRequest, draft_id: UUID, part_code: str) -> HttpResponse:
    """One part of a draft as a form. 422 where something typed cannot be so, 409 where somebody else was quicker; what
    was typed stays."""
    part = BY_CODE.get(part_code)
    if part is None:
        raise Http404
    found = drafted.draft(draft_id, viewer=staff(request))
    if request.method != "POST":
        held = held_fields(request)
        if held is not None:
            typed = {name: [str(value) for value in held.getlist(name)] for name in held}
            return _form(request, part, found, typed, held=True)
        errors = _errors(part, found.body) if request.GET.get("mend") else {}
        return _form(request, part, found, typed_of(part, found.body), errors=errors)
    typed = {
        name.replace("\x00", ""): [value.replace("\x00", "") for value in values]
        for name, values in typed_fields(request).items()
    }
    more = (typed.get("more") or [""])[-1]
    if more:
        return _form(request, part, found, typed, more=more)
    made = written(part, typed, found.body)
    wants = (typed.get("do") or [""])[-1]
    errors = (
        dict(made.errors) if wants == "anyway" else {**_errors(part, plain(made.document)), **made.errors}
    )
    if errors:
        return _form(request, part, found, typed, errors=errors, hard=bool(made.errors), status=422)
    return _kept(request, part, found, typed, made)


def _kept(request: HttpRequest, part: Part, found: Drafted, typed: Typed, made: Written) -> HttpResponse:
    actor = officer(request)
    try:
        with unit(request, actor):
            keep(
                draft=found.id,
                revision=_number(typed, "revision"),
                change=lambda body: written(part, typed, body).document,
                actor=actor,
                at=now_of(request),
            )
    except Moved:
        now = drafted.draft(found.id, viewer=staff(request))
        return _form(request, part, now, typed, moved=compared(now.body, plain(made.document)), status=409)
    messages.success(request, _("Đã giữ phần “%(part)s”.") % {"part": say(part.label)})
    return HttpResponseRedirect(reverse("draft", args=[found.id]))


def _number(typed: Typed, name: str) -> int:
    text = (typed.get(name) or [""])[-1]
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _errors(part: Part, document: Mapping[str, Any]) -> dict[str, Say]:
    """What is wrong in `part` of a document, by control; parts that are still empty are not wrong yet."""
    found: dict[str, Say] = {}
    for one in obstacles(document):
        if part_of(one.where) is part and ("[" in one.where or not one.lacking):
            found.setdefault(name_of(one.where), UNFILLED if one.lacking else one.reason)
    return found


def _form(
    request: HttpRequest,
    part: Part,
    found: Drafted,
    typed: Typed,
    *,
    errors: Mapping[str, Say] | None = None,
    more: str = "",
    moved: Any = None,
    held: bool = False,
    hard: bool = False,
    status: int = 200,
) -> HttpResponse:
    drawing = Drawing(typed, errors or {}, found.body, more)
    place = PARTS.index(part)
    context = {
        "part": part,
        "found": found,
        "title": drafted.title_of(found.body),
        "nodes": drawing.nodes(part),
        "linked": drawing.linked,
        "general": drawing.left_over(),
        "is_sent": request.method == "POST",
        "can_wait": bool(errors) and not hard and status == 422,
        "moved": moved,
        "who": names_of([found.changed_by]).get(found.changed_by, ""),
        "held": held,
        "announced": _announced(request, part, found),
        "following": PARTS[place + 1] if place + 1 < len(PARTS) else None,
    }
    return render(request, "catalogue/draft_part.html", context, status=status)


def _announced(request: HttpRequest, part: Part, found: Drafted) -> list[tuple[Say | str, Say | str]]:
    """What the last record of the national catalogue says of `part`, where the procedure was taken in."""
    if not part.record:
        return []
    try:
        shown = worklist.announcement(found.procedure, viewer=staff(request))
    except NotFound:
        return []
    record = json.loads(shown.text)
    return words_told(tuple(lines_of({key: record[key] for key in part.record if key in record})))


@require_safe
def draft_compare(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """A draft beside the version it began from. Two statements."""
    found = drafted.draft(draft_id, viewer=staff(request))
    context = {
        "found": found,
        "title": drafted.title_of(found.body),
        "told": compared(_before(found, request), found.body),
    }
    return render(request, "catalogue/draft_compare.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def draft_discard(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """GET asks whether it is meant; POST discards. Sent twice, it is discarded once."""
    actor = officer(request)
    try:
        found = drafted.draft(draft_id, viewer=staff(request))
    except NotFound:
        if request.method != "POST":
            raise
        return HttpResponseRedirect(reverse("catalogue_procedures"))
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            with unit(request, actor):
                discard(draft=draft_id, revision=_number(typed_fields(request), "revision"), actor=actor)
            messages.success(request, _("Đã bỏ bản soạn %(code)s.") % {"code": found.procedure})
            return HttpResponseRedirect(reverse("catalogue_procedures"))
        except Moved as moved:
            refusal = moved
    context = {
        "found": found,
        "title": drafted.title_of(found.body),
        "told": compared(_before(found, request), found.body),
        "who": names_of([found.changed_by]).get(found.changed_by, ""),
        "refusal": refusal,
    }
    return render(request, "catalogue/draft_discard.html", context, status=409 if refusal else 200)
