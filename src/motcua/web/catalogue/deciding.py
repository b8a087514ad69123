"""Deciding findings: each beside its words, several of one procedure at once; and taking a decision back."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from motcua.agencies.selectors import account_names
from motcua.catalogue import worklist
from motcua.catalogue.decisions import decision
from motcua.catalogue.national.findings import FINDINGS, Row
from motcua.catalogue.operations import Choice, Outdated, Unfit, decide, take_back
from motcua.catalogue.policy import announces, announcing_seat
from motcua.catalogue.worklist import AnnouncementShown, Place
from motcua.kernel.errors import Refusal
from motcua.kernel.say import Say
from motcua.ledger.operations import AlreadyDone
from motcua.web.catalogue.deciding_fields import DecisionForm, prefix_of
from motcua.web.catalogue.deciding_forms import form_of
from motcua.web.catalogue.deciding_rows import RowsForm
from motcua.web.catalogue.value_words import value_lines
from motcua.web.catalogue.words import told_record, words_told
from motcua.web.common.requests import held_fields, now_of, staff, unit

MOST_LINES = 40
# Each form has up to thirty fields.
FORMS_A_PAGE = 10


@dataclass(frozen=True, slots=True)
class Drawn:
    """One open finding on the page: its words and form, what was decided `before` on other words; `echo`: the words
    stand above already."""

    row: Row
    place: Place
    form: DecisionForm
    lines: list[Any]
    before: list[Say]
    echo: bool


@require_http_methods(["GET", "HEAD", "POST"])
def announcement(request: HttpRequest, code: str) -> HttpResponse:
    """GET shows what was found beside what stands there, with a form each; POST decides those that were filled in, all
    in one new version. 422 for wrong input, 409 where somebody was quicker."""
    viewer = staff(request)
    shown = worklist.announcement(code.replace("\x00", ""), viewer=viewer)
    if request.method != "POST":
        return _page(request, shown, held_fields(request))
    forms = _forms(shown, request.POST)
    if not all(form.is_valid() for form in forms):
        return _page(request, shown, request.POST, forms, status=422)
    chosen = [form for form in forms if form.how]
    choices = {form: _choice(form) for form in chosen}
    told = [*choices.values(), *_also(shown, chosen)]
    seat = announcing_seat(viewer)
    try:
        with unit(request, viewer.actor(seat)):
            decide(procedure=shown.code, choices=told, actor=viewer.actor(seat), at=now_of(request))
    except AlreadyDone:
        pass
    except Unfit as unfit:
        form = next((f for f, choice in choices.items() if choice.value == unfit.choice.value), chosen[0])
        form.refuse(unfit)
        return _page(request, shown, request.POST, forms, status=422)
    except Refusal as refusal:
        return _page(request, shown, request.POST, forms, refusal=refusal, status=refusal.status)
    return HttpResponseRedirect(
        f"{reverse('announcement', args=[shown.code])}?{urlencode({'done': len(told)})}"
    )


def _choice(form: DecisionForm) -> Choice:
    place, typed = form.place, form.cleaned_data
    return Choice(place.kind, place.where, str(typed["shown"]), form.value(), str(typed["note"]))


def _also(shown: AnnouncementShown, forms: Sequence[DecisionForm]) -> Iterator[Choice]:
    """The same for other places of the procedure with the same words, unless they were decided by themselves."""
    taken = {(form.place.kind, form.place.where) for form in forms}
    for form in forms:
        if form.cleaned_data.get("also"):
            for place in _alike(shown, form.place):
                if (place.kind, place.where) not in taken:
                    taken.add((place.kind, place.where))
                    yield replace(_choice(form), where=place.where, shown=place.shown)


def _alike(shown: AnnouncementShown, place: Place) -> list[Place]:
    """Other open places of the procedure with the same words."""
    return [
        one
        for one in _open(shown)
        if place.alike and (one.kind, one.alike) == (place.kind, place.alike) and one.where != place.where
    ]


def _open(shown: AnnouncementShown) -> list[Place]:
    return [place for place in shown.places if place.words is not None and place.decision is None]


def _forms(shown: AnnouncementShown, data: Mapping[str, Any]) -> list[DecisionForm]:
    """The forms that were sent: those of what is open still, and of what has been decided meanwhile."""
    return [
        _form(shown, place, data)
        for place in shown.places
        if place.words is not None and f"{prefix_of(place)}-shown" in data
    ]


def _form(shown: AnnouncementShown, place: Place, data: Mapping[str, Any] | None) -> DecisionForm:
    return form_of(place, shown.record, data, also=len(_alike(shown, place)))


def _page(
    request: HttpRequest,
    shown: AnnouncementShown,
    data: Mapping[str, Any] | None,
    forms: Sequence[DecisionForm] = (),
    *,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    sent = {form.place.where + form.place.kind: form for form in forms}
    wanted, page, pages = _some(_open(shown), str(request.GET.get("page", "")))
    raw = json.loads(shown.text)
    names = account_names({UUID(act.by) for act in shown.acts})
    drawn: list[Drawn] = []
    for n, place in enumerate(wanted, 1):
        form = sent.get(place.where + place.kind) or _form(shown, place, data)
        form.called = f"{n}"
        echo = bool(place.alike) and any(
            (one.place.alike, one.place.kind) == (place.alike, place.kind) for one in drawn
        )
        lines = [] if isinstance(form, RowsForm) and not form.folds else words_told(place.words or ())
        before = value_lines(place.kind, place.outlived.value) if place.outlived is not None else []
        drawn.append(Drawn(FINDINGS[place.kind], place, form, lines[:MOST_LINES], before, echo))
    context = {
        "announces": announces(staff(request)),
        "shown": shown,
        "open": drawn,
        "open_count": len(_open(shown)),
        "known": [(FINDINGS[place.kind], place) for place in shown.places if place.words is None],
        "acts": [
            (act, FINDINGS[act.kind], value_lines(act.kind, act.value), names.get(UUID(act.by), ""))
            for act in shown.acts
        ],
        "page": page,
        "pages": pages,
        "whole": told_record(raw),
        "refusal": refusal,
        "is_outdated": isinstance(refusal, Outdated),
        "done": str(request.GET.get("done", "")) if request.GET.get("done", "").isdigit() else "",
        "held": data is not None and request.method != "POST",
        "errors": any(form.errors for form in forms if form.is_bound),
    }
    return render(request, "catalogue/announcement.html", context, status=status)


def _some(places: Sequence[Place], wanted: str) -> tuple[Sequence[Place], int, int]:
    """A page of the open ones, its number, and how many there are."""
    pages = max(1, -(-len(places) // FORMS_A_PAGE))
    is_number = wanted.isascii() and wanted.isdigit() and len(wanted) < 5
    page = min(max(int(wanted), 1), pages) if is_number else 1
    return places[(page - 1) * FORMS_A_PAGE : page * FORMS_A_PAGE], page, pages


@require_http_methods(["GET", "HEAD", "POST"])
def decision_take_back(request: HttpRequest, decision_id: UUID) -> HttpResponse:
    """GET asks, POST takes the decision back: the finding is open again. 409 where that is done already."""
    viewer = staff(request)
    seat = announcing_seat(viewer)
    act = decision(decision_id, viewer=viewer)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            with unit(request, viewer.actor(seat)):
                take_back(decision=decision_id, actor=viewer.actor(seat), at=now_of(request))
        except AlreadyDone:
            pass
        except Outdated as outdated:
            refusal = outdated
        if refusal is None:
            return HttpResponseRedirect(reverse("announcement", args=[act.code]))
    context = {
        "act": act,
        "row": FINDINGS[act.kind],
        "value": value_lines(act.kind, act.value),
        "who": account_names({UUID(act.by)}).get(UUID(act.by), ""),
        "words": words_told(act.words),
        "refusal": refusal,
    }
    return render(request, "catalogue/take_back.html", context, status=refusal.status if refusal else 200)
