"""Who is away: noted, ended, and for whom nobody stands in."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.agencies import absences as selectors, operations
from motcua.agencies.absences import REASONS
from motcua.agencies.policy import ADMINISTRATOR, NOTES_ABSENCE
from motcua.dossiers.passing import adrift
from motcua.kernel.errors import NotFound, Refusal
from motcua.kernel.time import ZONE, local
from motcua.ledger.operations import AlreadyDone
from motcua.web.common.day_field import DayField
from motcua.web.common.paper_fields import hour_field
from motcua.web.common.requests import now_of, staff, unit
from motcua.web.common.wording import say
from motcua.web.setup.forms import CHOOSE, begins, ends
from motcua.web.setup.words import limit_words


class AbsenceForm(forms.Form):
    """Who is away, why and from when to when."""

    account = forms.ChoiceField(label=_("Người vắng mặt"), error_messages=CHOOSE)
    reason = forms.ChoiceField(
        label=_("Lý do"),
        error_messages=CHOOSE,
        help_text=_("Chỉ ghi loại lý do, không ghi tình trạng sức khỏe."),
    )
    valid_from = DayField(label=_("Từ ngày"), required=False, help_text=_("Để trống: từ bây giờ"))
    from_hour = hour_field(_("Từ giờ"))
    valid_to = DayField(label=_("Đến hết ngày"))
    to_hour = hour_field(_("Đến giờ (nếu không đến hết ngày)"))

    def __init__(self, data: Any = None, *, people: list[tuple[UUID, str]], own: UUID, at: datetime) -> None:
        super().__init__(data, initial={"account": str(own)})
        self.at = at
        self._offer("account", [(str(account), name) for account, name in people])
        self._offer("reason", [(code, say(words)) for code, words in REASONS.items()])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal at the field it names."""
        self.add_error(refusal.field if refusal.field in self.fields else None, say(refusal))

    def arguments(self) -> dict[str, Any]:
        """What the operation takes beside agency, actor and at."""
        told = self.cleaned_data
        since, until = begins(told["valid_from"], self.at), ends(told["valid_to"])
        if told["from_hour"]:
            since = datetime.combine(told["valid_from"] or local(self.at).date(), told["from_hour"], ZONE)
        if told["to_hour"]:
            until = datetime.combine(told["valid_to"], told["to_hour"], ZONE)
        return {
            "account": UUID(told["account"]),
            "reason": told["reason"],
            "valid_from": since,
            "valid_to": until,
        }


@require_http_methods(["GET", "HEAD", "POST"])
def absences(request: HttpRequest) -> HttpResponse:
    """Who is away and will be, with who stands in; a POST notes an absence, or (`end`) ends one."""
    viewer, at = staff(request), now_of(request)
    seat = selectors.seat_of(viewer)
    actor = viewer.actor(seat)
    ending = request.POST.get("end", "")
    typed = request.POST if request.method == "POST" and not ending else None
    form = AbsenceForm(typed, people=selectors.people_of(viewer=viewer, at=at), own=viewer.account, at=at)
    refusal: Refusal | None = None
    if request.method == "POST" and (ending or form.is_valid()):
        try:
            with unit(request, actor):
                if ending:
                    operations.end_absence(absence=_known(ending), actor=actor, at=at)
                else:
                    operations.note_absence(agency=seat.agency, **form.arguments(), actor=actor, at=at)
        except AlreadyDone:
            return HttpResponseRedirect(request.path)
        except Refusal as met:
            refusal = met
            if not ending:
                form.refuse(met)
        else:
            done = gettext("Đã ghi là đã trở lại.") if ending else gettext("Đã ghi vắng mặt.")
            messages.success(request, done)
            return HttpResponseRedirect(request.path)
    lines = selectors.absences(viewer=viewer, at=at)
    context = {
        "form": form,
        "lines": lines,
        "uncovered": any(not seat.stand_ins for line in lines for seat in line.seats),
        "administers": seat.kind == ADMINISTRATOR,
        "adrift": adrift(seat.agency, at=at) if seat.kind in NOTES_ABSENCE else (),
        "limit_words": limit_words,
        "leads": seat.kind in NOTES_ABSENCE,
        "reasons": REASONS,
        "refusal": refusal if ending else None,
    }
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(request, "setup/absences.html", context, status=status)


def _known(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound("Không có lần vắng mặt này.", "There is no such absence.") from error
