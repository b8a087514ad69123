"""For whom somebody acts, and whom a business lets act for it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from motcua.catalogue.selectors import named, titles
from motcua.kernel.errors import Denied, Invalid
from motcua.kernel.time import local
from motcua.ledger.operations import AlreadyDone
from motcua.parties import mandates as operations
from motcua.parties.mandates import POWER_WORDS, POWERS, Held, given_by, known_as
from motcua.parties.operations import LONGEST_NAME, Particulars
from motcua.parties.selectors import Citizen, particulars_of
from motcua.web.citizen.forms import CHOOSE
from motcua.web.common.acting import choose, mandates_of
from motcua.web.common.citizens import citizen, is_theirs
from motcua.web.common.day_field import DayField
from motcua.web.common.paging import Trail
from motcua.web.common.requests import forget_held, held_fields, now_of, unit
from motcua.web.common.text_field import TidyField, printable
from motcua.web.common.wording import say

MYSELF = "myself"
ONLY_SENT = ("/drop", "/ask", "/end", "/uploads", "/discard")  # addresses that show no page
NEEDED = {"required": gettext_lazy("Hãy điền mục này.")}


class WhomForm(forms.Form):
    """Oneself, or one of the businesses that gave a mandate."""

    use_required_attribute = False
    whom = forms.ChoiceField(
        label=gettext_lazy("Tôi làm cho"),
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )

    def __init__(self, data: Any, *, held: Sequence[Held], chosen: str) -> None:
        super().__init__(data, initial={"whom": chosen})
        field = self.fields["whom"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - our own form
        businesses = {str(one.business): one.name for one in held}
        field.choices = [(MYSELF, _("Bản thân")), *businesses.items()]


class MandateForm(forms.Form):
    """Who may do what, since when."""

    use_required_attribute = False
    name = TidyField(
        label=gettext_lazy("Họ tên người được ủy quyền"),
        help_text=gettext_lazy("Đúng như trên tài khoản định danh của người ấy."),
        max_length=LONGEST_NAME,
        error_messages=NEEDED,
    )
    number = TidyField(
        label=gettext_lazy("Số định danh cá nhân"),
        help_text=gettext_lazy("12 chữ số."),
        max_length=20,
        error_messages=NEEDED,
    )
    power = forms.ChoiceField(
        label=gettext_lazy("Được làm gì?"),
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    procedures = forms.CharField(
        label=gettext_lazy("Chỉ những thủ tục này"),
        help_text=gettext_lazy("Mỗi dòng một mã thủ tục, như 2.002516; để trống là mọi thủ tục."),
        required=False,
        max_length=2000,
        validators=[printable],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    valid_from = DayField(label=gettext_lazy("Từ ngày"))
    valid_to = DayField(
        label=gettext_lazy("Đến hết ngày"), help_text=gettext_lazy("Để trống nếu không hạn."), required=False
    )
    document = TidyField(
        label=gettext_lazy("Số văn bản ủy quyền"),
        max_length=operations.LONGEST_DOCUMENT,
        error_messages=NEEDED,
    )

    def __init__(self, data: Any, **more: Any) -> None:
        super().__init__(data, **more)
        field = self.fields["power"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - our own form
        field.choices = [(power, say(POWER_WORDS[power])) for power in POWERS]

    def clean_procedures(self) -> list[str]:
        """The codes, each of a procedure that there is."""
        codes = list(dict.fromkeys(str(self.cleaned_data["procedures"]).split()))
        known = {found.code for found in named(codes)} if codes else set()
        if unknown := [code for code in codes if code not in known]:
            raise forms.ValidationError(_("Không có thủ tục mã %(codes)s.") % {"codes": ", ".join(unknown)})
        return codes


@require_http_methods(["GET", "HEAD", "POST"])
def acting(request: HttpRequest) -> HttpResponse:
    """GET shows for whom one may act; POST chooses. Three statements."""
    who = citizen(request)
    held = [] if who.is_business else mandates_of(who, request)
    chosen = str(who.id) if who.behalf else MYSELF
    form = WhomForm(request.POST if request.method == "POST" else None, held=held, chosen=chosen)
    if request.method == "POST" and form.is_valid():
        whom = form.cleaned_data["whom"]
        told = particulars_of(who.person)
        response = HttpResponseRedirect(_next(request))
        known = known_as(name=told.name, number=told.number)
        choose(response, who.person, None if whom == MYSELF else UUID(whom), known=known)
        return response
    context = {
        "who": who,
        "form": form,
        "held": held,
        "lapsed": who.lapsed,
        "rows": [(one.name, say(POWER_WORDS[one.power]), one.document) for one in held],
    }
    return render(request, "citizen/acting.html", context, status=422 if request.method == "POST" else 200)


def _next(request: HttpRequest) -> str:
    """On to the page that was turned away, where there is one to open; else to one's dossiers."""
    wanted = str(request.POST.get("next", ""))
    shown = is_theirs(wanted) and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if shown and not wanted.endswith(ONLY_SENT) else reverse("my_dossiers")


def _business(request: HttpRequest) -> Citizen:
    who = citizen(request)
    if not who.is_business:
        raise Denied(
            "Chỉ tài khoản định danh của chính doanh nghiệp mới ủy quyền hoặc rút ủy quyền.",
            "Only the business's own account gives and withdraws mandates.",
        )
    return who


@require_http_methods(["GET", "HEAD", "POST"])
def mandates(request: HttpRequest) -> HttpResponse:
    """Whom the business lets act for it; POST lets one more. Raises Denied for anybody but its own account."""
    who, at, posted = _business(request), now_of(request), request.method == "POST"
    held = held_fields(request)
    form = MandateForm(request.POST if posted else held, initial={"valid_from": local(at).date()})
    status = 422 if posted else 200
    if posted and form.is_valid():
        try:
            _give(request, who, form)
            messages.success(request, _("Đã ủy quyền."))
            return HttpResponseRedirect(reverse("my_mandates"))
        except AlreadyDone:
            return HttpResponseRedirect(reverse("my_mandates"))
        except Invalid as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, say(refusal))
            status = refusal.status
    response = render(request, "citizen/mandates.html", _listed(request, who, form), status=status)
    if held is not None:
        forget_held(request, response)
    return response


def _give(request: HttpRequest, who: Citizen, form: MandateForm) -> None:
    told = form.cleaned_data
    person = Particulars(name=told["name"], paper="citizen_id", number=told["number"])
    with unit(request, who.actor):
        operations.give(
            business=who.id,
            person=person,
            power=told["power"],
            procedures=told["procedures"],
            valid_from=told["valid_from"],
            valid_to=told["valid_to"],
            document=told["document"],
            actor=who.actor,
            at=now_of(request),
        )


def _listed(request: HttpRequest, who: Citizen, form: MandateForm) -> dict[str, Any]:
    trail = Trail.read(request.GET)
    lines, following = given_by(who.id, after=trail.after or None)
    forth, back = trail.forth(following), trail.back()
    codes = {code for one in lines for code in one.procedures}
    return {
        "who": who,
        "form": form,
        "lines": lines,
        "words": POWER_WORDS,
        "titles": titles(codes),
        "today": local(now_of(request)).date(),
        "before": back.query() if back else "",
        "after": forth.query() if forth else "",
    }


@require_POST
def end_mandate(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """Withdraw a mandate. Raises Denied, NotFound for another business's."""
    who = _business(request)
    with unit(request, who.actor):
        operations.end(mandate=mandate, business=who.id, actor=who.actor, at=now_of(request))
    messages.success(request, _("Đã rút ủy quyền."))
    return HttpResponseRedirect(reverse("my_mandates"))
