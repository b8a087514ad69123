"""Beginning a dossier from its procedure's page: with which agency, and what to have at hand."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from motcua.agencies.selectors import called
from motcua.catalogue.shapes import ProcedureVersion
from motcua.dossiers.assisting import FilingKind
from motcua.submissions import operations as submissions
from motcua.submissions.selectors import drafts
from motcua.web.citizen.forms import CHOOSE
from motcua.web.common.citizens import citizen
from motcua.web.common.online import begins_at
from motcua.web.common.papers import ASKED
from motcua.web.common.requests import forget_held, held_fields, now_of
from motcua.web.common.wording import say

WHOM = ((FilingKind.SELF.value, _("Cho tôi")), (FilingKind.RELATIVE.value, _("Nộp thay người khác")))


class AgencyForm(forms.Form):
    """To which agency, and for whom."""

    use_required_attribute = False
    agency = forms.ChoiceField(
        label=_("Nộp đến cơ quan nào?"), error_messages={"required": CHOOSE, "invalid_choice": CHOOSE}
    )

    whom = forms.ChoiceField(
        label=_("Nộp cho ai?"),
        help_text=_("Nộp thay thì cần phiếu đồng ý có chữ ký của người ấy; hệ thống in sẵn phiếu."),
        choices=WHOM,
        required=False,
        initial=FilingKind.SELF.value,
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, agencies: Sequence[str], chosen: str, asks_whom: bool
    ) -> None:
        super().__init__(data, initial={"agency": chosen})
        if not asks_whom:
            del self.fields["whom"]
        field = self.fields["agency"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - our own form
        field.choices = [("", "…"), *((code, say(called(code))) for code in agencies)]


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, procedure: str) -> HttpResponse:
    """GET says what is begun; POST begins a draft, or goes on with one in which nothing was typed yet. Raises NotFound,
    and NotAllowedNow where it is not handed in here."""
    at, who = now_of(request), citizen(request)
    who.refuse_without("write", procedure)
    owner = who.id
    version, agencies = begins_at(procedure, at=at)
    chosen = str(request.GET.get("agency", ""))
    chosen = chosen if chosen in agencies else agencies[0] if len(agencies) == 1 else ""
    business = who.name if who.behalf or who.is_business else ""
    held = held_fields(request)
    typed = request.POST if request.method == "POST" else held
    form = AgencyForm(typed, agencies=agencies, chosen=chosen, asks_whom=not business)
    if request.method == "POST" and form.is_valid():
        there = form.cleaned_data["agency"]
        filing = FilingKind(form.cleaned_data.get("whom") or FilingKind.SELF)
        draft = submissions.begin(
            owner=owner,
            agency=there,
            procedure=procedure,
            at=at,
            filing=filing,
            typist=who.person if who.behalf else None,
            proposed=_chosen(request.GET, version),
        )
        return HttpResponseRedirect(reverse("my_draft", args=[draft]))
    status = 422 if request.method == "POST" else 200
    begun = [line for line in drafts(owner=owner, at=at) if line.procedure == procedure]
    context = {"version": version, "form": form, "begun": begun, "called": called, "business": business}
    response = render(request, "citizen/begin.html", context, status=status)
    if held is not None:
        forget_held(request, response)
    return response


def _chosen(told: Mapping[str, Any], version: ProcedureVersion) -> dict[str, list[str]]:
    """What the procedure's page was told and its version knows: the variant, and question -> option."""
    asked = {q.code: (ASKED + q.code, {o.code for o in q.options}) for q in version.questions}
    asked["variant"] = ("variant", {v.code for v in version.variants})
    given = {code: str(told.get(name, "")) for code, (name, _options) in asked.items()}
    return {code: [answer] for code, answer in given.items() if answer in asked[code][1]}
