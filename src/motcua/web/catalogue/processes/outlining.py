"""A draft's page: the step table, the properties of the chosen node, what it looks like, what is still wrong."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.agencies.selectors import agency_codes, called
from motcua.eforms.selectors import forms_of
from motcua.flows.processes import judged, procedure_of
from motcua.kernel.drafting import Did, Drafted, Moved, somebody_was_quicker
from motcua.kernel.errors import Invalid, NotFound
from motcua.kernel.say import Say
from motcua.kernel.time import local
from motcua.processes import drafts
from motcua.processes.drafted import Fault, draft, known
from motcua.processes.drafting import bring_back, keep
from motcua.processes.drafts import Document, Line, Node
from motcua.processes.placing import places_of
from motcua.web.catalogue.access import names_of, officer
from motcua.web.catalogue.designer.controls import Drawing, Typed, one
from motcua.web.catalogue.designer.drawing import answers_of
from motcua.web.catalogue.drafting import number_of
from motcua.web.catalogue.processes.adding import Adding, new_node
from motcua.web.catalogue.processes.drawing import control_of, named, nodes, says_something
from motcua.web.catalogue.processes.properties import Around, properties_of, readable
from motcua.web.catalogue.processes.redrawing import Picture, inline, pictured, redrawn, svg, told as why_not
from motcua.web.catalogue.processes.tables import Row, row_of, times_together
from motcua.web.catalogue.processes.typed import typed_of, written
from motcua.web.catalogue.processes.words import NODES
from motcua.web.common.requests import held_fields, now_of, staff, typed_fields, unit
from motcua.web.common.wording import say

MOVES = {"up": -1, "down": 1}
MOST_AGENCIES = 300


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the outline; `row`: a row of the table in words, `times`: its times, each with its variants; `wrong`:
    how much keeps it from being published."""

    line: Line
    called: str
    row: Row | None
    times: list[tuple[Say, list[str]]]
    is_chosen: bool
    wrong: int


@require_http_methods(["GET", "HEAD", "POST"])
def process_draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """GET shows a draft with the node `at` chosen. POST keeps its properties, only draws them, moves, copies, removes
    it, adds another, or undoes what was done last, as the pressed button says. 422 where something typed cannot be so,
    409 where somebody else was quicker; what was typed stays."""
    found = draft(draft_id, viewer=staff(request))
    if request.method != "POST":
        held = held_fields(request)
        typed = None if held is None else {k: [str(v) for v in held.getlist(k)] for k in held}
        wanted = one(typed, "at") if typed is not None else str(request.GET.get("at", ""))
        return _page(request, found, _place(found, wanted), typed=typed, held=held is not None)
    typed = {
        name.replace("\x00", ""): [value.replace("\x00", "") for value in told]
        for name, told in typed_fields(request).items()
    }
    does, place = one(typed, "do") or "keep", one(typed, "at")
    if does in MOVES or does in ("copy", "remove", "undo", "add"):
        return _arranged(request, found, place, does, typed)
    if does == "draw":
        return _looked_at(request, found, place, typed)
    return _kept(request, found, place, typed)


def _place(found: Drafted, wanted: str) -> str:
    """The wanted place, or the process itself where nothing stands there; tests have pages of their own."""
    if wanted.startswith("tests"):
        return ""
    try:
        drafts.at(found.body, wanted[:200])
    except NotFound:
        return ""
    return wanted


def here(draft_id: UUID, place: str = "", did: str = "") -> str:
    """The address of a node in a draft."""
    asked = {key: value for key, value in (("at", place), ("did", did)) if value}
    return (
        reverse("process_draft", args=[draft_id])
        + (f"?{urlencode(asked)}" if asked else "")
        + ("#chosen" if place and not did else "")  # what was done has the focus instead
    )


def around_of(request: HttpRequest, found: Drafted) -> Around:
    """What the properties may have to know. Four statements."""
    code, on = str(found.body.get("procedure", "")), local(now_of(request)).date()
    procedure = procedure_of(code, on=on)
    places = places_of(procedure, forms_of(code, on=on)) if procedure else {}
    others = [each for each in known(viewer=staff(request)) if each[0] != found.code]
    agencies = [(code, called(code)) for code in agency_codes()[:MOST_AGENCIES]]
    return Around(found.body, procedure, others, agencies, places)


# --- acts ---------------------------------------------------------------------


def _kept(request: HttpRequest, found: Drafted, place: str, typed: Typed) -> HttpResponse:
    around = around_of(request, found)
    try:
        made = written(found.body, place, typed, around)
    except NotFound:
        return _stale(request, found, place, typed)
    if made.errors and _revision(typed) == found.revision:
        return _page(request, found, place, typed=typed, errors=made.errors, status=422)
    actor, label = officer(request), _label(found.body, place)

    def change(body: Document) -> Document:
        return drafts.replaced(body, place, written(body, place, typed, around).node)

    try:
        with unit(request, actor):
            keep(
                draft=found.id,
                revision=_revision(typed),
                change=change,
                did=Did(what="changed", label=label),
                actor=actor,
                at=now_of(request),
            )
    except (Moved, NotFound):
        return _stale(request, found, place, typed)
    messages.success(request, _("Đã giữ “%(what)s”.") % {"what": label})
    if also := _changed_beside(found.body, place, made.node):
        messages.info(
            request,
            _("Vì làm song song, mục “Phải là người khác” được đổi theo ở cả: %(rows)s.")
            % {"rows": "; ".join(also)},
        )
    return HttpResponseRedirect(here(found.id, place, "keep"))


def _changed_beside(body: Document, place: str, node: Node) -> list[str]:
    """The other rows that change with a row."""
    if drafts.kind_of(place) != "step":
        return []
    rows = enumerate(zip(body["steps"], drafts.replaced(body, place, node)["steps"], strict=True))
    return [say(drafts.label_of(old)) for n, (old, new) in rows if f"steps.{n}" != place and old != new]


def _looked_at(request: HttpRequest, found: Drafted, place: str, typed: Typed) -> HttpResponse:
    """The page with the picture of what is typed; nothing is kept."""
    around = around_of(request, found)
    try:
        table, wrong = redrawn(found, place, typed, around)
    except NotFound:
        return _stale(request, found, place, typed)
    on = local(now_of(request)).date()
    drawn = None if table is None else Picture(inline(svg(table.process, on, table.wrong)))
    return _page(request, found, place, typed=typed, drawn=drawn, why=why_not(wrong, around) if wrong else "")


def _label(body: Document, place: str) -> str:
    if not place:
        return say(NODES["process"])
    drafts.at(body, place)
    line = next((each for each in drafts.outline(body) if each.place == place), None)
    return (say(line.label) if line is not None else "") or say(NODES[drafts.kind_of(place)])


def _revision(typed: Typed) -> int:
    return number_of(one(typed, "revision"))


def _stale(request: HttpRequest, found: Drafted, place: str, typed: Typed) -> HttpResponse:
    """Somebody was quicker: the draft as it is now, with what was typed where the row of that code stands."""
    now = draft(found.id, viewer=staff(request))
    code = one(typed, "node_code")
    lines = drafts.outline(now.body)
    where = next(
        (each.place for each in lines if place and code and each.node.get("code") == code
         and each.kind == drafts.kind_of(place)), place
    )  # fmt: skip
    if where and not _place(now, where):
        return _page(request, now, "", refusal=drafts.gone(), status=409)
    return _page(request, now, where, typed=typed, refusal=somebody_was_quicker(), status=409)


def _arranged(request: HttpRequest, found: Drafted, place: str, does: str, typed: Typed) -> HttpResponse:
    actor, where, adding = officer(request), [place], Adding.of(typed)
    around = around_of(request, found)
    if does == "add" and (wrong := adding.wrong(place)):
        return _page(request, found, place, errors=wrong, adding=adding, status=422)

    def change(body: Document) -> Document:
        if does == "remove":
            where[0] = _beside(place)
            return drafts.removed(body, place)
        if does == "add":
            told, where[0] = drafts.added(body, place, adding.kind, new_node(adding, around))
        elif does == "copy":
            told, where[0] = drafts.copied(body, place)
        else:
            told, where[0] = drafts.moved(body, place, MOVES[does])
        return told

    names = {"remove": "removed", "add": "added", "copy": "copied"}
    terms: Mapping[str, Any] = {
        "draft": found.id,
        "revision": _revision(typed),
        "actor": actor,
        "at": now_of(request),
    }
    try:
        with unit(request, actor):
            if does == "undo":
                bring_back(number=_revision(typed) - 1, **terms)
            else:
                label = adding.label if does == "add" else _label(found.body, place)
                keep(change=change, did=Did(what=names.get(does, "moved"), label=label), **terms)
    except Invalid as wrong:
        said = {"": (Say(wrong.vi, wrong.en),)}
        return _page(request, found, place, errors=said, adding=adding, status=422)
    except (Moved, NotFound) as stale:
        now = draft(found.id, viewer=staff(request))
        return _page(request, now, _place(now, place), refusal=stale, adding=adding, status=409)
    now = draft(found.id, viewer=staff(request))
    return HttpResponseRedirect(here(found.id, _place(now, where[0]), does))


def _beside(place: str) -> str:
    """What is chosen when the node is gone: the one before it, else what holds it."""
    above, name, number = drafts.parent_of(place)
    return f"{above}.{name}.{number - 1}".strip(".") if number else above


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
    drawn: Picture | None = None,
    why: str = "",
    status: int = 200,
) -> HttpResponse:
    body, around = found.body, around_of(request, found)
    found_wrong = judged(body, on=local(now_of(request)).date())
    wrong = found_wrong.wrong
    node = drafts.at(body, place)
    told = properties_of(node, place, around)
    standing = typed_of(body, place, around)
    at_controls = dict(_errors(wrong, place, told, errors or {}))
    drawing = Drawing(typed if typed is not None else standing, at_controls)
    adding = adding or Adding()
    lines = list(_lines(body, place, wrong, around))
    context = {
        "found": found,
        "place": place,
        "node_code": node.get("code", ""),
        "kind": say(NODES[drafts.kind_of(place)]),
        "label": _label(body, place),
        "variants": [each for each in lines if each.line.kind == "variant"],
        "lines": [each for each in lines if each.line.kind in ("step", "consultation")],
        "children": [each for each in lines if each.line.kind == "child"],
        "own_wrong": sum(not each.place for each in wrong),
        "nodes": nodes(told, drawing, around, folded=False),
        "folded": nodes(told, drawing, around, folded=True),
        "folded_open": says_something(told, drawing),
        "answers": answers_of(readable(around)),
        "general": drawing.left_over(),
        "linked": drawing.linked,
        "is_wrong": status == 422,
        "wrong": named(wrong, around),
        "hints": named(found_wrong.hints, around),
        "picture": drawn or pictured(found, found_wrong.process),
        "why": why,
        "refusal": refusal,
        "held": held,
        "who": names_of([found.changed_by, found.begun_by]),
        "did": str(request.GET.get("did", ""))[:10],
        "adding": adding.drawn(place, around, (errors or {}) if status == 422 else {}),
    }
    return render(request, "catalogue/processes/draft.html", context, status=status)


def _errors(
    wrong: list[Fault], place: str, told: list[Any], errors: Mapping[str, tuple[Say, ...]]
) -> Iterator[tuple[str, list[Say]]]:
    """What is wrong with the chosen node, by control; what was mistyped comes before what the checks tell."""
    found: dict[str, list[Say]] = {name: list(said) for name, said in errors.items()}
    for each in wrong:
        if each.place == place:
            for slot in (each.slot, *each.also):
                name = control_of(slot, told)
                if name not in errors:
                    found.setdefault(name, []).append(each.said)
    yield from found.items()


def _lines(body: Document, place: str, wrong: list[Fault], around: Around) -> Iterator[Shown]:
    count = Counter(each.place for each in wrong)
    heads = [around.variant_words(code) for code in around.variants]
    for line in drafts.outline(body):
        words = (
            around.variant_words(str(line.node.get("code", "")))
            if line.kind == "variant"
            else say(line.label)
        )
        row = row_of(line.node, around.variants) if line.kind == "step" else None
        times = times_together(row, heads) if row is not None else []
        yield Shown(line, words or _("(chưa có tên)"), row, times, line.place == place, count[line.place])
