"""The cashier's forms."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from motcua.kernel.errors import Refusal
from motcua.payments.cash import DENOMINATIONS, MOST_NOTES
from motcua.payments.operations import Count, Tender
from motcua.payments.policy import BACK_BY, GROUNDS
from motcua.web.common import money_words as words
from motcua.web.common.dong_field import DongField
from motcua.web.common.fields import needed_when
from motcua.web.common.tender import TenderFields
from motcua.web.common.text_field import TidyField, printable
from motcua.web.common.wording import dong, say

CHOOSE = {"required": _("Hãy chọn một mục."), "invalid_choice": _("Hãy chọn một mục.")}


class MoneyForm(forms.Form):
    """What the forms of this surface share: a refusal of a flow stands beside its field, or above the form."""

    def refuse(self, refusal: Refusal, language: str) -> None:
        """Say `refusal`."""
        name = refusal.field if refusal.field in self.fields else None
        self.add_error(name, refusal.say(language))


def _reason(label: Any = None) -> forms.CharField:
    return forms.CharField(
        label=label or _("Lý do"),
        validators=[printable],
        widget=forms.TextInput(attrs={"class": "wfull", "autocomplete": "off"}),
        error_messages={"required": _("Hãy ghi lý do.")},
    )


def _name(label: Any) -> TidyField:
    return TidyField(
        label=label,
        max_length=200,
        validators=[printable],
        widget=forms.TextInput(attrs={"class": "w20", "autocomplete": "off"}),
        error_messages={"required": _("Hãy ghi tên.")},
    )


class TenderForm(MoneyForm, TenderFields):
    """What a receipt is made of."""

    @property
    def tender(self) -> Tender:
        """What was told; only of a valid form."""
        found = self.cleaned_data
        return Tender(means=found["means"], payer=found["payer"], given=found["given"], slip=found["slip"])


class VoidForm(MoneyForm):
    """Why a receipt is crossed out."""

    reason = _reason()


class ReplaceForm(TenderForm):
    """Why, and how the money was really paid."""

    reason = _reason(_("Lý do thay biên lai"))


class RefundForm(MoneyForm):
    """Which lines go back, why, on which ground."""

    charges = forms.MultipleChoiceField(
        label=_("Khoản hoàn lại"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Hãy chọn khoản cần hoàn.")},
    )
    ground = forms.ChoiceField(label=_("Trường hợp"), widget=forms.RadioSelect, error_messages=CHOOSE)
    reason = _reason()

    def __init__(
        self, data: QueryDict | None = None, *, lines: Sequence[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.fields["charges"].choices = lines  # type: ignore[attr-defined]
        self.fields["ground"].choices = [(c, say(w)) for c, w in GROUNDS.items()]  # type: ignore[attr-defined]


class DeclineForm(MoneyForm):
    """Why a refund is declined."""

    reason = _reason(_("Lý do không duyệt"))


class PayRefundForm(MoneyForm):
    """How the money goes back, and to whom."""

    means = forms.ChoiceField(label=_("Cách trả lại"), widget=forms.RadioSelect, error_messages=CHOOSE)
    slip = TidyField(label=_("Số giao dịch trả tiền"), required=False, max_length=40)
    recipient = _name(_("Người nhận tiền"))

    def __init__(self, data: QueryDict | None = None, *, came: str, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["means"].choices = [(c, say(words.BACK[c])) for c in BACK_BY[came]]  # type: ignore[attr-defined]
        if came == "cash":
            del self.fields["slip"]


class CloseForm(MoneyForm):
    """The notes counted; what goes to bank or treasury; for a difference, where it was found and why."""

    handed_in = DongField(
        label=_("Nộp ngân hàng, kho bạc (đồng)"),
        help_text=_("Phần còn lại để trong két, chuyển sang sổ sau."),
        required=False,
    )
    faulty = forms.ChoiceField(
        label=_("Biên lai có chênh lệch"), required=False, widget=forms.Select(attrs={"class": "w20"})
    )
    note = needed_when(
        forms.CharField(
            label=_("Giải thích chênh lệch"),
            required=False,
            validators=[printable],
            widget=forms.TextInput(attrs={"class": "wfull", "autocomplete": "off"}),
        ),
        _("khi số đếm khác số phải có"),
    )

    def __init__(
        self, data: QueryDict | None = None, *, receipts: Sequence[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.fields["faulty"].choices = [("", _("chưa tìm thấy")), *receipts]  # type: ignore[attr-defined]
        for note in DENOMINATIONS:
            self.fields[f"note_{note}"] = forms.IntegerField(
                label=dong(note),
                required=False,
                min_value=0,
                max_value=MOST_NOTES,
                widget=forms.TextInput(attrs={"class": "w4", "inputmode": "numeric", "autocomplete": "off"}),
                error_messages={
                    "invalid": _("Số tờ là số nguyên."),
                    "min_value": _("Số tờ không âm."),
                    "max_value": _("Số tờ quá lớn."),
                },
            )
        self.order_fields([*(f"note_{note}" for note in DENOMINATIONS), "handed_in", "faulty", "note"])

    @property
    def notes(self) -> list[forms.BoundField]:
        """The fields of the notes, the largest first."""
        return [self[f"note_{note}"] for note in DENOMINATIONS]

    @property
    def counted(self) -> int:
        """What the notes come to; also of a form whose other fields are wrong."""
        return sum(note * (self.cleaned_data.get(f"note_{note}") or 0) for note in DENOMINATIONS)

    @property
    def count(self) -> Count:
        """What was counted; only of a valid form."""
        found = self.cleaned_data
        return Count(
            notes={note: found[f"note_{note}"] or 0 for note in DENOMINATIONS},
            handed_in=found["handed_in"] or 0,
            faulty=UUID(found["faulty"]) if found["faulty"] else None,
            note=found["note"],
        )


class ReopenForm(MoneyForm):
    """Why a closed book is to be opened again."""

    reason = _reason(_("Lý do mở lại sổ"))
