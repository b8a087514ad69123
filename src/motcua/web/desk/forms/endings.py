"""The forms with which a dossier comes to its end, or its result to the desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from motcua.kernel.text import fold
from motcua.web.desk import words
from motcua.web.desk.forms.base import ActForm, basis_field, choices_of, radio, reason_field


class AvailableForm(ActForm):
    """Where the result lies."""

    shelf = forms.CharField(
        label=_("Ngăn, kệ để kết quả"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "w10", "autocomplete": "off"}),
    )


class HandOverForm(ActForm):
    """To whom, how, and what proved who they are."""

    final = True
    way = radio(_("Cách trả"), initial="in_person")
    recipient = forms.CharField(
        label=_("Người nhận"),
        max_length=200,
        widget=forms.TextInput(attrs={"class": "w20", "autocomplete": "off"}),
        error_messages={"required": _("Hãy ghi người nhận.")},
    )
    checked_by = radio(_("Đã đối chiếu bằng"))
    receipt_lost = forms.BooleanField(label=_("Người nhận đã mất giấy tiếp nhận"), required=False)

    def build(self) -> None:
        """The applicant's name stands there: most collect their own result."""
        self.offer("way", choices_of(words.WAYS))
        self.offer("checked_by", choices_of(words.PROOFS))
        self.fields["recipient"].initial = self.facts.name

    def clean(self) -> dict[str, Any]:
        """Somebody authorised is somebody else: the name that stood there was not replaced."""
        found = super().clean()
        same = fold(found.get("recipient") or "") == fold(self.facts.name)
        if found.get("way") == "authorised" and same:
            self.add_error("recipient", _("Hãy ghi tên người được ủy quyền, không phải chủ hồ sơ."))
        return found


class WithdrawForm(ActForm):
    """The applicant's own signed paper, recorded by the desk."""

    final = True
    signed = forms.BooleanField(
        label=_("Đã nhận đơn xin rút hồ sơ có chữ ký của chủ hồ sơ"),
        error_messages={"required": _("Chỉ rút hồ sơ khi có đơn của chủ hồ sơ.")},
    )
    reason = reason_field(_("Lý do người dân nêu"), required=False)

    def arguments(self) -> dict[str, Any]:
        """What shows the applicant's wish."""
        return {"shown_by": "signed_paper", "reason": self.cleaned_data["reason"]}


class StopForm(ActForm):
    """Form 05: ground, basis, reason."""

    final = True
    ground = radio(_("Căn cứ dừng"))
    basis = basis_field(help_text=_("Điều khoản cho phép dừng giải quyết."))
    reason = reason_field()

    def build(self) -> None:
        """The grounds for stopping."""
        self.offer("ground", choices_of(words.STOP_WORDS))


class RefuseForm(ActForm):
    """Form 03: reason and basis."""

    final = True
    reason = reason_field()
    basis = basis_field(help_text=_("Điều khoản làm căn cứ từ chối."))
