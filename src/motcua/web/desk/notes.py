"""Notes and messages of officers on a dossier: the thread, and what one adds to it; also for whom an opinion is asked,
who sees of it what went to and fro with them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.agencies.positions import WORKING
from motcua.agencies.selectors import called, unit_name
from motcua.dossiers import selectors
from motcua.dossiers.attachments import contents_of
from motcua.dossiers.consultations import shared
from motcua.dossiers.consulted import shares
from motcua.dossiers.policy import sees_people
from motcua.dossiers.record import no_such
from motcua.dossiers.row import Row
from motcua.dossiers.thread import UNIT, Said, house, is_for, lead_of, mark_read, of_part, thread, with_agency
from motcua.flows import notes as flows
from motcua.kernel.actor import Actor, Viewer
from motcua.kernel.errors import Denied, NotFound, Refusal
from motcua.kernel.say import Say
from motcua.ledger.operations import AlreadyDone
from motcua.ledger.selectors import history
from motcua.web.common.requests import held_fields, is_repeat, now_of, staff, unit
from motcua.web.common.text_field import printable
from motcua.web.common.wording import say
from motcua.web.desk.known import staff_names


@dataclass(frozen=True, slots=True)
class Line:
    """A note or a message as the page shows it; `heading`: to whom, or whose note; `seen_by`: of those
    it is for."""

    seq: int
    at: datetime
    heading: Say
    by: str
    place: Say
    text: str
    answers: int
    is_mine: bool
    is_message: bool
    is_answered: bool
    seen_by: tuple[tuple[str, datetime], ...]


def lines(said: Sequence[Said], row: Row, *, viewer: Viewer) -> list[Line]:
    """The thread as `viewer` reads it, the oldest first. One statement for names this process has not met."""
    names = staff_names(account for x in said for account in (x.by, *(who for who, _at in x.seen)))
    answered = {x.answers for x in said}
    return [
        Line(
            seq=x.seq,
            at=x.at,
            heading=_heading(x),
            by=names.get(x.by, ""),
            place=Say(unit_name(x.unit), unit_name(x.unit, "en")) if x.unit else called(x.agency),
            text=x.text,
            answers=x.answers,
            is_mine=bool(x.to) and is_for(viewer, x.to or {}, row) and x.by != viewer.account,
            is_message=x.to is not None,
            is_answered=x.seq in answered,
            seen_by=tuple((names.get(who, ""), at) for who, at in x.seen),
        )
        for x in said
    ]


def _heading(x: Said) -> Say:
    to = x.to_name
    if to is not None:
        return Say(f"Gửi {to.vi}", f"To {to.en}")
    return (
        Say("Ghi chú của đơn vị", "Note of the unit") if x.whose == UNIT else Say("Ghi chú riêng", "Own note")
    )


class NoteForm(forms.Form):
    """For whom, and what."""

    to = forms.ChoiceField(
        label=_("Cho ai"),
        error_messages={"required": _("Hãy chọn nơi nhận."), "invalid_choice": _("Hãy chọn nơi nhận.")},
    )
    text = forms.CharField(
        label=_("Nội dung"),
        widget=forms.Textarea(attrs={"rows": 4, "class": "wfull"}),
        validators=[printable],
        error_messages={"required": _("Hãy viết nội dung.")},
    )
    answers = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, row: Row, actor: Actor, at: datetime, answers: Said | None
    ) -> None:
        super().__init__(data, initial={"answers": answers.seq if answers else None})
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)  # noqa: S101 - our own form, not input
        if answers is not None:
            del self.fields["to"]
            return
        notes = [(key, say(name)) for key, name in flows.NOTES.items()] if actor.agency in house(row) else []
        groups: dict[str, list[tuple[str, str]]] = {}
        for key, name, agency in flows.choices(row, actor=actor, at=at):
            groups.setdefault(say(agency), []).append((key, say(name)))
        to.choices = [("", ""), *([(gettext("Ghi chú"), notes)] if notes else []), *groups.items()]


@require_http_methods(["GET", "HEAD", "POST"])
def dossier_notes(request: HttpRequest, code: str) -> HttpResponse:
    """The thread of a dossier, and a form to add to it, for who works on it; of a part, for who leads the dossier it is
    of, what went to and fro with them."""
    viewer = staff(request)
    try:
        shown = selectors.dossier(code, viewer=viewer)
    except NotFound:
        return _part_notes(request, code, viewer)
    if not sees_people(viewer, shown.row):
        raise no_such(code)
    agencies = house(shown.row)
    back = reverse("dossier", args=[code])
    actor = _writer(viewer, agencies)
    return _page(request, shown.row, shown.said, viewer=viewer, actor=actor, back=back)


def _writer(viewer: Viewer, agencies: Collection[str]) -> Actor | None:
    capacity = next((c for c in viewer.capacities if c.kind in WORKING and c.agency in agencies), None)
    return viewer.actor(capacity) if capacity else None


def _part_notes(request: HttpRequest, code: str, viewer: Viewer) -> HttpResponse:
    row = of_part(code, viewer=viewer)
    lead = lead_of(row)
    texts, _files = contents_of(row["id"])
    said = with_agency(thread(row["id"], history(row["id"]), texts, viewer=viewer), lead)
    whole = code.rpartition(".")[0]
    back, actor = reverse("dossier", args=[whole]), _writer(viewer, {lead})
    return _page(request, row, said, viewer=viewer, actor=actor, back=back, back_code=whole)


@require_http_methods(["GET", "HEAD", "POST"])
def consultation_notes(request: HttpRequest, consultation: UUID) -> HttpResponse:
    """What went to and fro between those who ask for an opinion and those who are asked; nothing once it shares nothing
    any more. For others it does not exist."""
    viewer = staff(request)
    found = shared(consultation, viewer=viewer)
    texts, _files = contents_of(found.row["id"])
    said = thread(found.row["id"], history(found.row["id"]), texts, viewer=viewer)
    back = reverse("consultation", args=[consultation])
    own = with_agency(said, found.one["agency"]) if shares(found.one) else ()
    actor = viewer.actor(found.capacity) if shares(found.one) else None
    return _page(request, found.row, own, viewer=viewer, actor=actor, back=back)


def _page(
    request: HttpRequest,
    row: Row,
    said: Sequence[Said],
    *,
    viewer: Viewer,
    actor: Actor | None,
    back: str,
    back_code: str = "",
) -> HttpResponse:
    at = now_of(request)
    mark_read(row, said, viewer=viewer, at=at)
    typed = request.POST if request.method == "POST" else held_fields(request)
    answers = _answered(request, said, typed)
    form = NoteForm(typed, row=row, actor=actor, at=at, answers=answers) if actor else None
    status = 200
    if request.method == "POST":
        if form is None or actor is None:
            raise Denied("Vị trí của bạn chỉ xem hồ sơ này.", "Your position only looks at this dossier.")
        status = _write(request, row, form, actor, answers)
        if status == 302:
            messages.success(request, gettext("Đã ghi."))
            return HttpResponseRedirect(request.path)
    context = {
        "row": row,
        "back": back,
        "back_code": back_code or row["code"],
        "lines": lines(said, row, viewer=viewer),
        "form": form,
        "answers": answers,
    }
    return render(request, "desk/notes.html", context, status=status)


def _answered(request: HttpRequest, said: Sequence[Said], typed: Any) -> Said | None:
    """The message that is answered, by its number in the address or the form."""
    number = str((typed or request.GET).get("answers", ""))
    return next((x for x in said if x.to and str(x.seq) == number), None)


def _write(request: HttpRequest, row: Row, form: NoteForm, actor: Actor, answers: Said | None) -> int:
    """Add what was typed; 302 once it is there, else the status of the page that says what is wrong."""
    if not form.is_valid():
        return 422
    told = form.cleaned_data
    try:
        with unit(request, actor):
            flows.write(
                code=row["code"],
                to=told.get("to", ""),
                body=told["text"],
                answers=answers.seq if answers else 0,
                actor=actor,
                at=now_of(request),
            )
    except AlreadyDone:
        return 302
    except Refusal as refusal:
        if is_repeat(request, actor, stream=row["id"], seq=row["head_seq"]):
            return 302
        said = refusal.say(str(request.locale))  # type: ignore[attr-defined]
        form.add_error(refusal.field if refusal.field in form.fields else None, said)
        return refusal.status
    return 302
