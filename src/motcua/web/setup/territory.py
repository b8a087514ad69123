"""Who serves which part of the agency's territory: a lead's page."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.forms.boundfield import BoundField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods

from motcua.agencies.events import AreaServed
from motcua.agencies.positions import LEADS
from motcua.agencies.selectors import account_names
from motcua.kernel.errors import Refusal
from motcua.ledger.operations import AlreadyDone
from motcua.processes.selectors import staff as seats_of
from motcua.processes.territory import areas, leads, set_areas
from motcua.web.common.requests import held_fields, now_of, staff, unit
from motcua.web.common.text_field import TidyField
from motcua.web.common.wording import say

MORE = 3  # empty rows below those that stand
PARTS = ("code", "name", "account")


class TerritoryForm(forms.Form):
    """A row for each area, and some more; a row without a code is none."""

    def __init__(self, data: Any = None, *, served: tuple[AreaServed, ...], people: dict[UUID, str]) -> None:
        super().__init__(data)
        self.rows = len(served) + MORE
        choices = [("", _("Chưa có người phụ trách"))]
        choices += sorted(((str(one), name) for one, name in people.items()), key=lambda one: one[1])
        for place in range(self.rows):
            one = served[place] if place < len(served) else None
            fields: tuple[forms.Field, ...] = (
                TidyField(
                    label=gettext_lazy("Mã khu vực"),
                    required=False,
                    max_length=30,
                    widget=forms.TextInput(
                        attrs={"class": "w10", "autocomplete": "off", "spellcheck": "false"}
                    ),
                ),
                TidyField(
                    label=gettext_lazy("Tên thôn, tổ dân phố"),
                    required=False,
                    max_length=100,
                    widget=forms.TextInput(attrs={"class": "w20", "autocomplete": "off"}),
                ),
                forms.ChoiceField(label=gettext_lazy("Người phụ trách"), required=False, choices=choices),
            )
            for part, field in zip(PARTS, fields, strict=True):
                field.initial = getattr(one, part) if one else ""
                self.fields[f"{part}_{place}"] = field

    @property
    def groups(self) -> Iterator[list[BoundField]]:
        """The fields of each area."""
        return ([self[f"{part}_{place}"] for part in PARTS] for place in range(self.rows))

    def served(self) -> tuple[AreaServed, ...]:
        """The areas as typed."""
        told = self.cleaned_data
        found = []
        for place in range(self.rows):
            code, name, account = (told[f"{part}_{place}"] for part in PARTS)
            if code or name:
                found.append(AreaServed(code=code, name=name, account=UUID(account) if account else None))
        return tuple(found)

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal at the field it names; rows that were left empty are not counted there."""
        part, _dash, place = refusal.field.partition("_")
        filled = [n for n in range(self.rows) if self[f"code_{n}"].value() or self[f"name_{n}"].value()]
        name = f"{part}_{filled[int(place)]}" if place.isdigit() and int(place) < len(filled) else None
        self.add_error(name if name in self.fields else None, say(refusal))


@require_http_methods(["GET", "HEAD", "POST"])
def territory(request: HttpRequest) -> HttpResponse:
    """The areas of the agency that the viewer leads, with who serves each; posted whole. Refusals: 403 no lead, 422 the
    input."""
    viewer, at = staff(request), now_of(request)
    agency = leads(viewer)
    sitting = seats_of(agency=agency, at=at).seats.values()
    people = account_names({account for seat in sitting for account, _unit in seat})
    typed = request.POST if request.method == "POST" else held_fields(request)
    form = TerritoryForm(typed, served=areas(agency), people=dict(people))
    if request.method == "POST" and form.is_valid():
        seat = next(c for c in viewer.capacities if c.agency == agency and c.kind in LEADS)
        actor = viewer.actor(seat)
        try:
            with unit(request, actor):
                set_areas(agency=agency, served=form.served(), actor=actor, at=at)
        except AlreadyDone:
            pass
        except Refusal as refusal:
            form.refuse(refusal)
        if not form.errors:
            messages.success(request, _("Đã lưu địa bàn."))
            return HttpResponseRedirect(reverse("territory"))
    return render(
        request, "setup/territory.html", {"form": form}, status=422 if form.is_bound and form.errors else 200
    )
