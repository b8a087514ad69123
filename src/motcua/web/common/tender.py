"""What is told when money is taken, whoever takes it: how, how much was given, the terminal's slip, who pays."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.kernel.say import Say
from motcua.web.common.dong_field import DongField
from motcua.web.common.text_field import TidyField, printable
from motcua.web.common.wording import say

MEANS: Mapping[str, Say] = {"cash": Say("Tiền mặt", "Cash"), "card": Say("Thẻ", "Card")}
_CHOOSE = _("Hãy chọn một mục.")


def _means() -> list[tuple[str, str]]:
    return [(code, say(words)) for code, words in MEANS.items()]


class TenderFields(forms.Form):
    """Cash with what was put on the counter, or card with the slip's number; and who pays."""

    means = forms.ChoiceField(
        label=_("Cách nộp tiền"),
        choices=_means,
        widget=forms.RadioSelect,
        initial="cash",
        error_messages={"required": _CHOOSE, "invalid_choice": _CHOOSE},
    )
    given = DongField(
        label=_("Tiền khách đưa (đồng)"), help_text=_("Để trống nếu đưa vừa đủ."), required=False
    )
    slip = TidyField(
        label=_("Số giao dịch trên máy quẹt thẻ"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"class": "w10", "autocomplete": "off"}),
    )
    payer = TidyField(
        label=_("Người nộp tiền"),
        max_length=200,
        validators=[printable],
        widget=forms.TextInput(attrs={"class": "w20", "autocomplete": "off"}),
        error_messages={"required": _("Hãy ghi người nộp tiền.")},
    )
