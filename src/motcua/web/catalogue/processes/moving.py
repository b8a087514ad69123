"""Running dossiers of an agency go on under a version of their process: previewed, ordered by a document, told one by
one."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.agencies.selectors import agency as agency_facts
from motcua.catalogue.policy import officer_seats
from motcua.kernel.actor import Capacity
from motcua.kernel.errors import NotFound, Refusal
from motcua.ledger.operations import AlreadyDone
from motcua.processes import published
from motcua.processes.impact import moves, shown
from motcua.processes.impact.shown import Measured
from motcua.processes.moving import Stays
from motcua.web.catalogue.access import names_of
from motcua.web.catalogue.processes.adopting import seat_of
from motcua.web.catalogue.processes.impact_words import Group, group_words, outcome_words
from motcua.web.common.requests import held_fields, now_of, staff, unit
from motcua.web.common.wording import say


class MoveForm(forms.Form):
    """By which document, and why."""

    basis = forms.CharField(
        label=_("Số, ký hiệu văn bản"), max_length=300, error_messages={"required": _("Hãy ghi số văn bản.")}
    )
    reason = forms.CharField(
        label=_("Lý do"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Không ghi thông tin cá nhân."),
        error_messages={"required": _("Hãy ghi lý do.")},
    )
    agreed = forms.BooleanField(
        label=_("Tôi đã xem hồ sơ nào chuyển, hồ sơ nào ở lại"),
        error_messages={"required": _("Hãy xem danh sách rồi đánh dấu.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def process_move(request: HttpRequest, version: UUID) -> HttpResponse:
    """GET shows what becomes of the agency's running dossiers and how far the move is; POST with `do=preview` reckons
    that (anew), `do=order` orders the move, `do=stop` stops. 404 without a desk's seat, 409 where it can't be done now,
    422 for wrong input. Sent twice, it is ordered once."""
    seat = seat_of(request)
    found = published.published_version(version, viewer=staff(request))
    wants = str(request.POST.get("do", "")) if request.method == "POST" else ""
    form = MoveForm(request.POST if wants == "order" else held_fields(request))
    refusal: Refusal | None = None
    if wants and (wants != "order" or form.is_valid()):
        try:
            _do(request, seat, found.id, wants, form)
            return HttpResponseRedirect(_here(found.id, seat))
        except AlreadyDone:
            return HttpResponseRedirect(_here(found.id, seat))
        except Refusal as one:
            refusal = one
            if one.field in form.fields:
                form.add_error(one.field, say(one))
    measured = shown.of_version(found.id, agency=seat.agency, viewer=staff(request))
    status = refusal.status if refusal else 422 if wants == "order" else 200
    context: dict[str, Any] = {
        "found": found,
        "form": form,
        "refusal": None if refusal and refusal.field in form.fields else refusal,
        "measured": measured,
        "here": _here(found.id, seat),
        "agency": agency_facts(seat.agency),
        "seats": [one for one in officer_seats(staff(request)) if agency_facts(one.agency).desk_unit],
    }
    if measured is not None:
        context |= _figures(measured)
    response = render(request, "catalogue/processes/move.html", context, status=status)
    if "HX-Request" in request.headers and not (measured and measured.is_at_work):
        response["HX-Refresh"] = "true"
    return response


def _here(version: UUID, seat: Capacity) -> str:
    return f"{reverse('process_move', args=[version])}?{urlencode({'agency': seat.agency})}"


def _do(request: HttpRequest, seat: Capacity, version: UUID, wants: str, form: MoveForm) -> None:
    actor, at = staff(request).actor(seat), now_of(request)
    with unit(request, actor):
        if wants == "preview":
            moves.preview(version=version, agency=seat.agency, actor=actor, at=at)
        elif wants == "stop":
            moves.stop(impact=_impact(request), actor=actor, at=at)
        else:
            told = form.cleaned_data
            moves.order(
                impact=_impact(request), basis=told["basis"], reason=told["reason"], actor=actor, at=at
            )


def _impact(request: HttpRequest) -> UUID:
    """The preview that was looked at. Raises NotFound for what is none."""
    try:
        return UUID(str(request.POST.get("impact", "")))
    except ValueError:
        raise NotFound("Không có bản xem trước này.", "There is no such preview.") from None


def _figures(measured: Measured) -> dict[str, Any]:
    groups = [
        Group(code, group_words(code, measured, {}), count) for code, count in measured.sums.groups.items()
    ]
    stays = [one for one in groups if one.code.startswith("stays:")]
    ordered = measured.ordered or {}
    done = shown.outcomes(measured) if ordered else {}
    stayed = [
        (outcome, outcome_words(outcome), n)
        for outcome, n in done.items()
        if outcome not in ("", moves.MOVED)
    ]
    return {
        "moves": measured.sums.groups["moves"],
        "stays": sorted(stays, key=lambda one: (-one.count, one.code)),
        "moved": done.get(moves.MOVED, 0),
        "stayed": stayed,
        "done": sum(n for outcome, n in done.items() if outcome),
        "ordered_at": datetime.fromisoformat(ordered["at"]) if ordered else None,
        "who": names_of([measured.asked_by]).get(measured.asked_by, ""),
        "by": names_of([str(ordered.get("by", ""))]).get(str(ordered.get("by", "")), ""),
        "changed": Stays.CHANGED.value in done,
    }
