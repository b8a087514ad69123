"""The same decision wherever the same words stand: what it would be, where, and fifty procedures at a time."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.catalogue.alike import Alike, alike_findings, choices_of
from motcua.catalogue.national.findings import FINDINGS, FindingKind
from motcua.catalogue.national.record import raw_record, read_record
from motcua.catalogue.national.values import RULES
from motcua.catalogue.national.words import alike as alike_words
from motcua.catalogue.operations import decide_many
from motcua.catalogue.policy import announcing_seat
from motcua.kernel.errors import NotFound, Refusal
from motcua.ledger.operations import AlreadyDone
from motcua.web.catalogue.deciding_fields import DecisionForm
from motcua.web.catalogue.deciding_forms import form_of
from motcua.web.catalogue.value_words import value_lines
from motcua.web.catalogue.words import words_told
from motcua.web.common.requests import held_fields, now_of, staff, typed_fields, unit

# What the page sends beside what was typed.
ASKS = frozenset({"do", "after", "told", "total"})


@require_http_methods(["GET", "HEAD", "POST"])
def findings_alike(request: HttpRequest) -> HttpResponse:
    """GET shows the words, the procedures they stand in, and the form; POST what would be decided, or with `do=decide`
    decides the next fifty procedures. 422 for wrong input. Sent again it goes on where it was."""
    posted = request.method == "POST"
    asked = request.GET
    what = str(asked.get("what", ""))
    if what not in {kind.value for kind in RULES}:
        raise NotFound("Không có loại phát hiện này.", "There is no such kind of finding.")
    viewer = staff(request)
    found = alike_findings(
        what=FindingKind(what),
        publisher=str(asked.get("publisher", ""))[:200].replace("\x00", ""),
        alike=str(asked.get("alike", ""))[:64].replace("\x00", ""),
        after=str((request.POST if posted else asked).get("after", ""))[:20].replace("\x00", ""),
        viewer=viewer,
    )
    if found.sample is None:
        return _page(request, found, None)
    data = request.POST if posted else held_fields(request)
    form = form_of(found.sample, read_record(raw_record(found.body)), data, prefix="alike")
    if not posted or request.POST.get("do") == "change":
        return _page(request, found, form)
    if not form.is_valid() or not form.how:
        if form.is_valid():
            form.add_error("how", _("Hãy chọn một mục."))
        return _page(request, found, form, status=422)
    if request.POST.get("do") != "decide":
        return _page(request, found, form, step="preview")
    return _decide(request, found, form)


def _decide(request: HttpRequest, found: Alike, form: DecisionForm) -> HttpResponse:
    viewer = staff(request)
    actor = viewer.actor(announcing_seat(viewer))
    value, note = form.value(), str(form.cleaned_data["note"])
    told: Mapping[str, Refusal | None] = {}
    passed = found.lines[-1].code if found.lines else ""
    choices = choices_of(found, value=value, note=note, viewer=viewer)
    if choices:
        try:
            with unit(request, actor):
                told = decide_many(choices=choices, actor=actor, at=now_of(request))
        except AlreadyDone:
            passed = str(request.POST.get("after", ""))[:20]
    refused = [(code, refusal) for code, refusal in told.items() if refusal is not None]
    left = alike_findings(
        what=found.kind, publisher=found.publisher, alike=found.alike, after=passed, viewer=viewer
    )
    return _page(request, left, form, step="progress", refused=refused, passed=passed)


def _page(
    request: HttpRequest,
    found: Alike,
    form: DecisionForm | None,
    *,
    step: str = "form",
    refused: list[tuple[str, Refusal]] | None = None,
    passed: str = "",
    status: int = 200,
) -> HttpResponse:
    sample = found.sample
    is_whole = form is not None and form.is_bound and form.is_valid() and bool(form.how)
    context: dict[str, Any] = {
        "found": found,
        "row": FINDINGS[found.kind],
        "form": form,
        "step": step,
        "words": words_told(alike_words(sample.words or ())) if sample else [],
        "value": value_lines(found.kind, form.value()) if form is not None and is_whole else [],
        "typed": [
            (name, value)
            for name, values in typed_fields(request).items()
            if name not in ASKS
            for value in values
        ],
        "refused": refused or [],
        "passed": passed,
        "total": found.open + found.decided,
        "held": form is not None and form.is_bound and request.method != "POST",
    }
    return render(request, "catalogue/alike.html", context, status=status)
