"""A draft's page: its outline, the properties of the chosen node, what it looks like."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.eforms import drafts, editing, judging
from motcua.eforms.drafted import draft
from motcua.eforms.drafts import Line
from motcua.eforms.judging import Fault
from motcua.eforms.operations import Did, Moved, bring_back, keep, somebody_was_quicker
from motcua.eforms.selectors import library
from motcua.flows.eforms import misfits
from motcua.kernel.drafting import Drafted
from motcua.kernel.errors import Invalid, NotFound
from motcua.kernel.say import Say
from motcua.kernel.time import local
from motcua.web.catalogue.access import names_of, officer
from motcua.web.catalogue.designer.adding import Adding, choices, new_nodes
from motcua.web.catalogue.designer.controls import Drawing, Typed, one
from motcua.web.catalogue.designer.drawing import answers_of, nodes
from motcua.web.catalogue.designer.looking import look_at
from motcua.web.catalogue.designer.properties import (
    around_of,
    control_of,
    properties_of,
    typed_of,
    written,
)
from motcua.web.catalogue.designer.words import KINDS, TYPES
from motcua.web.catalogue.drafting import number_of
from motcua.web.common.requests import held_fields, now_of, staff, typed_fields, unit
from motcua.web.common.wording import say

MOVES = {"up": -1, "down": 1}


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the outline: what it is, whether it is the chosen one, how much is wrong with it."""

    line: Line
    called: str
    sort: str
    is_chosen: bool
    wrong: int


@require_http_methods(["GET", "HEAD", "POST"])
def eform_draft(request: HttpRequest, code: str) -> HttpResponse:
    """GET shows a draft with the node `at` chosen. POST keeps its properties, moves, copies, removes it, adds another,
    or undoes what was done last, as the pressed button says. 422 where something typed cannot be so, 409 where somebody
    else was quicker; what was typed stays."""
    found = draft(code, viewer=staff(request))
    if request.method != "POST":
        held = held_fields(request)
        typed = None if held is None else {k: [str(v) for v in held.getlist(k)] for k in held}
        return _page(
            request, found, _place(found, str(request.GET.get("at", ""))), typed=typed, held=held is not None
        )
    typed = {
        name.replace("\x00", ""): [value.replace("\x00", "") for value in values]
        for name, values in typed_fields(request).items()
    }
    does, place = one(typed, "do") or "keep", one(typed, "at")
    if one(typed, "_update"):
        return _looked(request, found, place, typed)
    if does in MOVES or does in ("copy", "remove", "undo", "add"):
        return _arranged(request, found, place, does, typed)
    return _kept(request, found, place, typed)


def _place(found: Drafted, wanted: str) -> str:
    """The wanted place, or the form itself where nothing stands there."""
    try:
        drafts.at(dict(found.body), wanted[:200])
    except NotFound:
        return ""
    return wanted


def here(code: str, place: str = "", did: str = "") -> str:
    """The address of a node in a draft."""
    asked = {key: value for key, value in (("at", place), ("did", did)) if value}
    return (
        reverse("eform_draft", args=[code])
        + (f"?{urlencode(asked)}" if asked else "")
        + ("#chosen" if place else "")
    )


# --- acts ---------------------------------------------------------------------


def _kept(request: HttpRequest, found: Drafted, place: str, typed: Typed) -> HttpResponse:
    try:
        made = written(dict(found.body), place, typed)
    except NotFound:
        return _stale(request, found.code, place, typed)
    if made.errors and _revision(typed) == found.revision:
        return _page(request, found, place, typed=typed, errors=made.errors, status=422)
    actor = officer(request)
    did = Did(what="changed", label=_label(found, place))

    def change(body: dict[str, Any]) -> dict[str, Any]:
        return editing.replaced(body, place, written(body, place, typed).node)

    try:
        with unit(request, actor):
            keep(
                draft=found.id,
                revision=_revision(typed),
                change=change,
                did=did,
                actor=actor,
                at=now_of(request),
            )
    except (Moved, NotFound):
        return _stale(request, found.code, place, typed)
    messages.success(request, _("Đã giữ “%(what)s”.") % {"what": _label(found, place)})
    return HttpResponseRedirect(here(found.code, place, "keep"))


def _label(found: Drafted, place: str) -> str:
    node = drafts.at(dict(found.body), place)
    return say(drafts.label_of(node)) if place else say(KINDS["form"])


def _revision(typed: Typed) -> int:
    return number_of(one(typed, "revision"))


def _stale(request: HttpRequest, code: str, place: str, typed: Typed) -> HttpResponse:
    """Somebody was quicker: the draft as it is now, with what was typed where the node of that key stands."""
    now = draft(code, viewer=staff(request))
    kind, key = drafts.kind_of(place), one(typed, "key")
    lines = drafts.outline(dict(now.body))
    where = next((line.place for line in lines if (line.kind, line.key) == (kind, key)), place)
    if where and not _place(now, where):
        return _page(request, now, "", refusal=drafts.gone(), status=409)
    return _page(request, now, where, typed=typed, refusal=somebody_was_quicker(), status=409)


def _arranged(request: HttpRequest, found: Drafted, place: str, does: str, typed: Typed) -> HttpResponse:
    actor, where = officer(request), [place]
    adding = Adding.of(typed)
    if does == "add" and (wrong := adding.wrong()):
        return _page(request, found, place, errors=wrong, adding=adding, status=422)
    added = new_nodes(adding, library()) if does == "add" else []

    def change(body: dict[str, Any]) -> dict[str, Any]:
        if does == "remove":
            where[0] = _beside(body, place)
            return editing.removed(body, place)
        if does == "add":
            told, where[0] = editing.added(body, place, added)
        elif does == "copy":
            told, where[0] = editing.copied(body, place)
        else:
            told, where[0] = editing.moved(body, place, MOVES[does])
        return told

    names = {"remove": "removed", "add": "added", "copy": "copied"}
    try:
        with unit(request, actor):
            if does == "undo":
                bring_back(
                    draft=found.id,
                    revision=_revision(typed),
                    number=_revision(typed) - 1,
                    actor=actor,
                    at=now_of(request),
                )
            else:
                label = adding.label if does == "add" else _label(found, place)
                did = Did(what=names.get(does, "moved"), label=label)
                keep(
                    draft=found.id,
                    revision=_revision(typed),
                    change=change,
                    did=did,
                    actor=actor,
                    at=now_of(request),
                )
    except Invalid as wrong:
        said = {"": (Say(wrong.vi, wrong.en),)}
        return _page(request, found, place, errors=said, adding=adding, status=422)
    except (Moved, NotFound) as stale:
        now = draft(found.code, viewer=staff(request))
        return _page(request, now, _place(now, place), refusal=stale, adding=adding, status=409)
    now = draft(found.code, viewer=staff(request))
    return HttpResponseRedirect(here(found.code, _place(now, where[0]), does))


def _beside(body: dict[str, Any], place: str) -> str:
    """What is chosen when the node is gone: the one before it, else what holds it."""
    above, name, number = drafts.parent_of(place)
    return f"{above}.{name}.{number - 1}".strip(".") if number else above


def _looked(request: HttpRequest, found: Drafted, place: str, typed: Typed) -> HttpResponse:
    """What the draft looks like with what is typed; nothing is kept."""
    body = dict(found.body)
    made = written(body, place, typed)
    look = look_at(editing.replaced(body, place, made.node), place, on=local(now_of(request)).date())
    return render(request, "catalogue/designer/look.html", {"look": look, "found": found})


# --- the page -------------------------------------------------------------------


def _page(
    request: HttpRequest,
    found: Drafted,
    place: str,
    *,
    typed: Typed | None = None,
    errors: Mapping[str, tuple[Say, ...]] | None = None,
    refusal: Invalid | Moved | NotFound | None = None,
    adding: Adding | None = None,
    held: bool = False,
    status: int = 200,
) -> HttpResponse:
    body, on = dict(found.body), local(now_of(request)).date()
    wrong = [*judging.faults(body, library()), *misfits(body, on=on)]
    node, around = drafts.at(body, place), around_of(body, place)
    standing = typed_of(body, place)
    drawing = Drawing(typed if typed is not None else standing, _errors(wrong, place, standing, errors or {}))
    adding = adding or Adding()
    context = {
        "found": found,
        "place": place,
        "kind": say(KINDS[drafts.kind_of(place)]),
        "label": _label(found, place),
        "lines": _lines(body, place, wrong),
        "own_wrong": sum(not each.place for each in wrong),
        "nodes": nodes(properties_of(node, place), drawing, around, library()),
        "answers": answers_of(around),
        "general": drawing.left_over(),
        "linked": drawing.linked,
        "is_wrong": status == 422,
        "count": len(wrong),
        "wrong": [(each, _called(body, each)) for each in wrong[:50]],
        "refusal": refusal,
        "held": held,
        "who": names_of([found.changed_by, found.begun_by]),
        "did": str(request.GET.get("did", ""))[:10],
        "adding": adding.drawn(choices(library()), (errors or {}) if status == 422 else {}),
        "look": look_at(body, place, on=on),
    }
    return render(request, "catalogue/designer/draft.html", context, status=status)


def _errors(
    wrong: list[Fault], place: str, standing: Typed, errors: Mapping[str, tuple[Say, ...]]
) -> dict[str, list[Say]]:
    """What is wrong with the chosen node, by control; what was mistyped comes before what the reader tells."""
    found = {name: list(told) for name, told in errors.items()}
    for each in wrong:
        if each.place == place:
            name = control_of(each, standing)
            if name not in errors:
                found.setdefault(name, []).append(each.said)
    return found


def _lines(body: dict[str, Any], place: str, wrong: list[Fault]) -> list[Shown]:
    types = {str(kind): words for kind, words in TYPES.items()}
    return [
        Shown(
            line,
            say(line.label) or _("(chưa có tên)"),
            say(types.get(line.type)) or line.type if line.kind == "field" else say(KINDS[line.kind]),
            line.place == place,
            sum(each.place == line.place for each in wrong),
        )
        for line in drafts.outline(body)
    ]


def _called(body: dict[str, Any], fault: Fault) -> str:
    return say(drafts.label_of(drafts.at(body, fault.place))) if fault.place else say(KINDS["form"])
