"""The forms that mend mistakes. All but a revocation propose: a second person confirms."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.web.common.fields import needed_when
from motcua.web.common.text_field import TidyField
from motcua.web.common.wording import say
from motcua.web.desk import words
from motcua.web.desk.forms.base import ActForm, basis_field, choices_of, radio, reason_field


class VoidForm(ActForm):
    """Why the receipt should not stand."""

    reason = reason_field(help_text=_("Ví dụ: tiếp nhận nhầm người, nhầm thủ tục."))


class DuplicateForm(ActForm):
    """Which dossier is the same request, and how one sees it."""

    of = TidyField(
        label=_("Mã hồ sơ được giữ lại"),
        help_text=_("Hồ sơ cùng thủ tục mà hồ sơ này trùng với."),
        max_length=64,
        widget=forms.TextInput(attrs={"class": "w20", "autocomplete": "off"}),
        error_messages={"required": _("Hãy ghi mã hồ sơ kia.")},
    )
    reason = reason_field(help_text=_("Vì sao trùng; nếu khác chủ hồ sơ thì nói rõ."))


class ReopenForm(ActForm):
    """From which step, through whose fault, and why."""

    to = radio(_("Làm lại từ bước"))
    whose = radio(_("Lỗi do"))
    reason = reason_field(_("Sai ở đâu"))

    def build(self) -> None:
        """The steps between reception and return."""
        process = self.facts.process
        steps = process.running if process else ()
        self.offer("to", [(step.code, f"{step.order}. {say(step.work)}") for step in steps])
        self.offer("whose", choices_of(words.FAULTS))

    def arguments(self) -> dict[str, Any]:
        """`fault` is the word of the flow."""
        found = self.cleaned_data
        return {"to": found["to"], "fault": found["whose"], "reason": found["reason"]}


class RevokeForm(ActForm):
    """Basis and reason of a revocation."""

    final = True
    basis = basis_field(help_text=_("Điều khoản cho phép thu hồi."))
    reason = reason_field()


class AnswerForm(forms.Form):
    """The second person's answer to what is proposed; of its own proposer, that it is taken back."""

    CHOICES = {"confirm": _("Xác nhận, ghi ngay"), "decline": _("Không xác nhận")}

    seq = forms.IntegerField(widget=forms.HiddenInput)
    answer = forms.ChoiceField(
        label=_("Trả lời"),
        choices=list(CHOICES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Hãy chọn một mục."), "invalid_choice": _("Hãy chọn một mục.")},
    )
    reason = needed_when(reason_field(_("Lý do không xác nhận"), required=False), _("khi không xác nhận"))

    def clean(self) -> dict[str, Any]:
        """A no has a reason."""
        found = super().clean() or self.cleaned_data
        if found.get("answer") == "decline" and not found.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Hãy ghi lý do."))
        return found
