"""The forms of the books: a window of days, a correction, an authorisation."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.certification.operations.keeping import LONGEST_PARTIES, LONGEST_REASON, correctable
from motcua.certification.pricing import paper_meant
from motcua.certification.rules import Kind, rules
from motcua.certification.selectors import Window
from motcua.web.certification.forms import unclear_paper
from motcua.web.certification.words import CORRECTED, SEATS
from motcua.web.common.day_field import DayField
from motcua.web.common.text_field import TidyField, printable
from motcua.web.common.wording import say


class WindowForm(forms.Form):
    """From a day to a day; both may be left open."""

    use_required_attribute = False
    first = DayField(label=_("Từ ngày"), required=False)
    last = DayField(label=_("Đến ngày"), required=False)

    @property
    def window(self) -> Window:
        """The window told; all where it is none."""
        told = self.cleaned_data if self.is_valid() else {}
        return Window(told.get("first"), told.get("last"))


class CorrectionForm(forms.Form):
    """What is corrected, the right value, why."""

    use_required_attribute = False
    what = forms.ChoiceField(
        label=_("Mục đính chính"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn mục cần đính chính.")},
    )
    new = TidyField(
        label=_("Giá trị đúng"),
        help_text=_("Giấy tờ gõ bằng chữ cái như khi ghi số; gạch bỏ thì để trống."),
        required=False,
        max_length=LONGEST_PARTIES,
        validators=[printable],
    )
    reason = TidyField(
        label=_("Lý do"),
        max_length=LONGEST_REASON,
        validators=[printable],
        error_messages={"required": _("Hãy ghi lý do.")},
    )

    def __init__(self, data: Mapping[str, Any] | None, *, kind: Kind, state: str) -> None:
        super().__init__(data)
        what: Any = self.fields["what"]
        what.choices = [(code, say(CORRECTED[code])) for code in correctable(kind, state)]
        self.kind = kind
        if kind.several:
            self.fields["new"].help_text = _(
                "Giấy tờ gõ bằng chữ cái như khi ghi số; các bên ghi lại đủ, kèm giấy tờ tùy thân;"
                " gạch bỏ thì để trống."
            )

    def clean(self) -> dict[str, Any]:
        """A paper is named by its letters, as at the desk."""
        told = dict(super().clean() or {})
        if told.get("what") == "paper":
            meant = paper_meant(told.get("new", ""), of=self.kind)
            if meant is None:
                self.add_error("new", unclear_paper(self.kind))
            else:
                told["new"] = meant.code
        return told


class AuthorisationForm(forms.Form):
    """Who may sign, what, from when to when, by which paper."""

    use_required_attribute = False
    account = forms.ChoiceField(label=_("Người được giao ký"))
    kinds = forms.MultipleChoiceField(
        label=_("Loại việc (để trống: tất cả)"), required=False, widget=forms.CheckboxSelectMultiple
    )
    valid_from = DayField(label=_("Từ ngày"), error_messages={"required": _("Hãy ghi ngày bắt đầu.")})
    valid_to = DayField(label=_("Đến ngày"), required=False)
    basis = TidyField(
        label=_("Văn bản giao ký"),
        max_length=200,
        validators=[printable],
        error_messages={"required": _("Hãy ghi văn bản giao ký.")},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        people: Sequence[tuple[UUID, str, str]],
        today: date,
    ) -> None:
        super().__init__(data, initial={"valid_from": today})
        account: Any = self.fields["account"]
        account.choices = [(str(a), f"{name} – {say(SEATS[seat])}") for a, name, seat in people]
        kinds: Any = self.fields["kinds"]
        kinds.choices = [(k.code, say(k.label)) for k in rules().kinds]
