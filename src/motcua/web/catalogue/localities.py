"""What an agency sets of a procedure for itself: what holds and what is to come, and a form for each thing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from motcua.agencies.selectors import AgencyFacts, agency as agency_facts, called
from motcua.catalogue import operations as catalogue
from motcua.catalogue.localities import Line, Standing, What, local_lines, standings
from motcua.catalogue.policy import officer_seats
from motcua.catalogue.selectors import Offer, offer
from motcua.catalogue.shapes import Amount, Channel, ProcedureVersion
from motcua.kernel.actor import Capacity
from motcua.kernel.errors import NotFound, Refusal
from motcua.kernel.say import Say
from motcua.kernel.time import local
from motcua.ledger.operations import AlreadyDone
from motcua.processes.running import runs
from motcua.processes.selectors import process_codes
from motcua.web.catalogue.locality_forms import (
    FeesForm,
    HandlingForm,
    LocalForm,
    PlaceForm,
    PromiseForm,
)
from motcua.web.catalogue.part_words import HANDLED, SHORT_CHANNELS
from motcua.web.common.limits import limit_words
from motcua.web.common.requests import held_fields, now_of, staff, unit
from motcua.web.common.wording import dong, say


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that can be set: its words, its form, and what does it."""

    label: Say
    about: Say
    form: type[LocalForm]
    operation: Callable[..., Any]


SETTINGS: Mapping[What, Setting] = {
    What.PROMISE: Setting(
        Say("Cam kết thời hạn ngắn hơn", "Promise a shorter time"),
        Say(
            "Đã công bố thì ràng buộc: hồ sơ nhận từ ngày ấy hẹn trả theo cam kết, trễ cam kết là trễ. Muốn dài hơn chỉ"
            " đổi được từ một ngày sau hôm nay. Ngắn nhất trong cam kết của tỉnh và của cơ quan là thời hạn áp dụng.",
            "Once published it binds: dossiers received from that day on are due by the promise, and late means late by"
            " it. A longer one may only begin on a day after today. Of the province's and the agency's own, the shorter"
            " one holds.",
        ),
        PromiseForm,
        catalogue.promise,
    ),
    What.FEES: Setting(
        Say("Mức thu của Hội đồng nhân dân tỉnh", "Fees of the provincial council"),
        Say(
            "Áp dụng cho mọi cơ quan trong tỉnh, với hồ sơ nhận từ ngày ấy. Căn cứ là số nghị quyết.",
            "For all agencies of the province and what is received from that day on. The basis is the resolution.",
        ),
        FeesForm,
        catalogue.charge,
    ),
    What.PLACE: Setting(
        Say("Nơi nhận hồ sơ", "Where to hand in"),
        Say(
            "Chỉ ghi khi không nhận ở quầy của cơ quan. Người dân đọc được trên trang thủ tục.",
            "Only where it is not the agency's own desk. People read it on the procedure's page.",
        ),
        PlaceForm,
        catalogue.take_at,
    ),
    What.HANDLED_IN: Setting(
        Say("Hệ thống giải quyết", "System that handles it"),
        Say(
            "Giải quyết ở nơi khác thì từ ngày ấy quầy này không nhận hồ sơ mới; hồ sơ đang giải quyết vẫn tiếp tục.",
            "Handled elsewhere, this desk receives nothing new from that day on; what runs goes on.",
        ),
        HandlingForm,
        catalogue.handle_in,
    ),
}
STANDINGS: Mapping[Standing, Say] = {
    Standing.NOW: Say("Đang áp dụng", "In force"),
    Standing.AHEAD: Say("Sắp áp dụng", "To come"),
    Standing.PAST: Say("Đã thay", "Replaced"),
}


def _seat(request: HttpRequest) -> Capacity:
    """The seat for which things are set: of the agency in the address, the first where it names none."""
    seats = officer_seats(staff(request))
    wanted = str(request.GET.get("agency", "")) or seats[0].agency
    for seat in seats:
        if seat.agency == wanted:
            return seat
    raise NotFound("Bạn không giữ danh mục của cơ quan này.", "You keep no catalogue of this agency.")


def _open_to(facts: AgencyFacts) -> list[What]:
    """What an agency of this level sets: the council of a province its fees."""
    return [what for what in SETTINGS if what is not What.FEES or facts.level == "province"]


def _offer(request: HttpRequest, code: str, facts: AgencyFacts) -> Offer:
    today = local(now_of(request)).date()
    return offer(code.replace("\x00", ""), agency=facts.code, province=facts.parent, on=today)


@require_safe
def localities(request: HttpRequest, code: str) -> HttpResponse:
    """What the agency and its province have set. 403 without the seat, 404 for what is not in force."""
    seat, today = _seat(request), local(now_of(request)).date()
    facts = agency_facts(seat.agency)
    found = _offer(request, code, facts)
    agencies = [each for each in (facts.code, facts.parent) if each]
    lines = local_lines(found.version.code, agencies=agencies, viewer=staff(request))
    version = found.version
    labels = {variant.code: variant.label for variant in version.variants}
    context = {
        "seats": officer_seats(staff(request)),
        "agency": facts,
        "version": version,
        "lines": [
            (
                line,
                SETTINGS[line.what].label,
                _said(line, version),
                _whose(line),
                standing,
                STANDINGS[standing],
            )
            for line, standing in standings(lines, on=today)
        ],
        "settings": [(what, SETTINGS[what]) for what in _open_to(facts)],
        "runs": [(run, labels.get(run.variant)) for run in runs(agency=facts.code, procedure=version.code)],
        "processes": process_codes(version.code),
        "today": today,
    }
    return render(request, "catalogue/localities.html", context)


def _whose(line: Line) -> Say:
    return called(line.agency) if line.agency else Say("Toàn quốc", "The whole country")


def _said(line: Line, version: ProcedureVersion) -> str:
    """What was set, in words."""
    if line.limit is not None:
        labels = {variant.code: variant.label for variant in version.variants}
        variant, channel = line.subject
        time = say(limit_words(line.limit.unit.value, line.limit.value))
        label = say(labels.get(variant, Say(variant, variant)))
        return f"{label} · {say(SHORT_CHANNELS[channel])}: {time}"
    if line.amounts:
        names = {rule.code: rule.name for rule in version.fees}
        (rule,) = line.subject
        told = "; ".join(_amount(amount) for amount in line.amounts)
        return f"{say(names.get(rule, Say(rule, rule)))}: {told}"
    if line.handled_in is not None:
        return say(HANDLED[line.handled_in])
    return line.address or _("Quầy của cơ quan")


def _amount(amount: Amount) -> str:
    on = ", ".join(say(SHORT_CHANNELS[Channel(channel)]) for channel in amount.channels)
    return f"{on} {dong(amount.value)}" if on else dong(amount.value)


@require_http_methods(["GET", "HEAD", "POST"])
def localise(request: HttpRequest, code: str, what: str) -> HttpResponse:
    """GET shows the form, POST sets it. 403 without the seat, 404 for what is not in force or is not the agency's to
    set, 422 for wrong input."""
    seat = _seat(request)
    facts = agency_facts(seat.agency)
    if what not in _open_to(facts):
        raise NotFound("Cơ quan này không đặt nội dung ấy.", "That is not for this agency to set.")
    setting, found = SETTINGS[What(what)], _offer(request, code, facts)
    posted = request.method == "POST"
    typed = request.POST if posted else held_fields(request)
    form = setting.form(typed, found=found, at=now_of(request))
    status = 200
    if posted:
        status = 422
        if form.is_valid():
            try:
                _do(request, seat, setting, form, found.version.code)
            except AlreadyDone:
                pass
            except Refusal as refusal:
                form.refuse(refusal)
                status = refusal.status
            if not form.errors:
                messages.success(request, _("Đã ghi nhận và công bố."))
                return HttpResponseRedirect(f"{reverse('localities', args=[code])}?agency={facts.code}")
    context = {"form": form, "setting": setting, "version": found.version, "agency": facts}
    return render(request, "catalogue/localise.html", context, status=status)


def _do(request: HttpRequest, seat: Capacity, setting: Setting, form: LocalForm, code: str) -> None:
    actor, at = staff(request).actor(seat), now_of(request)
    with unit(request, actor):
        setting.operation(setting=form.setting(seat.agency), **form.terms(), actor=actor, at=at)
