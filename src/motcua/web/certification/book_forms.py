"""The forms of the books: a window of days, a correction, an authorisation."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.certification.operations.keeping import CORRECTABLE, LONGEST_REASON
from motcua.certification.rules import Kind, rules
from motcua.certification.selectors import Window
from motcua.web.certification.shown import paper_label
from motcua.web.certification.words import CORRECTED, SEATS
from motcua.web.common.text_field import TidyField, printable
from motcua.web.common.wording import say

DAY = {"type": "date"}


def _day(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))


class WindowForm(forms.Form):
    """From a day to a day; both may be left open."""

    use_required_attribute = False
    first = _day(_("Từ ngày"))
    last = _day(_("Đến ngày"))

    @property
    def window(self) -> Window:
        """The window told; all where it is none."""
        told = self.cleaned_data if self.is_valid() else {}
        return Window(told.get("first"), told.get("last"))


class CorrectionForm(forms.Form):
    """What is corrected, the right value, why."""

    use_required_attribute = False
    what = forms.ChoiceField(label=_("Mục đính chính"), widget=forms.RadioSelect)
    new = TidyField(label=_("Giá trị đúng"), required=False, max_length=200, validators=[printable])
    reason = TidyField(label=_("Lý do"), required=False, max_length=LONGEST_REASON, validators=[printable])

    def __init__(self, data: Mapping[str, Any] | None, *, kind: Kind, is_open: bool) -> None:
        super().__init__(data)
        what: Any = self.fields["what"]
        what.choices = [(code, say(CORRECTED[code])) for code in CORRECTABLE if is_open or code != "void"]
        known = ", ".join(f"{code} = {say(paper_label(code))}" for code in kind.papers)
        self.fields["new"].help_text = _("Tên giấy tờ ghi bằng mã: %(codes)s") % {"codes": known}


class AuthorisationForm(forms.Form):
    """Who may sign, what, from when to when, by which paper."""

    use_required_attribute = False
    account = forms.ChoiceField(label=_("Người được giao ký"))
    kinds = forms.MultipleChoiceField(
        label=_("Loại việc (để trống: tất cả)"), required=False, widget=forms.CheckboxSelectMultiple
    )
    valid_from = forms.DateField(
        label=_("Từ ngày"),
        widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"),
        error_messages={"required": _("Hãy ghi ngày bắt đầu."), "invalid": _("Hãy ghi ngày bắt đầu.")},
    )
    valid_to = _day(_("Đến ngày"))
    basis = TidyField(label=_("Văn bản giao ký"), required=False, max_length=200, validators=[printable])

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
