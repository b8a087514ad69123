"""The controls that components/field.html draws are those of Django's own widget templates."""

from datetime import time
from typing import Any

import pytest
from django import forms
from django.forms.boundfield import BoundField
from django.test.html import parse_html

from motcua.web.common.components import field
from motcua.web.common.day_field import DayField
from motcua.web.common.fields import field_parts
from motcua.web.common.tests.demo import HOSTILE

pytestmark = pytest.mark.usefixtures("bare_pages")

SEVERAL = [("a", "Tờ khai"), (HOSTILE, HOSTILE), ("", "Không chọn")]
GROUPED = [("Hộ tịch", [("a", "Khai sinh"), ("b", "Kết hôn")]), ("c", "Khác")]
TYPING = {"autocomplete": "off", "spellcheck": "false", "data-people": "", "autofocus": True, "maxlength": 3}


class Every(forms.Form):
    """Each widget of our forms, in the ways they use it."""

    text = forms.CharField(help_text=HOSTILE, widget=forms.TextInput(attrs=TYPING | {"class": "wfull"}))
    telephone = forms.CharField(required=False, max_length=30, widget=forms.TextInput(attrs={"type": "tel"}))
    mail = forms.EmailField()
    number = forms.IntegerField(min_value=0, max_value=9)
    password = forms.CharField(widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))
    hour = forms.TimeField(widget=forms.TimeInput(format="%H:%M"))
    scan = forms.FileField()
    locked = forms.CharField(disabled=True, initial="H99")
    off = forms.CharField(widget=forms.TextInput(attrs={"autofocus": False}))
    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 2, "class": "wfull"}))
    kind = forms.ChoiceField(choices=SEVERAL, widget=forms.Select(attrs={"data-recount": ""}))
    group = forms.ChoiceField(choices=GROUPED)
    tick = forms.BooleanField(widget=forms.CheckboxInput(attrs={"data-recount": ""}))
    secret = forms.CharField(widget=forms.HiddenInput)
    channel = forms.ChoiceField(choices=SEVERAL, widget=forms.RadioSelect(attrs={"data-redraw": ""}))
    papers = forms.MultipleChoiceField(choices=SEVERAL, widget=forms.CheckboxSelectMultiple)
    born = DayField(help_text="Ví dụ 05 09 1990")


TYPED: dict[str, Any] = dict.fromkeys(Every.base_fields, HOSTILE) | {
    "kind": "a",
    "group": "b",
    "tick": "1",
    "papers": ["a", HOSTILE],
    "hour": "9:1x",
    **{f"born_{i}": f"{i}{HOSTILE}" for i in range(3)},
}
BY_ITSELF = {"hour": time(9, 10), "group": "c", "note": " \n<b>", "number": 0, "tick": True}


def django_s_own(bound: BoundField) -> list[str]:
    """The control as Django draws it, or those of a group one by one."""
    parts = field_parts(bound, css="w20")
    if parts.kind == "choices":
        return [option.tag() for option in bound.subwidgets]
    if parts.kind == "dates":
        return [f"{control}>" for control in bound.as_widget().split(">")[:-1]]
    css = " ".join(name for name in (bound.field.widget.attrs.get("class"), "w20") if name)
    attrs: dict[str, str | bool] = {"class": css}
    if parts.described_by:
        attrs["aria-describedby"] = parts.described_by
    return [bound.as_widget(attrs=attrs)]


@pytest.mark.parametrize("name", Every.base_fields)
@pytest.mark.parametrize(
    "given", [{}, {"initial": BY_ITSELF}, {"data": {}}, {"data": TYPED}, {"prefix": "p"}]
)
def test_a_control_is_the_one_that_django_would_draw(name: str, given: dict[str, Any]) -> None:
    bound = Every(**given)[name]
    drawn = parse_html(field(bound, css="w20"))
    controls = django_s_own(bound)
    assert [drawn.count(parse_html(control)) for control in controls] == [1] * len(controls)
    whole = str(drawn)
    assert sum(whole.count(f"<{tag} ") for tag in ("input", "select", "textarea")) == len(controls)


def test_a_widget_without_a_shape_is_refused() -> None:
    class Strange(forms.Form):
        when = forms.CharField(widget=forms.Widget)

    with pytest.raises(TypeError, match="Widget has no shape"):
        field(Strange()["when"])
