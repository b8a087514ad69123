"""One act on one dossier: GET shows its form, POST does it in one unit of work."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from motcua.dossiers.countersign import PAIRS
from motcua.dossiers.operations import mark_opened
from motcua.dossiers.selectors import Shown, find_row, in_full
from motcua.dossiers.states import ACTS, Act
from motcua.kernel.actor import Actor, Viewer
from motcua.kernel.errors import NotFound, Refusal
from motcua.kernel.ids import uuid7
from motcua.ledger.operations import AlreadyDone
from motcua.web.common.fields import focus_first
from motcua.web.common.mending import mendings
from motcua.web.common.requests import held_fields, is_repeat, now_of, staff, typed_fields, unit
from motcua.web.common.wording import say
from motcua.web.desk.abreast import abreast
from motcua.web.desk.act_page import ActPage
from motcua.web.desk.acts import PAGES, known, opened, title
from motcua.web.desk.answered import answered, contradicted, replies
from motcua.web.desk.capacities import SIGN_AS, sign_as
from motcua.web.desk.facts import Facts
from motcua.web.desk.focus import focused, numbered
from motcua.web.desk.forms.base import ActForm
from motcua.web.desk.given import given, made
from motcua.web.desk.interest_words import to_think_of
from motcua.web.desk.known import staff_names
from motcua.web.desk.look_up import LOOK_UP, ask
from motcua.web.desk.not_done import not_done
from motcua.web.desk.opinions import calendars_for, consulted
from motcua.web.desk.people import people_of_task
from motcua.web.desk.seeking import Place
from motcua.web.desk.sheet import holder, opinions
from motcua.web.desk.told import told

STEP, FIGURES = "step", 4  # the field that names the step, and how long a number of a row may be


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who asks for which act on which dossier, and when; of which of its open steps, where the page says that."""

    request: HttpRequest
    viewer: Viewer
    code: str
    act: Act
    at: datetime
    number: int | None = None
    sign_as: str = ""

    def focused(self, facts: Facts) -> Facts:
        """The dossier as the act looks at it. Raises NotAllowedNow where its step is not open any more."""
        return focused(self.act, facts, viewer=self.viewer, number=self.number)

    def opened(self, facts: Facts) -> tuple[ActPage, Actor]:
        """The page of the act, and in whose capacity it is done. Raises as `acts.opened`."""
        return opened(self.act, self.focused(facts), viewer=self.viewer, at=self.at, sign_as=self.sign_as)


@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, code: str, act: str) -> HttpResponse:
    """The page of an act. Refusals: 404 out of scope or no act, 403 not this person, 409 not now, 422 the input."""
    fields = request.GET if request.method != "POST" else request.POST
    sign_as = str(request.POST.get(SIGN_AS, ""))
    asked = _Asked(request, staff(request), code, known(act), now_of(request), _number(fields), sign_as)
    if request.method != "POST":
        return _show(asked)
    return _look_up(asked) if LOOK_UP in request.POST else _do(asked)


def _number(fields: Mapping[str, object]) -> int | None:
    told = str(fields.get(STEP) or "")
    return int(told) if told.isdecimal() and len(told) <= FIGURES else None


def _show(asked: _Asked) -> HttpResponse:
    held = held_fields(asked.request)
    if held is not None:
        asked = replace(asked, number=_number(held), sign_as=str(held.get(SIGN_AS, "")))
    row, name = find_row(asked.code, viewer=asked.viewer)
    try:
        page, actor = asked.opened(Facts(row, name))
    except Refusal as refusal:
        if held is None:
            raise
        return _moved_on(asked, refusal, dict(held.lists()))
    shown = in_full(row, name, viewer=asked.viewer)
    mark_opened(shown.row, viewer=asked.viewer, at=asked.at)
    facts = asked.focused(Facts.of(shown))
    form = page.form(held, facts=facts, at=asked.at, actor=actor)
    return _page(asked, page, form, shown, held=held is not None)


def _do(asked: _Asked) -> HttpResponse:
    try:
        row, name = find_row(asked.code, viewer=asked.viewer)
    except NotFound:
        # What the first click put out of sight; the key that it claimed says so, wherever it stands.
        if is_repeat(asked.request, asked.viewer.actor(), stream=uuid7(), seq=1):
            return _done(asked, None)
        raise
    facts = Facts(row, name)
    refusal: Refusal | None = None
    try:
        facts = asked.focused(facts)
        page, actor = opened(asked.act, facts, viewer=asked.viewer, at=asked.at, sign_as=asked.sign_as)
        form = page.form(asked.request.POST, asked.request.FILES, facts=facts, at=asked.at, actor=actor)
        if form.is_valid():
            arguments, paper = form.arguments() | numbered(asked.act, facts), form.paper()
            warning = form.warning()
            with unit(asked.request, actor):
                page.flow(code=asked.code, actor=actor, at=asked.at, paper=paper, **arguments)
            if warning:
                messages.warning(asked.request, warning)
            return _done(asked, facts)
    except AlreadyDone:
        return _done(asked, facts)
    except Refusal as said:
        refusal = said
    repeated = is_repeat(asked.request, asked.viewer.actor(), stream=row["id"], seq=row["head_seq"])
    return _done(asked, facts) if repeated else _refused(asked, refusal)


def _look_up(asked: _Asked) -> HttpResponse:
    """Ask the register about a person, and show the form as it was typed beside what it says; nothing is judged."""
    row, _name = find_row(asked.code, viewer=asked.viewer)
    ask(asked.request, row, viewer=asked.viewer)
    row, name = find_row(asked.code, viewer=asked.viewer)
    try:
        page, actor = asked.opened(Facts(row, name))
    except Refusal:  # nothing is left to be filled in
        return HttpResponseRedirect(reverse("dossier", args=[asked.code]))
    shown = in_full(row, name, viewer=asked.viewer)
    request, facts = asked.request, asked.focused(Facts.of(shown))
    form = page.form(request.POST, request.FILES, facts=facts, at=asked.at, actor=actor)
    form.hold_judgement()
    return _page(asked, page, form, shown)


def _done(asked: _Asked, facts: Facts | None) -> HttpResponse:
    """Say that the act is recorded, and go on: to the dossier, or (`facts` None) where it is out of sight by now, to a
    list."""
    told = (
        _("Đã đề nghị: %(act)s. Chờ người thứ hai xác nhận.")
        if asked.act in PAIRS
        else _("Đã ghi nhận: %(act)s.")
    )
    recorded = told % {"act": say(title(asked.act, facts) if facts else ACTS[asked.act].label)}
    messages.success(asked.request, recorded)
    if facts is None or not _is_seen(asked, facts):
        return HttpResponseRedirect(
            reverse("transfers" if asked.act is Act.DECLINE_TRANSFER else "manifests")
        )
    place = Place.of(asked.request)
    return HttpResponseRedirect(place.after(asked.code) if place else reverse("dossier", args=[asked.code]))


def _is_seen(asked: _Asked, facts: Facts) -> bool:
    """Whether who did the act may still look: what the post brought back is out of the post's sight again, what a desk
    declined is out of its agency's."""
    if not facts.row["manifest"] and asked.act is not Act.DECLINE_TRANSFER:
        return True
    try:
        find_row(asked.code, viewer=asked.viewer)
    except NotFound:
        return False
    return True


def _refused(asked: _Asked, refusal: Refusal | None) -> HttpResponse:
    """The form again with what was typed and what is wrong; where the act is no longer open, what is so now."""
    row, name = find_row(asked.code, viewer=asked.viewer)
    try:
        page, actor = asked.opened(Facts(row, name))
    except Refusal as now:
        return _moved_on(asked, now, typed_fields(asked.request))
    shown = in_full(row, name, viewer=asked.viewer)
    facts = asked.focused(Facts.of(shown))
    form = page.form(asked.request.POST, asked.request.FILES, facts=facts, at=asked.at, actor=actor)
    if form.is_valid() and refusal is not None:
        form.refuse(refusal, str(asked.request.locale))  # type: ignore[attr-defined]
    return _page(asked, page, form, shown, status=refusal.status if refusal else 422)


def _moved_on(asked: _Asked, refusal: Refusal, typed: Mapping[str, list[str]]) -> HttpResponse:
    """Another person was faster, or the seat is gone: say so, and give back the words that were typed."""
    page = PAGES.get(asked.act)
    labels = {name: field.label for name, field in page.form.base_fields.items()} if page else {}
    kept = [
        (labels.get(name, ""), value)
        for name, values in typed.items()
        for value in values
        if " " in value.strip()  # words, not codes and ticks
    ]
    return not_done(asked.request, asked.code, refusal, kept)


def _page(
    asked: _Asked, page: ActPage, form: ActForm, shown: Shown, *, status: int = 200, held: bool = False
) -> HttpResponse:
    facts = form.facts
    context = {
        "page": page,
        "act": asked.act.value,
        "title": title(asked.act, facts),
        "form": form,
        "facts": facts,
        "row": facts.row,
        "held": held,
        "holder": holder(shown.row, staff_names([shown.row["holder_account"]])),
        "number": numbered(asked.act, facts).get("number"),
        "abreast": abreast(Facts(shown.row)),
        "given": given(facts),
        "made": made(facts),
        "answered": answered(shown),
        "contradicted": contradicted(shown) if asked.act is Act.RECEIVE else (),
        "mendings": mendings(shown.form),
        "replies": replies(shown, facts),
        "consulted": consulted(facts, asked.at, calendars_for(facts.row))
        if facts.row["consultations"]
        else [],
        "last": [told(shown.entries[-1])],
        "people": people_of_task(shown, viewer=asked.viewer),
        "think_of": to_think_of(Facts(shown.row), viewer=asked.viewer),
        "sign_as": sign_as(asked.act, facts, asked.viewer, asked.sign_as),
        "preview": page.preview(facts, asked.at),
        "place": Place.of(asked.request),
        "focus_button": not (form.begins_at_top or focus_first(form, form.focusable)),
        **opinions(facts),
    }
    return render(asked.request, "desk/act.html", context, status=status)
