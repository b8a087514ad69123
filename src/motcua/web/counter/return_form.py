"""How many sets came, and how the result is to come back."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.dossiers.operations.reception import MOST_SETS
from motcua.parties.operations import Particulars
from motcua.web.common.fields import needed_when
from motcua.web.common.return_ways import RETURN_WAYS
from motcua.web.common.text_field import TidyField, printable
from motcua.web.common.wording import say
from motcua.web.counter.forms import DIGITS, PLAIN, TypedForm, choices_of


class ReturnForm(TypedForm):
    """How many sets came, and how the result is to come back; by post, to whom and where."""

    sets = forms.IntegerField(
        label=_("Số bộ hồ sơ"),
        min_value=1,
        max_value=MOST_SETS,
        widget=forms.TextInput(attrs={**DIGITS, "maxlength": 2}),
        error_messages={"required": _("Ghi số bộ hồ sơ."), "invalid": _("Ghi số bộ bằng chữ số.")},
    )
    way = forms.ChoiceField(
        label=_("Nhận kết quả"),
        widget=forms.RadioSelect(attrs={"data-way": ""}),
        error_messages={"required": _("Hãy chọn cách nhận kết quả.")},
    )
    name = TidyField(
        label=_("Người nhận"),
        help_text=_("Để trống nếu là chủ hồ sơ."),
        required=False,
        max_length=200,
        validators=[printable],
        widget=forms.TextInput(attrs=PLAIN),
    )
    phone = TidyField(
        label=_("Điện thoại người nhận"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    address = needed_when(
        TidyField(
            label=_("Địa chỉ nhận qua bưu chính"),
            required=False,
            max_length=500,
            validators=[printable],
            widget=forms.TextInput(attrs=PLAIN),
        ),
        _("khi nhận qua bưu chính"),
    )

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data, prefix="return")
        choices_of(self, "way").choices = [(code, say(words)) for code, words in RETURN_WAYS.items()]

    def clean(self) -> dict[str, Any]:
        """The post needs to know where."""
        super().clean()
        if self.cleaned_data.get("way") == "post" and not self.cleaned_data.get("address"):
            self.add_error("address", _("Ghi địa chỉ nhận kết quả qua bưu chính."))
        return self.cleaned_data

    def recipient(self, applicant: Particulars) -> Particulars | None:
        """To whom the post goes; None when the result comes back in another way."""
        told = self.told
        if told.get("way") != "post":
            return None
        return Particulars(
            name=told.get("name") or applicant.name,
            phone=told.get("phone") or applicant.phone,
            address=told.get("address", ""),
        )
