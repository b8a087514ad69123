"""An agency takes up a version from a day on, having seen which seat is empty; or runs the process no longer."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.agencies.selectors import agency as agency_facts
from motcua.catalogue.policy import officer_seats
from motcua.flows.localising import run_process, stop_process
from motcua.kernel.actor import Capacity
from motcua.kernel.errors import NotFound, Refusal
from motcua.kernel.say import Say
from motcua.kernel.time import local
from motcua.ledger.operations import AlreadyDone
from motcua.ledger.selectors import claimed_stream
from motcua.processes import published
from motcua.processes.published import Staffed, staffed
from motcua.processes.selectors import version as parsed
from motcua.processes.staffing import vacancies
from motcua.processes.wording import position_words
from motcua.web.catalogue.access import names_of
from motcua.web.catalogue.processes.listing import variant_labels
from motcua.web.common.day_field import DayField
from motcua.web.common.requests import held_fields, now_of, staff, unit
from motcua.web.common.wording import say


class VariantsForm(forms.Form):
    """For which variants, from which day on."""

    variants = forms.MultipleChoiceField(
        label=_("Cho các trường hợp"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Hãy chọn ít nhất một trường hợp.")},
    )
    valid_from = DayField(label=_("Áp dụng từ ngày"), help_text=_("Hôm nay hoặc sau hôm nay"))

    def __init__(self, data: Any, *, variants: Sequence[tuple[str, str]], at: datetime) -> None:
        super().__init__(
            data, initial={"variants": [code for code, _w in variants], "valid_from": local(at).date()}
        )
        field: Any = self.fields["variants"]
        field.choices = list(variants)

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal at the field it names."""
        self.add_error(refusal.field if refusal.field in self.fields else None, say(refusal))


class StopForm(VariantsForm):
    """For which variants no process is run, from which day on."""

    field_order = ("variants", "valid_to")
    valid_from = None  # type: ignore[assignment]
    valid_to = DayField(label=_("Thôi áp dụng từ ngày"), help_text=_("Hôm nay hoặc sau hôm nay"))


def seat_of(request: HttpRequest) -> Capacity:
    """The seat for which is decided: of the agency in the address, the first with a desk where it names none."""
    seats = [seat for seat in officer_seats(staff(request)) if agency_facts(seat.agency).desk_unit]
    wanted = str(request.GET.get("agency", ""))
    for seat in seats:
        if wanted in ("", seat.agency):
            return seat
    raise NotFound(
        "Bạn không giữ danh mục của cơ quan nào như vậy có quầy tiếp nhận.",
        "You keep the catalogue of no such agency with a desk.",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def process_adopt(request: HttpRequest, version: Any) -> HttpResponse:
    """GET shows who would do each step and what is missing; POST adopts the version. 404 without a desk's seat, 409
    where a seat is empty, 422 for wrong input. Sent twice, it is adopted once."""
    seat, at = seat_of(request), now_of(request)
    found = published.published_version(version, viewer=staff(request))
    table = parsed(found.id)
    labels = variant_labels(found.procedure, local(at).date())
    variants = [(each.code, say(labels.get(each.code, Say(each.code, each.code)))) for each in table.variants]
    form = VariantsForm(_typed(request), variants=variants, at=at)

    def adopt(told: dict[str, Any]) -> None:
        run_process(
            procedure=found.procedure,
            agency=seat.agency,
            process_version=found.id,
            variants=told["variants"],
            valid_from=told["valid_from"],
            actor=staff(request).actor(seat),
            at=at,
        )

    status = _done(request, seat, form, adopt)
    if status == 302:
        messages.success(request, gettext("Đã ghi nhận. Hồ sơ nhận từ ngày ấy theo quy trình này."))
        return HttpResponseRedirect(reverse("process", args=[found.code]))
    own = published.offices([table], agency=seat.agency, at=at)
    rows = staffed(table, own.staff)
    context = {
        "found": found,
        "form": form,
        "agency": agency_facts(seat.agency),
        "rows": [(row, _people(row)) for row in rows],
        "vacancies": vacancies(table, own),
        "seats": [each for each in officer_seats(staff(request)) if agency_facts(each.agency).desk_unit],
        "names": names_of(str(one) for row in rows for people in row.people.values() for one in people),
    }
    return render(request, "catalogue/processes/adopt.html", context, status=status)


def _people(row: Staffed) -> list[tuple[Say, list[str]]]:
    return [(position_words(kind), [str(one) for one in people]) for kind, people in row.people.items()]


@require_http_methods(["GET", "HEAD", "POST"])
def process_stop(request: HttpRequest, code: str) -> HttpResponse:
    """GET asks for which variants and from when; POST stops running the process. 404 where the agency runs none of it,
    422 for wrong input. Sent twice, it is stopped once."""
    seat, at = seat_of(request), now_of(request)
    viewer = staff(request)
    found = published.chosen(code.replace("\x00", ""), viewer=viewer)
    today = local(at).date()
    runs = [
        run
        for run in published.runs_of(found.code, viewer=viewer)
        if run.agency == seat.agency and (run.valid_to is None or run.valid_to > today)
    ]
    key = str(request.POST.get("idempotency_key", ""))
    if not runs and key and claimed_stream(actor=str(viewer.account), key=key):
        return HttpResponseRedirect(reverse("process", args=[found.code]))
    if not runs:
        raise NotFound(
            "Cơ quan đang không áp dụng quy trình này.", "The agency does not run this process at present."
        )
    labels = variant_labels(found.procedure, local(at).date())
    variants = [(v, say(labels.get(v, Say(v, v)))) for v in sorted({run.variant for run in runs})]
    form = StopForm(_typed(request), variants=variants, at=at)

    def stop(told: dict[str, Any]) -> None:
        stop_process(
            procedure=found.procedure,
            agency=seat.agency,
            variants=told["variants"],
            valid_to=told["valid_to"],
            actor=viewer.actor(seat),
            at=at,
        )

    status = _done(request, seat, form, stop)
    if status == 302:
        messages.success(
            request, gettext("Đã ghi nhận. Từ ngày ấy quầy không nhận hồ sơ mới theo quy trình này.")
        )
        return HttpResponseRedirect(reverse("process", args=[found.code]))
    context = {"found": found, "form": form, "agency": agency_facts(seat.agency)}
    return render(request, "catalogue/processes/stop.html", context, status=status)


def _typed(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else held_fields(request)


def _done(
    request: HttpRequest, seat: Capacity, form: VariantsForm, do: Callable[[dict[str, Any]], None]
) -> int:
    """Do what is asked: 302 where it is done, also by its twin; else how the page is shown again."""
    if request.method != "POST":
        return 200
    if not form.is_valid():
        return 422
    try:
        with unit(request, staff(request).actor(seat)):
            do(form.cleaned_data)
    except AlreadyDone:
        return 302
    except Refusal as refusal:
        form.refuse(refusal)
        return refusal.status
    return 302
