"""What a desk manager types about pads."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.kernel.errors import Refusal
from motcua.pads.operations import ENTER_WITHIN, SIZES
from motcua.web.common.wording import say
from motcua.web.pads import words

CHOOSE = {"required": _("Hãy chọn một mục."), "invalid_choice": _("Hãy chọn một mục.")}


class PadsForm(forms.Form):
    """A form that shows a refusal at the field it names."""

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal at the field it names."""
        self.add_error(refusal.field if refusal.field in self.fields else None, say(refusal))


class IssueForm(PadsForm):
    """A new pad."""

    form = forms.ChoiceField(label=_("Mẫu giấy"), error_messages=CHOOSE)
    sheets = forms.TypedChoiceField(
        label=_("Số tờ"), coerce=int, choices=[(n, str(n)) for n in SIZES], error_messages=CHOOSE
    )
    enter_within = forms.IntegerField(
        label=_("Phải nhập trong (ngày làm việc)"),
        help_text=_("Quá hạn này, phụ trách quầy phải cho phép thì mới nhập được."),
        min_value=1,
        max_value=30,
        initial=ENTER_WITHIN,
        widget=forms.TextInput(attrs={"class": "w4", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Hãy ghi từ 1 đến 30."),
            "invalid": _("Hãy ghi từ 1 đến 30."),
            "min_value": _("Hãy ghi từ 1 đến 30."),
            "max_value": _("Hãy ghi từ 1 đến 30."),
        },
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        field = self.fields["form"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - our own form
        field.choices = [(code, say(label)) for code, label in words.FORMS.items()]


class SheetForm(PadsForm):
    """What became of a sheet: void, or allowed to be entered late, and why."""

    number = forms.IntegerField(
        label=_("Số in trên tờ"),
        min_value=1,
        max_value=999_999_999,
        widget=forms.TextInput(attrs={"class": "w10", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": _("Hãy ghi số in trên tờ."),
            "invalid": _("Hãy ghi số in trên tờ."),
            "min_value": _("Hãy ghi số in trên tờ."),
            "max_value": _("Hãy ghi số in trên tờ."),
        },
    )
    ground = forms.ChoiceField(label=_("Việc và lý do"), widget=forms.RadioSelect, error_messages=CHOOSE)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        field = self.fields["ground"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - our own form
        void, late = _("Hủy: %(why)s"), _("Cho nhập muộn: %(why)s")
        field.choices = [
            *((code, void % {"why": say(label)}) for code, label in words.VOID.items()),
            *((code, late % {"why": say(label)}) for code, label in words.LATE.items()),
        ]
