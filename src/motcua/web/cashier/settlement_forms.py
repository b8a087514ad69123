"""The forms of a settlement with another agency."""

from datetime import date

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from motcua.payments.operations.incoming import LONGEST_SLIP
from motcua.web.cashier.forms import MoneyForm
from motcua.web.common.day_field import DayField
from motcua.web.common.dong_field import DongField
from motcua.web.common.fields import needed_when
from motcua.web.common.text_field import TidyField, printable


class SentForm(MoneyForm):
    """By which payment order the money was handed over, and when."""

    slip = TidyField(
        label=_("Số chứng từ chuyển tiền"),
        help_text=_("Ủy nhiệm chi, giấy nộp tiền hoặc phiếu chi"),
        max_length=LONGEST_SLIP,
        validators=[printable],
        error_messages={"required": _("Hãy ghi số chứng từ chuyển tiền.")},
        widget=forms.TextInput(attrs={"class": "w20", "autocomplete": "off", "spellcheck": "false"}),
    )
    on = DayField(label=_("Ngày chuyển"))

    def __init__(self, data: QueryDict | None, *, today: date) -> None:
        super().__init__(data, auto_id="send_%s", initial={"on": today})


class ReceivedForm(MoneyForm):
    """How much came; where it differs, why."""

    amount = DongField(label=_("Số tiền thực nhận (đồng)"))
    note = needed_when(
        forms.CharField(
            label=_("Khác ở đâu"),
            required=False,
            validators=[printable],
            widget=forms.TextInput(attrs={"class": "wfull", "autocomplete": "off"}),
        ),
        _("khi số nhận được khác bảng kê"),
    )

    def __init__(self, data: QueryDict | None) -> None:
        super().__init__(data, auto_id="receive_%s")
