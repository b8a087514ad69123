"""The one form of the portal: code and PIN of a receipt."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_CODE = 64
PIN_LENGTH = 6


class TrackForm(forms.Form):
    """What is printed on the receipt. Spaces and dashes that people type along are no mistake."""

    code = forms.CharField(
        label=_("Mã hồ sơ"),
        help_text=_("In dưới mã vạch của giấy tiếp nhận, ví dụ H99.01.01-260824-0001"),
        max_length=LONGEST_CODE,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={
            "required": _("Nhập mã hồ sơ in trên giấy tiếp nhận."),
            "max_length": _("Mã hồ sơ không dài như vậy. Hãy chép lại từ giấy tiếp nhận."),
        },
    )
    pin = forms.CharField(
        label=_("Mã tra cứu (PIN)"),
        help_text=_("6 chữ số trong khung, in cạnh chữ “Tra cứu” trên giấy tiếp nhận"),
        max_length=2 * PIN_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric", "spellcheck": "false"}),
        error_messages={
            "required": _("Nhập mã tra cứu gồm 6 chữ số in trên giấy tiếp nhận."),
            "max_length": _("Mã tra cứu gồm đúng 6 chữ số."),
        },
    )

    def clean_pin(self) -> str:
        """Six digits, however they were spaced."""
        digits = "".join(self.cleaned_data["pin"].split()).replace("-", "")
        if len(digits) != PIN_LENGTH or not (digits.isascii() and digits.isdigit()):
            raise forms.ValidationError(_("Mã tra cứu gồm đúng 6 chữ số."))
        return digits
